"""A number reads as itself: what stands directly beside it makes no other number of it."""

import pytest
from lxml import html

from evidentia.render.html.neighbours import joined_numbers

A, B = '<span class="n" data-id="a.b" id="n-1">30%</span>', '<span class="n" data-id="a.c" id="n-2">12</span>'


def found(words):
    main = html.fragment_fromstring(words, create_parent="main")
    return [
        str(fault)
        for fault in joined_numbers(main, {"n-1": "report/one.qmd, line 3", "n-2": "report/one.qmd, line 4"})
    ]


@pytest.mark.parametrize(
    "words",
    [
        f"It was {B}{B}.",
        f"It was {B}{A}.",
        f"It was {B} {B}.",
        f"It was {B}\N{NO-BREAK SPACE}{B}.",
        f"It was {B}\N{THIN SPACE}{B}.",
        f"It was <b>{B}</b><i>{B}</i>.",
        f"It was {B}\N{ZERO WIDTH SPACE}{B}.",
        f"It was {B}<!-- x -->{B}.",
        f"It was {B}<b></b>{B}.",
        f"It was -{B}.",
        f"-{B}",
        f"It was \N{MINUS SIGN}{B}.",
        f"It was \N{EN DASH}{B}.",
        f"(-{B})",
        f"It was <b>-</b>{B}.",
        f"It was \N{FULLWIDTH HYPHEN-MINUS}{B}.",
        f"It was \N{SMALL HYPHEN-MINUS}{B}.",
        f"It was +{B}.",
        f"It was 4{B}.",
        f"It was {B}4.",
        f"It was .{B}.",
        f"It was {B}.4",
        f"It was 0,{B}.",
        f"It was {B},400.",
        f"It was {B},{B}.",
        f"It was {B}\N{SUPERSCRIPT TWO}.",
        f"It was {B}\N{CIRCLED DIGIT FIVE}.",
        f"It was \N{FULLWIDTH DIGIT FIVE}{B}.",
        f"It was \N{ARABIC-INDIC DIGIT FIVE}{B}.",
        f"It was {B}<sup>2</sup>.",
        f"It was 10<sup>{B}</sup>.",
        f"It was x<sub>{B}</sub>.",
        f"It was {B}%.",
        f"It was {B}k.",
        f"It was {B}m.",
        f"It was {B}th.",
        f"It was x{B}.",
        f"It was {B}\N{PER MILLE SIGN}.",
        f"<table><tr><td>-{B}</td></tr></table>",
        f"<ul><li>-{B}</li></ul>",
    ],
)
def test_what_makes_another_number_of_it_is_named_with_file_and_line(words):
    faults = found(words)
    assert faults
    assert "report/one.qmd, line" in faults[0]


@pytest.mark.parametrize(
    "words",
    [
        f"It was {A} of {B}.",
        f"It was {A}, {B}; {A}: {B}.",
        f"({A}), “{B}”",
        f"from {A}\N{EN DASH}{B}",
        f"{B}-{B} weeks",
        f"a {B}-month programme",
        f"in the under-{B} group",
        f"words \N{EN DASH} {B} of them",
        f"words\N{EM DASH}{B}",
        f"{A}.",
        f"{B}, and",
        f"<p>{B}</p><p>{B}</p>",
        f"<table><tr><td>{B}</td><td>{B}</td></tr></table>",
        f"{B}<br>{B}",
        f'{B}<a class="footnote-ref" href="#fn1"><sup>1</sup></a>',
        f"{B}/{B}",
        f"{B} people",
        f"£ {B}",
    ],
)
def test_ordinary_words_and_signs_beside_it_are_not(words):
    assert found(words) == []
