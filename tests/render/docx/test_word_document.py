"""The Word document of a word_report, read by another library than what wrote it."""

import io
import json
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

from evidentia.core.word_format import BOOKMARK, id_of, parse_sent
from evidentia.render.docx.package import piece, w
from evidentia.render.docx.sections import part_lists
from word_files import W, docx_of, parts_of, words_of


@pytest.fixture(scope="module")
def document(word_report):
    return docx.Document(io.BytesIO(word_report.content))


def test_each_bound_number_is_a_control_with_its_id_that_can_be_edited_and_not_deleted(word_report):
    ledger = {n["id"]: n for n in json.loads((word_report.draft / "numbers.json").read_text())["numbers"]}
    found = []
    for name in ("word/document.xml", "word/footnotes.xml"):
        for control in parts_of(word_report.content)[name].iter(f"{W}sdt"):
            tag = control.find(f"{W}sdtPr/{W}tag")
            if tag is not None:
                id = id_of(tag.get(f"{W}val"), ledger)
                found.append((id, words_of(control)))
                assert control.find(f"{W}sdtPr/{W}lock").get(f"{W}val") == "sdtLocked"
    uses = [
        (id, use["printed"])
        for id, n in ledger.items()
        for use in n["uses"]
        if use["anchor"].startswith("n-")
    ]
    assert sorted(found) == sorted(uses)
    assert ("rates.calls.2020.nation", "56 per\N{NO-BREAK SPACE}10,000") in found  # of the note
    numbers = [c.get(f"{W}val") for c in parts_of(word_report.content)["word/document.xml"].iter(f"{W}id")]
    assert len(numbers) == len(set(numbers))


def test_bookmarks_of_paragraphs_lead_to_the_lines_of_the_chapters(word_report):
    sent = parse_sent(zipfile.ZipFile(io.BytesIO(word_report.content)).read("customXml/item1.xml"))
    lines = {}
    for chapter in sent.chapters:
        for paragraph in chapter.paragraphs:
            lines[paragraph.words] = (chapter.path, paragraph.line, paragraph.kind)
    one = (word_report.folder / "report" / "one.qmd").read_text().split("\n")

    def written(words):
        path, line, _ = lines[words]
        assert path == "report/one.qmd"
        return one[line - 1]

    assert written("A first item") == "- A first item"
    assert written("After the table.") == "After the table."
    assert written("A quotation in a block.").startswith("> ")
    assert written("Table 1: Calls") == '{{ table("calls") }}'
    assert written("Figure 1: Calls by year") == '{{ figure("trend") }}'
    assert written("Calls per 10,000, 2019") == '{{ table("calls") }}'
    assert written("A box says 40 per 10,000.").startswith("A box says")
    assert written("Calls to the line, 56 per 10,000 in the nation.").startswith("[^which]:")
    assert written("What was done").startswith("## ")
    assert lines["Words of another chapter, with 56 per 10,000."][:2] == ("report/two.qmd", 3)
    assert lines["2. Lessons"] == ("report/two.qmd", 1, "heading")


def test_bookmarks_of_the_document_are_those_of_the_version_that_was_sent(word_report):
    sent = parse_sent(zipfile.ZipFile(io.BytesIO(word_report.content)).read("customXml/item1.xml"))
    told = {paragraph.bookmark: paragraph.words for one in sent.chapters for paragraph in one.paragraphs}
    there = {}
    for name in ("word/document.xml", "word/footnotes.xml"):
        for line in parts_of(word_report.content)[name].iter(f"{W}p"):
            for mark in line.findall(f"{W}bookmarkStart"):
                if BOOKMARK.fullmatch(mark.get(f"{W}name")):
                    there[mark.get(f"{W}name")] = re.sub(r"\s+", " ", words_of(line)).strip()
    assert there == told
    assert len(there) > 25


def test_the_ledger_and_the_numbers_places_travel_in_the_file(word_report):
    sent = parse_sent(zipfile.ZipFile(io.BytesIO(word_report.content)).read("customXml/item1.xml"))
    assert sent.ledger == (word_report.draft / "numbers.json").read_text()
    first = next(p for p in sent.chapters[0].paragraphs if p.words.startswith("Calls were"))
    assert [(n.id, first.words[n.start : n.end]) for n in first.numbers][0] == (
        "rates.calls.2020.area",
        "44 per 10,000",
    )
    properties = zipfile.ZipFile(io.BytesIO(word_report.content)).read("docProps/custom.xml").decode()
    assert sent.version in properties


def test_the_same_page_gives_the_same_bytes_without_a_clock(word_report):
    assert docx_of(word_report.folder) == word_report.content
    times = {part.date_time for part in zipfile.ZipFile(io.BytesIO(word_report.content)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_headings_figures_and_tables_are_what_word_takes_them_for(document):
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "1. Findings"),
        ("Heading 2", "What was done"),
        ("Heading 1", "2. Lessons"),
    ]
    table = document.tables[0]._tbl
    assert table.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    look = table.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert table.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Table 1: Calls"
    assert "Hereford" in table.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_a_drawing_has_its_description_and_stands_as_svg_and_as_png(word_report, document):
    picture = document.inline_shapes[0]
    assert picture._inline.docPr.get("descr") == "Calls rose"
    names = zipfile.ZipFile(io.BytesIO(word_report.content)).namelist()
    assert {"word/media/picture1.png", "word/media/picture1.svg"} <= set(names)
    assert round(picture.width.mm) == 162


def test_contents_and_lists_are_fields_and_lead_to_what_they_name(word_report):
    body = parts_of(word_report.content)["word/document.xml"]
    fields = ["".join(run.itertext()).strip() for run in body.iter(f"{W}instrText")]
    assert 'TOC \\o "1-2" \\h \\z' in fields
    assert 'TOC \\h \\z \\t "Figure Caption,1"' in fields
    assert 'TOC \\h \\z \\t "Table Caption,1"' in fields
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    links = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} - {None}
    assert links <= marks
    assert {"sec-findings", "sec-done", "fig-trend", "tbl-calls"} <= links


def test_fields_and_bookmarks_are_closed(word_report):
    for name, root in parts_of(word_report.content).items():
        kinds = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
        assert kinds.count("begin") == kinds.count("end"), name
        starts = [mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart")]
        assert sorted(starts) == sorted(mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkEnd")), name


def test_what_the_document_says_of_itself(word_report, document):
    assert document.core_properties.title == "A small evaluation"
    assert document.core_properties.language == "en-GB"
    assert str(document.core_properties.modified) == "2021-06-30 00:00:00+00:00"
    assert document.styles.element.find(f".//{W}lang").get(f"{W}val") == "en-GB"
    settings = parts_of(word_report.content)["word/settings.xml"]
    assert settings.find(f"{W}trackRevisions") is not None  # it is out for comment
    head = document.sections[-1].header.paragraphs[0].text
    assert head.startswith("DRAFT FOR COMMENT, ")
    assert document.sections[0].header.is_linked_to_previous  # none on the cover
    assert document.sections[0].header.paragraphs[0].text == ""


def test_the_document_is_valid_so_that_word_opens_it_without_repair(word_report):
    found = OpenXmlValidator().validate(word_report.draft / "report.docx")
    assert [error.description for error in found.errors] == []


def test_styles_of_an_own_reference_document_are_taken_and_the_others_added(word_report, tmp_path):
    own = docx.Document()
    own.styles["Heading 1"].font.color.rgb = docx.shared.RGBColor(0x80, 0x16, 0x50)
    own.sections[0].header.paragraphs[0].text = "The unit's own head"
    own.save(word_report.folder / "report" / "house.docx")
    config = (word_report.folder / "config.yaml").read_text()
    try:
        (word_report.folder / "config.yaml").write_text(config + "\n")
        changed = config.replace("chapters:", "reference: report/house.docx\n  chapters:", 1)
        (word_report.folder / "config.yaml").write_text(changed)
        made = docx.Document(io.BytesIO(docx_of(word_report.folder)))
    finally:
        (word_report.folder / "config.yaml").write_text(config)
    assert str(made.styles["Heading 1"].font.color.rgb) == "801650"
    assert "Figure Caption" in [style.name for style in made.styles]
    assert made.sections[-1].header.paragraphs[0].text == "The unit's own head"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "customXml/item1.xml"])
def test_parts_are_declared_and_related(word_report, part):
    file = zipfile.ZipFile(io.BytesIO(word_report.content))
    types = etree.fromstring(file.read("[Content_Types].xml"))
    names = {item.get("PartName") for item in types} | {f".{item.get('Extension')}" for item in types}
    assert f"/{part}" in names or f".{part.rpartition('.')[2]}" in names
    for name in file.namelist():
        if name.endswith(".rels"):
            folder = name.split("_rels")[0]
            for relation in etree.fromstring(file.read(name)):
                if relation.get("TargetMode") != "External":
                    target = re.sub(r"[^/]+/\.\./", "", folder + relation.get("Target")).lstrip("/")
                    assert target in file.namelist(), (name, target)


@pytest.mark.parametrize(("lines", "parted"), [(5, None), (60, "1")])
def test_the_lists_of_figures_and_tables_begin_a_page_where_the_contents_fill_one(lines, parted):
    line = lambda style: piece(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')  # noqa: E731
    heading = line("ListsHeading")
    part_lists([line("Contents"), *(line("TOC1") for _ in range(lines)), heading, line("TableofFigures")])
    found = heading.find(f"{w('pPr')}/{w('pageBreakBefore')}")
    assert (found.get(w("val")) if found is not None else None) == parted
