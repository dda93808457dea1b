"""Folders with no more than config.yaml and data, built as a user would."""

import json

import pytest

from designs.panel_survey.surveys import SETTINGS, WAVE_1, WAVE_2
from folders import snakemake, write_folder

pytestmark = pytest.mark.build

GRID = """kind,item,source,direction,strength,reason,condition,despite,sections
outcome,calm,survey,positive,weak,More are in a good mood,staff.mood.change.estimate > 0,few_people,
"""
CONFIG = {
    "evaluation": {"id": "small", "title": "A survey", "date": "2021-06-30"},
    "data": {
        "first": {"path": "data/first.csv"},
        "second": {"path": "data/second.csv"},
        "coded": {"path": "data/coded.csv"},
    },
    "analyses": {
        "staff": SETTINGS,
        "grid": {
            "design": "evidence",
            "data": "coded",
            "outcomes": {"calm": "Calm"},
            "sources": {"survey": "Survey"},
        },
    },
}
FILES = {"data__first.csv": WAVE_1, "data__second.csv": WAVE_2, "data__coded.csv": GRID}


def test_the_target_numbers_needs_neither_report_nor_datapackage(tmp_path):
    done = snakemake(write_folder(tmp_path, CONFIG, **FILES), "numbers")
    assert done.returncode == 0, done.stdout
    entries = {
        entry["id"]: entry
        for entry in json.loads((tmp_path / "build" / "numbers.json").read_text())["numbers"]
    }
    assert entries["staff.mood.share.wave_1"]["value"] == 0.6
    assert entries["staff.response_rate.wave_1"]["display"] == "60%"
    assert entries["grid.calm.survey.direction"]["display"] == "positive"


def test_evidence_that_no_longer_points_as_coded_stops_the_build_with_one_message(tmp_path):
    worse = {"data__second.csv": WAVE_2.replace("Good", "Bad").replace("p1,nurse,Bad", "p1,nurse,Good")}
    done = snakemake(write_folder(tmp_path, CONFIG, **FILES | worse), "numbers")
    assert done.returncode != 0
    assert "outcome 'calm', source 'survey', coded positive" in done.stdout
    assert "condition: staff.mood.change.estimate > 0" in done.stdout
    assert "values: staff.mood.change.estimate = -0.433333" in done.stdout
    assert "data/coded.csv, row 2" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (tmp_path / "build" / "numbers.json").exists()
