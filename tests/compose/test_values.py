"""The numbers before any word is written."""

import json

from evidentia.compose.values import collect
from evidentia.config.load import load_config
from folders import write_folder
from reliability.small import run_rules


def test_an_entry_says_where_it_is_from_and_nothing_of_whole_files(tmp_path):
    folder = write_folder(tmp_path)
    run_rules(folder, until="values")
    result = json.loads((folder / "build" / "results" / "rates.json").read_text(encoding="utf-8"))
    assert "imported" in result["source"], "the import report is made from it"
    keys = {key for entry in collect(load_config(folder), folder) for key in entry["source"]}
    assert {"rule", "script", "analysis", "inputs", "basis"} <= keys
    assert keys.isdisjoint({"imported", "validated"})
