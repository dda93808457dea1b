"""The accepted release decides what is published of protected data, and of nothing else."""

import json

import pytest
import yaml

from evidentia.config.load import load_config
from evidentia.core.paths import BASELINE
from evidentia.workflow.accepted import deciding
from folders import MINIMAL, write_folder


@pytest.fixture
def folder(tmp_path):
    made = write_folder(tmp_path / "study", MINIMAL)
    (made / BASELINE).parent.mkdir(parents=True)
    return made


def accept(folder, **values):
    numbers = [
        {
            "id": id.replace("__", "."),
            "value": value,
            "unit": "count",
            "label": "Calls",
            "display": str(value),
            "source": {},
            "uses": [],
        }
        for id, value in values.items()
    ]
    (folder / BASELINE).write_text(json.dumps({"schema": 1, "evaluation": "small", "numbers": numbers}))


def decided(folder, protects=True):
    policy = {"disclosure": {"minimum_cell": 5}} if protects else {}
    data = {name: {**dataset, **policy} for name, dataset in MINIMAL["data"].items()}
    (folder / "config.yaml").write_text(yaml.safe_dump({**MINIMAL, "data": data}), encoding="utf-8")
    return deciding(load_config(folder, check_files=False), folder, "rates")


def test_what_was_accepted_of_an_analysis_decides_it_again_and_nothing_else_does(folder):
    assert decided(folder) == []
    accept(folder, rates__n=40)
    first = decided(folder)
    assert len(first) == 1
    accept(folder, rates__n=40, others__n=7)
    assert decided(folder) == first
    accept(folder, rates__n=41)
    assert decided(folder) != first


def test_an_analysis_of_open_data_rests_on_no_accepted_number(folder):
    accept(folder, rates__n=40)
    assert decided(folder, protects=False) == []
