"""A text that a spreadsheet would take for a formula gets an apostrophe; every other cell stays as it is."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidentia.core.files import csv_rows, csv_text, guarded, unguarded


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|x!A1", "-2+3+cmd", "\t=1", "\r=1", "'=1", "-x", "+1(2)", '-1|"x"']
)
def test_a_formula_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "value",
    [
        "-0.5",
        "+12%",
        "-0.07\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}0.12",
        "-£1,200",
        "a=b",
        "",
        "'quoted'",
        -0.5,
        3,
        "-3 points",
    ],
)
def test_numbers_and_words_stay_as_they_are(value):
    assert guarded(value) == value


@given(st.text())
def test_what_is_guarded_can_be_read_again(text):
    assert unguarded(guarded(text)) == text


def test_rows_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        csv_text(["=name", "value"], [["=cmd()", 1], ["'=x", None]]), encoding="utf-8", newline=""
    )
    assert next(csv.reader(io.StringIO(path.read_text()))) == ["'=name", "value"]
    assert csv_rows(path) == [{"=name": "=cmd()", "value": "1"}, {"=name": "'=x", "value": ""}]


SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
BLANKS = [
    "",
    " ",
    "   ",
    "\t",
    "\n",
    "\r\n",
    "\N{NO-BREAK SPACE}",
    "\N{IDEOGRAPHIC SPACE}",
    "\u200b",
    "\ufeff ",
    "\x0b",
]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BLANKS)
def test_a_formula_behind_blanks_or_in_another_width_is_guarded(before, sign):
    assert guarded(f"{before}{sign}cmd|x!A1") == f"'{before}{sign}cmd|x!A1"


@pytest.mark.parametrize("text", ["\ttabbed", "\nbroken", "\rbroken"])
def test_a_cell_that_begins_with_a_tab_or_a_line_break_is_guarded(text):
    assert guarded(text) == f"'{text}"
