import math

import numpy as np
import pytest
import statsmodels.api as sm

from designs.ipw.samples import people, run, values
from evidentia.designs.inference.wald import wald
from evidentia.designs.ipw.balance import compare, pooled_deviation
from evidentia.designs.ipw.bootstrap import BATCH, replicate_effects
from evidentia.designs.ipw.effects import e_values
from evidentia.designs.ipw.logit import NoFit, basis, expit, fit, separates
from evidentia.designs.ipw.weights import effective_size, weights


def design(number=300, seed=2):
    random = np.random.default_rng(seed)
    columns = np.column_stack(
        [np.ones(number), random.normal(50, 3, number), random.normal(size=number) * 1e-4]
    )
    treated = random.random(number) < expit(0.4 * (columns[:, 1] - 50) + 5e3 * columns[:, 2])
    return columns, treated, (random.random(number) < 0.4).astype(float)


def test_propensities_are_those_of_statsmodels():
    columns, treated, _ = design()
    ours = expit(fit(basis(columns).matrix, treated.astype(float)).linear)
    theirs = sm.Logit(treated.astype(float), columns * [1, 1, 1e4]).fit(disp=0, tol=1e-14).predict()
    assert ours == pytest.approx(theirs, rel=1e-9)


def test_basis_is_orthogonal_and_leaves_out_combinations_of_earlier_columns():
    columns, _, _ = design()
    found = basis(np.column_stack([columns, 3 * columns[:, 1] - 7, columns[:, 1] ** 2]))
    assert found.kept == [0, 1, 2, 4]
    assert found.matrix.T @ found.matrix / 300 == pytest.approx(np.eye(4), abs=1e-12)


@pytest.mark.parametrize("near", [0.0, 1e-6], ids=["tie", "gap"])
def test_separation_is_told_from_a_steep_but_regular_model(near):
    x = np.concatenate([np.linspace(-1, 0, 20), np.linspace(near, 1, 20)])
    treated = np.repeat([0.0, 1.0], 20)
    matrix = basis(np.column_stack([np.ones(40), x])).matrix
    assert separates(matrix, treated) is not None
    with pytest.raises(NoFit):
        fit(matrix, treated)
    treated[[3, 35]] = treated[[35, 3]]
    assert separates(matrix, treated) is None
    assert np.isfinite(fit(matrix, treated).linear).all()


@pytest.mark.parametrize("estimand", ["ATE", "ATT", "ATC", "ATO"])
def test_weights_are_those_of_the_definition_and_slopes_their_derivatives(estimand):
    linear, treated = np.array([-2.0, 0.3, 1.5, -0.4]), np.array([True, True, False, False])
    p = expit(linear)
    defined = {
        "ATE": np.where(treated, 1 / p, 1 / (1 - p)),
        "ATT": np.where(treated, 1, p / (1 - p)),
        "ATC": np.where(treated, (1 - p) / p, 1),
        "ATO": np.where(treated, 1 - p, p),
    }
    found, step = weights(linear, treated, estimand), 1e-6
    assert found.values == pytest.approx(defined[estimand])
    numeric = (
        weights(linear + step, treated, estimand).values - weights(linear - step, treated, estimand).values
    ) / (2 * step)
    assert found.slopes == pytest.approx(numeric, rel=1e-6)


def test_effective_size_by_hand():
    assert effective_size(np.array([1.0, 1.0, 2.0])) == pytest.approx(16 / 6)
    assert effective_size(np.full(7, 0.3)) == pytest.approx(7)


def test_balance_by_hand():
    values_, treated = (
        np.array([1.0, 2.0, 3.0, 2.0, 4.0, 9.0]),
        np.array([True, True, True, False, False, False]),
    )
    deviation = pooled_deviation(values_, treated)
    assert deviation == pytest.approx(math.sqrt((1 + 13) / 2))
    found = compare(values_, treated, np.array([1.0, 1.0, 2.0, 1.0, 1.0, 1.0]), deviation)
    assert found.treated == pytest.approx(9 / 4)
    assert found.smd == pytest.approx((9 / 4 - 5) / deviation)
    assert found.ks == pytest.approx(2 / 3)  # at 3: all of the treated, a third of the comparators
    weighted_variance = ((1 - 2.25) ** 2 + (2 - 2.25) ** 2 + 2 * (3 - 2.25) ** 2) / 4 / (1 - (1 + 1 + 4) / 16)
    assert found.variance_ratio == pytest.approx(weighted_variance / 13)


def test_binary_variable_is_measured_by_p_times_1_minus_p():
    values_, treated = np.array([1.0, 0, 0, 0, 1, 1, 0, 0]), np.repeat([True, False], 4)
    assert pooled_deviation(values_, treated) == pytest.approx(math.sqrt((0.25 * 0.75 + 0.5 * 0.5) / 2))
    assert math.isnan(compare(values_, treated, np.ones(8), 1.0).variance_ratio)


def test_saturated_model_gives_direct_standardisation():
    """With one binary covariate the weighted means are those of the strata, averaged over everyone (closed
    form).
    """
    frame = people(600)
    frame["m"] = (frame["sex"] == "m").astype(int)
    found = values(frame, covariates=["m"])
    share = frame["m"].mean()
    expected = sum(
        weight
        * (
            frame.query(f"m == {m} and treated == 1")["y"].mean()
            - frame.query(f"m == {m} and treated == 0")["y"].mean()
        )
        for m, weight in ((1, share), (0, 1 - share))
    )
    assert found["effect.estimate"] == pytest.approx(expected, abs=1e-12)
    assert found["effect_aipw.estimate"] == pytest.approx(expected, abs=1e-12)
    # with saturated models both estimators are the same function of the data, and so have the same standard
    # error
    assert found["effect_aipw.se"] == pytest.approx(found["effect.se"], rel=1e-9)


def test_overlap_weights_balance_means_exactly():
    found = values(people(), estimand="ATO")
    assert max(abs(value) for id, value in found.items() if id.startswith("smd_weighted.")) < 1e-10


def slow_bootstrap(matrix, treated, outcome, estimand, replicates, seed):
    effects = []
    for stream in np.random.SeedSequence(seed).spawn(replicates):
        random = np.random.default_rng(stream)
        rows = random.integers(0, len(outcome), len(outcome))
        linear = fit(matrix[rows], treated[rows].astype(float)).linear
        weight = weights(linear, treated[rows], estimand).values
        ours = treated[rows]
        effects.append(
            np.average(outcome[rows][ours], weights=weight[ours])
            - np.average(outcome[rows][~ours], weights=weight[~ours])
        )
    return np.array(effects)


@pytest.mark.parametrize("estimand", ["ATE", "ATT", "ATC", "ATO"])
def test_bootstrap_is_that_of_a_plain_loop_across_batches(estimand):
    columns, treated, outcome = design()
    matrix = basis(columns).matrix
    start = fit(matrix, treated.astype(float)).coefficients
    replicates = BATCH + 3
    found = replicate_effects(matrix, start, treated, outcome, estimand, replicates, 9)
    assert found == pytest.approx(slow_bootstrap(matrix, treated, outcome, estimand, replicates, 9), abs=1e-9)


def test_first_replicates_do_not_depend_on_how_many_follow():
    columns, treated, outcome = design()
    matrix = basis(columns).matrix
    start = fit(matrix, treated.astype(float)).coefficients
    few, many = (replicate_effects(matrix, start, treated, outcome, "ATE", number, 9) for number in (10, 200))
    assert few == pytest.approx(many[:10], abs=1e-12)


@pytest.mark.parametrize(("each", "low", "high", "kept"), [(1, 0.5, 0.95, False), (2, 0.1, 0.5, True)])
def test_replicates_without_a_propensity_are_counted_and_said(each, low, high, kept):
    frame = people(40)
    frame.loc[frame.index[frame["sex"] == "x"], "sex"] = "f"
    for group in (0, 1):
        frame.loc[frame.index[frame["treated"] == group][:each], "sex"] = "x"
    result = run(frame, bootstrap={"replicates": 300, "seed": 1})
    found = {number.id: number.value for number in result.numbers}
    assert low < found["bootstrap.failed"] < high  # a rare person of a group is often not drawn
    assert any("bootstrap replicates" in message for message in result.messages)
    assert (found["effect_bootstrap.se"] is not None) == kept  # of a few replicates it would be too small


def test_interval_and_p_value_are_those_of_the_normal_distribution():
    found = wald(1.96, 1.0, 0.95)
    assert found["p_value"] == pytest.approx(0.0499957902964409)  # R: 2 * pnorm(-1.96)
    assert found["ci_low"] == pytest.approx(1.96 - 1.95996398454005)
    assert wald(1.0, 1.0, 0.9)["ci_high"] == pytest.approx(1 + 1.64485362695147)


def test_e_values_are_those_of_vanderweele_and_ding():
    """Their example of breastfeeding (2017): risk ratio 3.9 (1.8 to 8.7) has E-values 7.26 and 3.0."""
    point, limit = e_values({"estimate": 3.9, "ci_low": 1.8, "ci_high": 8.7})
    assert round(point, 2) == 7.26
    assert round(limit, 1) == 3.0
    below = e_values({"estimate": 1 / 3.9, "ci_low": 1 / 8.7, "ci_high": 1 / 1.8})
    assert below == pytest.approx((point, limit))
    assert e_values({"estimate": 0.8, "ci_low": 0.5, "ci_high": 1.2})[1] == 1.0


def test_continuous_outcome_has_its_effect_in_its_own_unit():
    found = values(people(3000), outcome="score")
    assert found["effect.estimate"] == pytest.approx(3, abs=0.3)  # as the sample is made
    assert found["effect_aipw.estimate"] == pytest.approx(3, abs=0.3)
    assert "evalue.estimate" not in found


def test_text_of_0_and_1_serves_as_treatment():
    frame = people()
    other = frame.assign(treated=frame["treated"].astype(str).astype(object))
    assert values(other)["effect.se"] == values(frame)["effect.se"]


def test_outcome_without_events_in_a_group_gives_the_ratio_an_upper_limit():
    frame = people()
    frame.loc[frame["treated"] == 1, "y"] = 0
    found = values(frame)
    assert found["risk_ratio.estimate"] == 0
    assert 0 == found["risk_ratio.ci_low"] < found["risk_ratio.ci_high"] < 1
    assert found["evalue.estimate"] is None
    assert found["effect.p_value"] < 0.05
