"""Quotations with who said it; abbreviations and a glossary."""

import pytest

from evidentia.render.html.places import Places
from evidentia.render.html.quotations import meaning_faults
from render.written import CHAPTER, body_of, page_of

GLOSSARY = "\n::: {.glossary}\nSDQ\n:   Strengths and Difficulties Questionnaire\n\nEdge of care\n:   About to come into care\n:::\n"


@pytest.mark.parametrize(
    ("written", "classes", "by"),
    [
        ("> It helped us.\n>\n> --- Parent\n", "quotation", "Parent"),
        (
            '::: {.pull-quote by="Practitioner, edge of care"}\nIt helped.\n:::\n',
            "quotation pull",
            "Practitioner, edge of care",
        ),
        ('::: {.pull-quote role="Manager"}\n> It helped.\n:::\n', "quotation pull", "Manager"),
        (
            "::: {.quotation}\nIt helped.\n\n\N{EM DASH} Manager, *North*\n:::\n",
            "quotation pull",
            "Manager, North",
        ),
    ],
)
def test_a_quotation_says_whose_it_is_below(written, classes, by):
    box = page_of(written)[0]
    assert box.get("class") == classes
    assert set(box.attrib) == {"class"}
    words, line = box
    assert words.tag == "blockquote"
    assert "helped" in words.text_content()
    assert (line.get("class"), line.text_content()) == ("attribution", by)


def test_a_quotation_without_a_name_stays_as_it_is():
    assert [element.tag for element in page_of("> One.\n>\n> Two -- three.\n")] == ["blockquote"]


def test_an_abbreviation_has_its_own_meaning_or_that_of_the_glossary():
    main = page_of(f'The [SDQ]{{.abbr}} of the [LA]{{.abbr title="Local authority"}}.\n{GLOSSARY}')
    meanings = {element.text: element.get("title") for element in main.iter("abbr")}
    assert meanings == {"SDQ": "Strengths and Difficulties Questionnaire", "LA": "Local authority"}


def test_a_glossary_is_in_the_order_of_the_alphabet():
    assert [term.text for term in page_of(GLOSSARY).iter("dt")] == ["Edge of care", "SDQ"]


def test_an_abbreviation_without_a_meaning_is_named_with_its_line():
    text = f"# One\n\nThe [CIN]{{.abbr}} plan and the [SDQ]{{.abbr}}.\n{GLOSSARY}"
    faults = list(meaning_faults(body_of(text), Places({CHAPTER: text})))
    assert ["'CIN' has no meaning" in fault.what for fault in faults] == [True]
    assert faults[0].where == f"{CHAPTER}, line 3"
