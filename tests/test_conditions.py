"""Conditions on which a result rests are checked with the claims of the words, so that all are said together."""

import copy

from evidentia.core.ledger import condition_faults
from evidentia.core.results import Condition, Result, load_result, save_result
from folders import MINIMAL, write_folder

HOLDS = Condition("rates.calls > 40 and rates.p < 0.05", "the evidence no longer points as coded: outcome 'calm'", "data/coded.csv, row 7")


def folder_with(tmp_path, *conditions):
    folder = write_folder(tmp_path, copy.deepcopy(MINIMAL))
    result = Result(conditions=list(conditions))
    result.add("calls", 44, "count", "Calls")
    result.add("p", 0.03, "p_value", "p-value")
    path = folder / "build" / "results" / "rates.json"
    save_result(path, result, {"rule": "benchmark", "validated": {}})
    assert load_result(path)[0].conditions == list(conditions)
    kept = load_result(path)[0]
    return condition_faults(kept.conditions, {f"rates.{number.id}": number.value for number in kept.numbers})


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
