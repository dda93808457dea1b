"""What must hold of any evaluation folder: its words, its data and, once it is built, its numbers. Run:
pytest
"""

import json
from pathlib import Path

import pytest

from evidentia.compare.meaning import judge, message
from evidentia.compare.sources import read_present
from evidentia.compose.digits import typed_digits
from evidentia.config.load import load_config
from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE
from evidentia.workflow.analysis import read_datasets

FOLDER = Path(__file__).resolve().parents[1]


@pytest.fixture
def config():
    return load_config(FOLDER)


@pytest.fixture
def build():
    if not (FOLDER / "build" / "numbers.json").is_file():
        pytest.skip("the report is not built yet; the README says how")
    return FOLDER / "build"


def test_the_data_fit_their_schemas(config, monkeypatch):
    monkeypatch.chdir(FOLDER)
    assert {
        name for name, table in read_datasets(config, list(config.data)).items() if len(table.frame)
    } == set(config.data)


def test_no_chapter_holds_a_typed_number(config):
    faults = [
        fault
        for name in config.report.chapters
        for fault in typed_digits((FOLDER / name).read_text(encoding="utf-8"), name)
    ]
    assert not faults, "\n".join(map(str, faults))


def test_the_numbers_are_the_accepted_ones(config, build):
    comparison = judge(load(FOLDER / BASELINE), read_present(FOLDER), config)
    remedy = 'see: evidentia diff; if the new numbers are right: evidentia accept --reason "..."'
    assert not comparison, f"{message(comparison)}\n{remedy}"


def test_every_claim_holds(build):
    claims = json.loads((build / "claims.json").read_text(encoding="utf-8"))["claims"]
    assert [claim["sentence"] for claim in claims if not claim["holds"]] == []


def test_every_comparison_beside_a_number_stands_in_a_claim(build):
    loose = json.loads((build / "words.json").read_text(encoding="utf-8"))["unclaimed"]
    assert [f"{finding['chapter']}: {finding['sentence']}" for finding in loose] == []
