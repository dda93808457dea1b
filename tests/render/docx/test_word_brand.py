"""An organisation's look in the Word document: logo, colours and fonts; and a report in another language."""

import io
import shutil

import docx
import pytest

from brands import PIXEL
from evidentia.core.language import speak
from reliability.small import run_rules
from word_files import W, docx_of, parts_of, words_of

BRAND = """color:
  primary: "#801650"
  link: "#5c0f39"
logo:
  images:
    mark: {path: mark.png, alt: "Harbour unit"}
  medium: mark
"""


@pytest.fixture(scope="module")
def branded(word_report, tmp_path_factory):
    folder = tmp_path_factory.mktemp("brand") / "small"
    shutil.copytree(word_report.folder, folder)
    (folder / "_brand.yml").write_text(BRAND)
    (folder / "mark.png").write_bytes(PIXEL)
    run_rules(folder)
    return docx_of(folder)


def test_colours_of_the_brand_are_those_of_headings_links_and_cover(branded):
    styles = docx.Document(io.BytesIO(branded)).styles
    assert str(styles["Heading 1"].font.color.rgb) == "801650"
    assert str(styles["Hyperlink"].font.color.rgb) == "5C0F39"
    cover = styles["Title"].element.find(f"{W}pPr/{W}shd")
    assert cover.get(f"{W}fill") == "801650"
    assert "12436D" not in styles.element.xml


def test_the_logo_stands_on_the_cover_with_its_words(branded):
    picture = docx.Document(io.BytesIO(branded)).inline_shapes[0]
    assert picture._inline.docPr.get("descr") == "Harbour unit"


def test_a_report_in_welsh_says_what_it_generates_in_welsh(word_report, tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(word_report.folder, folder)
    path = folder / "config.yaml"
    path.write_text(path.read_text().replace("language: en-GB", "language: cy"))
    try:
        run_rules(folder)
        parts = parts_of(docx_of(folder))
    finally:
        speak("en-GB")
    words = words_of(parts["word/document.xml"])
    assert "Ffigur 1: Calls by year" in words
    assert "Cynnwys" in words
    described = parts["word/document.xml"].find(f".//{W}tblDescription").get(f"{W}val")
    assert described.startswith("Rhesi: ")
    assert parts["word/styles.xml"].find(f".//{W}lang").get(f"{W}val") == "cy"
