"""A step need not be made again only if its record says that it was made from the same, and all of it is
still there.
"""

import json
import os

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256
from evidentia.workflow import hashes as module
from evidentia.workflow.hashes import MISSING, Hashes
from evidentia.workflow.records import read_record, step, write_record
from evidentia.workflow.versions import versions


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data.csv").write_text("a\n1\n")
    return tmp_path


def made(folder, one, **content):
    (folder / "out.json").write_text("{}")
    write_record(
        folder / one.record, {"step": one.name, "made": {"out.json": sha256(folder / "out.json")}, **content}
    )


def is_made(folder, *before, decides="settings"):
    one = step("values", folder, Hashes(), decides, ["data.csv"], before)
    return one, (folder / one.record).exists()


def test_a_step_is_made_once(folder):
    one, there = is_made(folder)
    assert not there
    made(folder, one)
    assert is_made(folder)[1]


def test_an_input_with_other_content_and_the_same_times_counts_as_new(folder):
    made(folder, is_made(folder)[0])
    path = folder / "data.csv"
    times = path.stat()
    path.write_text("a\n2\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert not is_made(folder)[1]


def test_times_alone_make_nothing_new(folder):
    made(folder, is_made(folder)[0])
    os.utime(folder / "data.csv", (4e9, 4e9))
    assert is_made(folder)[1]


@pytest.mark.parametrize(
    "change", ["edit", "remove", "settings", "input gone", "record edited", "record of another user"]
)
def test_whatever_no_longer_fits_is_made_again(folder, change, monkeypatch):
    one, _ = is_made(folder)
    made(folder, one)
    record = folder / one.record
    if change == "edit":
        (folder / "out.json").write_text('{"value": 1}')
    elif change == "remove":
        (folder / "out.json").unlink()
    elif change == "input gone":
        (folder / "data.csv").unlink()
    elif change == "record edited":
        (folder / "out.json").write_text('{"value": 1}')
        content = json.loads(record.read_text()) | {"made": {"out.json": sha256(folder / "out.json")}}
        record.write_text(json.dumps(content))
    elif change == "record of another user":
        monkeypatch.setattr("evidentia.workflow.seal._key", lambda: b"another")
    again, there = is_made(folder, decides="others" if change == "settings" else "settings")
    assert not there
    assert again.record != one.record


def test_a_step_whose_forerunner_is_made_again_is_made_again(folder):
    first, _ = is_made(folder)
    made(folder, first)
    second = step("compose", folder, Hashes(), "", [], [first])
    made(folder, second)
    assert (folder / step("compose", folder, Hashes(), "", [], [is_made(folder)[0]]).record).exists()
    (folder / "out.json").write_text("[]")
    assert not (folder / step("compose", folder, Hashes(), "", [], [is_made(folder)[0]]).record).exists()


def test_a_record_that_is_written_anew_replaces_the_older_ones(folder):
    for content in ("a\n1\n", "a\n2\n", "a\n3\n"):
        (folder / "data.csv").write_text(content)
        made(folder, is_made(folder)[0])
    assert len(list((folder / "build" / ".records").glob("values.*"))) == 1


def test_a_failed_step_is_made_again(folder):
    one, _ = is_made(folder)
    made(folder, one, failed="values")
    assert read_record(folder / one.record)["failed"] == "values"
    assert not is_made(folder)[1]


def test_the_hash_of_a_large_file_is_remembered_until_anything_about_it_changes(folder, monkeypatch):
    monkeypatch.setattr(module, "LARGE", 1)
    monkeypatch.setattr(module, "SETTLED", -1e9)
    path, memory = folder / "data.csv", folder / "memory"
    first = Hashes(memory)
    known = first.of(path)
    first.save()
    asked = []
    monkeypatch.setattr(module, "sha256", lambda name: asked.append(name) or "sha256:other")
    assert Hashes(memory).of(path) == known
    assert asked == []
    times = path.stat()
    path.write_text("a\n9\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert Hashes(memory).of(path) == "sha256:other"


def test_the_hash_of_a_file_that_has_just_changed_is_not_remembered(folder, monkeypatch):
    monkeypatch.setattr(module, "LARGE", 1)
    hashes = Hashes(folder / "memory")
    hashes.of(folder / "data.csv")
    hashes.save()
    assert not (folder / "memory").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"x": 1}', '{"x": [1]}', "{"])
def test_a_broken_memory_is_no_fault(folder, text):
    (folder / "memory").write_text(text)
    assert Hashes(folder / "memory").of(folder / "data.csv").startswith("sha256:")


def test_a_file_that_is_missing_counts_as_missing_and_one_that_may_not_be_read_is_named(folder, monkeypatch):
    assert Hashes().of(folder / "gone") == MISSING

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(module, "sha256", refuse)
    with pytest.raises(EvidentiaError, match="may not be read"):
        Hashes().of(folder / "data.csv")


def test_versions_of_what_modules_import_count_with_what_these_stand_on(tmp_path):
    found = versions(
        {
            tmp_path / "a.py": (
                "import re\nfrom weasyprint import HTML\n    import yaml\nimport evidentia.core\n"
            )
        }
    )
    names = [line.split()[0] for line in found]
    assert {"python", "weasyprint", "pydyf", "yaml"} <= set(names)
    assert not {"re", "evidentia", "pandas"} & set(names)
    assert all(line.split()[1:] for line in found if line.split()[0] in ("weasyprint", "pydyf", "yaml"))
