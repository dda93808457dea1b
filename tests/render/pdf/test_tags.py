"""The PDF's structure, read back with pypdf from a small page that WeasyPrint made."""

import io

import page
import pytest
from pypdf import PdfReader

from evidentia.render.pdf.document import to_pdf
from evidentia.render.pdf.paper import for_paper
from folders import ENGINE

BODY = """<header><h1>Test</h1></header>
<nav class="contents" aria-labelledby="c"><h2 id="c">Contents</h2><ol><li class="level-2"><a href="#one">1. The chapter</a></li></ol></nav>
<main><section id="one"><h2>1. The chapter</h2>
<ol><li>one line</li><li><p>a paragraph</p><ul><li>and a list</li></ul></li><li>words <p>and a paragraph</p></li></ol>
<p>See <a href="#fig-x">the figure <em>below</em> it</a>.<a href="#fn1" id="fnref1" class="footnote-ref"><sup>1</sup></a> More.</p>
<figure id="fig-x"><figcaption>Caption</figcaption><div class="picture"><svg xmlns="http://www.w3.org/2000/svg" role="img"
aria-label="It rose and then it fell" viewBox="0 0 100 40"><rect width="100" height="40"/></svg></div></figure>
<table><caption>Table</caption><thead><tr><th scope="col">Group</th><th scope="col">Number</th></tr></thead>
<tbody><tr><th scope="row">All</th><td>9</td></tr></tbody></table></section>
<section class="footnotes"><ol><li id="fn1"><p>The note. <a href="#fnref1" class="footnote-back">back</a></p></li></ol></section></main>"""


@pytest.fixture(scope="module")
def pdf():
    style = (ENGINE / "templates" / "print.css").read_text()
    return to_pdf(
        for_paper(
            f"<html lang=en><head><title>Test</title><style>{style}</style></head><body>{BODY}</body></html>"
        )
    )


@pytest.fixture(scope="module")
def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def elements(reader):
    """All structure elements in reading order."""
    found = []

    def walk(element):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            child = kid.get_object()
            if hasattr(child, "get") and "/S" in child:
                found.append(child)
                walk(child)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def of(elements, kind):
    return [element for element in elements if element["/S"] == f"/{kind}"]


def test_it_conforms_to_pdf_ua_1(pdf):
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_header_cells_say_whether_they_head_a_column_or_a_row(elements):
    assert [cell["/A"]["/Scope"] for cell in of(elements, "TH")] == ["/Column", "/Column", "/Row"]
    (cell,) = of(elements, "TD")
    assert [str(id) for id in cell["/A"]["/Headers"]] == [
        of(elements, "TH")[2]["/ID"],
        of(elements, "TH")[1]["/ID"],
    ]


def test_a_link_is_named_by_its_words_and_has_one_annotation(reader, elements):
    named = [note.get_object()["/Contents"] for sheet in reader.pages for note in sheet.get("/Annots", [])]
    assert named.count("the figure below it") == 1
    assert named.count("1. The chapter") == 1
    assert named.count("Footnote 1") == 1
    assert named.count("Back from footnote 1") == 1
    assert not any(name.startswith(("fig-", "sec-", "one")) for name in named)
    for link in of(elements, "Link"):
        assert not [
            kid
            for kid in link["/K"]
            if hasattr(kid.get_object(), "get") and kid.get_object().get("/S") == "/Link"
        ]


def test_a_figure_carries_its_words_and_its_place_on_the_page(reader, elements):
    (figure,) = of(elements, "Figure")
    assert figure["/Alt"] == "It rose and then it fell"
    left, bottom, right, top = (float(value) for value in figure["/A"]["/BBox"])
    _, _, width, height = (float(value) for value in reader.pages[0].mediabox)
    assert 0 <= left < right <= width
    assert 0 <= bottom < top <= height
    assert right - left == pytest.approx(162 / 25.4 * 72, abs=1)  # the width of the text, 162 mm


def test_a_footnote_is_a_note_right_behind_its_call(elements):
    (note,) = of(elements, "Note")
    assert note["/ID"]
    place = next(index for index, element in enumerate(elements) if element == note)
    before = [element["/S"] for element in elements[:place]]
    assert before[-3:] == ["/Link", "/NonStruct", "/Span"]  # the call: a link, and its number
    assert [element["/S"] for element in elements[place + 1 : place + 3]] == [
        "/NonStruct",
        "/Link",
    ]  # a mark without text, the way back


def test_contents_are_tagged_as_contents(elements):
    assert len(of(elements, "TOC")) == 1
    assert len(of(elements, "TOCI")) == 1
    assert len(of(elements, "L")) == 2  # the lists of the words


def test_an_item_of_a_list_has_its_mark_and_one_body(elements):
    items = of(elements, "LI")
    assert len(items) == 4
    for item in items:
        assert [kid.get_object()["/S"] for kid in item["/K"]] == ["/Lbl", "/LBody"]
