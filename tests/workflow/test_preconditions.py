"""The guard of a build: one at a time, room to write, nothing that leads out, no settings that a folder
brings.
"""

import os
import subprocess
import sys
import time
from collections import namedtuple

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.workflow import preconditions
from evidentia.workflow.system_faults import BEGUN, write_log
from folders import ENGINE, write_folder

RECORD = "build/.records/values.0.0.json"


@pytest.fixture
def folder(tmp_path):
    folder = write_folder(tmp_path / "study")
    (folder / "build" / ".records").mkdir(parents=True)
    return folder


def test_half_files_of_a_killed_build_are_cleared_away(folder):
    (folder / "build" / ".report.pdf.x.part").write_text("half")
    preconditions.begin(folder)
    assert not list((folder / "build").rglob("*.part"))


def test_a_folder_belongs_to_one_process_until_that_ends(folder):
    code = (
        "import sys, time; from pathlib import Path; from evidentia.workflow import preconditions;"
        f"lock = preconditions.begin(Path({str(folder)!r})); print('mine', flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ENGINE / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    ) as other:
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(EvidentiaError, match="another build of this folder is running"):
            preconditions.begin(folder)
        preconditions.check(folder)  # as a dry run does
        other.kill()
    assert preconditions.begin(folder) is not None


def test_a_file_system_without_locks_is_said_plainly(folder, monkeypatch, capsys):
    import fcntl

    def refuse(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert preconditions.begin(folder) is None
    assert "without locks: start no second build there" in capsys.readouterr().err


def test_a_full_disk_is_named_before_any_job(folder, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(preconditions.shutil, "disk_usage", lambda path: usage(100, 99, 1))
    with pytest.raises(EvidentiaError, match=r"the disk is full.*\n.*\n.*make room"):
        preconditions.check(folder)


def test_a_file_in_the_place_of_build_is_named(tmp_path):
    folder = write_folder(tmp_path / "study")
    (folder / "build").write_text("")
    with pytest.raises(EvidentiaError, match="build is a file"):
        preconditions.check(folder)


@pytest.mark.parametrize("name", ["build", ".snakemake", "build/draft", "build/figures", "build/.records"])
def test_a_link_that_leads_out_of_the_folder_is_refused_and_nothing_is_written_there(tmp_path, name):
    folder = write_folder(tmp_path / "study")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ".x.part").write_text("mine")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(outside)
    with pytest.raises(EvidentiaError, match=rf"{name} is a link that leads out of the evaluation folder"):
        preconditions.check(folder)
    assert [path.name for path in outside.iterdir()] == [".x.part"]


def test_settings_that_a_folder_brings_are_refused_unless_others_are_named(folder):
    (folder / "profiles" / "default").mkdir(parents=True)
    with pytest.raises(EvidentiaError, match="brings settings for Snakemake"):
        preconditions.check_settings(folder, ENGINE, ["snakemake"])
    preconditions.check_settings(folder, ENGINE, ["snakemake", "--workflow-profile", "mine"])
    preconditions.check_settings(folder, folder, ["snakemake"])  # the engine's own


def test_a_record_from_a_clock_that_was_ahead_is_no_fault(folder):
    (folder / RECORD).write_text("{}")
    os.utime(folder / RECORD, (time.time() + 5000,) * 2)
    preconditions.begin(folder)
    assert (folder / RECORD).stat().st_mtime < time.time() + 1


def test_a_job_that_the_system_ended_is_explained(tmp_path, capsys):
    log = tmp_path / "log"
    log.write_text("Command 'x' died with <Signals.SIGKILL: 9>.")
    preconditions.explain([str(log), str(tmp_path / "gone")], tmp_path)
    assert "memory ran out" in capsys.readouterr().err


def test_a_job_that_a_library_ended_without_a_word_is_explained_and_only_in_its_build(folder, capsys):
    log = folder / "build" / "logs" / "values.log"
    write_log(log, BEGUN)
    preconditions.explain([], folder)
    assert "memory ran out" in capsys.readouterr().err
    preconditions.begin(folder)
    preconditions.explain([], folder)
    assert capsys.readouterr().err == ""


def test_a_log_that_leads_out_of_the_folder_is_replaced_and_not_followed(tmp_path):
    outside, log = tmp_path / "mine.txt", tmp_path / "build" / "logs" / "values.log"
    outside.write_text("mine")
    log.parent.mkdir(parents=True)
    log.symlink_to(outside)
    write_log(log, BEGUN)
    assert (outside.read_text(), log.read_text(), log.is_symlink()) == ("mine", BEGUN, False)
