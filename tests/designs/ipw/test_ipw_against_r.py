"""Estimates beside R's, on the birth weights of Cattaneo (2010) that statsmodels ships.

The values were computed with R 4.2.2: weightit() and lm_weightit() or glm_weightit(family = quasipoisson) of
WeightIt 1.2.0 (effects with M-estimation standard errors, risk ratio, weights, effective sample sizes),
vcovHC(type = "HC0") of sandwich 3.0-2 (robust), bal.tab(s.d.denom = "pooled", binary = "std") of cobalt 4.5.1
(balance). The doubly robust effect is the stacked estimating equations solved with glm.fit and differentiated
with numDeriv 2016.8-1.1.
"""

from pathlib import Path

import pytest
import statsmodels

from evidentia.data.table import read_table
from evidentia.designs.ipw.analyse import analyse
from evidentia.designs.ipw.settings import IpwSettings

FOLDER = Path(statsmodels.__file__).parent / "treatment" / "tests" / "results"

WEIGHT_ATE = {
    "effect_ate.estimate": -231.7202635,
    "effect_ate.se": 25.17974251,
    "effect_ate.p_value": 3.492410173e-20,
    "effect.estimate": -231.7202635,
    "effect.se": 25.17974251,
    "outcome.comparator": 3403.52678,
    "outcome.treated": 3171.806516,
    "effect_robust.se": 25.29183392,
    "max_weight": 24.27708986,
    "ess.treated": 642.1767108,
    "ess.comparator": 3635.218897,
    "mean_unweighted.mage.treated": 25.16666667,
    "mean_unweighted.mage.comparator": 26.81048174,
    "mean_weighted.mage.treated": 26.23611473,
    "mean_weighted.mage.comparator": 26.49372557,
    "smd_unweighted.mage": -0.3001790041,
    "smd_weighted.mage": -0.04704261848,
    "variance_ratio_unweighted.mage": 0.8818025263,
    "variance_ratio_weighted.mage": 1.05602321,
    "ks_unweighted.mage": 0.1593092563,
    "ks_weighted.mage": 0.05707126417,
    "mean_unweighted.mmarried_.treated": 0.4733796296,
    "mean_unweighted.mmarried_.comparator": 0.7514557967,
    "mean_weighted.mmarried_.treated": 0.6936239294,
    "mean_weighted.mmarried_.comparator": 0.6979281982,
    "smd_unweighted.mmarried_": -0.5955318248,
    "smd_weighted.mmarried_": -0.009218082582,
    "ks_unweighted.mmarried_": 0.2780761671,
    "ks_weighted.mmarried_": 0.004304268832,
    "mean_unweighted.medu.treated": 11.63888889,
    "mean_unweighted.medu.comparator": 12.92985707,
    "mean_weighted.medu.treated": 12.28739788,
    "mean_weighted.medu.comparator": 12.60845691,
    "smd_unweighted.medu": -0.5474356542,
    "smd_weighted.medu": -0.1361452284,
    "variance_ratio_unweighted.medu": 0.7315846294,
    "variance_ratio_weighted.medu": 0.5044551616,
    "ks_unweighted.medu": 0.2549225046,
    "ks_weighted.medu": 0.1226607647,
    "effect_att.estimate": -225.6991893,
    "effect_att.se": 23.71330029,
    "effect_att.p_value": 1.768308786e-21,
    "effect_atc.estimate": -233.0277914,
    "effect_atc.se": 26.81551215,
    "effect_atc.p_value": 3.623216292e-18,
    "effect_ato.estimate": -225.3470957,
    "effect_ato.se": 22.48186658,
    "effect_ato.p_value": 1.201646564e-23,
    "effect_aipw.estimate": -231.0752092,
    "effect_aipw.se": 26.00559905,
}
WEIGHT_ATT = {
    "outcome.comparator": 3363.358912,
    "outcome.treated": 3137.659722,
    "effect_robust.se": 23.67356322,
    "max_weight": 3.778268403,
    "ess.treated": 864,
    "ess.comparator": 1803.321571,
    "smd_weighted.mage": 0.005238522629,
    "variance_ratio_weighted.mage": 0.9809065088,
    "ks_weighted.mage": 0.03399153,
    "smd_weighted.mmarried_": 0.009753974518,
    "ks_weighted.mmarried_": 0.004554496896,
    "smd_weighted.medu": 0.1721875388,
    "variance_ratio_weighted.medu": 0.3512342618,
    "ks_weighted.medu": 0.07937857523,
    "effect_aipw.estimate": -229.0538912,
    "effect_aipw.se": 23.44627112,
}
LOW_WEIGHT_ATE = {
    "effect_ate.estimate": 0.0480284466,
    "effect_ate.se": 0.01171305641,
    "effect_ate.p_value": 4.124016208e-05,
    "effect.estimate": 0.0480284466,
    "effect.se": 0.01171305641,
    "outcome.comparator": 0.0519182859,
    "outcome.treated": 0.0999467325,
    "effect_robust.se": 0.01177262268,
    "risk_ratio.estimate": 1.925077663,
    "risk_ratio.se_log": 0.1325224638,
    "risk_ratio.p_value": 7.720468162e-07,
    "max_weight": 17.1676438,
    "ess.treated": 668.5375593,
    "ess.comparator": 3663.536609,
    "mean_weighted.mage.treated": 26.03507388,
    "mean_weighted.mage.comparator": 26.47091004,
    "smd_weighted.mage": -0.07958855278,
    "variance_ratio_weighted.mage": 0.818272942,
    "ks_weighted.mage": 0.05659365446,
    "mean_weighted.mmarried_.treated": 0.6865574442,
    "mean_weighted.mmarried_.comparator": 0.6976686219,
    "smd_weighted.mmarried_": -0.02379585422,
    "ks_weighted.mmarried_": 0.0111111777,
    "mean_weighted.medu.treated": 12.28843657,
    "mean_weighted.medu.comparator": 12.62439262,
    "smd_weighted.medu": -0.142462319,
    "variance_ratio_weighted.medu": 0.5002264342,
    "ks_weighted.medu": 0.1222047295,
    "effect_att.estimate": 0.04536955365,
    "effect_att.se": 0.01208189502,
    "effect_att.p_value": 0.0001732247805,
    "effect_atc.estimate": 0.048598854,
    "effect_atc.se": 0.01211464986,
    "effect_atc.p_value": 6.031442912e-05,
    "effect_ato.estimate": 0.04514407007,
    "effect_ato.se": 0.0115872999,
    "effect_ato.p_value": 9.779614148e-05,
    "effect_aipw.estimate": 0.05019592077,
    "effect_aipw.se": 0.01242953479,
    "effect_ate.ci_low": 0.02507127788,
    "effect_ate.ci_high": 0.07098561532,
    "risk_ratio.ci_low": 1.484721266,
    "risk_ratio.ci_high": 2.496040229,
}
FORMULA = {"propensity": "mage + I(mage**2) + mmarried_ + fbaby_ + medu"}
COLUMNS = {"covariates": ["mage", "mmarried_", "fbaby_", "medu"]}


@pytest.fixture(scope="module")
def births():
    return read_table(FOLDER, "cataneo2.csv", None)


def numbers(table, outcome, **settings):
    model = IpwSettings.model_validate(
        {
            "design": "ipw",
            "data": "births",
            "treatment": "mbsmoke_",
            "outcome": outcome,
            "bootstrap": {"replicates": 400, "seed": 3},
            **settings,
        }
    )
    return {number.id: number for number in analyse(model, {"births": table}).numbers}


@pytest.mark.parametrize(
    ("outcome", "settings", "expected"),
    [
        ("bweight", FORMULA, WEIGHT_ATE),
        ("bweight", {**FORMULA, "estimand": "ATT"}, WEIGHT_ATT),
        ("lbweight", COLUMNS, LOW_WEIGHT_ATE),
    ],
    ids=["continuous, ATE", "continuous, ATT", "binary, ATE"],
)
def test_estimates_are_those_of_r_to_6_digits(births, outcome, settings, expected):
    found = numbers(births, outcome, **settings)
    assert {id: found[id].value for id in expected} == pytest.approx(expected, rel=2e-6)


def test_units_follow_the_outcome(births):
    continuous, binary = numbers(births, "bweight", **COLUMNS), numbers(births, "lbweight", **COLUMNS)
    assert (continuous["effect.estimate"].unit, continuous["outcome.treated"].unit) == ("mean", "mean")
    assert (binary["effect.estimate"].unit, binary["outcome.treated"].unit) == (
        "percentage_points",
        "proportion",
    )
    assert "risk_ratio.estimate" in binary
    assert "risk_ratio.estimate" not in continuous


def test_bootstrap_and_m_estimation_agree_on_a_large_sample(births):
    found = numbers(births, "lbweight", **COLUMNS)
    assert found["effect_bootstrap.se"].value == pytest.approx(found["effect.se"].value, rel=0.12)
    assert found["effect_bootstrap.estimate"].value == found["effect.estimate"].value


@pytest.mark.parametrize("kind", ["robust", "bootstrap"])
def test_configured_standard_error_reaches_the_effect(births, kind):
    found = numbers(births, "lbweight", **COLUMNS, standard_errors=kind)
    assert found["effect.se"].value == found[f"effect_{kind}.se"].value
    assert found["effect_ate.se"].value == pytest.approx(LOW_WEIGHT_ATE["effect_ate.se"], rel=2e-6)


def test_covariate_in_a_million_times_larger_unit_changes_no_estimate(births):
    scaled = births.frame.assign(mage=births.frame["mage"] * 1e6 + 5e6)
    other = numbers(type(births)(scaled, births.path, births.sha256), "lbweight", **COLUMNS)
    for id, value in LOW_WEIGHT_ATE.items():
        if "mean_" not in id:
            assert other[id].value == pytest.approx(value, rel=2e-6)


def test_category_gives_the_same_effect_as_its_indicators_and_a_number_for_each_level(births):
    texts = births.frame.assign(married=births.frame["mmarried"])
    other = numbers(
        type(births)(texts, births.path, births.sha256),
        "lbweight",
        covariates=["mage", "married", "fbaby_", "medu"],
    )
    assert other["effect.estimate"].value == pytest.approx(LOW_WEIGHT_ATE["effect.estimate"], rel=2e-6)
    assert other["smd_weighted.married_married"].value == pytest.approx(
        LOW_WEIGHT_ATE["smd_weighted.mmarried_"], rel=2e-6
    )
    assert other["smd_weighted.married_notmarried"].value == pytest.approx(
        -LOW_WEIGHT_ATE["smd_weighted.mmarried_"], rel=2e-6
    )


def test_a_combination_of_other_covariates_adds_nothing_and_is_said(births):
    frame = births.frame.assign(total=births.frame["mage"] + 2 * births.frame["medu"])
    settings = IpwSettings.model_validate(
        {
            "design": "ipw",
            "data": "births",
            "treatment": "mbsmoke_",
            "outcome": "lbweight",
            "bootstrap": {"replicates": 0},
            "covariates": ["mage", "mmarried_", "fbaby_", "medu", "total"],
        }
    )
    result = analyse(settings, {"births": type(births)(frame, births.path, births.sha256)})
    found = {number.id: number.value for number in result.numbers}
    assert found["effect.se"] == pytest.approx(LOW_WEIGHT_ATE["effect.se"], rel=2e-6)
    assert "smd_weighted.total" in found
    assert any("total" in message for message in result.messages)
    assert not any(id.startswith("effect_bootstrap") for id in found)
