"""What the page becomes on paper, laid out by WeasyPrint with the report's own style sheet."""

import base64
import random
import re
from pathlib import Path

import pytest
from weasyprint import HTML

from evidentia.render.pdf.footnotes import laid_out as settled
from evidentia.render.pdf.paper import as_text, for_paper
from evidentia.render.pdf.private import _inside as inside
from evidentia.render.pdf.private import boxes
from folders import ENGINE

WORDS = (
    "families met workers and carers before the visits began so that plans were known to all who took part in"
    " them"
)


def laid_out(body: str, fonts: str, css: str = "", notice: str = ""):
    style = (ENGINE / "templates" / "print.css").read_text()
    page = (
        f"<html lang=en><style>{fonts}{style}{css}</style><body"
        f" data-notice='{notice}'><main>{body}</main></body></html>"
    )
    return settled(HTML(string=as_text(for_paper(page)))).pages


def text(page):
    return "".join(part.text for part in boxes(page) if hasattr(part, "text"))


def lines(page):
    """Return the lines of a page's text, from top to bottom, with the tag of their block; no margin boxes, no
    notes.
    """
    found, in_body = [], False
    for box in boxes(page):
        in_body = (in_body or box.element_tag == "body") and type(box).__name__ not in (
            "FootnoteAreaBox",
            "MarginBox",
        )
        if in_body and type(box).__name__ == "LineBox":
            found.append("".join(part.text for part in inside(box) if hasattr(part, "text")).strip())
    return found


def test_a_text_before_an_inline_element_breaks_where_it_would_without_one(fonts):
    """WeasyPrint breaks a text too early if it fits but for its last space, and an inline element follows."""
    sentence = (
        "Lincolnshire recorded 7,377 referrals in the year. By then the rate fell from 510 to 453. The report"
        " estimated {} for that year."
    )
    paragraphs = {
        what: "".join(
            f'<p style="width: {width}px">{sentence.format(what)}</p>' for width in range(300, 620, 4)
        )
        for what in ("467", "<span>467</span>")
    }
    plain, marked = (
        [line for page in laid_out(body, fonts) for line in lines(page)] for body in paragraphs.values()
    )
    assert plain == marked


def test_each_footnote_stands_on_the_page_that_calls_it(fonts):
    """Also where WeasyPrint would move notes on so that a third line fits, and lose some of them."""
    random_ = random.Random(3)
    notes = range(1, 121)
    call = '<a href="#fn{0}" id="fnref{0}" class="footnote-ref"><sup>{0}</sup></a>'
    words = lambda: " ".join(random_.choices(WORDS.split(), k=random_.randint(20, 120)))  # noqa: E731
    paragraphs = "".join(f"<p>{words()} called{call.format(number)} {words()}</p>" for number in notes)
    items = "".join(
        f'<li id="fn{number}"><p>Note number {number}: {words()}<a class="footnote-back">back</a></p></li>'
        for number in notes
    )
    pages = laid_out(f'{paragraphs}<section class="footnotes"><ol>{items}</ol></section>', fonts)
    assert len(pages) > 20
    found = 0
    for page in pages:
        called = re.findall(r"called(\d+)", " ".join(lines(page)))
        noted = re.findall(r"Note number (\d+):", text(page))
        assert called == noted
        found += len(noted)
    assert found == len(notes)


def test_the_mark_of_a_note_stands_on_the_line_of_the_word_before_it(fonts):
    body = "".join(
        f'<p style="width: {width}px">The council took up relationship-based practice,<a href="#fn{width}"'
        f' id="fnref{width}" class="footnote-ref"><sup>1</sup></a> and kept to it.</p>'
        for width in range(300, 400, 2)
    )
    notes = "".join(f'<li id="fn{width}"><p>A note.</p></li>' for width in range(300, 400, 2))
    pages = laid_out(f'{body}<section class="footnotes"><ol>{notes}</ol></section>', fonts)
    found = [line for page in pages for line in lines(page)]
    assert any(line.endswith("practice,1") for line in found)
    assert not any(line.startswith("1") for line in found)


@pytest.mark.parametrize("before", [33, 37, 40])
def test_no_heading_stands_at_the_foot_of_a_page(fonts, before):
    filler = "".join(f"<p>Line {number}</p>" for number in range(before))
    first = f"<section><h3>A heading here</h3><p>{WORDS * 9}</p></section>"
    second = (
        "<section><h4>Another one</h4><div class='tabular'><div"
        f" class='scroll'>{table(60)}</div></div></section>"
    )
    pages = laid_out(filler + first + second, fonts, "p { margin: 0 }")
    for page in pages:
        assert lines(page)[-1] not in ("A heading here", "Another one", "The caption")


def table(rows: int) -> str:
    cells = "".join(f"<tr><th scope=row>Row{number}</th><td>{WORDS}</td></tr>" for number in range(rows))
    head = "<thead><tr><th scope=col>Name</th><th scope=col>Words</th></tr></thead>"
    return f"<table><caption>The caption</caption>{head}<tbody>{cells}</tbody></table>"


def test_a_long_table_breaks_over_pages_and_repeats_its_header(fonts):
    pages = laid_out(
        f"<div class='tabular' id='tbl-x'><div class='scroll'>{table(90)}</div><p class=source>Source:"
        " A.</p></div>",
        fonts,
    )
    assert len(pages) > 2
    for page in pages[:-1]:
        assert any("Name" in line for line in lines(page))
    assert "Source: A." not in lines(pages[-1])[0]


@pytest.mark.parametrize("rows", [20, 21, 40, 44])
def test_no_row_of_a_table_stands_alone_on_a_page(fonts, rows):
    pages = laid_out(f"<div class='tabular long'><div class='scroll'>{table(rows)}</div></div>", fonts)
    for page in pages:
        assert sum(line.startswith("Row") for line in lines(page)) >= 3


def test_a_short_table_and_a_figure_stay_whole(fonts):
    filler = "".join(f"<p>Line {number}</p>" for number in range(32))
    picture = (
        "<figcaption>Caption</figcaption><div class='picture' style='height: 90mm'>x</div><p"
        " class=source>Source: A.</p>"
    )
    pages = laid_out(
        f"{filler}<figure id='fig-x'>{picture}</figure><div class='tabular'><div"
        f" class='scroll'>{table(9)}</div></div>",
        fonts,
    )
    for page in pages:
        found = lines(page)
        assert ("Caption" in found) == ("Source: A." in found)
        assert ("Row0" in found) == ("Row8" in found)


def test_chapters_begin_on_a_new_page_and_name_it_from_the_next_one_on(fonts):
    chapter = "<section><h2>{0}</h2>" + f"<p>{WORDS}</p>" * 40 + "</section>"
    pages = laid_out(chapter.format("1. First") + chapter.format("2. Second"), fonts)
    margins = [
        next(box for box in boxes(page) if getattr(box, "at_keyword", "") == "@top-right") for page in pages
    ]
    heads = ["".join(part.text for part in inside(box) if hasattr(part, "text")) for box in margins]
    starts = [number for number, page in enumerate(pages) if lines(page)[0] in ("1. First", "2. Second")]
    assert starts[0] == 0
    assert len(starts) == 2
    assert heads[0] == heads[starts[1]] == ""
    assert heads[1] == "1. First"
    assert heads[-1] == "2. Second"


def test_widgets_are_gone_and_folds_are_open():
    root = for_paper(
        "<html><body><a class='skip'>Skip</a><nav><details><summary><h2>List of"
        " figures</h2></summary><ol><li>One</li></ol></details></nav><p class='on-screen'>Only"
        " here</p>behind<figure><details"
        " class='data'><summary>Data</summary></details></figure><script>x</script></body></html>"
    )
    assert not list(root.iter("details", "script"))
    assert root.text_content() == "List of figuresOnebehind"


def test_what_is_for_a_browser_only_is_not_given_to_the_typesetter():
    root = for_paper(
        "<html><head><style media='screen'>a</style></head><body><main><p id='p' tabindex='-1' data-x='1'>Of"
        " <span class='n' id='n-1' data-id='a.b'>30%</span> (<a href='#n-2'>see</a>) <span class='n'"
        " id='n-2'>2</span></p></main></body></html>"
    )
    assert as_text(root).count("<style") == 0
    (paragraph,) = root.iter("p")
    assert paragraph.attrib == {"id": "p"}
    assert [(span.text, dict(span.attrib)) for span in paragraph.iter("span") if span.text != " "] == [
        ("2", {"class": "n", "id": "n-2"})
    ]


def test_the_opening_chapter_and_the_lists_stand_on_paper_where_a_report_has_them():
    root = for_paper(
        "<html><body><nav class='contents'><ol><li><a href='#b'>B</a></li><li><a"
        " href='#a'>A</a></li></ol></nav><main><section id='b'>B</section><section id='a'>A</section><div"
        " class='place-of' data-of='b'></div></main><nav class='list'><ol><li><a"
        " href='#a'>A</a></li></ol></nav></body></html>"
    )
    assert [item.get("id") for item in root.body.find("main")] == ["a", "b"]
    assert [item.tag for item in root.body] == ["nav", "nav", "main"]
    assert [link.text for link in root.body[0].iter("a")] == ["A", "B"]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_drawing_becomes_an_image_with_its_text(quote):
    drawing = (
        f"<svg role={quote}img{quote} aria-label={quote}It rose &amp; fell{quote} viewBox='0 0 9"
        " 4'><svg><rect/></svg></svg>"
    )
    (image,) = for_paper(f"<html><body><main><p>a{drawing}b</p></main></body></html>").iter("img")
    assert image.get("alt") == "It rose & fell"
    assert base64.b64decode(image.get("src").partition(",")[2]).decode() == drawing
    assert (image.getparent().text, image.tail) == ("a", "b")


def test_every_page_says_that_records_are_synthetic(fonts):
    body = (
        "<header class=cover><h1>Title</h1></header>"
        + f"<section><h2>One</h2>{f'<p>{WORDS * 8}</p>' * 12}</section>"
    )
    pages = laid_out(body, fonts, notice="From synthetic records")
    assert len(pages) > 2
    for page in pages[1:]:
        assert "From synthetic records" in text(page)


def test_the_style_sheet_has_no_hyphens():
    style = Path(ENGINE / "templates" / "print.css").read_text()
    assert "hyphens: none" in style
    assert "hyphens: auto" not in style


def test_running_heads_and_bookmarks_say_a_formula_in_words(fonts):
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="beta hat"><mi>b</mi></math>'
    body = f"<section><h2>The size of {math}</h2><p>{WORDS}</p><div class=new-page></div><p>{WORDS}</p></section>"
    pages = laid_out(body, fonts)
    assert "The size of beta hat" in text(pages[1])
    assert [label for page in pages for _, label, *_ in page.bookmarks] == ["The size of beta hat"]
