"""Tables on paper: smaller, turned, or named; nothing is cut off."""

import io

import pytest
from lxml.html import builder as tag
from pypdf import PdfReader

from evidentia.core.errors import EvidentiaError
from evidentia.render.html.places import Places
from evidentia.render.pdf.document import to_pdf
from render.written import CHAPTER, paper_of

SEASONS = [
    "Spring",
    "Summer",
    "Autumn",
    "Winter",
    "Advent",
    "Lent",
    "Easter",
    "Trinity",
    "Hilary",
    "Michaelmas",
    "Whitsun",
    "Candlemas",
]


def table(columns, cell):
    return "\n".join(
        [
            "| " + " | ".join(columns) + " |",
            "|" + "---|" * len(columns),
            "| " + " | ".join([cell] * len(columns)) + " |",
        ]
    )


def shape(markdown):
    return [
        round(float(page.mediabox.width)) > round(float(page.mediabox.height))
        for page in PdfReader(io.BytesIO(to_pdf(paper_of(markdown)))).pages
    ]


def test_a_narrow_table_stays_upright():
    assert shape("# One\n\nWords.\n\n" + table(SEASONS[:4], "Agree")) == [False]


def test_a_wide_table_goes_on_a_turned_page_and_the_text_goes_on_upright():
    text = "# One\n\nWords.\n\n" + table(SEASONS, "Unfavourably") + "\n\nAfter.\n"
    assert shape(text) == [False, True, False]


def test_a_turned_page_is_given_where_it_is_asked_for():
    assert shape("# One\n\nWords.\n\n::: {.landscape}\nTurned.\n:::\n\nAfter.\n") == [False, True, False]


def test_a_table_that_no_page_holds_is_named_with_its_line():
    text = "# One\n\nWords.\n\n" + table(SEASONS, "Incomprehensibilities" * 2)
    with pytest.raises(EvidentiaError, match="the table 'Spring Summer.* is wider than its page") as raised:
        to_pdf(paper_of(text), Places({CHAPTER: text}).find)
    assert f"{CHAPTER}, line 5" in str(raised.value)


@pytest.mark.parametrize(
    "words",
    [
        "A " + "word" * 60 + " in a sentence.",
        "```\n" + "a line of code " * 20 + "\n```",
        "<https://www.example.org/" + "address/" * 30 + ">",
        "## A heading_" + "without_a_break_" * 10,
        "| A | B |\n|--|--|\n| a | <https://www.example.org/" + "address/" * 30 + "> |",
    ],
)
def test_what_can_break_is_not_cut_off(words):
    to_pdf(paper_of(f"# One\n\n{words}\n"))


def test_formulas_are_drawn_and_tagged_with_their_words():
    root = paper_of("# One\n\nThe effect is $\\hat\\tau = x_i$.\n")
    root.body.insert(0, tag.E.h1("A report"))
    pdf = to_pdf(root)
    import page as checker

    report = checker.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    found, left = [], [root]
    while left:
        element = left.pop().get_object()
        if not isinstance(element, dict):
            continue
        if element.get("/S") == "/Formula":
            found.append(str(element["/Alt"]))
        kids = element.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        left += kids if isinstance(kids, list) else [kids] if isinstance(kids, dict) else []
    assert found == ["Formula: tau hat equals x sub i"]


def test_a_formula_in_a_note_is_drawn_too():
    root = paper_of("# One\n\nWords.[^n]\n\n[^n]: With $x_i$ and\n\n    - an item with $\\beta$\n")
    assert [image.get("alt") for image in root.find_class("footnote")[0].iter("img")] == [
        "Formula: x sub i",
        "Formula: beta",
    ]
