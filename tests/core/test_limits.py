"""Files that are none, or too much, are named in one message; nothing waits for a pipe or follows a chain
without end.
"""

import io
import json
import os

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from evidentia.core.errors import EvidentiaError, Problems, raise_all
from evidentia.core.files import read_json
from evidentia.core.ledger import load
from evidentia.core.pdf_text import FinishedPdf
from evidentia.core.text import read_words
from evidentia.core.yamlio import line_of, read_yaml


def loop(path):
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)


PLACES = {
    "a pipe": (os.mkfifo, "not a regular file"),
    "a folder": (lambda path: path.mkdir(), "not a regular file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    "a terminal": (lambda path: path.symlink_to("/dev/full"), "not a regular file"),
    "a link to a pipe": (
        lambda path: (os.mkfifo(path.with_name("pipe")), path.symlink_to("pipe")),
        "not a regular file",
    ),
    "a loop of links": (loop, "cannot be read"),
    "a link to nothing": (lambda path: path.symlink_to("nothing"), "does not exist"),
}
READERS = {
    "yaml": read_yaml,
    "words": lambda path: read_words(path, str(path)),
    "json": read_json,
    "pdf": FinishedPdf,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_is_named_and_nothing_waits(tmp_path, place, reader):
    make, said = PLACES[place]
    make(tmp_path / "input")
    with pytest.raises(EvidentiaError, match=said) as refused:
        READERS[reader](tmp_path / "input")
    assert str(tmp_path / "input") in str(refused.value)


@pytest.mark.parametrize(
    ("reader", "size"),
    [("yaml", 4_000_001), ("words", 16_000_001), ("json", 256_000_001), ("pdf", 300_000_001)],
)
def test_a_file_that_is_too_large_is_named_before_it_is_read(tmp_path, reader, size):
    with (tmp_path / "input").open("wb") as stream:
        stream.truncate(size)
    with pytest.raises(EvidentiaError, match=f"has {size:,} bytes; up to"):
        READERS[reader](tmp_path / "input")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"a":' * 200_000,
        "9" * 5000,
        "NaN",
        "[Infinity]",
        "[1e999]",
        "[-1e999]",
        '{"a": 1',
        "\x00",
        '"\\ud800',
    ],
)
def test_json_that_no_program_of_ours_writes_is_named(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(EvidentiaError, match="not a JSON file"):
        read_json(tmp_path / "a.json")


GOOD = {"id": "a.b", "value": 1, "unit": "count", "label": "A", "source": {}, "uses": []}


@pytest.mark.parametrize(
    "entry",
    [
        3,
        None,
        [],
        {},
        {**GOOD, "id": 3},
        {**GOOD, "unit": "bananas"},
        {**GOOD, "unit": []},
        {**GOOD, "value": [1]},
        {**GOOD, "label": None},
        {**GOOD, "source": 3},
        {**GOOD, "uses": 3},
    ],
)
def test_a_ledger_with_an_entry_that_is_none_is_named(tmp_path, entry):
    (tmp_path / "numbers.json").write_text(json.dumps({"schema": 1, "numbers": [GOOD, entry]}))
    with pytest.raises(EvidentiaError, match="entry 2 is no number of a ledger"):
        load(tmp_path / "numbers.json")


def test_the_line_of_each_of_many_faults_is_found_without_reading_the_file_again(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("".join(f"key-{number}: 1\n" for number in range(20_000)))
    assert [line_of(path, [f"key-{number}"]) for number in range(0, 20_000, 500)] == list(
        range(1, 20_001, 500)
    )


def test_thousands_of_faults_are_said_up_to_a_limit():
    with pytest.raises(Problems) as refused:
        raise_all(EvidentiaError(f"fault {number}") for number in range(100_000))
    assert "fault 199" in str(refused.value)
    assert "there are more faults" in str(refused.value)
    assert "fault 200" not in str(refused.value)


def saved(writer):
    out = io.BytesIO()
    writer.write(out)
    return io.BytesIO(out.getvalue())


def page_with(content, resources=None):
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)
    return writer, page


def test_bookmarks_that_lead_back_to_themselves_end():
    writer, _ = page_with(b"")
    item = DictionaryObject({NameObject("/Title"): TextStringObject("9")})
    reference = writer._add_object(item)
    item[NameObject("/Next")] = item[NameObject("/First")] = reference
    writer.root_object[NameObject("/Outlines")] = DictionaryObject({NameObject("/First"): reference})
    assert [piece.text for piece in FinishedPdf(saved(writer)).pieces()] == ["9"]


def test_attachments_in_a_tree_that_holds_itself_end():
    writer, _ = page_with(b"")
    tree = DictionaryObject()
    reference = writer._add_object(tree)
    tree[NameObject("/Kids")] = ArrayObject([reference])
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): reference})
    assert FinishedPdf(saved(writer)).attachment("numbers.json") is None


def test_a_drawing_that_draws_itself_twice_is_named():
    writer, page = page_with(b"/F Do")
    form = DecodedStreamObject()
    form.set_data(b"/F Do /F Do")
    form[NameObject("/Subtype")] = NameObject("/Form")
    reference = writer._add_object(form)
    form[NameObject("/Resources")] = page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/F"): reference})}
    )
    with pytest.raises(EvidentiaError, match="cannot be read"):
        list(FinishedPdf(saved(writer)).pieces())


def test_a_structure_that_holds_itself_is_named():
    writer, _ = page_with(b"")
    element = DictionaryObject({NameObject("/S"): NameObject("/P")})
    reference = writer._add_object(element)
    element[NameObject("/K")] = ArrayObject([reference])
    writer.root_object[NameObject("/StructTreeRoot")] = reference
    with pytest.raises(EvidentiaError, match="cannot be read"):
        list(FinishedPdf(saved(writer)).pieces())


def test_a_structure_with_a_number_that_no_page_has_is_read_as_far_as_it_goes_or_named():
    writer, _ = page_with(b"/P <</MCID 0>> BDC EMC")
    writer.root_object[NameObject("/StructTreeRoot")] = DictionaryObject({NameObject("/K"): NumberObject(7)})
    assert all(not piece.text for piece in FinishedPdf(saved(writer)).pieces())


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"x" * 1000, b"%PDF-1.7\nstartxref\n-9\n%%EOF"]
)
def test_what_is_no_pdf_is_named(tmp_path, content):
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(EvidentiaError, match="not a PDF"):
        FinishedPdf(tmp_path / "a.pdf")
