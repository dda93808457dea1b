"""Numbers that need no analysis: each form computes, has the unit that follows, and is an entry with its
formula.
"""

import contextlib

import pytest
import yaml

from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import printed
from evidentia.core.ledger import load
from folders import RATES
from reliability.small import CONFIG, run_rules, set_config, write_small

AREA, NATION = "rates.calls.2020.area", "rates.calls.2020.nation"
FACTS = {
    "documents": {"plan": "Evaluation plan"},
    "facts": {
        f"stated.{id}": {"value": value, "unit": unit, "label": id, "document": "plan", "place": "section 1"}
        for id, value, unit in (
            ("helped", 30, "count"),
            ("all", 120, "count"),
            ("people", 15000, "count"),
            ("visit", 40.5, "pounds"),
            ("travel", 9.5, "pounds"),
            ("meals", 3, "euros"),
            ("start", "2019-03-01", "date"),
            ("end", "2020-03-01", "date"),
            ("month", "2020-03", "date"),
            ("name", "Hand in Hand", "text"),
        )
    },
}
FORMS = {
    "sum": ({"sum": ["stated.visit", "stated.travel"]}, 50.0, "pounds", "sum(stated.visit, stated.travel)"),
    "sum of a family": ({"sum": ["rates.calls.*.area"]}, 84.0, "rate_per_10000", "sum(rates.calls.*.area)"),
    "mean": ({"mean": ["rates.calls.*.area"]}, 42.0, "rate_per_10000", "mean(rates.calls.*.area)"),
    "difference": ({"difference": [AREA, NATION]}, -12.0, "rate_per_10000", f"{AREA} - {NATION}"),
    "ratio": ({"ratio": [AREA, NATION]}, 44 / 56, "ratio", f"{AREA} / {NATION}"),
    "share": ({"share": ["stated.helped", "stated.all"]}, 0.25, "proportion", "stated.helped / stated.all"),
    "rate": (
        {"rate": {"count": "stated.helped", "of": "stated.people"}},
        2.0,
        "rate_per_1000",
        "stated.helped / stated.people * 1000",
    ),
    "product": (
        {"product": ["stated.helped", "stated.visit"]},
        1215.0,
        "pounds",
        "stated.helped * stated.visit",
    ),
    "days": ({"days": ["stated.start", "stated.end"]}, 366, "days", "days(stated.start, stated.end)"),
}


def ledger_of(folder, derived):
    write_small(folder)
    chapter = "# Findings {#sec-findings}\n\nIt is one.\n"
    (folder / "report" / "one.qmd").write_text(chapter)
    (folder / "report" / "facts.yaml").write_text(yaml.safe_dump(FACTS))
    (folder / "data" / "rates.csv").write_text(RATES)
    set_config(folder, figures={}, tables={}, derived=derived)
    run_rules(folder, until="values")
    with contextlib.chdir(folder):
        return load("build/draft/values.json")


def test_every_form_is_an_entry_of_the_ledger_with_its_unit_and_formula(tmp_path):
    assert CONFIG["report"]["facts"] == "report/facts.yaml"
    derived = {
        f"own.{place}": {**form, "label": name} for place, (name, (form, *_)) in enumerate(FORMS.items())
    }
    ledger = ledger_of(tmp_path / "small", derived)
    for place, (_, value, unit, formula) in enumerate(FORMS.values()):
        entry = ledger[f"own.{place}"]
        assert (entry["value"], entry["unit"], entry["formula"]) == (pytest.approx(value), unit, formula)
        assert entry["source"]["from"]


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (0.79, "relative", "21% lower"),
        (1.125, "relative", "13% higher"),
        (0.7875, "relative 1dp", "21.3% lower"),
        (1.002, "relative", "the same"),
        (3, "relative", "200% higher"),
        (0.79, "", "0.79"),
    ],
)
def test_a_ratio_prints_by_how_much_it_is_lower_or_higher(value, spec, text):
    assert printed(value, "ratio", spec) == text


WRONG = {
    "unlike units": (
        {"sum": ["stated.visit", "stated.meals"]},
        "a sum is of numbers of one unit: stated.visit in pounds",
    ),
    "a larger part": ({"share": ["stated.all", "stated.helped"]}, "the part is larger than the whole"),
    "no dates": ({"days": ["stated.start", "stated.helped"]}, "are not both days"),
    "no day": ({"days": ["stated.start", "stated.month"]}, "are not both days"),
    "a text": ({"difference": ["stated.name", "stated.helped"]}, "a text cannot be added"),
    "another unit": (
        {"sum": ["stated.visit"], "unit": "count"},
        "a sum of these numbers is in pounds, not in count",
    ),
    "no unit": ({"product": ["stated.helped", "stated.all"]}, "no unit follows from"),
    "an unknown id": ({"ratio": ["stated.helpd", "stated.all"]}, "did you mean 'stated.helped'"),
    "two forms": ({"sum": ["stated.all"], "ratio": [AREA, NATION]}, "sum and ratio are given"),
    "no form": ({}, "nothing says how the number is computed"),
    "three of two": ({"ratio": [AREA, NATION, AREA]}, "at most 2"),
    "a formula without a unit": ({"formula": "stated.all * 2"}, "the key 'unit' is missing"),
    "an unknown base": ({"rate": {"count": "stated.helped", "of": "stated.all", "per": 12}}, "per"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_derived_number_that_cannot_be_is_named_with_its_key(tmp_path, what):
    form, message = WRONG[what]
    with pytest.raises(EvidentiaError) as caught:
        ledger_of(tmp_path / "small", {"own.number": {**form, "label": "Own"}})
    assert message in str(caught.value), str(caught.value)
    assert "derived" in str(caught.value)
