"""The drawings' colours in the dark scheme."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidentia.charts.colours import COLOURS, GREY, INK, TEXT_COLOURS, contrast
from evidentia.render.html.schemes import PAPER, dark, dark_rules
from folders import ENGINE

SHADES = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#{:02x}{:02x}{:02x}".format(*parts))


def test_the_dark_paper_is_that_of_the_style_sheet():
    css = (ENGINE / "templates" / "screen.css").read_text()
    assert re.findall(r"--paper: (#\w+)", css)[1] == PAPER


@pytest.mark.parametrize("colour", [*COLOURS, *TEXT_COLOURS, INK, GREY])
def test_a_colour_of_the_charts_keeps_its_contrast(colour):
    assert contrast(dark(colour), PAPER) >= min(contrast(colour, "#ffffff"), 4.5)


@given(SHADES)
def test_any_colour_keeps_its_contrast(colour):
    assert contrast(dark(colour), PAPER) >= min(contrast(colour, "#ffffff"), 4.5) or colour == "#ffffff"


def test_white_becomes_the_paper_and_each_colour_has_a_rule():
    rules = dark_rules(['<path style="fill: #FFFFFF; stroke: #12436d"/>'])
    assert f"fill: {PAPER}" in rules
    assert f"stroke: {dark('#12436d')}" in rules
    assert dark_rules([]) == ""
