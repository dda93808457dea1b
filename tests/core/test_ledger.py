import copy
import csv

import pytest

from evidentia.compose.values import collect
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import finished, load, save
from evidentia.core.results import Result, save_result
from folders import MINIMAL, write_folder

DERIVED = {"rates.half": {"formula": "rates.calls / 2", "unit": "count", "label": "Half of them"}}


def build(tmp_path, **sections):
    config = copy.deepcopy(MINIMAL) | sections
    folder = write_folder(tmp_path, config)
    result = Result(inputs={"data/rates.csv": "sha256:0"})
    result.add("calls", 44, "count", "Calls")
    result.add("p", 0.0281234567890123, "p_value", "p-value")
    save_result(
        folder / "build" / "results" / "rates.json",
        result,
        {"rule": "benchmark", "synthetic": True, "validated": {}},
    )
    return load_config(folder), folder


def test_entries_carry_source_and_full_precision_through_the_file(tmp_path):
    config, folder = build(tmp_path)
    save(
        folder / "build" / "numbers.json",
        "small",
        finished(collect(config, folder), {"rates.calls": [{"chapter": "c", "anchor": "n-1"}]}),
    )
    entries = load(folder / "build" / "numbers.json")
    assert entries["rates.p"]["value"] == 0.0281234567890123
    assert entries["rates.calls"]["source"] == {
        "rule": "benchmark", "synthetic": True, "inputs": {"data/rates.csv": "sha256:0"}, "basis": "computed",
    }  # fmt: skip
    assert entries["rates.calls"]["display"] == "44"
    assert len(entries["rates.calls"]["uses"]) == 1
    assert entries["rates.p"]["uses"] == []
    rows = list(csv.DictReader((folder / "build" / "numbers.csv").open()))
    assert [row["id"] for row in rows] == ["rates.calls", "rates.p", "rates.sms_level", "maryland.highest"]
    assert float(rows[1]["value"]) == 0.0281234567890123


def test_a_derived_number_keeps_what_it_comes_from_and_that_it_is_synthetic(tmp_path):
    config, folder = build(tmp_path, derived=DERIVED)
    (entry,) = [entry for entry in collect(config, folder) if entry["id"] == "rates.half"]
    assert entry["value"] == 22
    assert entry["source"]["from"] == ["rates.calls"]
    assert entry["source"]["inputs"] == {"data/rates.csv": "sha256:0"}
    assert entry["source"]["synthetic"] is True


def test_a_formula_over_an_unknown_id_names_the_nearest(tmp_path):
    bad = {"rates.half": DERIVED["rates.half"] | {"formula": "rates.call / 2"}}
    config, folder = build(tmp_path, derived=bad)
    with pytest.raises(EvidentiaError) as caught:
        collect(config, folder)
    assert "derived.rates.half" in caught.value.where
    assert "rates.calls" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[]", "not a ledger"), ('{"schema": 99, "numbers": []}', "schema 99"), ("not json", "not a JSON file")],
)
def test_a_file_that_is_no_ledger_says_so(tmp_path, text, expected):
    path = tmp_path / "numbers.json"
    path.write_text(text)
    with pytest.raises(EvidentiaError, match=expected):
        load(path)
