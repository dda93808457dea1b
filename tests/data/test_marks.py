"""Numbers with signs beside them: what is read of them when somebody says so, and what stops."""

import json

import pandas as pd
import pytest

from data.test_table import fault, read
from evidentia.data.columns import CATEGORY, MIXED, NUMBER, infer
from evidentia.data.number_marks import is_marked, looks_numeric
from evidentia.data.propose import proposal, read_anything
from evidentia.data.word_faults import of_words, two_words


def bare(tmp_path, cells, **field):
    field = {"name": "n", "type": "number", "bareNumber": False, **field}
    rows = "".join(f'"{cell}",k\n' for cell in cells)
    return read(tmp_path, f"n,k\n{rows}", [field, {"name": "k", "type": "string"}]).frame["n"].tolist()


def test_signs_beside_numbers_are_left_off_where_the_field_says_so(tmp_path):
    assert bare(tmp_path, ["£1,250", "-£5", "£3.50"], groupChar=",") == [1250, -5, 3.5]
    assert bare(tmp_path, ["45%", "7.5 %"]) == [45, 7.5]
    assert bare(tmp_path, ["12 weeks", "3"]) == [12, 3]


@pytest.mark.parametrize(
    ("group", "decimal", "cell"),
    [
        (",", "", "1,23"),
        (",", "", "12,34,567"),
        (",", "", "1,2345"),
        (",", "", "0,123"),
        (".", ",", "1.23"),
        (" ", "", "1 23"),
    ],
)
@pytest.mark.parametrize("bare", [True, False])
def test_a_sign_between_thousands_elsewhere_is_a_decimal_that_is_not_read(
    tmp_path, group, decimal, cell, bare
):
    field = {"name": "n", "type": "number", "groupChar": group, "bareNumber": bare}
    field |= {"decimalChar": decimal} if decimal else {}
    words = fault(tmp_path, f'n,k\n"{cell}",a\n7,a\n', fields=[field, {"name": "k", "type": "string"}])
    assert f"'{cell}' is not a number" in words


def test_thousands_are_read_with_their_decimals(tmp_path):
    cells = ["1.234.567,5", "-12.345", "999", "7,25"]
    assert bare(tmp_path, cells, groupChar=".", decimalChar=",") == [1234567.5, -12345, 999, 7.25]


@pytest.mark.parametrize("note", [" [r]", " [2]", "*", " (p)", "†", "[note 3]"])
def test_a_note_beside_a_number_is_no_part_of_it(tmp_path, note):
    assert bare(tmp_path, [f"12{note}", "13"]) == [12, 13]


@pytest.mark.parametrize("wrong", ["(5)", "<5", "~5", "10-15", "5 (10)", "2 years", "abc"])
def test_what_is_no_plain_number_stops_with_its_row(tmp_path, wrong):
    fields = [{"name": "n", "type": "number", "bareNumber": False}, {"name": "k", "type": "string"}]
    words = fault(tmp_path, f"n,k\n12 weeks,a\n14 weeks,a\n{wrong},a\n", fields=fields)
    assert f"'{wrong}' is not a number" in words
    assert "row 4, column n" in words


def test_a_percentage_among_plain_numbers_stops(tmp_path):
    fields = [{"name": "n", "type": "number", "bareNumber": False}, {"name": "k", "type": "string"}]
    assert "'0.45' is not a number" in fault(tmp_path, "n,k\n45%,a\n0.45,a\n50%,a\n", fields=fields)


def test_the_minus_of_print_is_a_minus():
    column = infer(pd.Series(["\u22125", "3", ""]))
    assert column.role == NUMBER
    assert column.values.tolist()[:2] == [-5, 3]


@pytest.mark.parametrize(
    "cells", [["£1,250", "£900"], ["1,250", "2,000"], ["45%", "50%"], ["(12)", "(13)"], ["12*", "9*"]]
)
def test_a_column_of_numbers_with_signs_is_no_category(cells):
    assert infer(pd.Series(cells)).role == MIXED


@pytest.mark.parametrize(
    "cells", [["16-24", "65+"], ["1st", "2nd"], ["Band 1", "Band 2"], ["01522 552222", "x"]]
)
def test_words_with_digits_stay_words(cells):
    assert infer(pd.Series(cells)).role == CATEGORY
    assert not any(map(looks_numeric, cells))


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["£1,250", "£2,000"], {"bareNumber": False, "groupChar": ","}),
        (["12 [r]", "N/K"], {"bareNumber": False, "missingValues": ["", "N/K"]}),
        (["1 250", "2 000"], {"groupChar": " "}),
        (["45%"], {"bareNumber": False}),
    ],
)
def test_the_message_and_the_proposal_give_the_field_to_write(tmp_path, cells, field):
    written = json.dumps({"name": "n", "type": "number", **field}, ensure_ascii=False)
    assert written in of_words(pd.Series(cells), "n")
    numbers = ["5", "6", "7"] if "1 250" not in cells else ["5", "6", "7"]
    path = tmp_path / "t.csv"
    path.write_text("n,k\n" + "".join(f'"{cell}",a\n' for cell in [*cells, *numbers]), encoding="utf-8")
    _, resource = proposal(*read_anything(path), "data/t.csv")
    proposed = resource["schema"]["fields"][0]
    proposed.pop("description", None)
    assert proposed == {"name": "n", "type": "number", **field}


def test_amounts_in_brackets_are_not_called_missing():
    words = of_words(pd.Series(["(5)", "(1,200)"]), "n")
    assert "write -5" in words
    assert "missingValues" not in words
    assert not is_marked("(5)")


def test_two_words_of_ones_own_become_yes_and_no_by_the_schema(tmp_path):
    written = two_words(pd.Series(["Offered", "Usual care", None]), "arm")
    field = json.loads(written[written.index("{") :])
    table = read(tmp_path, "arm,k\nOffered,1\nUsual care,2\n", [field, {"name": "k", "type": "integer"}])
    assert table.binary("arm").tolist() == [1, 0]
    assert two_words(pd.Series(["a", "b", "c"]), "arm") == ""


def test_low_is_no_missing_value():
    assert "write 0" in of_words(pd.Series(["low", "[low]"]), "n")
