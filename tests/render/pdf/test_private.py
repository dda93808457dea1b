"""Canaries: what is used of WeasyPrint beside its documented interface. A failure says in words what a new
version has changed.
"""

import io
import re
from pathlib import Path

import pydyf
import pytest
import weasyprint
from pypdf import PdfReader
from weasyprint import HTML

from evidentia.render.pdf.private import annotation_of, beyond, boxes, element_of, is_link, last_lines_of
from folders import ENGINE

TRIED = (
    "read src/evidentia/render/pdf/private.py, mend what has changed, then pin the new version in"
    " pyproject.toml"
)
PAGE = (
    "<html lang='en'><title>T</title><body><p id='p'>See <a href='#p'>the <em>first</em> word</a>.</p><p>Last"
    " lines.</p></body></html>"
)


@pytest.fixture(scope="module")
def sheet():
    return HTML(string=PAGE).render().pages[0]


def test_the_installed_versions_are_those_that_were_tried():
    project = (ENGINE / "pyproject.toml").read_text(encoding="utf-8")
    for name, version in (("weasyprint", weasyprint.__version__), ("pydyf", pydyf.__version__)):
        pinned = re.search(rf'"{name}==([\d.]+)', project)
        assert pinned, f"{name} is not pinned any more; {TRIED}"
        assert version.startswith(pinned[1].rstrip(".")), (
            f"{name} {version} is installed, {pinned[1]} was tried; {TRIED}"
        )


def test_a_links_box_tells_its_element_and_whether_it_is_inside_another_link(sheet):
    links = [box for *_, box in sheet.links]
    assert links, "Page.links has no boxes any more: links get no words (tags.py)"
    assert [is_link(box) for box in links] == [
        True,
        False,
    ], "an element inside a link is not told from the link (one_area_a_link)"
    assert element_of(links[0]).get("href") == "#p", (
        "a box does not know its HTML element: links get no words (tags.py)"
    )


def test_taking_an_area_out_of_a_pages_links_takes_its_annotation_out():
    document = HTML(string=PAGE).render(pdf_variant="pdf/ua-1")
    document.pages[0].links[:] = document.pages[0].links[:1]
    reader = PdfReader(io.BytesIO(document.write_pdf(pdf_variant="pdf/ua-1")))
    assert len(reader.pages[0]["/Annots"]) == 1, (
        "Page.links does not decide any more which areas can be clicked (one_area_a_link)"
    )


def test_a_links_box_knows_its_annotation_when_the_finisher_runs():
    seen = []

    def finisher(document, pdf):
        seen.extend(annotation_of(box) for *_, box in document.pages[0].links)

    document = HTML(string=PAGE).render(pdf_variant="pdf/ua-1")
    document.write_pdf(finisher=finisher, pdf_variant="pdf/ua-1")
    assert seen[0]["Subtype"] == "/Link", (
        "a link's box does not hold its annotation: links get no words, footnotes no tags (tags.py)"
    )
    assert "StructParent" in seen[0], (
        "annotations are not tied to the structure before the finisher runs: footnotes get no tags (tags.py)"
    )


def test_the_last_lines_of_a_page_are_found(sheet):
    last = last_lines_of(sheet)
    assert last is not None, (
        "boxes of a page are not found: a lost footnote cannot be brought back (footnotes.py)"
    )
    assert last.text == "Last lines.", (
        "the block at a page's end is not found: a lost footnote cannot be brought back (footnotes.py)"
    )
    assert any(box.element_tag == "em" for box in boxes(sheet)), (
        "boxes inside boxes are not reached (private.boxes)"
    )


def test_what_reaches_over_the_edge_of_a_page_is_found_with_its_words():
    wide = (
        "<style>@page { size: 100mm 100mm; margin: 10mm }</style><table><tr><td>fits</td></tr></table>"
        "<table><tr><td style='white-space: nowrap'>a name that is far too long for so narrow a sheet of paper</td></tr>"
        "</table><p><img alt='' width='900' src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>'></p>"
    )
    page = HTML(string=wide).render().pages[0]
    found = [(element.tag, text.split(" ")[0]) for element, text in beyond(page, 1, ("table", "p"))]
    assert found == [("table", "a"), ("p", "")], (
        "boxes of a page do not tell where they are, how wide, or what they say: what is cut off at the edge is not found"
        f" (edges.py); {TRIED}"
    )
    assert not list(beyond(page, 10_000, ("table", "p"))), (
        f"the edge of a page is not where its margins say (edges.py); {TRIED}"
    )


def test_nothing_else_of_the_library_is_used():
    """No name of an attribute that begins with an underscore, and no module of the library but the documented
    ones.
    """
    for path in Path(ENGINE, "src", "evidentia").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        modules = set(re.findall(r"(?:from|import) (weasyprint[\w.]*|pydyf[\w.]*)", text))
        assert modules <= {"weasyprint", "weasyprint.urls", "pydyf"}, f"{path} imports {modules}"
        if path.name != "private.py" and path.parent.name == "pdf":
            assert not re.search(r"\b(?!self\b)\w+\._[a-z]", text), f"{path} uses a private attribute"
