import pytest
from lxml import html

from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import exact
from evidentia.render.html.body import normalise, parse
from evidentia.render.html.finish import finish, text_of
from evidentia.render.html.numbers_annex import LABEL, add_numbers_annex

PAGE = """
<section id="sec-a" class="level1"><h1>Findings</h1><section id="sec-b" class="level2"><h2>Children</h2>
<p>Of these, <span id="n-1" class="n" data-id="a.share">30%</span> came; then <span id="n-2" class="n" data-id="a.share">30%</span>,
or <span id="n-3" class="n" data-id="b.twice">60.8</span>,
<a href="https://example.org"><span id="n-4" class="n" data-id="b.twice">61</span></a>.</p>
<figure id="fig-x"><p><img src="figures/x.svg" alt="It is 30%"></p><figcaption>A chart</figcaption></figure></section></section>
<section id="sec-r" class="level1 unnumbered"><h1>References</h1><div id="refs"></div></section>"""
COMPUTED = {
    "basis": "computed",
    "rule": "benchmark",
    "script": "scripts/analyse.py",
    "analysis": "a",
    "inputs": {"data/a.csv": "sha256:" + "ab" * 32},
}


def entry(id, value, unit, source, *uses):
    return {
        "id": id,
        "value": value,
        "unit": unit,
        "display": "",
        "label": f"Label of {id}",
        "source": source,
        "uses": [{"chapter": "c", "anchor": anchor, "printed": printed} for anchor, printed in uses],
    }


def ledger(*uses):
    uses = uses or (("n-1", "30%"), ("n-2", "30%"), ("fig-x", "30%"))
    derived = {
        "basis": "computed",
        "rule": "values",
        "script": "scripts/values.py",
        "from": ["a.share"],
        "inputs": {},
    }
    return {
        "a.share": entry("a.share", 0.30412345678912, "proportion", COMPUTED, *uses),
        "b.twice": entry("b.twice", 60.8, "mean", derived, ("n-3", "60.8"), ("n-4", "61")),
        "a.unused": entry("a.unused", 1, "count", COMPUTED),
    }


@pytest.fixture
def main():
    main = parse(PAGE)
    normalise(main)
    add_numbers_annex(main, ledger())
    finish(main)
    return main


def test_each_number_leads_to_its_row_under_the_chapter_that_first_prints_it(main):
    assert [link.get("href") for link in main.xpath("//a[@class='n']")] == [
        "#row-a.share",
        "#row-a.share",
        "#row-b.twice",
    ]
    annex = main.get_element_by_id(LABEL)
    assert [(text_of(heading), heading.find("a").get("href")) for heading in annex.iter("h3")] == [
        ("Findings", "#sec-a")
    ]
    assert [row.get("id") for row in annex.xpath("./section//tbody/tr")] == ["row-a.share", "row-b.twice"]


def test_a_number_inside_a_link_stays_as_it_is(main):
    assert main.xpath("//a[@href='https://example.org']/span[@id='n-4']")


def test_a_row_is_one_line_with_a_rounded_value_and_no_page_numbers(main):
    row = main.xpath("//*[@id='row-a.share']")[0]
    assert [text_of(cell) for cell in row] == ["Label of a.share", "30%", "a"]
    assert row[2].xpath("./a/@href") == ["#source-a"]
    assert text_of(main.xpath("//*[@id='row-b.twice']")[0][2]) == "Computed from a.share"
    assert "data/a.csv (abababababab)" in text_of(main.xpath("//*[@id='source-a']")[0])
    assert not main.find_class("place")


def test_only_printed_numbers_have_a_row(main):
    assert not main.xpath("//*[@id='row-a.unused']")


def test_the_annex_is_an_appendix_before_the_references(main):
    sections = [section.get("id") for section in main if section.tag == "section"]
    assert sections == ["sec-a", LABEL, "sec-r"]
    assert text_of(main.xpath(f"//*[@id='{LABEL}']/h2")[0]).startswith("Appendix 1: ")


def test_a_place_that_the_page_lacks_stops_the_build():
    main = html.fragment_fromstring("<p>Nothing</p>", create_parent="main")
    with pytest.raises(EvidentiaError, match="printed at n-1, which the page does not have"):
        add_numbers_annex(main, ledger())


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.115, "proportion", "11.5%"),
        (-0.022, "percentage_points", "−2.2 percentage points"),
        (7377, "count", "7,377"),
        (1 / 3, "ratio", "0.3333333333"),
        (1e-6, "p_value", "0.000001"),
        ("2017-08", "date", "August 2017"),
        (1e-7, "p_value", "1 × 10⁻⁷"),
        (9.589419037e-17, "p_value", "9.589419037 × 10⁻¹⁷"),
        (-2.5e-9, "mean", "−2.5 × 10⁻⁹"),
        (0.0, "mean", "0"),
        (1.5e-9, "proportion", "1.5 × 10⁻⁷%"),
        (3e20, "count", "3 × 10²⁰"),
        (None, "mean", "not available"),
        (1200000.0, "pounds", "1,200,000"),
    ],
)
def test_the_value_before_rounding_is_in_the_printed_scale(value, unit, expected):
    assert exact({"value": value, "unit": unit}) == expected
