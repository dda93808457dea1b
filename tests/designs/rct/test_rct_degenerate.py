"""Trials whose outcomes do not vary, alone or within clusters: no size, share or test from rounding noise."""

import numpy as np
import pandas as pd
import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.rct.analyse import analyse
from evidentia.designs.rct.settings import RctSettings

ARMS = np.array(["new", "usual"])


def run(columns, **settings):
    table = DataTable(pd.DataFrame(columns), "data/trial.csv", "sha256:0")
    given = {"design": "rct", "data": "trial", "arm": "arm", "control": "usual", "outcome": "y", **settings}
    return {
        number.id: number.value
        for number in analyse(RctSettings.model_validate(given), {"trial": table}).numbers
    }


def people(outcome, *, number=48):
    random = np.random.default_rng(4)
    arm = ARMS[np.arange(number) % 2]
    before = random.normal(50, 9, number)
    return {"arm": arm, "before": before, "y": outcome(arm == "new", before)}


@pytest.mark.parametrize("more", [{}, {"baseline": "before"}], ids=["plain", "adjusted"])
def test_an_outcome_that_is_the_same_for_all_has_an_effect_of_0_and_no_size(more):
    found = run(people(lambda new, before: np.full(len(new), 30.7)), **more)
    assert found["effect.estimate"] == 0.0
    assert found["hedges_g.estimate"] is None


@pytest.mark.parametrize("share", [0, 1], ids=["nobody and all", "all"])
def test_shares_of_none_and_all_have_no_standardised_size(share):
    found = run(people(lambda new, before: np.maximum(new, share).astype(int)), outcome_type="binary")
    assert found["effect.estimate"] == 1 - share
    assert found["hedges_g.estimate"] is None
    assert found["hedges_g.ci_high"] is None


def test_outcomes_on_the_lines_of_the_model_are_said_to_have_no_error():
    found = run(people(lambda new, before: 2 * before + new), baseline="before")
    assert found["effect.estimate"] == pytest.approx(1)
    assert found["effect.se"] is None
    assert "lie on the lines of the model" in found["note.no_variation"]


def clustered(outcome, clusters):
    columns = people(outcome)
    place = np.arange(48) // 2 % clusters
    return columns | {"team": [f"{arm}{one}" for arm, one in zip(columns["arm"], place, strict=True)]}


def test_an_outcome_of_clusters_alone_has_no_mixed_model_and_all_its_variance_between_them():
    columns = clustered(lambda new, before: np.zeros(48), 4)
    of_team = dict(zip(sorted(set(columns["team"])), [4.0, 6.0, 5.0, 9.0, 2.0, 3.0, 7.0, 4.0], strict=True))
    columns["y"] = [of_team[team] for team in columns["team"]]
    found = run(columns, cluster="team", estimator="mixed")
    assert found["effect.p_value"] is None  # least squares of the mixed model's last step had given p < 0.001
    assert "mixed model has no fit" in found["note.no_variation"]
    assert found["icc"] == 1.0
    plain = run(columns, cluster="team")
    scores = np.array(list(of_team.values()))
    deviation = np.sqrt((scores[:4].var(ddof=1) + scores[4:].var(ddof=1)) / 2)
    ratio = plain["hedges_g.estimate"] * deviation / plain["effect.estimate"]
    assert 0.85 < ratio < 1  # Hedges' factor for about six degrees of freedom
    # Of clusters of one size, CR2 is the standard error of a difference of means of cluster means.
    assert plain["effect.se"] == pytest.approx(deviation * np.sqrt(2 / 4))


def test_one_cluster_in_each_arm_has_no_icc():
    found = run(clustered(lambda new, before: before, 1), cluster="team")
    assert found["icc"] is None  # where the search for it began, not what the data say
    assert found["hedges_g.estimate"] is None


def test_a_variance_between_clusters_that_runs_to_its_bound_is_none():
    found = run(clustered(lambda new, before: (before > 65).astype(int), 8), cluster="team")
    assert found["icc"] == 0.0 or found["icc"] > 1e-6


@pytest.mark.parametrize(
    ("rows", "more", "expected"),
    [(2, {}, "several people each"), (3, {"baseline": "before"}, "fewer columns")],
)
def test_too_few_people_are_one_message_that_tells_what_to_do(rows, more, expected):
    columns = {name: values[:rows] for name, values in people(lambda new, before: before**2).items()}
    with pytest.raises(EvidentiaError) as fault:
        run(columns, **more)
    assert expected in fault.value.remedy


def test_one_person_in_an_arm_is_said_to_be_alone():
    columns = {name: values[[0, 1, 3, 5, 7]] for name, values in people(lambda new, before: before).items()}
    assert "one person alone is in new" in run(columns)["note.no_variation"]


@pytest.mark.parametrize(
    ("new", "usual", "expected"),
    [
        (0, 6, (0.0, 0.0, 0.57982)),
        (6, 0, (None, 1.72466, None)),
        (24, 12, (2.0, 1.45831, 3.18193)),
        (0, 0, (None, None, None)),
    ],
)
def test_a_ratio_of_shares_with_an_empty_cell_has_koopmans_interval(new, usual, expected):
    # R 4.2: uniroot() of Koopman's (1984) chi-squared, with the shares that optimize() finds most likely, less
    # qchisq(0.95, 1); 24 people in each arm
    y = {"new": iter([1] * new + [0] * 24), "usual": iter([1] * usual + [0] * 24)}
    columns = people(lambda new, before: np.zeros(48))
    columns["y"] = [next(y[arm]) for arm in columns["arm"]]
    found = run(columns, outcome_type="binary")
    values = [found[f"risk_ratio.{name}"] for name in ("estimate", "ci_low", "ci_high")]
    for value, wanted in zip(values, expected, strict=True):
        assert value == (None if wanted is None else pytest.approx(wanted, abs=2e-5))
    if (new, usual) == (0, 6):
        assert found["risk_ratio.p_value"] == pytest.approx(0.008829, abs=1e-6)


def test_an_arm_of_one_cluster_has_no_ratio_with_an_interval():
    columns = clustered(lambda new, before: (before > 52).astype(int), 2)
    columns["team"] = ["new0" if team.startswith("new") else team for team in columns["team"]]
    found = run(columns, outcome_type="binary", cluster="team")
    assert found["risk_ratio.estimate"] > 0
    assert found["risk_ratio.se"] is None  # the one cluster's errors add up to 0
    assert "because new has one cluster" in found["note.few_clusters"]
