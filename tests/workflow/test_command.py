"""`evidentia build`: a line a step, the message alone where it fails, and at the end
what a reader must know."""

import io
import os
import re
import subprocess
import sys

import pytest

from folders import ENGINE, RATES, write_folder
from snakemake_logger_plugin_evidentia import STEPS, Screen, words_of


def build(folder, *arguments, cwd=None):
    command = [sys.executable, "-m", "evidentia.cli", "build", *arguments]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ENGINE / "src"),
        "XDG_STATE_HOME": str(folder.parent / "state"),
    }
    done = subprocess.run(
        command, cwd=cwd or folder.parent, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.build
def test_a_build_says_each_step_what_was_made_and_what_changed_since(tmp_path):
    folder = write_folder(tmp_path / "mine")
    code, screen = build(folder, "mine")
    assert code == 0, screen
    for line in (
        "1 of 3  analysis rates",
        "2 of 3  numbers",
        "3 of 3  all published",
        "numbers.json (",
        "this is the first",
    ):
        assert line in screen
    for word in ("Snakemake", "snakemake", "jobid", "rule", "profile", "localrule"):
        assert word not in screen
    assert screen.count("areas_absent") == 1, "a note is said once, at the end"

    (folder / "data" / "rates.csv").write_text(RATES.replace(",71.0,", ",81.0,"))
    code, screen = build(folder, "-c", "1", cwd=folder)
    assert code == 0
    assert "rates.calls.2020.neighbours: 60 per\xa010,000 to 63 per\xa010,000" in screen

    code, screen = build(folder, "mine", "--dry-run")
    assert code == 0
    assert "nothing to make" in screen


@pytest.mark.build
@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["mine"], ["the file data/rates.csv does not exist", "config.yaml, line"]),
        (["elsewhere"], ["there is no config.yaml", "evidentia build FOLDER"]),
    ],
)
def test_a_failure_is_the_message_alone(tmp_path, arguments, parts):
    folder = write_folder(tmp_path / "mine")
    (folder / "data" / "rates.csv").unlink()
    code, screen = build(folder, *arguments)
    assert code == 1
    for part in parts:
        assert part in screen
    assert screen.count("evidentia: ") == 1
    assert "Traceback" not in screen
    assert "Snakemake" not in screen


@pytest.mark.build
def test_a_fault_in_the_data_is_said_once_with_its_row(tmp_path):
    folder = write_folder(tmp_path / "mine")
    (folder / "data" / "rates.csv").write_text(RATES.replace(",71.0,", ",many,"))
    code, screen = build(folder, "mine")
    assert code == 1
    assert screen.count("evidentia: ") == 1
    assert "data/rates.csv, row 8" in screen
    assert "numbers.json" not in screen


def test_a_rule_that_is_not_there_is_named_with_those_that_are(tmp_path):
    code, screen = build(write_folder(tmp_path / "mine"), "mine", "nombers")
    assert code != 0
    assert "there is no such rule" in screen
    assert "round_trip" in screen


def test_lines_count_the_steps_and_leave_out_what_makes_nothing():
    screen = Screen(io.StringIO())
    screen.plan(12)
    screen.names = {1: "analyse_staff_survey", 2: "all"}
    screen.start([1, 2])
    for job in (1, 2):
        screen.finish(job)
    (line,) = screen.out.getvalue().splitlines()
    assert line.startswith("   1 of 12  analysis staff_survey")


def test_every_rule_of_the_snakefiles_has_words():
    for name in ("Snakefile", "portfolio.smk"):
        for rule in re.findall(r"^\s*rule (\w+):", (ENGINE / name).read_text(encoding="utf-8"), re.MULTILINE):
            assert rule == "all" or rule in STEPS, rule
    assert words_of("html") == "page"


def test_the_screen_loads_nothing_of_the_engine_before_the_snakefile_has_named_one():
    code = (
        "import sys, snakemake_logger_plugin_evidentia; print([name for name in sys.modules if"
        " name.split('.')[0] == 'evidentia'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
