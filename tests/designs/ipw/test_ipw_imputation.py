"""Missing values: multiple imputation, Rubin's rules beside R 4.2.2 (pool.scalar of mice 3.15.0), tipping
points.
"""

import numpy as np
import pytest
from scipy import stats

from designs.ipw.samples import notes, people, run, values
from evidentia.core.errors import EvidentiaError
from evidentia.designs.inference.rubin import rubin

PLAN = {"covariates": ["age"], "imputation": {"m": 5, "seed": 3}, "bootstrap": {"replicates": 0}}
ESTIMATES, ERRORS = (0.31, 0.27, 0.4, 0.22, 0.35), (0.1, 0.11, 0.09, 0.12, 0.1)


def with_gaps(column="y", share=0.2, number=400, seed=5):
    frame = people(number).astype({"y": float})
    frame.loc[frame.index[np.random.default_rng(seed).random(number) < share], column] = None
    return frame


@pytest.mark.parametrize(
    ("complete", "df", "p_value"),
    [(np.inf, 33.0921458178340, 0.0223864942236), (24, 10.0804249240194, 0.0373881387119)],
)
def test_pooled_estimate_is_that_of_mice(complete, df, p_value):
    """pool.scalar(Q, U, n = Inf) and pool.scalar(Q, U, n = 25, k = 1)."""
    found = rubin(ESTIMATES, ERRORS, 0.95, complete)
    assert found["estimate"] == pytest.approx(0.31)
    assert found["se"] == pytest.approx(0.1293831519171, rel=1e-10)
    assert found["p_value"] == pytest.approx(p_value, rel=1e-8)
    assert (found["ci_high"] - 0.31) / found["se"] == pytest.approx(stats.t.ppf(0.975, df), rel=1e-8)


def test_imputed_values_are_counted_and_the_effect_is_less_sure_than_with_all_of_them():
    found, whole = values(with_gaps(), **PLAN), values(people(400), **PLAN | {"imputation": None})
    assert found["imputation.values.y"] == int(with_gaps()["y"].isna().sum())
    assert found["imputation.m"] == 5
    assert found["effect.estimate"] == pytest.approx(whole["effect.estimate"], abs=0.06)
    assert found["effect.se"] > whole["effect.se"]
    assert found["n.treated"] == whole["n.treated"]
    assert {"effect", "risk_ratio", "outcome"} <= set(notes(with_gaps(), **PLAN)["imputed"].about)


def test_same_seed_gives_the_same_numbers_and_another_others():
    first, again, other = (
        values(with_gaps(), **PLAN | {"imputation": {"m": 5, "seed": seed}}) for seed in (3, 3, 4)
    )
    assert first == again
    assert first["effect.estimate"] != other["effect.estimate"]


def test_missing_values_stop_unless_imputation_is_asked_for():
    with pytest.raises(EvidentiaError, match="the outcome is missing"):
        run(with_gaps(), **PLAN | {"imputation": None})


def test_category_of_many_levels_with_missing_values_is_not_imputed():
    with pytest.raises(EvidentiaError, match="a category of 3 levels"):
        run(with_gaps("sex"), **PLAN | {"covariates": ["age", "sex"]})


def test_category_of_two_levels_is_imputed():
    frame = people(400).assign(sex=lambda frame: frame["sex"].replace("x", "f"))
    frame.loc[frame.index[:40], "sex"] = None
    found = values(frame, **PLAN | {"covariates": ["age", "sex"]})
    assert found["imputation.values.sex"] == 40


def test_one_imputed_data_set_is_refused():
    with pytest.raises(ValueError, match="greater than or equal to 2"):
        run(with_gaps(), **PLAN | {"imputation": {"m": 1}})


def test_nothing_missing_gives_the_plain_analysis_and_a_message():
    result = run(people(300), **PLAN)
    assert "nothing is imputed" in " ".join(result.messages)
    assert "imputation.m" not in {number.id for number in result.numbers}


def test_tipping_point_is_where_the_effect_loses_its_significance():
    frame = with_gaps("score", share=0.35)
    frame["score"] -= 2.2 * frame["treated"]
    weak = values(frame, **PLAN | {"outcome": "score"})
    assert weak["effect.p_value"] < 0.05
    assert weak["tipping_point"] < 0
    frame["score"] += 0.5 * frame["treated"]  # a stronger effect tips later
    assert values(frame, **PLAN | {"outcome": "score"})["tipping_point"] < weak["tipping_point"]


def test_effect_that_is_not_significant_has_no_tipping_point():
    assert values(with_gaps(), **PLAN)["tipping_point"] is None


def test_tipping_point_of_a_yes_or_no_is_a_share_of_the_imputed():
    frame = people(900, effect=-1.0, seed=4).astype({"y": float})
    frame.loc[frame.index[np.random.default_rng(5).random(900) < 0.3], "y"] = None
    found = values(frame, **PLAN)
    assert found["effect.p_value"] < 0.05
    assert 0 < found["tipping_point"] <= 1
