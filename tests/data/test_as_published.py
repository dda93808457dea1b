"""Files as offices and programs write them: rows that a sheet hides, ids with zeros that only the format
shows, accents beside their letters, headings in two rows, notes with commas, marks beside numbers.
"""

import io
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from evidentia.core.errors import EvidentiaError
from evidentia.data.import_report import import_report
from evidentia.data.source import Source
from evidentia.data.table import read_table

AREAS = [
    ["area", "code", "count", "note"],
    ["Ardal A", 7, 12, "x"],
    ["Ardal B", 12, 30, "y"],
    ["C", 9, 8, "z"],
]


def read(tmp_path, name, content, **source):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(tmp_path, name, None, Source(**source))


def workbook(rows, change=lambda book, page: None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hide(book, page):
    page.row_dimensions[3].hidden = True
    page.column_dimensions["D"].hidden = True


def test_hidden_rows_and_columns_are_read_and_said(tmp_path):
    table = read(tmp_path, "a.xlsx", workbook(AREAS, hide))
    assert table.frame["count"].tolist() == [12, 30, 8]
    rows, columns = import_report(table)["remarks"]
    assert "rows that the sheet hides" in rows
    assert "row 3" in rows
    assert columns.endswith("columns that the sheet hides are read too: note")


@pytest.mark.parametrize("name", ["hidden.xls", "hidden.ods"])
def test_other_workbooks_say_the_same_of_what_they_hide(name):
    """The workbook of `hide`, with codes shown as 0000, as LibreOffice 7.4 saves it."""
    table = read_table(Path(__file__).parent, name, None)
    assert table.frame["count"].tolist() == [12, 30, 8]
    rows, columns = import_report(table)["remarks"]
    assert "the first is row 3" in rows
    assert columns.endswith("read too: note")
    if name.endswith("xls"):
        assert table.frame["code"].tolist() == ["0007", "0012", "0009"]


@pytest.mark.parametrize("end", ["B,2020,4\nC,2020,5\n", "B,2020,4", "B\n", "B,2020\n\n"])
def test_a_quotation_mark_that_is_left_open_swallows_no_rows(tmp_path, end):
    with pytest.raises(EvidentiaError, match="a quotation mark is not closed") as caught:
        read(tmp_path, "a.csv", f'area,year,n\nA,2020,3\n"{end}')
    assert "a.csv, row 3" in str(caught.value)


def test_a_note_in_quotation_marks_may_have_commas_and_lines(tmp_path):
    table = read(tmp_path, "a.csv", 'area,year,n\nA,2020,3\n\n"Note: rounded, as ever\nand checked"\n')
    assert table.frame["area"].tolist() == ["A"]


def test_what_is_hidden_outside_the_table_is_no_remark(tmp_path):
    def change(book, page):
        page.row_dimensions[30].hidden = True
        page.column_dimensions["J"].hidden = True

    assert import_report(read(tmp_path, "a.xlsx", workbook(AREAS, change)))["remarks"] == []


def test_a_hidden_sheet_is_named_as_such(tmp_path):
    def change(book, page):
        book.create_sheet("Old").sheet_state = "hidden"

    with pytest.raises(EvidentiaError, match=r"2 sheets: Sheet, Old \(hidden\)"):
        read(tmp_path, "a.xlsx", workbook(AREAS, change))


def test_an_id_keeps_the_zeros_that_its_cell_shows(tmp_path):
    def change(book, page):
        for row in (2, 3, 4):
            page.cell(row, 2).number_format = "0000"

    assert read(tmp_path, "a.xlsx", workbook(AREAS, change)).frame["code"].tolist() == [
        "0007",
        "0012",
        "0009",
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_letter_with_its_accent_apart_is_the_same_letter(tmp_path, name):
    apart = unicodedata.normalize("NFD", "Ynys Môn")
    rows = [[apart, "n"], [apart, 3], ["Gŵyr", 4]]
    text = "\n".join(",".join(map(str, row)) for row in rows) + "\n"
    table = read(tmp_path, name, workbook(rows) if name.endswith("x") else text)
    assert list(table.frame.columns) == ["Ynys Môn", "n"]
    assert table.frame["Ynys Môn"].tolist() == ["Ynys Môn", "Gŵyr"]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_headings_in_two_rows_are_said_to_be_that(tmp_path, name):
    rows = [["area", "Rates"], [None, "boys", "girls"], ["A", 3, 4], ["B", 5, 6]]
    text = "area,Rates,\n,boys,girls\nA,3,4\nB,5,6\n"
    with pytest.raises(EvidentiaError, match="stand in two rows") as caught:
        read(tmp_path, name, workbook(rows) if name.endswith("x") else text)
    assert "rows 1, 2" in str(caught.value)


def test_notes_below_a_table_may_hold_commas(tmp_path):
    text = "area,year,n\nA,2020,3\nB,2020,4\n\nSource: the council\n1. Rounded, to the nearest 10\n"
    table = read(tmp_path, "a.csv", text)
    assert table.frame["n"].tolist() == [3, 4]
    assert {"reason": "notes below the table", "rows": 2, "first": [5, 6]} in import_report(table)["left_out"]


def test_a_record_with_too_few_cells_is_no_note(tmp_path):
    with pytest.raises(EvidentiaError, match="a row has 2 cells, fewer"):
        read(tmp_path, "a.csv", "area,year,n\nA,2020,3\nB,2020\n")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["12.3r", "4", "5.1 p"], "write the numbers alone"),
        (["\u20131.2", "4", "5"], "write a minus sign for a dash: -1.2"),
    ],
)
def test_what_stands_beside_a_number_is_never_called_a_missing_value(tmp_path, cells, said):
    table = read(tmp_path, "a.csv", pd.DataFrame({"area": list("ABC"), "n": cells}).to_csv(index=False))
    with pytest.raises(EvidentiaError, match=said) as caught:
        table.numeric("n")
    assert "missingValues" not in str(caught.value)


MONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,How safe?,"
    "What helps?,,\n,,,,,,,,Response,Light,Staff,Other (please specify)\n"
    "11,5,01/02/2024,01/02/2024,10.0.0.1,,,,Safe,Light,,\n12,5,01/02/2024,01/02/2024,10.0.0.2,,,,Unsafe,,Staff,a dog\n"
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_survey_monkeys_two_rows_of_headings_are_names_and_nobody(tmp_path, kind):
    rows = [line.split(",") for line in MONKEY.splitlines()]
    content = MONKEY if kind == "csv" else workbook([[cell or None for cell in row] for row in rows])
    table = read(tmp_path, f"s.{kind}", content, format="survey_monkey")
    assert list(table.frame.columns) == [
        "Respondent ID",
        "How safe?",
        "What helps?: Light",
        "What helps?: Staff",
        "What helps?: Other (please specify)",
    ]
    assert table.frame["How safe?"].tolist() == ["Safe", "Unsafe"]


def test_an_export_of_survey_monkey_is_not_read_as_a_plain_table(tmp_path):
    plain = "\n".join(line.rpartition(",How")[0] or line for line in MONKEY.splitlines()[:1])
    text = f"{plain},How safe?\n,,,,,,,,Response\n11,5,1,1,10.0.0.1,,,,Safe\n"
    with pytest.raises(EvidentiaError, match="an export of SurveyMonkey"):
        read(tmp_path, "s.csv", text)
