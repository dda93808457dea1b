import pytest
from lxml import html

from evidentia.render.html.body import normalise, parse
from evidentia.render.html.finish import finish, span_headings, text_of

PANDOC = """
<section id="sec-a" class="level1 unnumbered"><h1 class="unnumbered">Key messages</h1>
<p>See <a href="#fig-x" class="quarto-xref">fig-x</a>, <a href="#tbl-t" class="quarto-xref">tbl-t</a>,
<a href="#sec-b" class="quarto-xref">sec-b</a> and <a href="#sec-d" class="quarto-xref">sec-d</a>.</p></section>
<section id="sec-b" class="level1"><h1>Findings</h1><section id="sec-c" class="level2"><h2>Part</h2>
<figure id="fig-x"><p><img src="figures/x.svg" alt="It rose" /></p><p><span class="source">Source: A.</span></p>
<figcaption>Calls over time</figcaption></figure>
<div class="figure-data" data-for="fig-x"><table><thead><tr class="header"><th style="text-align: left;">Year</th><th style="text-align: right;">Calls</th></tr></thead>
<tbody><tr class="odd"><td style="text-align: left;">2019</td><td style="text-align: right;">4</td></tr></tbody></table></div>
<div id="tbl-t"><table><caption>Balance</caption><colgroup><col style="width: 10%" /><col style="width: 10%" /></colgroup><thead><tr><th style="text-align: left;">Group</th>
<th style="text-align: right;">n</th></tr></thead><tbody><tr><td style="text-align: left;">All</td><td style="text-align: right;"><span id="n-1" class="n" data-id="a.n">9</span></td></tr></tbody></table>
<p><span class="source">Source: B.</span></p></div>
<div class="callout"><div class="callout-title">Impact</div><div class="callout-body"><p>What would have been.</p></div></div></section></section>
<section id="sec-d" class="level1 appendix"><h1 class="appendix">Theory</h1></section>
"""

QUARTO = """<!DOCTYPE html><html><head><title>x</title></head><body><header id="title-block-header"><h1>x</h1></header>
<main class="content" id="quarto-document-content">
<section id="sec-a" class="level1 unnumbered"><h1 class="unnumbered">Key messages</h1>
<p>See <a href="#fig-x" class="quarto-xref">Figure&nbsp;1</a>, <a href="#tbl-t" class="quarto-xref">Table&nbsp;1</a>,
<a href="#sec-b" class="quarto-xref">Section&nbsp;1</a> and <a href="#sec-d" class="quarto-xref">Section&nbsp;2</a>.</p></section>
<section id="sec-b" class="level1"><h1>Findings</h1><section id="sec-c" class="level2"><h2 class="anchored" data-anchor-id="sec-c">Part</h2>
<div id="fig-x" class="quarto-float quarto-figure quarto-figure-center anchored" data-fig-align="center"><figure class="quarto-float quarto-float-fig figure">
<div aria-describedby="fig-x-caption-0ceaefa1-69ba-4598-a22c-09a6ac19f8ca"><p><img src="figures/x.svg" class="img-fluid figure-img" alt="It rose"></p>
<p><span class="source">Source: A.</span></p></div>
<figcaption class="quarto-float-caption-bottom quarto-float-caption quarto-float-fig" id="fig-x-caption-0ceaefa1-69ba-4598-a22c-09a6ac19f8ca">
Figure&nbsp;1: Calls over time
</figcaption></figure></div>
<div class="figure-data" data-for="fig-x"><table class="caption-top table"><thead><tr class="header"><th style="text-align: left;">Year</th><th style="text-align: right;">Calls</th></tr></thead>
<tbody><tr class="odd"><td style="text-align: left;">2019</td><td style="text-align: right;">4</td></tr></tbody></table></div>
<div id="tbl-t" class="quarto-float quarto-figure quarto-figure-center anchored"><figure class="quarto-float quarto-float-tbl figure">
<figcaption class="quarto-float-caption-top quarto-float-caption quarto-float-tbl" id="tbl-t-caption-0ceaefa1-69ba-4598-a22c-09a6ac19f8ca">
Table&nbsp;1: Balance
</figcaption><div aria-describedby="tbl-t-caption-0ceaefa1-69ba-4598-a22c-09a6ac19f8ca">
<table class="caption-top table"><colgroup><col style="width: 10%"><col style="width: 10%"></colgroup><thead><tr class="header"><th style="text-align: left;">Group</th>
<th style="text-align: right;">n</th></tr></thead><tbody><tr class="odd"><td style="text-align: left;">All</td><td style="text-align: right;"><span id="n-1" class="n" data-id="a.n">9</span></td></tr></tbody></table>
<p><span class="source">Source: B.</span></p></div></figure></div>
<div class="callout callout-style-default callout-note callout-titled"><div class="callout-header d-flex align-content-center"><div class="callout-icon-container"><i class="callout-icon"></i></div>
<div class="callout-title-container flex-fill">Impact</div></div><div class="callout-body-container callout-body"><p>What would have been.</p></div></div></section></section>
<section id="sec-d" class="level1 appendix"><h1 class="appendix">Theory</h1></section>
</main></body></html>"""


def finished(text):
    main = parse(text)
    normalise(main)
    return finish(main)


@pytest.fixture(params=[PANDOC, QUARTO], ids=["pandoc", "quarto"])
def done(request):
    return finished(request.param)


def test_chapters_are_numbered_and_appendices_by_themselves(done):
    assert [(item.level, item.number + item.text) for item in done.headings] == [
        (2, "Key messages"),
        (2, "1. Findings"),
        (3, "Part"),
        (2, "Appendix 1: Theory"),
    ]


def test_cross_references_say_what_they_lead_to(done):
    paragraph = text_of(done.main.xpath(".//p")[0])
    assert paragraph == "See Figure\N{NO-BREAK SPACE}1, Table\N{NO-BREAK SPACE}1, Section 1 and Appendix 1."


def test_figures_and_tables_are_numbered_listed_and_captioned(done):
    assert [(item.name, item.caption) for item in done.figures + done.tables] == [
        ("Figure 1", "Calls over time"),
        ("Table 1", "Balance"),
    ]
    assert text_of(done.main.xpath(".//figcaption")[0]) == "Figure 1: Calls over time"
    assert text_of(done.main.xpath(".//div[@class='tabular']//caption")[0]) == "Table 1: Balance"


def test_tables_have_column_and_row_headers_with_scope(done):
    table = done.main.xpath(".//div[@class='tabular']//table")[0]
    assert [cell.get("scope") for cell in table.iter("th")] == ["col", "col", "row"]
    assert table.xpath(".//td")[0].get("class") == "numeric"
    assert table.xpath(".//span[@data-id='a.n']")


def test_a_figures_data_is_folded_into_the_figure(done):
    figure = done.main.xpath(".//figure")[0]
    assert [child.tag for child in figure] == ["figcaption", "img", "p", "details"]
    assert figure.xpath(".//details//td")[0].text == "4"
    assert not done.main.xpath(".//div[@class='figure-data']")


def test_a_callout_becomes_a_named_box(done):
    (box,) = done.main.xpath(".//aside")
    assert box.get("aria-label") == "Impact"
    assert text_of(box) == "Impact What would have been." or text_of(box) == "ImpactWhat would have been."


@pytest.mark.parametrize(
    "callout",
    [
        (
            '<div class="callout"><div class="callout-title">In <em>brief</em></div><div'
            ' class="callout-body"><p>Words.</p></div></div>'
        ),
        (
            '<div class="callout callout-style-simple callout-tip callout-titled"><div'
            ' class="callout-header"><div class="callout-icon-container"><i></i></div><div'
            ' class="callout-title-container flex-fill">\nIn <em>brief</em>\n</div></div><div'
            ' class="callout-body-container callout-body"><p>Words.</p></div></div>'
        ),
        (
            '<div class="callout callout-tip"><div class="callout-header"><div'
            ' class="callout-title-container"><span class="screen-reader-only">Tip</span>In'
            ' <em>brief</em></div></div><div class="callout-body-container'
            ' callout-body"><p>Words.</p></div></div>'
        ),
        "<div><blockquote><p><strong>In <em>brief</em></strong></p><p>Words.</p></blockquote></div>",
    ],
    ids=["pandoc", "quarto with a theme", "quarto 1.8", "quarto without a theme"],
)
def test_a_callout_of_each_kind_becomes_the_same_box(callout):
    main = finished(callout).main
    box = html.tostring(main[0], encoding="unicode").strip()
    assert (
        box
        == '<aside class="box" aria-label="In brief"><p class="box-title">In brief</p><p>Words.</p></aside>'
    )


def test_a_quotation_stays_a_quotation():
    main = finished("<blockquote><p><strong>Bold</strong></p><p>Words.</p></blockquote>").main
    assert [child.tag for child in main] == ["blockquote"]


SECTIONS = """<section id="sec-a" class="level1"><h1>One</h1><p>{}</p></section>
<section id="sec-b" class="level1 unnumbered"><h1 class="unnumbered">Aims</h1></section>"""


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<a href="#sec-a" class="quarto-xref">?</a>', "Section 1"),
        ('<a href="#sec-a" class="quarto-xref" data-word="">?</a>', "1"),
        ('<a href="#sec-a" class="quarto-xref" data-word="Chapter">?</a>', "Chapter\N{NO-BREAK SPACE}1"),
        ('<a href="#sec-a" class="quarto-xref">Section&nbsp;4.2</a>', "Section 1"),
        ('<a href="#sec-a" class="quarto-xref">4.2</a>', "1"),
        ('<a href="#sec-a" class="quarto-xref">Chapter 4.2</a>', "Chapter\N{NO-BREAK SPACE}1"),
        ('<a href="#sec-b" class="quarto-xref">?</a>', "‘Aims’"),
        ("<strong>?@sec-b</strong>", "‘Aims’"),
    ],
)
def test_a_cross_reference_prints_the_word_that_its_author_wants(link, words):
    main = finished(SECTIONS.format(link)).main
    (found,) = main.xpath(".//p/a")
    assert text_of(found) == words
    assert set(found.attrib) == {"href"}


def test_footnotes_get_a_heading_that_the_contents_do_not_list():
    done = finished(
        '<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>Note.</p></li></ol></section>'
    )
    assert done.main.xpath(".//section/h2")[0].text == "Footnotes"
    assert done.headings == []


def test_both_engines_give_the_same_page():
    pages = [html.tostring(finished(text).main, encoding="unicode") for text in (PANDOC, QUARTO)]
    squeezed = ["".join(page.split()) for page in pages]
    assert squeezed[0] == squeezed[1]


def table(*headings):
    cells = "".join(f"<th scope='col'>{text}</th>" for text in headings)
    return html.fragment_fromstring(
        f"<table><thead><tr>{cells}</tr></thead><tbody><tr>{'<td>1</td>' * len(headings)}</tr></tbody></table>"
    )


def test_columns_that_share_the_words_before_a_colon_get_a_heading_above_them():
    found = table("Item", "2018: share", "2018: people", "2020: share", "2020: people", "p: value")
    span_headings(found)
    first, second = found.xpath("./thead/tr")
    assert [(cell.text, cell.get("colspan"), cell.get("rowspan")) for cell in first] == [
        ("Item", None, "2"),
        ("2018", "2", None),
        ("2020", "2", None),
        ("p: value", None, "2"),
    ]
    assert [cell.text for cell in second] == ["Share", "People", "Share", "People"]


@pytest.mark.parametrize(
    "headings", [("Item", "2018: share", "2020: share"), ("Item", "Share"), ("A: x", "B", "A: y")]
)
def test_other_headings_stay_one_row(headings):
    found = table(*headings)
    span_headings(found)
    assert [[cell.text for cell in row] for row in found.xpath("./thead/tr")] == [list(headings)]


APPENDIX = """<section id="sec-a" class="level1"><h1>Body</h1><div id="tbl-one"><table><caption>One</caption><tbody><tr><td>1</td></tr></tbody></table></div>
<p><a href="#tbl-two" class="quarto-xref">?</a> <a href="#tbl-two" class="quarto-xref" data-word="">?</a> <a href="#fig-x" class="quarto-xref">?</a></p></section>
<section id="sec-b" class="level1 appendix"><h1 class="appendix">More</h1><div id="tbl-two"><table><caption>Two</caption><tbody><tr><td>1</td></tr></tbody></table></div>
<section id="sec-c" class="level2"><h2>Part</h2><figure id="fig-x"><p><img src="figures/x.svg" alt="It rose" /></p><figcaption>Calls</figcaption></figure></section></section>
<section id="sec-d" class="level1 appendix"><h1 class="appendix">Still more</h1><div id="tbl-three"><table><caption>Three</caption><tbody><tr><td>1</td></tr></tbody></table></div></section>"""


def test_figures_and_tables_of_appendices_have_numbers_of_their_own():
    done = finished(APPENDIX)
    assert [item.name for item in done.figures + done.tables] == [
        "Figure A1",
        "Table 1",
        "Table A1",
        "Table A2",
    ]
    words = [text_of(link) for link in done.main.xpath(".//p/a")]
    assert words == ["Table\N{NO-BREAK SPACE}A1", "A1", "Figure\N{NO-BREAK SPACE}A1"]
