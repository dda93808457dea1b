"""Every estimate of the design ``its`` against R, on monthly records of road casualties in Great Britain.

The series is the last five years of R's data set Seatbelts (Harvey and Durbin 1986; official statistics of
the Department of Transport), in which wearing a seat belt in front became compulsory in February 1983. The
values are from R 4.2.2 with lm and glm, sandwich 3.0-2 (NeweyWest with prewhite = FALSE, adjust = TRUE), nlme
3.1-162 (gls with corAR1, REML), MASS 7.3-58.2 (glm.nb) and lmtest 0.9-40 (dwtest, bgtest), all with
tolerances as small as they allow; `effect_cumulative` of the log and logit links with the delta method by
numeric derivatives.
"""

from pathlib import Path

import pytest

from evidentia.data.table import read_table
from evidentia.designs.its.analyse import analyse
from evidentia.designs.its.settings import ITSSettings

HERE = Path(__file__).parent

GAUSSIAN = {
    "intercept_ols.estimate": 1492.27477477,
    "intercept_ols.se": 59.6389167174,
    "pre_slope_ols.estimate": 5.43504030346,
    "pre_slope_ols.se": 2.73642116919,
    "level_change_ols.estimate": -571.197610654,
    "level_change_ols.se": 93.3082460125,
    "level_change_ols.ci_low": -758.116488471,
    "level_change_ols.ci_high": -384.278732838,
    "level_change_ols.p_value": 9.63187042973e-08,
    "slope_change_ols.estimate": 12.2092284712,
    "slope_change_ols.se": 6.22076119342,
    "slope_change_ols.ci_low": -0.252453653649,
    "slope_change_ols.ci_high": 24.6709105961,
    "slope_change_ols.p_value": 0.0546610774859,
    "post_slope_ols.estimate": 17.6442687747,
    "post_slope_ols.se": 5.5865793658,
    "effect_last_ols.estimate": -302.594584287,
    "effect_last_ols.se": 136.347313322,
    "effect_cumulative_ols.estimate": -10048.6102418,
    "effect_cumulative_ols.se": 2177.85432855,
    "effect_cumulative_ols.ci_low": -14411.3767125,
    "effect_cumulative_ols.ci_high": -5685.84377116,
    "effect_cumulative_ols.p_value": 2.34403323452e-05,
    "pre_slope_newey_west.estimate": 5.43504030346,
    "pre_slope_newey_west.se": 3.62181815449,
    "level_change_newey_west.estimate": -571.197610654,
    "level_change_newey_west.se": 112.020691414,
    "level_change_newey_west.ci_low": -795.602021047,
    "level_change_newey_west.ci_high": -346.793200261,
    "level_change_newey_west.p_value": 4.19650995163e-06,
    "slope_change_newey_west.estimate": 12.2092284712,
    "slope_change_newey_west.se": 7.55562090358,
    "slope_change_newey_west.ci_low": -2.92649897899,
    "slope_change_newey_west.ci_high": 27.3449559215,
    "slope_change_newey_west.p_value": 0.111733520256,
    "post_slope_newey_west.estimate": 17.6442687747,
    "post_slope_newey_west.se": 6.69160133399,
    "effect_last_newey_west.estimate": -302.594584287,
    "effect_last_newey_west.se": 201.898827136,
    "effect_cumulative_newey_west.estimate": -10048.6102418,
    "effect_cumulative_newey_west.se": 3232.15961328,
    "effect_cumulative_newey_west.ci_low": -16523.403989,
    "effect_cumulative_newey_west.ci_high": -3573.81649469,
    "effect_cumulative_newey_west.p_value": 0.00294978069056,
    "level_change_newey_west_1.p_value": 5.53364540105e-07,
    "level_change_newey_west_2.p_value": 3.33068329271e-06,
    "level_change_newey_west_3.p_value": 4.19650995163e-06,
    "intercept_ar1.estimate": 1535.66724206,
    "intercept_ar1.se": 121.375853331,
    "pre_slope_ar1.estimate": 3.01364444177,
    "pre_slope_ar1.se": 5.34149051081,
    "level_change_ar1.estimate": -511.599631833,
    "level_change_ar1.se": 142.873818486,
    "level_change_ar1.ci_low": -797.810282681,
    "level_change_ar1.ci_high": -225.388980984,
    "level_change_ar1.p_value": 0.000716961866529,
    "slope_change_ar1.estimate": 16.1097524385,
    "slope_change_ar1.se": 12.2937197641,
    "slope_change_ar1.ci_low": -8.51752757906,
    "slope_change_ar1.ci_high": 40.7370324561,
    "slope_change_ar1.p_value": 0.19540817149,
    "post_slope_ar1.estimate": 19.1233968803,
    "post_slope_ar1.se": 9.94757449579,
    "effect_last_ar1.estimate": -157.185078185,
    "effect_last_ar1.se": 276.953135015,
    "effect_cumulative_ar1.estimate": -7691.0241652,
    "effect_cumulative_ar1.se": 4001.64192945,
    "effect_cumulative_ar1.ci_low": -15707.2762205,
    "effect_cumulative_ar1.ci_high": 325.227890127,
    "effect_cumulative_ar1.p_value": 0.059703408859,
    "ar1.phi": 0.616256904415,
    "ar1.sigma": 196.84387491,
    "durbin_watson.statistic": 0.985160306041,
    "durbin_watson.p_value": 1.40760877901e-06,
    "breusch_godfrey.p_value": 0.000135087924597,
    "ljung_box.p_value": 1.12446707501e-09,
    "acf_1": 0.482231530694,
    "dispersion": 31584.3874385,
    "leave_one_out.level_change.min": -595.248747505,
    "leave_one_out.level_change.max": -526.40210099,
    "spread.pre": 185.642889921,
    "spread.post": 163.664989758,
    "spread.p_value": 0.548775454565,
    "placebo.level_change.estimate": 36.9695562435,
    "placebo.level_change.p_value": 0.770736167904,
}

FOURIER = {
    "level_change_ols.estimate": -394.648173952,
    "level_change_ols.se": 52.9355500195,
    "slope_change_ols.estimate": 5.93047001241,
    "slope_change_ols.se": 3.40664832677,
    "effect_cumulative_ols.estimate": -7576.49908775,
    "effect_cumulative_ols.se": 1197.31141732,
    "level_change_newey_west.estimate": -394.648173952,
    "level_change_newey_west.se": 47.6602164671,
    "slope_change_newey_west.estimate": 5.93047001241,
    "slope_change_newey_west.se": 3.02927836198,
    "effect_cumulative_newey_west.estimate": -7576.49908775,
    "effect_cumulative_newey_west.se": 1112.03081661,
    "level_change_ar1.estimate": -397.909416191,
    "level_change_ar1.se": 43.9699739101,
    "slope_change_ar1.estimate": 5.68261313703,
    "slope_change_ar1.se": 2.80300261555,
    "effect_cumulative_ar1.estimate": -7714.21544872,
    "effect_cumulative_ar1.se": 987.348395128,
    "ar1.phi": -0.185735748562,
    "durbin_watson.statistic": 2.4934655441,
    "durbin_watson.p_value": 0.858495363113,
    "breusch_godfrey.p_value": 0.0258908051609,
    "leave_one_out.level_change.min": -417.706740453,
    "leave_one_out.level_change.max": -370.280732354,
}

POISSON = {
    "intercept.estimate": -7.62982932643,
    "intercept.se": 0.123109874462,
    "pre_slope.estimate": -0.00881775583243,
    "pre_slope.se": 0.00581356663671,
    "level_change.estimate": -0.355334718669,
    "level_change.se": 0.226857834517,
    "level_change.ci_low": -0.799967903933,
    "level_change.ci_high": 0.0892984665945,
    "level_change.p_value": 0.117270879187,
    "level_change.ratio_ci_low": 0.449343386041,
    "slope_change.estimate": 0.0191092169862,
    "slope_change.se": 0.0150614486769,
    "post_slope.estimate": 0.0102914611538,
    "post_slope.se": 0.0138942318682,
    "effect_last.estimate": 0.0650680550279,
    "effect_last.se": 0.302767872876,
    "acf_1": 0.00911982588742,
    "ljung_box.p_value": 0.0359205264622,
    "dispersion": 0.818183495288,
    "effect_cumulative.estimate": -18.0062078376,
    "effect_cumulative.se": 27.9335273763,
    "effect_cumulative.ratio": 0.868573781278,
    "effect_cumulative.ratio_ci_low": 0.576771374414,
}

QUASIPOISSON = {
    "intercept.estimate": -5.06930650325,
    "intercept.se": 0.0668441715325,
    "pre_slope.estimate": 0.00339509775577,
    "pre_slope.se": 0.00298608205307,
    "level_change.estimate": -0.415134378889,
    "level_change.se": 0.108069236524,
    "level_change.ci_low": -0.63162307395,
    "level_change.ci_high": -0.198645683828,
    "level_change.p_value": 0.000314234598322,
    "level_change.ratio_ci_low": 0.531728066271,
    "slope_change.estimate": 0.00683918645469,
    "slope_change.se": 0.00720163762804,
    "post_slope.estimate": 0.0102342842105,
    "post_slope.se": 0.00655338832193,
    "effect_last.estimate": -0.264672276886,
    "effect_last.se": 0.148231469611,
    "acf_1": 0.574856308446,
    "dispersion": 4.31116010058,
    "effect_cumulative.estimate": -922.722461278,
    "effect_cumulative.se": 319.538005205,
    "effect_cumulative.ratio": 0.714214376632,
    "effect_cumulative.ratio_ci_low": 0.580485904573,
}

NEGATIVE_BINOMIAL = {
    "intercept.estimate": -5.06256084523,
    "intercept.se": 0.0645714507586,
    "pre_slope.estimate": 0.00341339883349,
    "pre_slope.se": 0.00294389127616,
    "level_change.estimate": -0.404848309257,
    "level_change.se": 0.101816838801,
    "level_change.ci_low": -0.604405646327,
    "level_change.ci_high": -0.205290972186,
    "level_change.p_value": 7.00131149803e-05,
    "level_change.ratio_ci_low": 0.546399084452,
    "slope_change.estimate": 0.00614436650155,
    "slope_change.se": 0.00678907714941,
    "post_slope.estimate": 0.00955776533505,
    "post_slope.se": 0.00611760350912,
    "effect_last.estimate": -0.269672246222,
    "effect_last.se": 0.146543485556,
    "acf_1": 0.572702282342,
    "ljung_box.p_value": 0,
    "dispersion": 1.06564488771,
    "theta": 35.9732850848,
    "effect_cumulative.estimate": -924.650977021,
    "effect_cumulative.se": 320.788976866,
    "effect_cumulative.ratio": 0.715799149599,
    "effect_cumulative.ratio_ci_low": 0.585410037762,
}

QUASIBINOMIAL = {
    "intercept.estimate": -2.60207411429,
    "intercept.se": 0.0367175707158,
    "pre_slope.estimate": 0.00257660584374,
    "pre_slope.se": 0.00166249356207,
    "level_change.estimate": -0.00124560602061,
    "level_change.se": 0.0616736504815,
    "level_change.ci_low": -0.125002839716,
    "level_change.ci_high": 0.122511627675,
    "level_change.p_value": 0.983963736375,
    "level_change.ratio_ci_low": 0.882494396548,
    "slope_change.estimate": -0.0023245664115,
    "slope_change.se": 0.00394405757519,
    "post_slope.estimate": 0.000252039432236,
    "post_slope.se": 0.00369083528145,
    "effect_last.estimate": -0.0523860670737,
    "effect_last.se": 0.0804287670494,
    "acf_1": -0.000786116012286,
    "ljung_box.p_value": 0.467086970803,
    "dispersion": 1.19013365648,
    "effect_cumulative.estimate": -61.2230063109,
    "effect_cumulative.se": 125.819217272,
    "effect_cumulative.ratio": 0.974137203741,
    "effect_cumulative.ratio_ci_low": 0.875188335191,
}


def numbers(**settings) -> dict[str, float]:
    table = read_table(HERE, "seatbelts.csv", None)
    model = ITSSettings.model_validate(
        {"design": "its", "data": "belts", "time": "month", "intervention": "1983-02", **settings}
    )
    return {number.id: number.value for number in analyse(model, {"belts": table}).numbers}


def assert_agrees(
    found: dict[str, float], expected: dict[str, float], precision: float = 1e-7, iterated: float = 1e-5
) -> None:
    """Compare; `iterated` holds for what both programs find by search: AR(1) and the numeric derivatives."""
    for id, value in expected.items():
        searched = "ar1" in id or id.startswith("effect_cumulative")
        assert found[id] == pytest.approx(value, rel=iterated if searched else precision), id


def test_ols_newey_west_ar1_and_every_test_of_the_residuals_agree_with_r():
    assert_agrees(numbers(outcome="drivers", newey_west_lags=3), GAUSSIAN)


def test_two_pairs_of_harmonics_agree_with_r():
    assert_agrees(numbers(outcome="drivers", newey_west_lags=2, fourier=2), FOURIER)


@pytest.mark.parametrize("errors", ["ols", "newey_west", "ar1"])
def test_the_errors_that_the_settings_name_are_the_primary_ones(errors):
    found = numbers(outcome="drivers", newey_west_lags=3, errors=errors)
    for id in GAUSSIAN:
        term, _, statistic = id.partition(".")
        if term.endswith(f"_{errors}"):
            assert found[f"{term.removesuffix(f'_{errors}')}.{statistic}"] == pytest.approx(
                GAUSSIAN[id], rel=1e-5
            )


def test_poisson_with_offset_agrees_with_r():
    assert_agrees(numbers(outcome="van_drivers_killed", offset="kilometres", family="poisson"), POISSON)


def test_newey_west_of_a_poisson_model_agrees_with_r():
    found = numbers(
        outcome="van_drivers_killed",
        offset="kilometres",
        family="poisson",
        errors="newey_west",
        newey_west_lags=3,
    )
    expected = {
        "intercept": 0.110611609379,
        "pre_slope": 0.00493892958290,
        "level_change": 0.210353522001,
        "slope_change": 0.0100567499679,
    }
    for term, se in expected.items():
        assert found[f"{term}.se"] == pytest.approx(se, rel=1e-7)


def test_quasi_poisson_agrees_with_r():
    assert_agrees(numbers(outcome="drivers_killed", offset="kilometres", family="quasipoisson"), QUASIPOISSON)


def test_a_denominator_and_an_offset_are_the_same_rate_in_a_log_link_model():
    with_offset = numbers(outcome="drivers_killed", offset="drivers", family="quasipoisson")
    with_denominator = numbers(outcome="drivers_killed", denominator="drivers", family="quasipoisson")
    assert with_denominator["level_change.se"] == pytest.approx(with_offset["level_change.se"], rel=1e-12)
    assert with_denominator["fitted.post_last"] == pytest.approx(
        with_offset["fitted.post_last"] / 1763, rel=1e-12
    )


def test_negative_binomial_agrees_with_mass():
    assert_agrees(
        numbers(outcome="drivers_killed", offset="kilometres", family="negative_binomial"), NEGATIVE_BINOMIAL
    )


def test_quasi_binomial_with_a_season_agrees_with_r():
    assert_agrees(
        numbers(outcome="drivers_killed", denominator="drivers", family="quasibinomial", fourier=2),
        QUASIBINOMIAL,
    )
