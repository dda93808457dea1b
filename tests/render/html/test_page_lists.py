import pytest
from lxml import html
from weasyprint import HTML

from evidentia.compose.delimiters import with_delimiters
from evidentia.core.pdf_text import FinishedPdf
from evidentia.render.html.lists import draw_tasks, list_starts, mark, marks
from evidentia.render.html.places import Places
from evidentia.render.pdf.notes import lines_of
from evidentia.render.pdf.paper import IN_LINE, as_text
from folders import ENGINE
from render.written import page_of, paper_of


def body(text):
    return html.fragment_fromstring(text, create_parent="main")


def test_a_list_may_go_on_in_its_chapter_alone():
    lists = '<ol><li>a</li><li>b</li></ol><ol start="3"><li>c</li></ol>'
    assert list(list_starts(body(f"<section>{lists}</section>"), Places({}))) == []
    apart = '<section><ol><li>a</li></ol></section><section><ol start="2"><li>b</li></ol></section>'
    assert "cannot begin at '2'" in next(list_starts(body(apart), Places({}))).what
    assert len(list(list_starts(body('<ol start="42"><li>%</li></ol>'), Places({})))) == 1
    assert len(list(list_starts(body('<ol start="-1"><li>x</li></ol>'), Places({})))) == 1


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [(3, "1", "3"), (3, "a", "c"), (28, "A", "AB"), (4, "i", "iv"), (19, "I", "XIX"), (27, "a", "aa")],
)
def test_marks_are_those_of_a_browser(number, kind, expected):
    assert mark(number, kind) == expected


def test_the_marks_of_nested_lists_stand_with_their_items():
    page = body('<ol start="2"><li>x<ol type="a"><li>y</li></ol></li><li>z</li></ol>')
    assert [found for _, found in marks(page)] == ["2", "3", "a"]


def test_a_task_is_drawn_with_its_state():
    page = body(
        '<ul class="task-list"><li><label><input type="checkbox" checked>Done</label></li>'
        '<li><label><input type="checkbox">Open</label></li></ul>'
    )
    draw_tasks(page)
    assert not page.xpath(".//input | .//label")
    assert [box.get("aria-label") for box in page.iter("svg")] == ["Ticked", "Not ticked"]
    assert [item.text_content().strip() for item in page.iter("li")] == ["Done", "Open"]


def test_a_note_keeps_its_lists_on_paper():
    note = html.fragment_fromstring(
        "<li><p>Two <em>things</em>:</p><ul><li>this</li><li><p>that</p></li></ul><p>And more.</p></li>"
    )
    lines = [
        "".join(piece if isinstance(piece, str) else piece.text for piece in line)
        for line in lines_of(note, IN_LINE)
    ]
    assert lines == ["Two things:", "• this", "• that", "And more."]


BRACKETS = """1) one
2) two

    (a) inner
    (b) other

Words.[^n]

3) three

I.  Roman
II.  Two

[^n]: A note

    (i) with
    (ii) items
"""


def test_the_marks_of_a_list_have_their_brackets_on_the_page_and_on_paper(tmp_path):
    text = with_delimiters(BRACKETS)
    lists = page_of(text).xpath(".//ol[not(ancestor::section[contains(@class, 'footnotes')])]")
    assert [found.get("class", "") for found in lists] == [
        "mark-after",
        "lower-alpha mark-round",
        "mark-after",
        "upper-roman",
    ]
    paper = paper_of(text)
    assert "(ii) items" in "".join(paper.itertext())
    file = tmp_path / "report.pdf"
    HTML(string=as_text(paper)).write_pdf(file, pdf_variant="pdf/ua-1")
    signs = [piece.text.strip() for piece in FinishedPdf(file).pieces() if piece.tag == "Lbl"]
    assert [sign for sign in signs if not sign.isdigit()] == ["1)", "2)", "(a)", "(b)", "3)", "I.", "II."]


@pytest.mark.parametrize("name", ["screen.css", "print.css", "lists.css"])
def test_no_style_goes_by_the_type_of_a_list_of_which_browsers_do_not_tell_the_case(name):
    assert "[type=" not in (ENGINE / "templates" / name).read_text(encoding="utf-8")
