"""Formulas on the page: MathML with words, and what cannot be read."""

import pytest

from evidentia.core.language import speak
from evidentia.render.html.finish import text_of
from evidentia.render.html.formulas import unread_formulas
from evidentia.render.html.math_font import math_face
from evidentia.render.html.places import Places
from render.written import CHAPTER, body_of, faults_of, page_of


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\hat\beta", "beta hat"),
        (r"\sqrt{\frac{a}{b}}", "the square root of a over b, end of root,"),
        (r"w_i = T_i / e(x_i)", "w sub i equals T sub i over e open bracket x sub i close bracket"),
        (r"\bar{x}^2", "x bar squared"),
        (r"\sum_{i=1}^n x_i", "the sum from i equals 1 to n of x sub i"),
        (r"p \le 0.05", "p is at most 0.05"),
        (r"\mathrm{logit}(p)", "logit open bracket p close bracket"),
        (r"\Delta y", "capital delta y"),
        (r"\frac{a+b}{c}", "the fraction a plus b over c, end of fraction,"),
        (
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            "open bracket line one: a, b, line two: c, d close bracket",
        ),
    ],
)
def test_a_formula_is_said_in_words(tex, words):
    formula = page_of(f"Words ${tex}$.").xpath(".//math")[0]
    assert formula.get("alttext") == words


def test_a_formula_carries_no_second_copy_of_itself():
    main = page_of("# The effect $\\hat\\tau$ {#sec-effect}\n\nWords.\n")
    assert "\\hat" not in main.text_content()
    assert not main.xpath(".//annotation | .//semantics")


def test_formulas_pass_the_list_of_what_a_page_holds():
    assert (
        faults_of(
            "A $\\int_0^1 \\mathbf{X}\\,dx$ and\n\n$$\\begin{aligned} a &= b \\\\ c &= \\begin{cases} 1 & x>0 \\\\ 0 &"
            " \\text{otherwise}\\end{cases}\\end{aligned}$$\n"
        )
        == []
    )
    assert "<annotation-xml>" in faults_of("<math><annotation-xml>x</annotation-xml></math>")[0]
    assert "javascript" in faults_of("<math><mi href='javascript:alert(1)'>x</mi></math>")[0]


def test_tex_that_cannot_be_read_is_named_with_its_line():
    text = "# One\n\nSmall $\\bata_1$ here.\n\nAnd $a$.\n"
    faults = list(unread_formulas(body_of(text), Places({CHAPTER: text})))
    assert len(faults) == 1
    assert "'\\bata_1' cannot be read" in str(faults[0])
    assert faults[0].where == f"{CHAPTER}, line 3"


def test_a_labelled_formula_is_numbered_and_referred_to():
    main = page_of(
        "See @eq-second, [Formula @eq-first] and [-@eq-first].\n\n$$a$$ {#eq-first}\n\nand\n\n$$b$$ {#eq-second}\n"
    )
    said = main.xpath("./p")[0].text_content().replace("\N{NO-BREAK SPACE}", " ")
    assert said == "See Equation 2, Formula 1 and 1."
    assert [label.text for label in main.xpath(".//span[@class='label']")] == ["(1)", "(2)"]
    assert main.get_element_by_id("eq-second").xpath(".//math")


def test_contents_and_lists_say_a_formula_in_words():
    main = page_of("# The size of $x_1^2$\n\n| a |\n|---|\n| b |\n\n: Values of $y_3$ {#tbl-y}\n")
    assert text_of(main.xpath(".//h2 | .//h1")[0]) == "1. The size of x sub 1 squared"
    assert text_of(main.xpath(".//caption")[0]).endswith("Values of y sub 3")


def test_a_page_with_formulas_carries_their_font_and_no_other_page_does():
    face = math_face(page_of("A $\\hat\\beta$."))
    assert "font-family:'STIX Two Math'" in face
    assert 2_000 < len(face) < 60_000
    assert math_face(page_of("A $\\hat\\beta$.")) == face
    assert math_face(page_of("No formula.")) == ""


def test_a_formula_is_read_out_in_the_reports_language():
    speak("cy")
    try:
        math = next(page_of(r"$\frac{a + b}{\hat\Gamma} = x_i^2$").iter("math"))
        assert math.get("alttext") == (
            "y ffracsiwn a adio b dros gamma fawr het, diwedd y ffracsiwn, yn hafal i x is-nod i wedi’i sgwario"
        )
    finally:
        speak("en-GB")
