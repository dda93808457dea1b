import pytest

from evidentia.compose.digits import typed_digits
from evidentia.config.load import load_config
from evidentia.config.names import pattern_of
from evidentia.core.errors import EvidentiaError
from folders import MINIMAL, write_folder


def typed(text, *names):
    """Return the numbers that are found to be typed."""
    faults = typed_digits(text, "report/c.qmd", map(pattern_of, names))
    return [fault.what.split("'")[1] for fault in faults]


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 and 2018/19, Future4Me and Caring2Learn grew (RR1029, SSDA903, v3.0).",
        "See @fig-map-2 and [@munro2011, 2019] and {{ n('a.b.2018') }}.",
        "## Aims {#sec-aims-2 .unnumbered}",
        "Rates per 10,000 children.",
        '{% claim "a.b < 0.05" %}small{% endclaim %}',
        "1. first item\n2. second item",
        "[the tool](https://example.org/v2/x) and <https://example.org/3>",
        "`code 12` and <!-- note 12 -->",
        "A note.[^12]",
        "As shown [@munro2011, p. 3], [see @munro2011, pp. 12-14, 20; also @austin2015, chap. 4] and [@munro2011, 33].",
        "As @munro2011 [§3.2] says, [-@austin2015, vol. 2, fig. 1].",
        "Water is H~2~O, an area in m^2^ and CO~2~.",
        "::: {layout-ncol=2}\nWords.\n:::",
        "It weighs $w_i = T_i / e(x_i) + (1 - T_i)$ and\n\n$$\n\\frac{1}{2n}\n$$\n",
        "~~~ r\nx <- 42\n~~~\n\nand `x[3]`",
    ],
)
def test_digits_may_stand_in_years_names_labels_code_formulas_and_addresses(text):
    assert typed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "on 3 April 2020, from 7 to 9 June, by 1st May, the 2^nd^ of June, a &#8364; sign and on 12/11/2021 or 2021-11-12",
        "in the 1980s and the '70s, in 2019-20 and 2016–2021",
        "open 8am to 6.30pm, from 09:15, 24/7",
        "section 20 or sections 20 and 47(1) of the Act, Article 12, paragraph 3.4, pages 7-9",
        "call 01522 555 0199, +44 1522 555019 or (01522) 5550199",
        "ISBN 978-0-00-000000-2, registered charity number 1000001, doi:10.1000/xyz123",
        "14 Mill Lane, LN2 4AB, PO Box 7, on the 2nd floor, Room 12",
        "for 14- to 17-year-olds, 16 and 17 year olds, those aged 18 to 25, under-5s and the 0-19 service",
        "Year 9 pupils, Years 10 and 11, year 5 classes, Key Stage 3, key stages 1 and 2, Progress 8",
        "Phase 1, tier 3 support, survey wave 2, Question 14b",
        "SPSS 29, version 4.1 and R 4.3.1",
        "open 9am-5pm or 9.30am – 12 noon, +44 (0)20 7946 0018, Room 2.14, HC 123, Cmnd 1234, UPRN 10023305",
        "0–5s, 16-plus, the 16+ team, a 0-10 scale, a scale of 1 to 10, 360-degree feedback, week 3, option 2",
        "a 5-point scale and 1:1 support",
        'She told us: "We waited 9 weeks for that letter."',
        "He said ‘it took me 3 goes to get there’.",
        "> We had 4 workers in 2 months\n> and 1 more.\n>\n> — Parent, aged 41",
        "::: {.instrument}\n**Q1** Your age?\n\n1. 18–24\n2. 25 or over\n\n::: {.box}\n0 to 10\n:::\n\n5%\n:::",
        "- ☐ 18–24\n- ☐ 25 or over",
    ],
)
def test_digits_belong_to_dates_laws_ages_addresses_and_words_of_others(text):
    assert typed(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("About 30% of them", "30%"),
        ("[@munro2011, 42% of them]", "42%"),
        ("as @munro2011, 12, said", "12"),
        ("[@munro2011, 31 families took part]", "31"),
        ("a fall of 11 percentage points", "11"),
        ("from 7,377 referrals", "7,377"),
        ("a rate of 2,019 calls", "2,019"),
        ("a rate of 2019.5", "2019.5"),
        ("the 3rd of them", "3rd"),
        ("£110m", "£110m"),
        ("p = 0.05", "0.05"),
        ("in 2 of {{ n('a.b') }} cases", "2"),
        ("at a mean age 34", "34"),
        ("In March 12 families came", "12"),
        ("each year 45 families came", "45"),
        ("in every wave 14 left", "14"),
        ("per week 12 came", "12"),
        ("from 2 to 10 of them", "2"),
        ("16+ people came", "16+"),
        ("a ratio of 50:50", "50:50"),
        ("they waited 3 to 5 weeks", "3"),
        ("It was “over 40%”", "40%”"),
        ("under section 47 12 were seen", "12"),
        ("> quoted 3 times\n\nand 5 more", "5"),
        ("::: {.instrument}\n1 to 5\n:::\n\nand 6 more", "6"),
        ("About `42%` said so", "`42%`"),
        ("of `n = 236` people", "236`"),
        ("and `£3,000`", "`£3,000`"),
        ("```\nImproved: 31 per cent\n```", "31"),
        ("so $42\\%$ did", "$42\\%$"),
    ],
)
def test_a_typed_number_is_found(text, number):
    assert number in typed("First line.\n\n" + text)


def test_a_typed_number_is_named_with_file_and_line():
    (fault,) = typed_digits("First line.\n\nAbout 30% of them", "report/c.qmd")
    assert fault.where == "report/c.qmd, line 3"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("and forty-two per cent of them", "forty-two per cent"),
        ("by five percentage points", "five percentage points"),
        ("a quarter of families", "a quarter of"),
        ("Two-thirds of the staff", "Two-thirds of"),
        ("nine in ten parents", "nine in ten"),
        ("one out of every five", "one out of every five"),
        ("more than thirty schools", "more than thirty"),
        ("At least a hundred and twenty", "At least a hundred and twenty"),
        ("twice as many left", "twice as"),
        ("three times\nhigher", "three times higher"),
    ],
)
def test_a_number_in_words_beside_a_unit_or_a_comparison_is_found(text, number):
    assert typed(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "One of the three schools, both teams and half a day",
        "{% claim 'a.b < 0.3' %}fewer than a third of families{% endclaim %}",
        '"I think it was about a quarter of us"',
        "more than one way, at least once, the third of them",
        "between the two waves, in the first quarter of the year",
        "{{ n('a.b', 'words') }} per cent",
    ],
)
def test_other_words_for_numbers_and_those_under_a_claim_pass(text):
    assert typed(text) == []


def test_names_of_the_evaluation_pass_and_nothing_beside_them():
    names = ("Locality #", "Plan #-#", "Room 101")
    assert typed("locality 7, Localities 8, plan 3–5, Room 101 and Locality 9% of", *names) == ["8", "9%"]


@pytest.mark.parametrize("name", ["#", "# %", "# per cent", "# people", "# to #", "Ward", "over #"])
def test_a_pattern_that_would_let_a_quantity_pass_is_refused(tmp_path, name):
    config = MINIMAL | {"report": {"chapters": ["report/a.qmd"], "names": ["Key Stage #", name]}}
    with pytest.raises(EvidentiaError, match="no name with a number in it") as caught:
        load_config(write_folder(tmp_path, config, **{"report__a.qmd": "# A\n"}))
    assert "Key Stage #" in caught.value.remedy


def test_a_typed_reference_is_told_from_a_result():
    said = str(next(typed_digits("As Figure 3 shows.", "a.qmd")))
    assert "@fig-name" in said
    assert '["Figure #"]' in said
    assert "@tbl-name" in str(next(typed_digits("See table 4.", "a.qmd")))
