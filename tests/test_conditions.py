"""Conditions on which a result rests are checked with the claims of the words, so
that all are said together."""

import copy
import dataclasses

from evidentia.core.ledger import condition_faults
from evidentia.core.results import Condition, Result, load_result, save_result
from folders import MINIMAL, write_folder

HOLDS = Condition(
    "rates.calls > 40 and rates.p < 0.05",
    "the evidence no longer points as coded: outcome 'calm'",
    "data/coded.csv, row 7",
)


def folder_with(tmp_path, *conditions, note=""):
    folder = write_folder(tmp_path, copy.deepcopy(MINIMAL))
    result = Result(conditions=list(conditions))
    result.add("calls", 44, "count", "Calls")
    result.add("p", 0.03, "p_value", "p-value")
    if note:
        result.note(note, "6 people in a group", ["p"])
    path = folder / "build" / "results" / "rates.json"
    save_result(path, result, {"rule": "benchmark", "validated": {}})
    assert load_result(path)[0].conditions == list(conditions)
    kept = load_result(path)[0]
    values = {f"rates.{number.id}": number.value for number in kept.numbers}
    ledger = {f"rates.{number.id}": {"id": f"rates.{number.id}", "value": number.value, "about": [f"rates.{stem}" for stem in number.about]} for number in kept.numbers}  # fmt: skip
    return condition_faults(kept.conditions, values, ledger)


def test_a_condition_that_holds_is_no_fault(tmp_path):
    assert not folder_with(tmp_path, HOLDS)


def test_a_condition_that_no_longer_holds_names_row_item_condition_and_values(tmp_path):
    failed = Condition("rates.calls < 40", HOLDS.what, HOLDS.where)
    (fault,) = folder_with(tmp_path, HOLDS, failed)
    assert "outcome 'calm'" in fault.what
    assert "condition: rates.calls < 40" in fault.what
    assert "values: rates.calls = 44" in fault.what
    assert fault.where == "data/coded.csv, row 7"


def test_conditions_over_unknown_ids_and_false_ones_are_said_together(tmp_path):
    unknown = Condition("rates.cals > 1", "x", "data/coded.csv, row 8")
    first, second = folder_with(tmp_path, unknown, Condition("rates.calls < 1", "y", "data/coded.csv, row 9"))
    assert "unknown number id 'rates.cals', in the condition: rates.cals > 1" in first.what
    assert "rates.calls" in first.remedy
    assert second.where == "data/coded.csv, row 9"


def test_a_condition_on_an_estimate_with_a_note_names_the_note_and_its_row(tmp_path):
    (fault,) = folder_with(tmp_path, HOLDS, note="few_people")
    assert HOLDS.text in fault.what
    assert "note rates.note.few_people: 6 people in a group" in fault.what
    assert fault.where == "data/coded.csv, row 7"
    assert "write few_people into the row's column 'despite'" in fault.remedy


def test_a_condition_may_allow_for_notes(tmp_path):
    allowed = dataclasses.replace(HOLDS, despite=("few_people", "imputed"))
    assert not folder_with(tmp_path, allowed, note="few_people")
    assert not folder_with(
        tmp_path, Condition("rates.calls > 40", HOLDS.what, HOLDS.where), note="few_people"
    )
