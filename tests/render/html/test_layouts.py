"""Boxes in boxes, columns, formats of their own, page breaks, and figures of several pictures."""

import pytest

from evidentia.render.html.layouts import one_sided_links
from evidentia.render.html.places import Places
from render.written import faults_of, page_of, paper_of


def visible(text, format):
    return f'::: {{.content-{text} when-format="{format}"}}\nSaid.\n:::\n'


@pytest.mark.parametrize(
    ("text", "formats", "screen", "paper"),
    [
        ("visible", "html", True, False),
        ("visible", "pdf", False, True),
        ("visible", "pdf,docx", False, True),
        ("hidden", "html", False, True),
        ("hidden", "pdf", True, False),
        ("hidden", "pdf docx", True, False),
    ],
)
def test_words_for_a_format_stand_in_it_alone(text, formats, screen, paper):
    written = visible(text, formats)
    on_screen = [p for p in page_of(written).iter("p") if not p.xpath("ancestor::*[@class='for-paper']")]
    assert bool(on_screen) == screen
    assert ("Said." in paper_of(written).body.text_content()) == paper


def test_unless_is_the_other_way_round_and_spans_are_obeyed_too():
    written = (
        'It is [a screen]{.content-visible unless-format="pdf"}[paper]{.content-visible when-format="pdf"}.'
    )
    assert " ".join(paper_of(written).body.text_content().split()) == "It is paper."


def test_an_unknown_format_is_named_with_its_line():
    faults = faults_of("Words.\n\n" + visible("visible", "pptx"))
    assert "'pptx', which no report has" in faults[0]
    assert "report/one.qmd, line 3" in faults[0]


def test_a_reference_to_what_the_other_format_shows_is_named():
    text = 'See @sec-web.\n\n::: {.content-visible when-format="html"}\n## Web {#sec-web}\n\nWords.\n:::\n'
    faults = list(one_sided_links(page_of(text), Places({"report/one.qmd": text})))
    assert "@sec-web leads to what only the HTML shows" in str(faults[0])
    assert "report/one.qmd, line 1" in str(faults[0])


def test_each_box_in_a_box_has_its_own_title():
    main = page_of(
        "::: {.callout-note}\nOuter words.\n\n::: {.callout-warning}\n## Take care\n\nInner.\n:::\n\nAfter.\n:::\n"
    )
    outer, inner = main.iter("aside")
    assert (outer.get("aria-label"), inner.get("aria-label")) == ("Note", "Take care")
    assert outer[0].text == "Note"
    assert inner.getparent() is outer
    assert outer[-1].text == "After."


def test_columns_stand_side_by_side_and_too_many_are_named():
    main = page_of("::: {layout-ncol=2}\nLeft.\n\nRight.\n:::\n")
    assert main.xpath("./div[@class='side-by-side columns-2']/p/text()") == ["Left.", "Right."]
    assert "7 columns side by side" in faults_of("::: {layout-ncol=7}\nLeft.\n:::\n")[0]


@pytest.mark.parametrize("written", ["{{< pagebreak >}}", "\\newpage", "\\pagebreak"])
def test_a_page_break_breaks_the_page(written):
    assert page_of(f"One.\n\n{written}\n\nTwo.\n").xpath("./p[1]/following-sibling::div[@class='new-page']")


def test_tabs_stand_one_below_the_other():
    main = page_of("::: {.panel-tabset}\n### One\n\nFirst.\n\n### Two\n\nSecond.\n:::\n")
    assert [heading.text for heading in main.iter("h4")] == ["One", "Two"]


def test_a_figure_of_several_pictures_letters_them():
    main = page_of(
        "See @fig-both, @fig-b and @fig-after.\n\n::: {#fig-both layout-ncol=2}\n\n"
        '![First](a.png){#fig-a fig-alt="A"}\n\n![Second](b.png){#fig-b fig-alt="B"}\n\nBoth of them\n\n:::\n\n'
        '![After](c.png){#fig-after fig-alt="C"}\n'
    )
    assert (
        main.xpath("./p")[0].text_content().replace("\N{NO-BREAK SPACE}", " ")
        == "See Figure 1, Figure 1b and Figure 2."
    )
    captions = [" ".join(caption.text_content().split()) for caption in main.iter("figcaption")]
    assert captions == ["Figure 1: Both of them", "(a) First", "(b) Second", "Figure 2: After"]
    assert [image.get("alt") for image in main.iter("img")] == ["A", "B", "C"]


@pytest.mark.parametrize("text", ["visible", "hidden"])
def test_words_for_word_alone_are_refused_since_it_shows_what_paper_shows(text):
    (fault,) = faults_of(visible(text, "docx"))
    assert "words for Word alone" in fault
    assert "report/one.qmd, line 1" in fault


def test_the_title_of_a_box_is_read_as_words_with_markup():
    page = page_of('::: {.callout-tip title="With **bold** words"}\nA\n:::\n')
    assert page.xpath("string(.//aside/p[@class='box-title'])") == "With bold words"
