import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.core.notes import KINDS, notes_on
from evidentia.core.results import Result, load_result, save_result


def ledger(*entries):
    return {entry["id"]: entry for entry in entries}


NOTE = {"id": "trial.note.few_clusters", "value": "12 clusters", "about": ["trial.effect"]}


def test_note_is_found_from_each_statistic_of_the_estimate_and_from_no_other():
    held = ledger(
        NOTE, {"id": "trial.effect.p_value"}, {"id": "trial.effect_robust.p_value"}, {"id": "trial.n.treated"}
    )
    assert list(notes_on(["trial.effect.p_value"], held)) == [NOTE]
    assert list(notes_on(["trial.effect_robust.p_value", "trial.n.treated"], held)) == []


def test_note_is_found_from_what_is_derived_from_the_estimate_in_two_steps():
    held = ledger(
        NOTE,
        {"id": "trial.effect.estimate"},
        {"id": "trial.relative", "formula": "trial.effect.estimate / trial.base"},
        {"id": "trial.twice", "formula": "2 * max(trial.rel*)"},
    )
    assert list(notes_on(["trial.twice"], held)) == [NOTE]


def test_notes_of_one_kind_are_joined_and_survive_the_file(tmp_path):
    result = Result()
    result.note("few_people", "6 treated", ["effect"])
    result.note("few_people", "8 comparators", ["effect", "risk_ratio"])
    save_result(tmp_path / "result.json", result, {})
    number = load_result(tmp_path / "result.json")[0].numbers[0]
    assert (number.id, number.value, number.unit) == ("note.few_people", "6 treated; 8 comparators", "text")
    assert tuple(number.about) == ("effect", "risk_ratio")


def test_unknown_kind_of_note_is_refused_with_the_nearest():
    with pytest.raises(EvidentiaError, match="few_clusters"):
        Result().note("few_cluster", "", [])


def test_each_kind_of_note_stands_in_the_guide():
    from folders import ENGINE

    guide = (ENGINE / "docs" / "statistics.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in guide] == []
