"""A Word document is read back against the page: words, numbers, and what holds the numbers."""

import re
import shutil
import zipfile

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.prove.page_text import read_page
from evidentia.prove.word import match_word, read_word


def changed(report, path, old, new, part="word/document.xml"):
    """Write a copy of the document with one thing changed in it."""
    with zipfile.ZipFile(report.draft / "report.docx") as file, zipfile.ZipFile(path, "w") as other:
        for name in file.namelist():
            content = file.read(name)
            if name == part:
                text, count = re.subn(old, new, content.decode("utf-8"), count=1)
                assert count == 1
                content = text.encode("utf-8")
            other.writestr(name, content)
    return path


def faults_of(report, path):
    return match_word(read_page(report.draft / "report.html"), [], read_word(path))[1]


def test_a_document_as_it_was_made_has_no_fault_and_all_of_the_numbers(word_report):
    printed, faults = match_word(
        read_page(word_report.draft / "report.html"), [], read_word(word_report.draft / "report.docx")
    )
    assert faults == []
    assert {"44", "55.5", "2019"} <= {item.text for item in printed}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("After the table", "After a table", "After a table"),
        (">44 per", ">45 per", "45 per"),
        (r"<w:p><w:pPr><w:pStyle w:val=\"BlockText\"/>.*?</w:p>", "", "A quotation in a block"),
        (r"<w:lock w:val=\"sdtLocked\"/>", "", "is under no control"),
        (
            r"<w:tag w:val=\"rates.calls.2020.area\"/>",
            '<w:tag w:val="rates.calls.2019.area"/>',
            "prints rates",
        ),
        (r">40\.0<", ">400<", "differs"),
    ],
)
def test_what_differs_from_the_page_is_named(word_report, tmp_path, old, new, said):
    faults = faults_of(word_report, changed(word_report, tmp_path / "a.docx", old, new))
    assert any(said in fault for fault in faults), faults
    assert all("report.docx" in fault or "control" in fault or "prints" in fault for fault in faults)


def test_a_changed_note_is_named(word_report, tmp_path):
    path = changed(word_report, tmp_path / "a.docx", "Calls to the line", "Letters", "word/footnotes.xml")
    assert any("Letters" in fault for fault in faults_of(word_report, path))


def test_a_file_that_is_no_document_is_named(word_report, tmp_path):
    shutil.copy(word_report.draft / "report.html", tmp_path / "a.docx")
    with pytest.raises(EvidentiaError, match="cannot be read"):
        read_word(tmp_path / "a.docx")
