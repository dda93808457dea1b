"""The command trust: it shows what a folder brings, and keeps it only when it is asked to."""

import json

import pytest
import yaml
from typer.testing import CliRunner

from evidentia.cli import app
from evidentia.core.errors import EvidentiaError
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.portfolio import Portfolio
from folders import MINIMAL, write_folder

ANALYSES = {**MINIMAL["analyses"], "own": {"design": "script", "run": "analysis/own.sh"}}


@pytest.fixture(autouse=True)
def fresh(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("EVIDENTIA_TRUST", "")


def folder_of(place, id="small"):
    config = {**MINIMAL, "evaluation": {**MINIMAL["evaluation"], "id": id}, "analyses": ANALYSES}
    return write_folder(place, config, **{"analysis__own.sh": "true\n"})


def run(*arguments):
    done = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    return done.output


def test_showing_keeps_nothing_and_trusting_lets_the_folder_be_built(tmp_path):
    folder = folder_of(tmp_path / "own")
    shown = run("trust", folder, "--show")
    assert "new" in shown
    assert "analysis/own.sh  (a program)" in shown
    with pytest.raises(EvidentiaError, match="you have not said that they may run"):
        EvaluationFolder(folder)
    assert "They may run as they are now" in run("trust", folder)
    assert EvaluationFolder(folder).programs.files


def test_what_is_trusted_is_shown_as_such_until_it_is_forgotten_or_changed(tmp_path, monkeypatch):
    folder = folder_of(tmp_path / "own")
    run("trust", folder)
    assert "trusted" in run("trust", folder, "--show")
    (folder / "analysis" / "own.sh").write_text("false\n")
    assert "changed" in run("trust", folder, "--show")
    run("trust", folder, "--forget")
    monkeypatch.setenv("EVIDENTIA_TRUST", "")
    with pytest.raises(EvidentiaError, match=r"own.sh \(new\)"):
        EvaluationFolder(folder)


def test_the_hash_of_all_programs_is_what_continuous_integration_is_told(tmp_path, monkeypatch):
    folder = folder_of(tmp_path / "own")
    told = json.loads(run("trust", folder, "--show", "--json"))[0]
    monkeypatch.setenv("EVIDENTIA_TRUST", told["digest"])
    assert EvaluationFolder(folder).programs.digest == told["digest"]


def test_a_folder_without_programs_says_so(tmp_path):
    assert "brings no programs" in run("trust", write_folder(tmp_path / "plain"))


def test_a_member_of_a_portfolio_that_is_not_trusted_is_named_and_all_are_trusted_together(
    tmp_path, monkeypatch
):
    for name in ("north", "south"):
        folder_of(tmp_path / "members" / name, id=name)
    (tmp_path / "portfolio.yaml").write_text(yaml.safe_dump({"members": ["members/*"]}))
    portfolio = Portfolio(tmp_path)
    assert portfolio.members == []
    assert all("you have not said that they may run" in str(fault) for fault in portfolio.faults)
    run("trust", tmp_path)
    monkeypatch.setenv("EVIDENTIA_TRUST", "")
    assert [member.id for member in Portfolio(tmp_path).members] == ["north", "south"]
