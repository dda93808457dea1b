import json
import subprocess

import pytest

from evidentia.compare.sources import read_other, read_present
from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import BASELINE

NUMBERS = {
    "schema": 1,
    "evaluation": "e",
    "numbers": [{"id": "a.x", "value": 1, "unit": "count", "label": "X", "source": {}, "uses": []}],
}


def put(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def git(folder, *arguments):
    who = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("name", ["build/numbers.json", "numbers.json", BASELINE])
def test_a_folder_stands_for_its_ledger(tmp_path, name):
    put(tmp_path / "other" / name, NUMBERS)
    assert list(read_other(str(tmp_path / "other"), tmp_path)) == ["a.x"]


def test_no_name_stands_for_the_accepted_numbers(tmp_path):
    with pytest.raises(EvidentiaError, match="no numbers have been accepted"):
        read_other("", tmp_path)
    put(tmp_path / BASELINE, NUMBERS)
    assert list(read_other("", tmp_path)) == ["a.x"]


def test_a_revision_stands_for_the_numbers_that_it_had_accepted(tmp_path):
    git(tmp_path, "init", "-q")
    put(tmp_path / "evaluation" / BASELINE, NUMBERS)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    put(tmp_path / "evaluation" / BASELINE, {**NUMBERS, "numbers": []})
    assert list(read_other("HEAD", tmp_path / "evaluation")) == ["a.x"]
    with pytest.raises(EvidentiaError, match="'HEAD' has no accepted numbers"):
        read_other("HEAD", tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("old.json", {**NUMBERS, "schema": 0}, "the ledger has schema 0; this version reads 1"),
        ("list.json", [1, 2], "this is not a ledger"),
        ("broken.json", "{", "not a JSON file"),
        ("gone.json", None, "the file does not exist"),
        ("no.pdf", "not a PDF", "not a PDF"),
        ("gone.pdf", None, "the file does not exist"),
        ("nowhere", None, "is no file, no folder and no git revision"),
        ("--upload-pack=x", None, "is no file, no folder and no git revision"),
    ],
)
def test_what_is_no_ledger_is_said_in_one_message(tmp_path, name, content, message):
    if content is not None:
        put(tmp_path / name, content)
    with pytest.raises(EvidentiaError, match=message) as caught:
        read_other(name if name.startswith("-") else str(tmp_path / name), tmp_path)
    assert caught.value.remedy


def test_a_pdf_without_the_ledger_is_said_in_one_message(tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "empty.pdf")
    with pytest.raises(EvidentiaError, match=r"this PDF has no numbers\.json attached"):
        read_other(str(tmp_path / "empty.pdf"), tmp_path)


def test_a_folder_without_a_build_is_said(tmp_path):
    with pytest.raises(EvidentiaError, match="nothing is built here"):
        read_present(tmp_path)


def test_values_newer_than_the_report_count_and_keep_the_places_of_the_last_report(tmp_path):
    use = {"chapter": "a", "anchor": "n-1", "printed": "1"}
    put(
        tmp_path / "build" / "numbers.json",
        {**NUMBERS, "numbers": [{**NUMBERS["numbers"][0], "display": "1", "uses": [use]}]},
    )
    put(tmp_path / "build" / "values.json", {**NUMBERS, "numbers": [{**NUMBERS["numbers"][0], "value": 2}]})
    present = read_present(tmp_path)
    assert not present.rebuilt
    assert present.ledger["a.x"]["value"] == 2
    assert present.ledger["a.x"]["uses"] == [use]
