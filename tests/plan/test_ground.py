"""A plan holds all that decides its estimates: programs, prepared data, how files are read, stated facts."""

import datetime
import json

import pytest
import yaml

from evidentia.config.load import load_config
from evidentia.plan.changes import changes_of, freeze, record
from evidentia.plan.claim_status import Standing
from evidentia.plan.frozen import load_frozen
from folders import write_folder

START, LATER = datetime.date(2024, 3, 1), datetime.date(2025, 5, 2)
PROGRAM = "def analyse(tables, settings):\n    return None\n"
VALUE = {"unit": "pounds", "label": "Cost of a place", "document": "budget", "place": "page 1"}
CONFIG = {
    "evaluation": {"id": "calls", "title": "Calls", "date": "2025-06-30"},
    "data": {
        "raw": {"path": "data/calls.csv"},
        "calls": {"from": ["raw"], "run": "analysis/prepare.py"},
        "other": {"path": "data/other.csv"},
    },
    "analyses": {
        "own": {"design": "script", "run": "analysis/own.R", "data": ["calls"]},
        "extra": {"design": "script", "run": "exploring/extra.py", "data": ["other"]},
        "value": {
            "design": "cost_benefit",
            "price_year": 2024,
            "horizon": 2,
            "costs": {"places": {"amounts": {2024: 10}, "source": "Budget"}},
            "benefits": {
                "calls": {
                    "effect": "own.change.estimate",
                    "better": "high",
                    "unit_cost": 5,
                    "population": 10,
                    "kind": "fiscal",
                    "source": "Budget",
                }
            },
        },
    },
    "derived": {"own.cost": {"product": ["own.n", "places.cost"], "label": "Cost"}},
    "plan": {
        "data": "blinded",
        "outcomes": {"primary": ["own.change"]},
        "sample": {"own.cost": 100},
    },
    "report": {"chapters": ["report/one.qmd"], "facts": "report/facts.yaml"},
}


def facts(value):
    return yaml.safe_dump(
        {"documents": {"budget": "Budget"}, "facts": {"places.cost": {"value": value, **VALUE}}}
    )


def described(missing, title="Calls"):
    schema = {"fields": [{"name": "n", "type": "integer", "title": title}], "missingValues": missing}
    return json.dumps({"resources": [{"name": "calls", "path": "calls.csv", "schema": schema}]})


@pytest.fixture
def calls(tmp_path):
    folder = write_folder(
        tmp_path / "calls",
        CONFIG,
        **{
            "data__calls.csv": "n\n1\n",
            "data__other.csv": "n\n1\n",
            "data__datapackage.json": described(["", "99"]),
            "analysis__own.R": "# counts\n",
            "analysis__prepare.py": "def prepare(tables, settings):\n    return tables['raw']\n",
            "exploring__extra.py": PROGRAM,
            "report__one.qmd": "# One {#sec-one}\n",
            "report__facts.yaml": facts(20),
        },
    )
    freeze(folder, load_config(folder, check_files=False), START)
    return folder


def changed(folder):
    return changes_of(load_frozen(folder), load_config(folder, check_files=False), folder)


def configured(folder, **sections):
    (folder / "config.yaml").write_text(yaml.safe_dump({**CONFIG, **sections}), encoding="utf-8")


def data(**raw):
    return {**CONFIG["data"], "raw": {**CONFIG["data"]["raw"], **raw}}


def test_a_plan_that_nobody_touched_has_no_change(calls):
    assert changed(calls) == []


def test_another_text_of_a_program_is_a_deviation_until_it_is_put_back(calls):
    (calls / "analysis/own.R").write_text("# counts otherwise\n", encoding="utf-8")
    (change,) = changed(calls)
    assert (change.difference.kind, change.difference.what) == ("program", "the program analysis/own.R")
    assert change.difference.before.startswith("hash ")
    assert change.difference.before != change.difference.after
    assert change.touches == {"own", "value"}, "the analysis that reads its result rests on it too"
    (calls / "analysis/own.R").write_text("# counts\n", encoding="utf-8")
    assert changed(calls) == []


def test_a_program_that_prepares_the_data_is_part_of_the_plan(calls):
    (calls / "analysis/prepare.py").write_text(PROGRAM, encoding="utf-8")
    (change,) = changed(calls)
    assert change.difference.what == "the program analysis/prepare.py"


def test_a_program_that_the_plan_does_not_run_is_no_part_of_it(calls):
    (calls / "exploring/extra.py").write_text(PROGRAM + "# more\n", encoding="utf-8")
    (calls / "analysis/added.py").write_text(PROGRAM, encoding="utf-8")
    assert changed(calls) == []


def test_a_recorded_change_of_a_program_has_its_day_and_reason_and_marks_the_claims(calls):
    (calls / "analysis/own.R").write_text("# counts otherwise\n", encoding="utf-8")
    configured(calls, plan={**CONFIG["plan"], "data": "read"})
    record(calls, load_config(calls, check_files=False), "A quarter was counted twice", LATER)
    (change,) = changed(calls)
    assert (change.date, change.reason) == (LATER, "A quarter was counted twice")
    ledger = {"own.change.estimate": {}, "own.change.p_value": {}}
    assert (
        Standing(load_frozen(calls), [change]).of(["own.change.estimate"], ledger)
        == "confirmatory, deviates from the plan"
    )


def test_a_program_that_was_not_written_when_the_plan_was_frozen_is_said_to_be_absent(tmp_path, calls):
    (calls / "plan.yaml").unlink()
    (calls / "analysis/own.R").unlink()
    freeze(calls, load_config(calls, check_files=False), START)
    (calls / "analysis/own.R").write_text("# counts\n", encoding="utf-8")
    (change,) = changed(calls)
    assert change.difference.before == "absent"


@pytest.mark.parametrize(
    ("raw", "kind", "what"),
    [
        ({"where": {"n": "1"}}, "exclusion", "rows kept of the data set raw"),
        ({"select": ["n"]}, "exclusion", "columns kept of the data set raw"),
        ({"rename": {"m": "n"}}, "model", "names of columns of the data set raw"),
        ({"decimal": ","}, "model", "decimal of the data set raw"),
        ({"header_row": 2}, "model", "header row of the data set raw"),
    ],
)
def test_how_a_source_of_prepared_data_is_read_is_part_of_the_plan(calls, raw, kind, what):
    configured(calls, data=data(**raw))
    (change,) = changed(calls)
    assert (change.difference.kind, change.difference.what) == (kind, what)
    assert "own" in change.touches


def test_protection_and_running_times_decide_no_estimate(calls):
    analyses = {
        **CONFIG["analyses"],
        "own": {**CONFIG["analyses"]["own"], "check_twice": False, "minutes": 5},
    }
    configured(calls, data=data(disclosure={"minimum_cell": 5}), analyses=analyses)
    assert changed(calls) == []


def test_other_codes_for_missing_values_are_a_change_and_another_title_is_none(calls):
    (calls / "data/datapackage.json").write_text(described(["", "99"], "All calls"), encoding="utf-8")
    assert changed(calls) == []
    (calls / "data/datapackage.json").write_text(described([""]), encoding="utf-8")
    (change,) = changed(calls)
    assert change.difference.what == "the description of the data set raw"


def test_a_stated_fact_behind_a_derived_number_is_part_of_the_plan(calls):
    (calls / "report/facts.yaml").write_text(facts(25), encoding="utf-8")
    (change,) = changed(calls)
    assert (change.difference.what, change.difference.before) == ("the stated fact places.cost", "set to 20")


def test_an_analysis_whose_effect_a_planned_one_values_is_planned_too(calls):
    (calls / "plan.yaml").unlink()
    plan = {"data": "read", "outcomes": {"primary": ["value.net_present_value"]}}
    configured(calls, plan=plan)
    freeze(calls, load_config(calls, check_files=False), START)
    own = {**CONFIG["analyses"]["own"], "settings": {"start": 2}}
    configured(calls, plan=plan, analyses={**CONFIG["analyses"], "own": own})
    (change,) = changed(calls)
    assert change.difference.what == "settings of the analysis own"
    assert change.touches == {"own", "value"}
