"""What a survey cannot show: answers without variation, respondents in teams, several p-values."""

import numpy as np
import pandas as pd
import pytest

from designs.panel_survey.surveys import run
from evidentia.core.errors import EvidentiaError

ITEMS = {"q": {"positive": ["Yes"], "scale": ["No", "Yes"]}}


def answers(yes, no, first=1, team=lambda number: number % 5):
    rows = [
        f"p{first + place},t{team(first + place)},{'Yes' if place < yes else 'No'}"
        for place in range(yes + no)
    ]
    return "person,team,q\n" + "\n".join(rows) + "\n"


def survey(tmp_path, first, second, **settings):
    return run(
        tmp_path, first, second, invited={}, stable=[], items=settings.pop("items", ITEMS), **settings
    )[1]


def test_all_positive_in_both_waves_has_newcombes_interval(tmp_path):
    found = survey(tmp_path, answers(18, 0), answers(20, 0))
    assert found["q.change.estimate"].value == 0
    assert found["q.change.ci_low"].value == pytest.approx(-0.161125158053)  # R, as in test_inference.py
    assert found["q.change.ci_high"].value == pytest.approx(0.175879223647)
    assert found["q.change.se"].value is None
    assert found["q.note.no_variation"].about[0] == "q.change"


@pytest.mark.parametrize("base", ["wave", "panel"])
@pytest.mark.parametrize(
    ("first", "second"),
    [((12, 0), (12, 0)), ((0, 12), (0, 12)), ((7, 5), (7, 5)), ((12, 0), (0, 12)), ((7, 5), (12, 0))],
)
@pytest.mark.parametrize("cluster", ["", "team"])
def test_no_change_is_certain(tmp_path, base, first, second, cluster):
    items = {"q": {**ITEMS["q"], "base": base}}
    found = survey(tmp_path, answers(*first), answers(*second), items=items, cluster=cluster)
    for stem in ("q.change", f"q.{'panel' if base == 'wave' else 'all'}.change"):
        low, high, p_value = (found[f"{stem}.{part}"].value for part in ("ci_low", "ci_high", "p_value"))
        assert low is None or high - low > 0.01
        assert p_value != 0
        assert found[f"{stem}.se"].value is None or found[f"{stem}.se"].value > 1e-6


def test_primary_p_value_is_named_and_the_others_carry_the_note(tmp_path):
    note = survey(tmp_path, answers(12, 9), answers(20, 1))["note.several_p_values"]
    assert set(note.about) == {"q.mcnemar.p_value", "q.panel.change.p_value"}


def test_change_by_team_is_that_of_survey(tmp_path):
    """R 4.2.2, survey 4.1-1: svyglm(yes ~ wave, svydesign(~team, weights = ~one)) on the answers of both
    waves, a row each.
    """
    random = np.random.default_rng(4)
    team = [f"T{number}" for number in random.integers(0, 12, 90)]
    level = dict(zip(sorted(set(team)), random.normal(0, 1, 12), strict=True))
    first = pd.DataFrame({"person": range(90), "team": team})
    first["q"] = ["Yes" if random.random() < 1 / (1 + np.exp(-level[one])) else "No" for one in first["team"]]
    second = first.sample(70, random_state=1)[["person", "team"]].copy()
    second["q"] = [
        "Yes" if random.random() < 1 / (1 + np.exp(-level[one] - 0.6)) else "No" for one in second["team"]
    ]
    found = survey(tmp_path, first.to_csv(index=False), second.to_csv(index=False), cluster="team")
    assert found["q.change.estimate"].value == pytest.approx(0.1)
    assert found["q.change.se"].value == pytest.approx(0.0872058769596, rel=1e-10)
    assert found["n.clusters"].value == 12
    assert "q.change" in found["note.few_clusters"].about
    assert "q.mcnemar.p_value" not in found


@pytest.mark.parametrize(
    ("team", "said"),
    [("t", "all respondents are in one cluster, tt"), ("", "the cluster is missing for 1 of")],
)
def test_cluster_column_that_tells_nobody_apart_stops(tmp_path, team, said):
    text = answers(9, 3, team=lambda number: "t") if team else answers(9, 3).replace("p1,t1,", "p1,,")
    with pytest.raises(EvidentiaError, match=said):
        survey(tmp_path, text, answers(9, 3), cluster="team")


def test_item_may_have_clusters_of_its_own_or_none(tmp_path):
    items = {"q": {**ITEMS["q"], "cluster": "team"}, "other": {**ITEMS["q"], "column": "q"}}
    first, second = answers(13, 7), answers(9, 11)
    mixed = survey(tmp_path, first, second, items=items)
    team = survey(tmp_path, first, second, cluster="team")
    alone = survey(tmp_path, first, second)
    assert mixed["q.change.se"].value == team["q.change.se"].value != alone["q.change.se"].value
    assert mixed["other.change.se"].value == alone["q.change.se"].value
    assert (mixed["q.n.clusters"].value, "n.clusters" in mixed) == (5, False)
    assert set(mixed["q.note.few_clusters"].about) == {"q.change", "q.panel.change", "q.all.change"}
    items = {"q": {**ITEMS["q"], "cluster": ""}, "other": {**ITEMS["q"], "column": "q"}}
    freed = survey(tmp_path, first, second, items=items, cluster="team")
    assert freed["q.change.se"].value == alone["q.change.se"].value
    assert freed["other.change.se"].value == team["q.change.se"].value
    assert freed["n.clusters"].value == 5


def test_cluster_that_no_item_uses_is_said(tmp_path):
    with pytest.raises(EvidentiaError, match="no item of the survey is analysed by 'team'"):
        survey(
            tmp_path, answers(9, 3), answers(9, 3), items={"q": {**ITEMS["q"], "cluster": ""}}, cluster="team"
        )


def test_without_a_pair_there_is_no_mcnemar_test(tmp_path):
    found = survey(tmp_path, answers(15, 9), answers(12, 12, first=101))
    assert found["q.mcnemar.n"].value == 0
    assert found["q.mcnemar.p_value"].value is None


@pytest.mark.parametrize(("people", "said"), [(19, True), (20, False)])
def test_few_answers_are_noted(tmp_path, people, said):
    found = survey(tmp_path, answers(11, people - 11), answers(12, 12))
    assert ("q.note.few_people" in found) is said
