"""Weighting where an outcome does not vary, a bootstrap fails, or nothing is known to impute from."""

import numpy as np
import pandas as pd
import pytest

from evidentia.core.errors import EvidentiaError, Problems
from evidentia.data.table import DataTable
from evidentia.designs.ipw.analyse import analyse
from evidentia.designs.ipw.settings import IpwSettings

ESTIMANDS = ("ate", "att", "atc", "ato")


def people(number=110, seed=8):
    random = np.random.default_rng(seed)
    age = random.normal(15, 1.5, number)
    treated = (random.random(number) < 1 / (1 + np.exp(-(age - 15) * 0.5))).astype(float)
    return pd.DataFrame({"treated": treated, "age": age, "y": random.normal(40, 5, number)})


def run(frame, **settings):
    frame = frame.copy()
    frame.index = range(2, len(frame) + 2)
    given = {
        "design": "ipw",
        "data": "people",
        "treatment": "treated",
        "outcome": "y",
        "outcome_type": "continuous",
        "covariates": ["age"],
        "bootstrap": {"replicates": 0},
        **settings,
    }
    table = DataTable(frame, "data/people.csv", "sha256:0")
    found = analyse(IpwSettings.model_validate(given), {"people": table})
    return found, {number.id: number.value for number in found.numbers}


def test_an_outcome_that_is_the_same_for_all_differs_in_no_direction():
    _, found = run(people().assign(y=30.1))
    assert {found[f"effect_{name}.estimate"] for name in ESTIMANDS} == {0.0}
    assert "note.estimands_differ_in_sign" not in found
    assert found["effect.p_value"] is None


def test_an_effect_on_the_lines_of_a_model_says_why_it_has_no_error():
    frame = people()
    result, found = run(frame.assign(y=2 * frame.age + 3 * frame.treated))
    assert found["effect_aipw.estimate"] == pytest.approx(3)
    assert found["effect_aipw.se"] is None
    note = next(number for number in result.numbers if number.id == "note.no_variation")
    assert "effect_aipw" in note.about
    assert "effect" not in note.about  # weights differ from person to person, so that one has an error


def test_a_bootstrap_of_which_most_replicates_fail_has_no_error():
    frame = people(6)
    frame["treated"] = [1.0, 0.0, 1.0, 0.0, 0.0, 0.0]
    frame["age"], frame["score"] = [15.0, 14.0, 16.2, 15.5, 17.0, 15.8], [9.0, 20.0, 31.0, 15.0, 28.0, 3.0]
    result, found = run(
        frame,
        covariates=["age", "score"],
        bootstrap={"replicates": 200, "seed": 1},
        standard_errors="bootstrap",
    )
    assert found["bootstrap.failed"] > 0.5
    assert found["effect.se"] is None
    assert found["effect_bootstrap.percentile_low"] is None
    assert any("no bootstrapped standard error" in message for message in result.messages)


def refused(frame, **settings):
    with pytest.raises((EvidentiaError, Problems)) as fault:
        run(frame, imputation={"m": 3, "seed": 1}, **settings)
    return str(fault.value)


def test_outcomes_of_a_whole_group_are_not_imputed_from_the_other():
    frame = people()
    frame.loc[frame.treated == 1, "y"] = np.nan
    assert "no outcome is known of those with treated = 1" in refused(frame)


@pytest.mark.parametrize(
    ("known", "expected"), [(0, "'age' has no value"), (3, "'age' has 3 values, too few")]
)
def test_a_column_with_hardly_a_value_is_not_imputed(known, expected):
    frame = people()
    frame.loc[known:, "age"] = np.nan
    assert expected in refused(frame)


def test_a_group_without_events_has_no_interval_that_could_be_pooled():
    frame = people(160).assign(y=lambda one: ((one.index % 4 == 0) & (one.treated == 0)).astype(float))
    frame.loc[::9, "y"] = np.nan
    result, found = run(frame, outcome_type="binary", imputation={"m": 3, "seed": 1})
    assert found["effect.estimate"] < 0
    assert found["effect.ci_low"] is None
    assert found["risk_ratio.ci_high"] is None
    assert found["evalue.ci"] is None
    assert "no interval can be pooled" in found["note.no_variation"]
    assert "no interval can be pooled" in next(n.formula for n in result.numbers if n.id == "effect.se")


def alone(estimand):
    """Return the result where one comparator alone is like the treated."""
    random = np.random.default_rng(17)
    frame = pd.DataFrame({"treated": [1.0] * 40 + [0.0] * 40, "y": random.normal(10, 2, 80)})
    frame["age"] = [0.5] * 3 + [*random.normal(5, 0.3, 37), *random.normal(0, 1, 39), 5.0]
    return run(frame, estimand=estimand)


def test_weights_that_fall_on_one_person_give_no_standard_error():
    result, found = alone("ATT")
    assert found["ess.comparator"] < 2
    assert found["effect.estimate"] is not None
    assert found["effect.se"] is None  # it had been small, with p < 0.001: one person has no spread
    assert found["effect_robust.p_value"] is None
    assert found["effect_crude.se"] is not None
    assert "for ATT the weights of a group are worth fewer than 2" in found["note.small_effective_sample"]


def test_an_estimand_beside_the_configured_one_has_its_own_reason():
    result, found = alone("ATE")
    assert found["effect.se"] is not None
    assert found["effect_att.se"] is None
    assert "for ATT the weights" in found["note.small_effective_sample"]
    assert "note.no_variation" not in found


def test_a_breakdown_without_a_test_says_why():
    frame = people(120)
    frame["place"] = ["Coast", "Fens"] * 60
    frame.loc[frame.place == "Fens", "y"] = 7.0
    _, found = run(frame, breakdown=["place"])
    assert found["breakdown.place.fens.effect.se"] is None
    assert found["breakdown.place.interaction.p_value"] is None
    assert "Place, Fens: outcomes do not vary enough" in found["note.breakdown_not_given"]
    assert "Place, interaction: fewer than 2 groups" in found["note.breakdown_not_given"]


def test_a_covariate_that_is_not_known_of_a_group_is_not_imputed_from_the_other():
    frame = people()
    frame.loc[frame.treated == 0, "age"] = np.nan
    assert "no value of age is known of those with treated = 0" in refused(frame)
