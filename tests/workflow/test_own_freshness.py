"""What decides whether an own analysis runs again: its data, files, settings, what lies with it, and its
packages.
"""

import pytest
import yaml

from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.flow import Flow
from folders import MINIMAL, write_folder

OWN = {"design": "script", "run": "analysis/own.py", "data": ["gifts"], "files": ["data/shapes.geojson"]}
CONFIG = {
    **MINIMAL,
    "data": {**MINIMAL["data"], "gifts": {"path": "data/gifts.csv"}},
    "analyses": {**MINIMAL["analyses"], "own": OWN},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENTIA_TRUST", "all")
    files = {
        "data__gifts.csv": "a\n1\n",
        "data__shapes.geojson": "{}",
        "analysis__own.py": "def analyse(tables, settings): ...\n",
        "analysis__helper.py": "x = 1\n",
    }
    return write_folder(tmp_path / "own", CONFIG, **files)


def keys_of(folder):
    """Return the key of each analysis, in the order of config.yaml."""
    return [step.key for step in Flow(EvaluationFolder(folder)).analyses]


def set_own(folder, **settings):
    config = {**CONFIG, "analyses": {**CONFIG["analyses"], "own": {**OWN, **settings}}}
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False))


CHANGES = {
    "a raw value": lambda folder: (folder / "data" / "gifts.csv").write_text("a\n2\n"),
    "a file beside its data": lambda folder: (folder / "data" / "shapes.geojson").write_text("[]"),
    "its text": lambda folder: (folder / "analysis" / "own.py").write_text("def analyse(t, s): ...\n"),
    "a helper": lambda folder: (folder / "analysis" / "helper.py").write_text("x = 2\n"),
    "a new file with it": lambda folder: (folder / "analysis" / "numpy.py").write_text(""),
    "its packages": lambda folder: (folder / "analysis" / "requirements.txt").write_text("numpy==1\n"),
    "a setting": lambda folder: set_own(folder, settings={"start": 2019}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_an_own_analysis_runs_again_for(folder, what):
    rates, own = keys_of(folder)
    CHANGES[what](folder)
    assert keys_of(folder)[0] == rates
    assert keys_of(folder)[1] != own


def test_another_version_of_a_package_behind_a_program_runs_it_again(folder, monkeypatch):
    from evidentia.data import requirements

    (folder / "analysis" / "requirements.txt").write_text("packaging==1\n")
    before = keys_of(folder)
    monkeypatch.setattr(requirements, "_installed", lambda name: "99")
    assert keys_of(folder)[0] == before[0]
    assert keys_of(folder)[1] != before[1]


def test_words_about_a_report_do_not_run_it_again(folder):
    own = keys_of(folder)[1]
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config["evaluation"]["title"] = "Another title"
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False))
    assert keys_of(folder)[1] == own
