"""The guard of a build: one at a time, room to write, inputs that stay, and old files that count as old."""

import os
import re
import subprocess
import sys
from collections import namedtuple

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.workflow import guard as module
from evidentia.workflow.evaluation import Study
from evidentia.workflow.guard import KEPT, LONG_AGO, Guard
from folders import ENGINE, write_folder

RESULT = "build/results/rates.json"


@pytest.fixture
def guard(tmp_path):
    folder = write_folder(tmp_path / "study")
    (folder / "build" / "results").mkdir(parents=True)
    for name in (RESULT, "build/numbers.json", "build/validation.json"):
        (folder / name).write_text("{}\n")
    return Guard(Study(folder))


def test_the_guard_knows_what_the_snakefile_keeps():
    text = (ENGINE / "Snakefile").read_text()
    kept = {*re.findall(r'update\("([^"]+)"\)', text), *(re.findall(r'"([^"]+)"', re.search(r"^NUMBERS = .*$", text, re.MULTILINE)[0]))}
    assert "update(NUMBERS)" in text
    assert kept == set(KEPT)


def test_what_a_killed_build_left_is_cleared_away(guard):
    locks = guard.folder / ".snakemake" / "locks"
    locks.mkdir(parents=True)
    (locks / "0.input.lock").write_text("data/rates.csv\n")
    (guard.folder / "build" / ".report.pdf.x.part").write_text("half")
    guard.begin()
    assert not list(locks.iterdir())
    assert not list((guard.folder / "build").rglob("*.part"))


def test_a_folder_belongs_to_one_process_until_that_ends(guard):
    code = (
        "import sys, time; from evidentia.workflow.guard import Guard; from evidentia.workflow.evaluation import Study;"
        f"Guard(Study({str(guard.folder)!r})).begin(); print('mine', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(EvidentiaError, match="another build of this folder is running"):
            guard.begin()
        guard.begin(["--dry-run"])
        other.kill()
    guard.begin()


def test_a_full_disk_is_named_before_any_job(guard, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(module.shutil, "disk_usage", lambda path: usage(100, 99, 1))
    with pytest.raises(EvidentiaError, match=r"the disk is full.*\n.*\n.*make room"):
        guard.begin()


def test_a_file_in_the_place_of_build_is_named(tmp_path):
    folder = write_folder(tmp_path / "study")
    (folder / "build").write_text("")
    with pytest.raises(EvidentiaError, match="build is a file"):
        Guard(Study(folder)).begin()


def test_an_input_that_changed_makes_what_came_from_it_old(guard):
    forgotten = []
    guard.note()
    guard.compare(forgotten.append)
    assert forgotten == []
    (guard.folder / "data" / "rates.csv").write_text("another,file\n1,2\n")
    with pytest.raises(EvidentiaError, match=r"data/rates.csv changed while the build ran[^\n]*\n  to do: run the same command again"):
        guard.compare(forgotten.append)
    assert RESULT in forgotten
    assert (guard.folder / RESULT).stat().st_mtime == LONG_AGO


def test_an_input_that_was_another_one_meanwhile_is_noticed(guard):
    guard.note()
    validation = guard.folder / "build" / "validation.json"
    validation.write_text('{"data/rates.csv": {"sha256": "sha256:00"}}')
    os.utime(validation, (1, 1))
    with pytest.raises(EvidentiaError, match="changed while the build ran"):
        guard.compare(lambda path: None)


def test_a_report_that_was_restored_counts_as_old(guard):
    guard.note()
    kept = guard.folder / "build" / "numbers.json"
    os.utime(kept)
    forgotten = []
    guard.set_back(forgotten.append)
    assert forgotten == ["build/numbers.json"]
    assert kept.stat().st_mtime == LONG_AGO


def test_a_new_report_keeps_its_time(guard):
    guard.note()
    kept = guard.folder / "build" / "numbers.json"
    kept.write_text('{"new": 1}\n')
    before = kept.stat().st_mtime_ns
    guard.set_back(lambda path: None)
    assert kept.stat().st_mtime_ns == before


def test_a_job_that_the_system_ended_is_explained(guard, tmp_path, capsys):
    log = tmp_path / "log"
    log.write_text("Command 'x' died with <Signals.SIGKILL: 9>.")
    guard.explain([str(log), str(tmp_path / "gone")])
    assert "memory ran out" in capsys.readouterr().err
