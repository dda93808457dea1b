"""A report cut into parts, set by several processes or taken from what was kept, and bound into one PDF."""

import io
import os
import random
import re
import signal
from collections import Counter

import page as checker
import pytest
from pypdf import PdfReader
from weasyprint import HTML, Attachment

from evidentia.core.errors import EvidentiaError
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.checks.paper import _elements
from evidentia.render.pdf import typeset
from evidentia.render.pdf.footnotes import laid_out
from evidentia.render.pdf.paper import for_paper
from evidentia.render.pdf.press import print_pdf
from folders import ENGINE

SENTENCE = "families met workers and carers before the visits began so that plans were known to all who took part in them"
WORDS = SENTENCE.split()
FIGURE = (
    "<figure id='fig-{0}'><figcaption>A picture</figcaption><div class='picture'><svg xmlns='http://www.w3.org/2000/svg' role='img'"
    " aria-label='It rose' viewBox='0 0 100 40'><rect width='100' height='40' fill='#12436d' opacity='0.5'/></svg></div></figure>"
)
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def chapter(name: str, sentences: int = 60, also: str = "", to: str = "abc") -> str:
    """Return a chapter with notes, a table, a figure and links to the chapters beside it."""
    random_ = random.Random(name)
    said = lambda: " ".join(random_.choices(WORDS, k=14)) + ". "  # noqa: E731
    note = f"<a href='#fn-{name}' id='fnref-{name}' class='footnote-ref'><sup>7</sup></a>"
    paragraphs = "".join(f"<p>{said() * 6}</p>" for _ in range(sentences // 6))
    table = (
        "<div class='tabular'><div class='scroll'><table><caption>Table</caption><thead><tr><th scope='col'>Name</th>"
        "<th scope='col'>Number</th></tr></thead><tbody><tr><th scope='row'>All (1 0 R)</th><td>9</td></tr></tbody></table></div></div>"
    )
    links = "".join(f"<p>See <a href='#sec-{other}'>{other}</a> and <a href='#fig-{other}'>its figure</a>.</p>" for other in to)
    return (
        f"<section id='sec-{name}'><h2>{name}. Chapter</h2><p id='p-{name}'>First {said()}{note} <em>so</em></p>{table}{links}"
        f"<h3 id='sub-{name}'>Below {name}</h3>{FIGURE.format(name)}{paragraphs}{also}</section>"
    )


def places(*names: str) -> str:
    """Return an annex that prints page numbers."""
    rows = "".join(f"<tr><th scope='row'>{name}</th><td><a class='place' href='#p-{name}'>Chapter {name}</a></td></tr>" for name in names)
    head = "<caption>Places</caption><thead><tr><th scope='col'>What</th><th scope='col'>Where</th></tr></thead>"
    table = f"<table>{head}<tbody>{rows}</tbody></table>"
    return f"<section id='sec-z'><h2>Annex</h2><div class='scroll annex columns-2'>{table}</div></section>"


def report(fonts: str, *chapters: str, names: str = "abc", front: str = "") -> str:
    """Return a page of a report."""
    style = (ENGINE / "templates" / "print.css").read_text()
    items = "".join(f"<li class='level-2'><a href='#sec-{name}'>Chapter {name}</a></li>" for name in names)
    notes = "".join(f"<li id='fn-{name}'><p>Note of {name}.</p></li>" for name in names if name != "z")
    return (
        f"<html lang='en'><head><title>A report</title><style>{fonts}</style><style media='screen'>p {{ color: red }}</style>"
        f"<style media='print'>{style}</style></head><body data-notice='Of synthetic records'>"
        "<header class='cover'><h1>A report</h1></header><div class='layout'>"
        f"<nav class='contents' aria-labelledby='c'><h2 id='c'>Contents</h2>{front}<ol>{items}</ol></nav><div class='document'>"
        f"<main id='main'>{''.join(chapters)}<section class='footnotes'><ol>{notes}</ol></section></main></div></div></body></html>"
    )


def printed(text: str, folder, processes: int = 1, **given) -> bytes:
    page = HTML(string=text)
    for_paper(page.etree_element)
    return print_pdf(page, folder, processes, "an-id", **given)


ABC = (chapter("a"), chapter("b", 90), chapter("c"))


@pytest.fixture(scope="module")
def whole(fonts):
    return report(fonts, *ABC, places("a", "b", "c"), names="abcz")


@pytest.fixture(scope="module")
def pdf(whole, tmp_path_factory):
    return printed(whole, tmp_path_factory.mktemp("kept"))


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_any_number_of_processes_gives_the_same_bytes(whole, pdf, tmp_path):
    for processes in (2, 5):
        assert printed(whole, tmp_path / str(processes), processes) == pdf


def test_it_conforms_to_pdf_ua_1(pdf):
    found = checker.validate_pdf_bytes(pdf, profile="ua1")
    assert found.is_compliant, [failure.message for failure in found.failures]


def test_it_shows_what_one_piece_would_show(whole, pdf):
    """WeasyPrint alone lays the same elements out as one document; only the page numbers come from elsewhere."""
    page = HTML(string=whole)
    for_paper(page.etree_element)
    numbers = {name: FinishedPdf(io.BytesIO(pdf)).anchors()[name] for name in ("sec-a", "sec-b", "sec-c", "sec-z", "p-a", "p-b", "p-c")}
    for link in page.etree_element.iter("a"):
        if link.get("data-page"):
            link.set("data-page", str(numbers[link.get("data-page")]))
    alone = laid_out(page, pdf_variant="pdf/ua-1").write_pdf(pdf_variant="pdf/ua-1")
    assert page_texts(pdf) == page_texts(alone)


def test_contents_and_annex_print_the_pages_that_chapters_are_on(pdf):
    finished = FinishedPdf(io.BytesIO(pdf))
    texts, anchors = finished.page_texts(), finished.anchors()
    for name in "abc":
        assert re.search(rf"Chapter {name}[. ]+ {anchors[f'sec-{name}']}\b", texts[2])
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
        head = [] if starts else [f"{max(name for name in 'abc' if anchors[f'sec-{name}'] < number)}. Chapter"]
        assert margins[number] == [*head, "Of synthetic records", str(number)]
    assert 1 not in margins


def test_links_lead_over_the_bounds_of_parts_and_bookmarks_are_one_tree(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    targets = Counter(str(note.get_object()["/Dest"]) for sheet in reader.pages for note in sheet.get("/Annots", []))
    assert targets["sec-a"] == 4  # of the contents and of three chapters
    assert targets["fig-b"] == 3
    assert set(targets) <= set(reader.named_destinations)
    assert not any("/A" in note.get_object() for sheet in reader.pages for note in sheet.get("/Annots", []))
    titles = [item["/Title"] if not isinstance(item, list) else [child["/Title"] for child in item] for item in reader.outline]
    assert titles == ["a. Chapter", ["Below a"], "b. Chapter", ["Below b"], "c. Chapter", ["Below c"], "Annex"]


def test_the_structure_is_one_and_no_id_is_there_twice(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    elements = list(_elements(reader))
    kinds = Counter(element["/S"] for element in elements)
    assert (kinds["/Document"], kinds["/Part"], kinds["/Sect"], kinds["/Figure"], kinds["/Note"]) == (1, 1, 4, 3, 3)
    ids = [str(element["/ID"]) for element in elements if "/ID" in element]
    assert len(ids) == len(set(ids)) > 12
    for cell in (element for element in elements if element["/S"] == "/TD"):
        assert {str(header) for header in cell["/A"]["/Headers"]} <= set(ids)
    nums = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = nums[::2]
    assert keys == sorted(set(keys))
    for sheet in reader.pages:
        held = nums[2 * keys.index(sheet["/StructParents"]) + 1].get_object()
        assert {kid.get_object()["/Pg"].get_object()["/StructParents"] for kid in held} <= {sheet["/StructParents"]}


def test_a_text_that_looks_like_a_reference_stays(pdf):
    assert sum(text.count("All (1 0 R)") for text in page_texts(pdf)) == 3


def test_fonts_are_in_the_pdf_once_with_what_any_part_uses(fonts, tmp_path):
    text = report(fonts, chapter("a", also="<p>Only here: Ω</p>", to=""), chapter("b", also="<p>and here: ξ</p>", to=""), names="ab")
    reader = PdfReader(io.BytesIO(printed(text, tmp_path)))
    lists = [sheet["/Resources"]["/Font"] for sheet in reader.pages]
    assert len({item.indirect_reference.idnum for item in lists}) == 1
    files = [font["/DescendantFonts"][0]["/FontDescriptor"]["/FontName"] for font in (item.get_object() for item in lists[0].values())]
    assert len(files) == len(set(files)) == 3
    for character in "Ωξ":
        assert any(character in sheet.extract_text() for sheet in reader.pages)


def test_attachments_and_identifier_are_kept(whole, tmp_path):
    reader = PdfReader(io.BytesIO(printed(whole, tmp_path, attachments=[Attachment(string=b"1,2", name="data.csv")])))
    assert reader.attachments["data.csv"] == [b"1,2"]
    assert bytes(reader.trailer["/ID"][0].original_bytes) == b"an-id"
    assert reader.metadata.title == "A report"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def new(capsys) -> str:
    return re.search(r"(\d+) of \d+ parts", capsys.readouterr().out)[1]


def test_only_what_has_changed_is_set_anew(fonts, tmp_path, capsys):
    text = report(fonts, *ABC, places("a", "b", "c"), names="abcz")
    first = printed(text, tmp_path)
    assert new(capsys) == "5"
    assert printed(text, tmp_path) == first
    assert new(capsys) == "0"
    changed = text.replace("Below b", "Beneath b")
    again = printed(changed, tmp_path)
    assert new(capsys) == "1"
    assert again == printed(changed, tmp_path / "other")
    assert len(list(tmp_path.glob("[0-9a-f]*"))) == 5


def test_what_prints_page_numbers_is_set_anew_when_pages_move(fonts, tmp_path, capsys):
    text = report(fonts, *ABC, places("a", "b", "c"), names="abcz")
    printed(text, tmp_path)
    capsys.readouterr()
    longer = text.replace("Below a</h3>", "Below a</h3>" + "<p>more words</p>" * 60)
    again = printed(longer, tmp_path)
    assert new(capsys) == "3"  # the chapter, the contents and the annex; not the chapters behind it
    assert again == printed(longer, tmp_path / "other")
    finished = FinishedPdf(io.BytesIO(again))
    anchors = finished.anchors()
    assert re.search(rf" b +{anchors['p-b']}\b", finished.page_texts()[anchors["sec-z"]])


def test_contents_that_outgrow_a_page_move_all_numbers(fonts, tmp_path):
    seen = set()
    for lines in range(20, 30):
        front = "".join(f"<p>Line {number}</p>" for number in range(lines))
        pdf = printed(report(fonts, *ABC, names="abc", front=front), tmp_path)
        finished = FinishedPdf(io.BytesIO(pdf))
        anchors, texts = finished.anchors(), finished.page_texts()
        seen.add(anchors["sec-a"])
        contents = " ".join(texts[page] for page in range(2, anchors["sec-a"]))
        for name in "abc":
            assert re.search(rf"Chapter {name}[. ]+ {anchors[f'sec-{name}']}\b", contents)
    assert seen == {3, 4}


def test_another_style_sheet_sets_all_anew(fonts, tmp_path, capsys):
    text = report(fonts, *ABC)
    printed(text, tmp_path)
    printed(text.replace("body { margin: 0;", "body { margin: 0; color: #111;"), tmp_path)
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["4", "4"]


@pytest.mark.parametrize("damage", [b"", b"not a part", None])
def test_a_kept_part_that_is_damaged_is_set_anew(whole, pdf, tmp_path, capsys, damage):
    assert printed(whole, tmp_path) == pdf
    capsys.readouterr()
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if damage is None else damage)
    assert printed(whole, tmp_path) == pdf
    assert new(capsys) == "5"


def test_nothing_can_be_kept_where_nothing_can_be_written(whole, pdf, tmp_path):
    (tmp_path / "kept").write_text("a file, where the folder is to be")
    assert printed(whole, tmp_path / "kept") == pdf


@pytest.mark.parametrize("processes", [1, 3])
def test_a_fault_in_a_part_is_one_message(fonts, tmp_path, processes):
    text = report(fonts, chapter("a", to=""), chapter("b", to="", also=f"<img src='data:image/svg+xml,{EMPTY}'>"), names="ab")
    with pytest.raises(EvidentiaError, match="has no required alt description"):
        printed(text, tmp_path, processes)
    with pytest.raises(EvidentiaError, match="#nowhere"):
        printed(report(fonts, chapter("a", also="<p><a href='#nowhere'>x</a></p>", to=""), names="a"), tmp_path, processes)


def test_a_place_that_is_on_no_page_is_named(fonts, tmp_path):
    text = report(fonts, chapter("a", also="<p id='p-x' style='display: none'>x</p>", to=""), places("a", "x"), names="a")
    with pytest.raises(EvidentiaError, match="no page holds #p-x"):
        printed(text, tmp_path)
    hidden = chapter("b", also="<p><a href='#p-x'>to what is hidden</a></p>", to="")
    text = report(fonts, chapter("a", also="<p id='p-x' style='display: none'>x</p>", to=""), hidden, names="ab")
    with pytest.raises(EvidentiaError, match="what is on no page: #p-x"):
        printed(text, tmp_path)


def test_a_process_that_the_system_ends_is_said(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(typeset, "laid_out", lambda *arguments, **options: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(MemoryError):
        printed(whole, tmp_path, 2)


def test_a_report_without_chapters_is_its_front_matter(fonts, tmp_path):
    pdf = printed(report(fonts, names=""), tmp_path)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
