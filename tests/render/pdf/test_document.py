"""A report as one PDF: page numbers, links, bookmarks, tags and attachments, read back with pypdf."""

import io
import os
import random
import re
from collections import Counter
from pathlib import Path

import page as checker
import pytest
from pypdf import PdfReader
from weasyprint import Attachment

from evidentia.core.errors import EvidentiaError
from evidentia.core.font import font_file
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.checks.paper import _elements
from evidentia.render.pdf.document import to_pdf
from evidentia.render.pdf.paper import for_paper
from folders import ENGINE

SENTENCE = (
    "families met workers and carers before the visits began so that plans were known to all who took part in"
    " them"
)
WORDS = SENTENCE.split()
FIGURE = (
    "<figure id='fig-{0}'><figcaption>A picture</figcaption><div class='picture'><svg"
    " xmlns='http://www.w3.org/2000/svg' role='img' aria-label='It rose' viewBox='0 0 100 40'><rect"
    " width='100' height='40' fill='#12436d' opacity='0.5'/></svg></div></figure>"
)
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def chapter(name: str, sentences: int = 60, also: str = "", to: str = "abc") -> str:
    """Return a chapter with notes, a table, a figure and links to the chapters beside it."""
    random_ = random.Random(name)
    said = lambda: " ".join(random_.choices(WORDS, k=14)) + ". "  # noqa: E731
    note = f"<a href='#fn-{name}' id='fnref-{name}' class='footnote-ref'><sup>7</sup></a>"
    paragraphs = "".join(f"<p>{said() * 6}</p>" for _ in range(sentences // 6))
    table = (
        "<div class='tabular'><div class='scroll'><table><caption>Table</caption><thead><tr><th"
        " scope='col'>Name</th><th scope='col'>Number</th></tr></thead><tbody><tr><th scope='row'>All (1 0"
        " R)</th><td>9</td></tr></tbody></table></div></div>"
    )
    links = "".join(
        f"<p>See <a href='#sec-{other}'>{other}</a> and <a href='#fig-{other}'>its figure</a>.</p>"
        for other in to
    )
    return (
        f"<section id='sec-{name}'><h2>{name}. Chapter</h2><p id='p-{name}'>First {said()}{note}"
        f" <em>so</em></p>{table}{links}<h3 id='sub-{name}'>Below"
        f" {name}</h3>{FIGURE.format(name)}{paragraphs}{also}</section>"
    )


def places(*names: str) -> str:
    """Return an annex that prints page numbers."""
    rows = "".join(
        f"<tr><th scope='row'>{name}</th><td><a class='place' href='#p-{name}'>Chapter {name}</a></td></tr>"
        for name in names
    )
    head = (
        "<caption>Places</caption><thead><tr><th scope='col'>What</th><th scope='col'>Where</th></tr></thead>"
    )
    table = f"<table>{head}<tbody>{rows}</tbody></table>"
    return f"<section id='sec-z'><h2>Annex</h2><div class='scroll annex columns-2'>{table}</div></section>"


def report(fonts: str, *chapters: str, names: str = "abc", front: str = "") -> str:
    """Return a page of a report."""
    style = (ENGINE / "templates" / "print.css").read_text()
    items = "".join(f"<li class='level-2'><a href='#sec-{name}'>Chapter {name}</a></li>" for name in names)
    notes = "".join(f"<li id='fn-{name}'><p>Note of {name}.</p></li>" for name in names if name != "z")
    return (
        f"<html lang='en'><head><title>A report</title><style>{fonts}</style><style media='screen'>p {{"
        f" color: red }}</style><style media='print'>{style}</style></head><body data-notice='Of synthetic"
        " records'><header class='cover'><h1>A report</h1></header><div class='layout'><nav class='contents'"
        f" aria-labelledby='c'><h2 id='c'>Contents</h2>{front}<ol>{items}</ol></nav><div"
        f" class='document'><main id='main'>{''.join(chapters)}<section"
        f" class='footnotes'><ol>{notes}</ol></section></main></div></div></body></html>"
    )


def printed(text: str, **given) -> bytes:
    return to_pdf(for_paper(text), **given)


ABC = (chapter("a"), chapter("b", 90), chapter("c"))


@pytest.fixture(scope="module")
def whole(fonts):
    return report(fonts, *ABC, places("a", "b", "c"), names="abcz")


@pytest.fixture(scope="module")
def pdf(whole):
    return printed(whole)


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_it_conforms_to_pdf_ua_1(pdf):
    found = checker.validate_pdf_bytes(pdf, profile="ua1")
    assert found.is_compliant, [failure.message for failure in found.failures]


def test_contents_and_annex_print_the_pages_that_chapters_are_on(pdf):
    finished = FinishedPdf(io.BytesIO(pdf))
    texts, anchors = finished.page_texts(), finished.anchors()
    for name in "abc":
        assert re.search(rf"Chapter {name} +{anchors[f'sec-{name}']}\b", texts[2])
        assert re.search(rf" {name} +{anchors[f'p-{name}']}\b", texts[anchors["sec-z"]])
    assert anchors["sec-a"] < anchors["sec-b"] - 1 < anchors["sec-c"] - 2


def test_every_page_but_the_cover_has_its_number_notice_and_running_head_as_artifacts(pdf):
    margins = {}
    for piece in FinishedPdf(io.BytesIO(pdf)).pieces():
        if piece.role == "margin":
            margins.setdefault(piece.page, []).append(piece.text.strip())
    anchors = FinishedPdf(io.BytesIO(pdf)).anchors()
    count = len(PdfReader(io.BytesIO(pdf)).pages)
    for number in range(2, count + 1):
        starts = number in [anchors[name] for name in ("sec-a", "sec-b", "sec-c", "sec-z", "c")]
        head = (
            [] if starts else [f"{max(name for name in 'abc' if anchors[f'sec-{name}'] < number)}. Chapter"]
        )
        assert margins[number] == [*head, "Of synthetic records", str(number)]
    assert 1 not in margins


def test_links_lead_to_other_chapters_and_bookmarks_are_one_tree(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    targets = Counter(
        str(note.get_object()["/Dest"]) for sheet in reader.pages for note in sheet.get("/Annots", [])
    )
    assert targets["sec-a"] == 4  # of the contents and of three chapters
    assert targets["fig-b"] == 3
    assert set(targets) <= set(reader.named_destinations)
    assert not any("/A" in note.get_object() for sheet in reader.pages for note in sheet.get("/Annots", []))
    titles = [
        item["/Title"] if not isinstance(item, list) else [child["/Title"] for child in item]
        for item in reader.outline
    ]
    assert titles == [
        "a. Chapter",
        ["Below a"],
        "b. Chapter",
        ["Below b"],
        "c. Chapter",
        ["Below c"],
        "Annex",
    ]


def test_the_structure_is_one_and_no_id_is_there_twice(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    elements = list(_elements(reader))
    kinds = Counter(element["/S"] for element in elements)
    assert (kinds["/Document"], kinds["/H1"], kinds["/H2"], kinds["/Figure"], kinds["/Note"]) == (
        1,
        1,
        5,
        3,
        3,
    )
    ids = [str(element["/ID"]) for element in elements if "/ID" in element]
    assert len(ids) == len(set(ids)) > 12
    for cell in (element for element in elements if element["/S"] == "/TD"):
        assert {str(header) for header in cell["/A"]["/Headers"]} <= set(ids)
    nums = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = nums[::2]
    assert keys == sorted(set(keys))
    for sheet in reader.pages:
        held = nums[2 * keys.index(sheet["/StructParents"]) + 1].get_object()
        assert {kid.get_object()["/Pg"].get_object()["/StructParents"] for kid in held} <= {
            sheet["/StructParents"]
        }


def test_a_text_that_looks_like_a_reference_stays(pdf):
    assert sum(text.count("All (1 0 R)") for text in page_texts(pdf)) == 3


def test_fonts_are_in_the_pdf_once_with_all_that_is_used(fonts):
    text = report(
        fonts,
        chapter("a", also="<p>Only here: Ω</p>", to=""),
        chapter("b", also="<p>and here: ξ</p>", to=""),
        names="ab",
    )
    reader = PdfReader(io.BytesIO(printed(text)))
    lists = [sheet["/Resources"]["/Font"] for sheet in reader.pages]
    assert len({item.indirect_reference.idnum for item in lists}) == 1
    files = [
        font["/DescendantFonts"][0]["/FontDescriptor"]["/FontName"]
        for font in (item.get_object() for item in lists[0].values())
    ]
    assert len(files) == len(set(files)) == 3
    for character in "Ωξ":
        assert any(character in sheet.extract_text() for sheet in reader.pages)


def test_attachments_and_metadata_are_kept(whole):
    reader = PdfReader(io.BytesIO(printed(whole, attachments=[Attachment(string=b"1,2", name="data.csv")])))
    assert reader.attachments["data.csv"] == [b"1,2"]
    assert reader.metadata.title == "A report"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_contents_that_outgrow_a_page_move_all_numbers(fonts):
    seen = set()
    for lines in range(20, 30):
        front = "".join(f"<p>Line {number}</p>" for number in range(lines))
        pdf = printed(report(fonts, *ABC, names="abc", front=front))
        finished = FinishedPdf(io.BytesIO(pdf))
        anchors, texts = finished.anchors(), finished.page_texts()
        seen.add(anchors["sec-a"])
        contents = " ".join(texts[page] for page in range(2, anchors["sec-a"]))
        for name in "abc":
            assert re.search(rf"Chapter {name} +{anchors[f'sec-{name}']}\b", contents)
    assert seen == {3, 4}


def test_a_fault_is_one_message(fonts):
    text = report(
        fonts,
        chapter("a", to=""),
        chapter("b", to="", also=f"<img src='data:image/svg+xml,{EMPTY}'>"),
        names="ab",
    )
    with pytest.raises(EvidentiaError, match="has no required alt description"):
        printed(text)
    with pytest.raises(EvidentiaError, match="'nowhere'"):
        printed(report(fonts, chapter("a", also="<p><a href='#nowhere'>x</a></p>", to=""), names="a"))


def test_a_link_to_what_is_on_no_page_is_named(fonts):
    hidden = chapter("b", also="<p><a href='#p-x'>to what is hidden</a></p>", to="")
    text = report(
        fonts, chapter("a", also="<p id='p-x' style='display: none'>x</p>", to=""), hidden, names="ab"
    )
    with pytest.raises(EvidentiaError, match="'p-x'"):
        printed(text)


def test_a_report_without_chapters_is_its_front_matter(fonts):
    pdf = printed(report(fonts, names=""))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2


def test_an_installed_font_of_the_same_name_changes_no_byte(whole, pdf, tmp_path, monkeypatch):
    (tmp_path / "Arimo.ttf").write_bytes(Path(font_file()).read_bytes())
    settings = f"<?xml version='1.0'?><fontconfig><dir>{tmp_path}</dir></fontconfig>"
    (tmp_path / "fonts.conf").write_text(settings)
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    assert printed(whole) == pdf
    assert os.environ["FONTCONFIG_FILE"] == str(tmp_path / "fonts.conf"), "as it was"
