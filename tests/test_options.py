"""The options of the command line are the same for every command that they mean something to."""

import os

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from evidentia.cli import app
from evidentia.core.errors import EvidentiaError
from reliability.small import write_small

COMMANDS = get_command(app).commands


def options(command):
    return {option for one in command.params for option in one.opts if option.startswith("-")}


def all_commands():
    for name, command in COMMANDS.items():
        yield from getattr(command, "commands", {name: command}).items()


@pytest.mark.parametrize("name", ["build", "verify", "mutate"])
def test_a_command_that_builds_takes_folder_cores_and_dry_run(name):
    assert {"--folder", "-C", "--cores", "-c", "--dry-run", "-n"} <= options(COMMANDS[name])


def test_a_short_option_means_one_thing_everywhere():
    meant = {}
    for _, command in all_commands():
        for one in command.params:
            long = next((option for option in one.opts if option.startswith("--")), "")
            for short in one.opts:
                if short.startswith("-") and not short.startswith("--"):
                    meant.setdefault(short, set()).add(long)
    assert meant["-n"] == {"--dry-run"}
    assert {short: long for short, long in meant.items() if len(long) > 1} == {}


def test_a_folder_can_be_given_as_argument_wherever_it_is_an_option():
    without = {
        name
        for name, command in all_commands()
        if "--folder" in options(command) and all(one.metavar != "FOLDER" for one in command.params)
    }
    assert without == {"sign", "comments"}  # which take lists, so that a folder could be one of these


def said(*arguments):
    return CliRunner().invoke(app, arguments, catch_exceptions=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "--cores", "many"], "'many' is no number of processor cores"),
        (["verify", "--cores", "0"], "'0' is no number of processor cores"),
        (["explain", "a.b", "here", "-C", "there"], "two folders are named: here and there"),
        (["build", "nowhere"], "name an evaluation folder: evidentia build FOLDER"),
        (["verify", "-n", "nowhere"], "config.yaml"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    fault = said(*arguments).exception
    assert isinstance(fault, EvidentiaError)
    assert message in str(fault)


def test_a_rule_that_is_taken_for_a_folder_says_where_a_rule_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(write_small(tmp_path / "small"))
    assert "evidentia build . numbers" in str(said("build", "numbers").exception)


@pytest.mark.parametrize(("inside", "meant"), [("report", ".."), ("config.yaml", ".")])
def test_a_place_inside_an_evaluation_folder_names_the_folder(tmp_path, monkeypatch, inside, meant):
    folder = write_small(tmp_path / "small")
    monkeypatch.chdir(folder / inside if inside == "report" else folder)
    named = "." if inside == "report" else inside
    assert f"evidentia build {meant}" in str(said("build", named).exception)


def test_a_dry_run_of_mutations_and_of_a_verification_builds_nothing(tmp_path):
    folder = write_small(tmp_path / "small")
    before = sorted(path for path, _, _ in os.walk(folder))
    told = said("mutate", str(folder), "-n", "--number", "3").output
    assert told.count(", row ") == 3
    assert "4 cores" in said("verify", "-C", str(folder), "--cores", "4", "-n").output
    assert sorted(path for path, _, _ in os.walk(folder)) == before
