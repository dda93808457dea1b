import pytest

from evidentia.config.model import Config
from evidentia.core.number_words import tokens
from evidentia.prove.origins import Origins
from evidentia.prove.page_text import read_page

LEDGER = {
    "a.share": {
        "id": "a.share",
        "value": 0.304,
        "unit": "proportion",
        "display": "30%",
        "label": "Share with 3 or more placements",
        "source": {"basis": "stated", "document": "RR1029", "place": "page 4"},
        "uses": [
            {"chapter": "c", "anchor": "n-1", "printed": "30%"},
            {"chapter": "c", "anchor": "fig-x", "printed": "30%"},
        ],
    }
}
CONFIG = {
    "evaluation": {
        "id": "e",
        "title": "Title of 12 parts",
        "date": "2020-01-01",
        "reproduces": {"reference": "R", "isbn": "978-1-2345-6789-7"},
    }
}


def kinds(tmp_path, body, data="year,share\n2019,0.123\n2020,0.3\n"):
    """Return each number of a page with its kind."""
    (tmp_path / "build" / "figures").mkdir(parents=True)
    (tmp_path / "build" / "figures" / "x.csv").write_text(data)
    (tmp_path / "build" / "report.html").write_text(f"<html><body><main>{body}</main></body></html>")
    page = read_page(tmp_path / "build" / "report.html")
    origins = Origins(Config.model_validate(CONFIG), tmp_path, LEDGER, tmp_path / "build")
    return [(found.text, found.kind) for block in page.blocks for found in origins.numbers_in(block)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<p>Of these, <a class="n" id="n-1" data-id="a.share" href="#row-a.share">30%</a> came.</p>',
            [("30%", "ledger")],
        ),
        (
            '<p>Of these, <a class="n" id="n-1" data-id="a.share" href="#row-a.share">31%</a> came.</p>',
            [("31%", "")],
        ),
        (
            '<p>Of these, <a class="n" id="n-9" data-id="a.share" href="#row-a.share">30%</a> came.</p>',
            [("30%", "")],
        ),
        ("<p>Of these, 30% came.</p>", [("30%", "")]),
        ("<p>In 2018/19 and in 2020.</p>", [("2018/19", "year"), ("2020", "year")]),
        (
            "<p>Future4Me and RR1029, 8 per 10,000.</p>",
            [("Future4Me", "name"), ("RR1029", "name"), ("8", ""), ("10,000", "unit")],
        ),
        ("<h2>Title of 12 parts</h2>", [("12", "configuration")]),
        (
            "<p>ISBN 978-1-2345-6789-7</p>",
            [(part, "configuration") for part in ["978", "1", "2345", "6789", "7"]],
        ),
        ("<p>The 12 of them.</p>", [("12", "")]),
        (
            "<section id='s'><h2>4. Findings</h2><p><a href='#s'>Section 4</a></p></section>",
            [("4", "cross-reference")],
        ),
        *(
            (f"<section id='s'><h2>4. Findings</h2><p><a href='#s'>{said}</a></p></section>", [expected])
            for said, expected in (
                ("4", ("4", "cross-reference")),
                ("see 4", ("4", "cross-reference")),
                ("see 5", ("5", "")),
            )
        ),
        ("<p>Since the 1<sup>st</sup> of May.</p>", [("1", "date")]),
        ("<p><a href='https://example.org/a1b2'>example.org/a1b2</a></p>", [("a1b2", "address")]),
        ("<p><code>x = 17</code></p>", [("17", "code")]),
    ],
)
def test_each_number_of_the_page_is_told_by_its_kind(tmp_path, body, expected):
    found = kinds(tmp_path, body)
    assert [item for item in found if item[1] != "heading number"] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12%", "figure data"),
        ("0.123", "figure data"),
        ("30.0%", "figure data"),
        ("13%", ""),
        ("2019", "figure data"),
        ("1,900", ""),
    ],
)
def test_a_number_in_a_chart_is_one_of_its_data_rounded_as_printed(tmp_path, text, kind):
    body = (
        '<figure id="fig-x"><figcaption>C</figcaption><svg role="img" aria-label="A'
        f' chart"><g><text>{text}</text></g></svg></figure>'
    )
    assert kinds(tmp_path, body) == [(text, kind)]


@pytest.mark.parametrize(("text", "kind"), [("&lt;0.001", "figure data"), ("0.001", ""), ("&lt;0.0001", "")])
def test_a_bound_in_a_chart_has_one_of_its_data_below_it(tmp_path, text, kind):
    body = (
        '<figure id="fig-x"><figcaption>C</figcaption><svg role="img" aria-label="A'
        f' chart"><g><text>{text}</text></g></svg></figure>'
    )
    assert [found for _, found in kinds(tmp_path, body, "p_value\n0.0002\n0.3\n")] == [kind]


def test_ticks_of_an_axis_and_what_is_said_for_a_chart_are_told(tmp_path):
    ticks = '<g id="x-ytick_2"><text>50%</text></g>'
    body = (
        '<figure id="fig-x"><figcaption>C</figcaption><svg role="img" aria-label="It is 30% of'
        f' 45">{ticks}</svg></figure>'
    )
    assert kinds(tmp_path, body) == [("30%", "ledger"), ("45", ""), ("50%", "axis tick")]


def test_a_row_of_the_annex_is_compared_with_the_ledger(tmp_path):
    cells = "<th>Share with 3 or more placements</th><td>30%</td><td>RR1029, page 4</td>"
    found = kinds(
        tmp_path, f'<table><tbody><tr id="row-a.share" data-id="a.share">{cells}</tr></tbody></table>'
    )
    assert [kind for _, kind in found] == ["annex"] * 4


def test_a_wrong_value_in_a_row_of_the_annex_is_found(tmp_path):
    row = (
        '<table><tbody><tr id="row-a.share"'
        ' data-id="a.share"><th>Share</th><td>30.5%</td></tr></tbody></table>'
    )
    assert kinds(tmp_path, row) == [("30.5%", "")]


def test_numbers_that_only_assistive_technology_reads_count(tmp_path):
    assert kinds(tmp_path, '<div aria-label="All 77 of them"></div>') == [("77", "")]


def test_numbers_are_cut_from_words_as_a_reader_would():
    assert tokens("From 1,234.5 to 2018/19, at 10%; RR1029 (p. 4).") == [
        "1,234.5",
        "2018/19",
        "10%",
        "RR1029",
        "4",
    ]


def test_the_version_of_the_program_in_the_head_is_no_number_of_the_report(tmp_path):
    page = tmp_path / "report.html"
    head = '<meta name="generator" content="Evidentia 1.2.3"><meta name="description" content="Of 17 people">'
    page.write_text(f"<html><head>{head}</head><body><main></main></body></html>")
    assert [block.text for block in read_page(page).blocks] == ["Of 17 people"]


@pytest.mark.parametrize(
    ("cell", "kinds_found"),
    [
        ("Share with 3 or more (<a href='#s'>‘Stability’</a>)", ["table data"]),
        ("Share with 4 or more (<a href='#s'>‘Stability’</a>)", [""]),
        ("Share with 3 or more (99)", ["table data", ""]),
    ],
)
def test_a_cell_may_name_places_behind_its_own_words(tmp_path, cell, kinds_found):
    table = f"<div class='tabular' id='tbl-x'><table><tbody><tr><td>{cell}</td></tr></tbody></table></div>"
    (tmp_path / "build" / "tables").mkdir(parents=True, exist_ok=True)
    (tmp_path / "build" / "tables" / "x.csv").write_text("Reason\nShare with 3 or more (sec-s)\n")
    assert [kind for _, kind in kinds(tmp_path, table)] == kinds_found
