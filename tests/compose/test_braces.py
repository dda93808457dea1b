"""Formulas and the template's braces."""

import pytest

from evidentia.compose.formulas import bound_in_formulas, with_braces_apart
from evidentia.compose.template import environment, render


@pytest.mark.parametrize(
    "formula",
    ["$\\frac{{a}}{b}$", "$x^{{2}}$", "$$\\sum_{{i}\\in{I}}\n\\frac{{{a}}}{b}$$", "$\\sqrt{\\frac{a}{{b}}}$"],
)
def test_braces_of_tex_are_not_the_templates(formula):
    text = f"Words {formula} and more.\n"
    filled = render(environment({}), with_braces_apart(text), "report/one.qmd")
    assert filled.replace("{ {", "{{").replace("} }", "}}").replace("{ {", "{{").replace("} }", "}}") == text
    assert list(bound_in_formulas(text, "report/one.qmd")) == []


@pytest.mark.parametrize(
    "text",
    [
        'Of $a$ people {{ n("a.b") }} came, of $b$ few.',
        'It cost \\$ and {{ n("a.b") }} and \\$.',
        "Code `$x^{{2}}$` stays.",
        'From {{ n("a") }} $ to {{ n("b") }} $.',
    ],
)
def test_words_outside_formulas_stay_as_they_are(text):
    assert with_braces_apart(text) == text
    assert list(bound_in_formulas(text, "report/one.qmd")) == []


def test_a_number_bound_in_a_formula_is_named_with_its_line():
    faults = list(bound_in_formulas('# One\n\nIt is $\\beta = {{ n("a.b") }}$.\n', "report/one.qmd"))
    assert len(faults) == 1
    assert faults[0].where == "report/one.qmd, line 3"
    assert "before it" in faults[0].remedy
