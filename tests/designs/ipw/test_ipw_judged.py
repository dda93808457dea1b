"""What the method cannot carry: outcomes without variation, small groups, poor balance and overlap."""

import numpy as np
import pytest

from designs.ipw.samples import notes, people, values

BOOTSTRAP = {"bootstrap": {"replicates": 100}}
ESTIMANDS = ("ATE", "ATT", "ATC", "ATO")
ERRORS = ("m_estimation", "robust", "bootstrap")


def stems(found):
    return [
        id.removesuffix(".estimate") for id in found if id.endswith(".estimate") and id != "evalue.estimate"
    ]


def none_is_certain(found):
    for stem in stems(found):
        assert found[f"{stem}.se"] is None or found[f"{stem}.se"] > 1e-9
        assert found[f"{stem}.p_value"] != 0
        low, high = found[f"{stem}.ci_low"], found[f"{stem}.ci_high"]
        assert low is None or high is None or high - low > 1e-9
        if "bootstrap" in stem:
            assert (
                found[f"{stem}.percentile_low"] is None
                or found[f"{stem}.percentile_low"] < found[f"{stem}.percentile_high"]
            )


@pytest.mark.parametrize("estimand", ESTIMANDS)
@pytest.mark.parametrize("errors", ERRORS)
@pytest.mark.parametrize(
    "outcomes", [(0, None), (1, None), (None, 0), (None, 1), (0, 0), (1, 1), (0, 1), (1, 0)]
)
@pytest.mark.parametrize("kind", ["binary", "continuous"])
def test_no_effect_is_certain_where_the_outcomes_of_a_group_are_alike(estimand, errors, outcomes, kind):
    frame = people(150)
    for group, value in zip((1, 0), outcomes, strict=True):
        if value is not None:
            frame.loc[frame["treated"] == group, "y"] = value
    settings = {"estimand": estimand, "standard_errors": errors, "outcome_type": kind, **BOOTSTRAP}
    none_is_certain(values(frame, **settings))
    assert {"effect", "effect_aipw", "effect_crude"} <= set(notes(frame, **settings)["no_variation"].about)


@pytest.mark.parametrize("cluster", ["", "sex"])
def test_outcome_on_the_line_of_a_covariate_gives_no_certain_effect(cluster):
    frame = people(150).assign(y=lambda frame: 3 * frame["age"])
    found = values(frame, cluster=cluster, covariates=["age"], **BOOTSTRAP)
    none_is_certain(found)
    assert found["effect_aipw.p_value"] is None


def test_difference_without_events_in_a_group_has_newcombes_interval():
    """6 of 125 against 0 of 115 without weights; R 4.2.2: sqrt() of prop.test(correct = FALSE)'s score
    limits, squared and summed.
    """
    frame = people(240)
    frame["treated"] = np.repeat([1, 0], [115, 125])
    frame["y"] = np.repeat([0, 1, 0], [115, 6, 119])
    found = values(frame, covariates=["age"])
    assert found["effect_crude.ci_low"] == pytest.approx(-0.1007711103170, abs=1e-9)
    assert found["effect_crude.ci_high"] == pytest.approx(-0.0066306300039, abs=1e-9)
    assert found["risk_ratio.estimate"] == 0
    assert found["risk_ratio.ci_high"] == pytest.approx(0.6818676840, abs=1e-6)
    assert found["effect.p_value"] > 0.01


def test_ratio_without_events_among_comparators_has_a_lower_limit_only():
    frame = people(240)
    frame["treated"] = np.repeat([0, 1], [115, 125])
    frame["y"] = np.repeat([0, 1, 0], [115, 6, 119])
    found = values(frame, covariates=["age"])
    assert found["risk_ratio.estimate"] is found["risk_ratio.ci_high"] is None
    assert found["risk_ratio.ci_low"] == pytest.approx(1 / 0.6818676840, abs=1e-6)


def test_small_group_is_noted():
    assert "few_people" in notes(people(30, seed=3), covariates=["age"])
    assert "few_people" not in notes(people(400))


def test_groups_that_weights_do_not_make_alike_are_noted_with_the_variable():
    frame = people(400)
    frame["left"] = frame["treated"] / 4 + np.random.default_rng(77).normal(size=400).round(2)
    assert "left" in notes(frame, balance=["age", "left"])["balance_not_reached"].value
    assert "balance_not_reached" not in notes(frame, covariates=["age", "left"], estimand="ATO")


def test_share_of_people_whom_nobody_in_the_other_group_is_like_is_a_number_and_noted():
    frame = people(400)
    frame.loc[frame["treated"] == 1, "age"] += 1.8
    found = values(frame, covariates=["age"])
    treated, others = (frame.loc[frame["treated"] == group, "age"] for group in (1, 0))
    assert found["overlap.outside.treated"] == pytest.approx(
        ((treated > others.max()) | (treated < others.min())).mean()
    )
    note = notes(frame, covariates=["age"])["poor_overlap"]
    for group in ("treated", "comparator"):
        assert (group in note.value) == (found[f"overlap.outside.{group}"] > 0.1)


def test_few_effective_people_are_noted():
    frame = people(400)
    frame.loc[frame["treated"] == 1, "age"] += 3
    assert "small_effective_sample" in notes(frame, covariates=["age"], estimand="ATC")


def test_effects_of_both_directions_are_noted():
    frame = people(600, seed=5)
    frame["score"] = (3 * (frame["age"] - frame["age"].mean()) * frame["treated"]).round(3) + frame[
        "age"
    ] % 0.7
    found = values(frame, outcome="score", covariates=["age"])
    assert found["effect_att.estimate"] * found["effect_atc.estimate"] < 0
    assert "effect" in notes(frame, outcome="score", covariates=["age"])["estimands_differ_in_sign"].about
