"""Checks of a Word document pass for one that is right, and name what is wrong with another."""

import zipfile

import pytest

from evidentia.prove.checks import word

CHECKS = {
    "pictures": word.pictures_described,
    "headings": word.headings_step,
    "tables": word.tables_headed,
    "described": lambda path: word.described(path, "A small evaluation", "en-GB"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_document_as_it_was_made_passes(word_report, name):
    measured, findings = CHECKS[name](word_report.draft / "report.docx")
    assert findings == []
    assert measured[0] != "0"


@pytest.mark.parametrize(
    ("name", "part", "old", "new", "said"),
    [
        ("pictures", "word/document.xml", 'descr="Calls rose"', 'descr=" "', "Picture 1 has no description"),
        ("headings", "word/document.xml", '"Heading2"', '"Heading3"', "right below level 1"),
        ("tables", "word/document.xml", "<w:tblHeader", "<w:hidden", "no header row"),
        ("tables", "word/document.xml", 'w:firstColumn="1"', 'w:firstColumn="0"', "first column"),
        ("tables", "word/document.xml", "<w:tblCaption", "<w:tblCaptured", "has no title"),
        ("described", "docProps/core.xml", "A small", "Another", "its title is 'Another evaluation'"),
    ],
)
def test_what_is_wrong_is_named(word_report, tmp_path, name, part, old, new, said):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(word_report.draft / "report.docx") as file, zipfile.ZipFile(path, "w") as other:
        for entry in file.namelist():
            content = file.read(entry).decode("utf-8", "surrogateescape")
            content = content.replace(old, new) if entry == part else content
            other.writestr(entry, content.encode("utf-8", "surrogateescape"))
    assert any(said in finding for finding in CHECKS[name](path)[1])
