"""Each kind of file gives the same table; what a kind alone can say (percentages, labels, zones) is read or
refused by name.
"""

import datetime
import io
import json
import os
import random
import re
import zipfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook

from evidentia.core.errors import EvidentiaError
from evidentia.data.fields import Field, Schema
from evidentia.data.package import load_package
from evidentia.data.readers import read_cells
from evidentia.data.source import Source
from evidentia.data.table import read_table

ROWS = pd.DataFrame({"case": ["K1", "K2", "K3"], "weeks": [4.5, 6.0, None], "sex": ["f", "m", "f"]})
CSV = "case,weeks,sex\nK1,4.5,f\nK2,6,m\nK3,,f\n"


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sheet(rows, formats=(), merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, shown in formats:
        book.active[cell].number_format = shown
    for cells in merged:
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def ods(folder, rows, kind="float", merged=()):
    from odfdo import Cell, Document, Row, Table

    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Sheet1")
    for cells in rows:
        row = Row()
        for value in cells:
            row.append_cell(
                Cell(value, cell_type="percentage")
                if kind == "percentage" and isinstance(value, float)
                else Cell(value)
            )
        table.append_row(row)
    for cells in merged:
        table.set_span(cells)
    document.body.append(table)
    document.save(folder / "t.ods")
    return folder / "t.ods"


def read(folder, name, source=None, schema=None):
    return read_table(folder, name, schema, source or Source())


def outcome(reading):
    """Return what is read, or the one kind of error that is allowed."""
    try:
        return reading()
    except EvidentiaError as error:
        return error


def fault(folder, name, source=None):
    with pytest.raises(EvidentiaError) as caught:
        read(folder, name, source)
    return str(caught.value)


def test_every_kind_of_file_gives_the_same_table(tmp_path):
    write(tmp_path, "t.csv", CSV)
    write(tmp_path, "t.tsv", CSV.replace(",", "\t"))
    write(tmp_path, "t.zip", zipped(t__csv=CSV))
    write(
        tmp_path,
        "t.xlsx",
        sheet([list(ROWS), *ROWS.astype(object).where(ROWS.notna(), None).values.tolist()]),
    )
    ROWS.to_parquet(tmp_path / "t.parquet")
    pyreadstat.write_sav(ROWS, str(tmp_path / "t.sav"))
    pyreadstat.write_dta(ROWS, str(tmp_path / "t.dta"))
    ods(tmp_path, [list(ROWS), *ROWS.astype(object).where(ROWS.notna(), None).values.tolist()])
    expected = read(tmp_path, "t.csv").frame.reset_index(drop=True)
    for name in ("t.tsv", "t.zip", "t.xlsx", "t.parquet", "t.sav", "t.dta", "t.ods"):
        found = read(tmp_path, name).frame.reset_index(drop=True)
        pd.testing.assert_frame_equal(found, expected, check_dtype=False, obj=name)


@pytest.mark.parametrize("shown", ["0.0%", "0%", "0.00%;[Red]-0.00%"])
def test_a_cell_that_is_shown_as_a_percentage_is_one(tmp_path, shown):
    write(
        tmp_path,
        "t.xlsx",
        sheet([["area", "share"], ["A", 0.115], ["B", 0.07]], [("B2", shown), ("B3", shown)]),
    )
    values, _, percent = read(tmp_path, "t.xlsx").official("share")
    assert values.tolist() == [11.5, 7.0]
    assert percent.all()


def test_percentages_of_an_older_workbook_keep_all_their_digits(tmp_path):
    write(tmp_path, "t.xls", Path(__file__).with_name("shares.xls").read_bytes())
    table = read(tmp_path, "t.xls")
    values, _, percent = table.official("share")
    assert values.tolist() == [11.5, 12.34567891, 100.0]
    assert percent.all()
    assert table.frame["rate"].tolist() == [11.5, 3.0, 0.5], "a quoted sign in a format shows no percentage"


def test_a_percentage_keeps_the_digits_that_its_cell_rounds_away(tmp_path):
    cells = [["area", "share"], ["A", 0.1234567891], ["B", 0.00000125]]
    write(tmp_path, "t.xlsx", sheet(cells, [("B2", "0%"), ("B3", "0%")]))
    assert read(tmp_path, "t.xlsx").official("share")[0].tolist() == [12.34567891, 0.000125]


def test_a_binary_workbook_is_named(tmp_path):
    write(tmp_path, "t.xlsb", b"PK\x03\x04 xl/workbook.bin")
    assert "binary workbooks" in fault(tmp_path, "t.xlsb")


def test_percentages_of_an_opendocument_sheet_are_those_that_it_shows(tmp_path):
    ods(tmp_path, [["area", "share", "known"], ["A", 0.115, True], ["B", 0.1234567891, False]], "percentage")
    table = read(tmp_path, "t.ods")
    values, _, percent = table.official("share")
    assert values.tolist() == [11.5, 12.34567891]
    assert percent.all()
    assert table.binary("known").tolist() == [1, 0]


def test_merged_cells_of_an_opendocument_table_are_named_and_titles_may_be_merged(tmp_path):
    rows = [["Cases in the year", None], [None, None], ["area", "n"], ["A", 3.0], ["B", 4.0]]
    ods(tmp_path, rows, merged=["A1:B1"])
    assert read(tmp_path, "t.ods").frame["n"].tolist() == [3, 4]
    ods(tmp_path, rows, merged=["A1:B1", "A4:A5"])
    assert "A4:A5" in fault(tmp_path, "t.ods")


def test_a_cell_that_shows_an_error_is_named_in_every_kind_of_sheet(tmp_path):
    error = '<table:table-cell office:value-type="string" calcext:value-type="error" {}><text:p>{}</text:p>'
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    for shown, said in (("#N/A", "#N/A"), ("Err:502", "#VALUE!")):
        path = ods(tmp_path, [["area", "n"], ["A", 3.0], ["B", "here"]])
        with zipfile.ZipFile(path) as book:
            parts = {item: book.read(item) for item in book.namelist()}
        found = re.search(rb"<table:table-cell[^>]*><text:p>here</text:p>", parts["content.xml"])
        parts["content.xml"] = parts["content.xml"].replace(found[0], error.format(calc, shown).encode())
        with zipfile.ZipFile(path, "w") as book:
            for item, content in parts.items():
                book.writestr(item, content)
        words = fault(tmp_path, "t.ods")
        assert f"shows the error {said}" in words
        assert "row 3, column n" in words
    write(tmp_path, "t.xls", Path(__file__).with_name("errors.xls").read_bytes())
    assert "shows the error #N/A" in fault(tmp_path, "t.xls")


def test_missing_values_of_stata_are_counted_with_their_labels(tmp_path):
    frame = pd.DataFrame({"mood": [1.0, 2.0, "a", "a", "b"], "age": [31, 32, 33, 34, 35]})
    pyreadstat.write_dta(
        frame,
        str(tmp_path / "t.dta"),
        missing_user_values={"mood": ["a", "b"]},
        variable_value_labels={"mood": {1: "Good", 2: "Poor", "a": "Would not say"}},
    )
    table = read(tmp_path, "t.dta")
    assert table.frame["mood"].tolist()[:2] == ["Good", "Poor"]
    assert table.frame["mood"].isna().sum() == 3
    assert table.cells.missing["mood"] == {".a (Would not say)": 2, ".b": 1}
    assert table.cells.levels["mood"] == ["Good", "Poor"]


def test_a_formula_that_no_program_has_computed_is_named(tmp_path):
    write(tmp_path, "t.xlsx", sheet([["a", "b"], [1, "=A2*2"], [2, 5]]))
    assert "cell B2" in fault(tmp_path, "t.xlsx")


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path):
    with zipfile.ZipFile(io.BytesIO(sheet([["a", "b"], [1, '=IF(A2=1,"",5)'], [2, 5]]))) as book:
        parts = {item: book.read(item) for item in book.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b'<c r="B2">' in parts[name]
    parts[name] = parts[name].replace(b'<c r="B2">', b'<c r="B2" t="str">')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for item, content in parts.items():
            book.writestr(item, content)
    write(tmp_path, "t.xlsx", out.getvalue())
    assert read(tmp_path, "t.xlsx").frame["b"].isna().tolist() == [True, False]


def test_merged_cells_within_the_table_are_named_and_titles_may_be_merged(tmp_path):
    rows = [["Cases in the year", None], [None, None], ["area", "n"], ["A", 3], [None, 4]]
    write(tmp_path, "t.xlsx", sheet(rows, merged=["A1:B1", "A4:A5"]))
    assert "A4:A5" in fault(tmp_path, "t.xlsx")
    write(tmp_path, "t.xlsx", sheet([*rows[:4], ["B", 4]], merged=["A1:B1"]))
    assert read(tmp_path, "t.xlsx").frame["n"].tolist() == [3, 4]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_titles_above_and_notes_below_the_table_are_left_out(tmp_path, kind):
    rows = [
        ["Table 3: cases", None, None],
        ["[c] is suppressed", None, None],
        [None] * 3,
        ["area", "year", "n"],
        ["A", 2020, 3],
        ["B", 2020, 4],
        [None] * 3,
        ["Source: case files", None, None],
    ]
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row).rstrip(",") for row in rows)
    write(tmp_path, f"t.{kind}", sheet(rows) if kind == "xlsx" else text)
    table = read(tmp_path, f"t.{kind}")
    assert table.frame["n"].tolist() == [3, 4]
    assert table.frame.index.tolist() == [5, 6]


def test_a_header_that_is_not_plain_is_asked_for(tmp_path):
    write(tmp_path, "t.csv", "Office,North\nYear,2020\narea,n,share,rate\nA,1,2,3\nB,1,2,3\nC,1,2,3\n")
    assert "header_row: 3" in fault(tmp_path, "t.csv")
    assert read(tmp_path, "t.csv", Source(header_row=3)).frame["rate"].tolist() == [3, 3, 3]


def test_labels_are_the_answers_and_user_missing_values_are_none(tmp_path):
    frame = pd.DataFrame({"glad": [1.0, 2.0, 2.0, 9.0], "age": [34.0, -8.0, 41.0, 29.0]})
    labels = {"glad": {1: "Not at all", 2: "Very", 9: "Refused"}}
    pyreadstat.write_sav(
        frame,
        str(tmp_path / "t.sav"),
        variable_value_labels=labels,
        missing_ranges={"glad": [9], "age": [{"lo": -9, "hi": -1}]},
        column_labels={"glad": "How glad are you?", "age": ""},
    )
    table = read(tmp_path, "t.sav")
    assert table.frame["glad"].tolist()[:3] == ["Not at all", "Very", "Very"]
    assert table.frame["glad"].isna().tolist() == [False, False, False, True]
    assert table.frame["age"].isna().tolist() == [False, True, False, False]
    assert table.cells.levels["glad"] == ["Not at all", "Very"]
    assert table.cells.missing["glad"] == {"9 (Refused)": 1}
    assert table.cells.labels["glad"] == "How glad are you?"


def test_a_stamp_with_a_zone_is_a_day_of_the_zone_that_is_named(tmp_path):
    stamps = pd.to_datetime(["2021-06-30 23:00", "2021-12-01 00:00"]).tz_localize("UTC")
    pd.DataFrame({"n": [1, 2], "day": stamps}).to_parquet(tmp_path / "t.parquet")
    write(tmp_path, "t.csv", "n,day\n1,2021-06-30T23:00:00Z\n2,2021-12-01T00:00:00+00:00\n")
    for name in ("t.parquet", "t.csv"):
        assert "timezone: Europe/London" in fault(tmp_path, name)
        assert read(tmp_path, name, Source(timezone="Europe/London")).frame["day"].tolist() == [
            "2021-07-01",
            "2021-12-01",
        ]


def test_an_encoding_and_signs_are_those_that_are_named(tmp_path):
    write(tmp_path, "t.csv", "café;weeks\nnoir;4,5\ncrème;6,25\n".encode("cp1252"))
    assert "cp1252" in fault(tmp_path, "t.csv")
    table = read(tmp_path, "t.csv", Source(encoding="cp1252", delimiter=";", decimal=","))
    assert table.frame["weeks"].tolist() == [4.5, 6.25]
    assert table.frame["café"].tolist() == ["noir", "crème"]


FIELDS = [
    {"name": "joined", "type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]},
    {"name": "age", "type": "integer", "missingValues": ["", "99"]},
    {"name": "cost", "type": "number", "decimalChar": ",", "groupChar": "."},
    {"name": "start", "type": "date", "format": "%d.%m.%Y"},
    {"name": "share", "type": "number", "bareNumber": False},
]


def test_every_key_of_a_schema_is_obeyed_or_refused(tmp_path):
    (tmp_path / "data").mkdir()
    write(
        tmp_path / "data",
        "t.csv",
        "joined|age|cost|start|share\nja|99|1.250,5|03.02.2020|7%\nnein|41|900|14.02.2020|8 %\n",
    )
    resource = {"name": "t", "path": "t.csv", "dialect": {"delimiter": "|"}, "schema": {"fields": FIELDS}}

    def table(**more):
        (tmp_path / "data" / "datapackage.json").write_text(json.dumps({"resources": [{**resource, **more}]}))
        return read_table(tmp_path, "data/t.csv", load_package(tmp_path).schema("data/t.csv")).frame

    frame = table()
    assert frame["joined"].tolist() == [True, False]
    assert frame["age"].isna().tolist() == [True, False]
    assert frame["cost"].tolist() == [1250.5, 900]
    assert frame["start"].dt.date.tolist() == [datetime.date(2020, 2, 3), datetime.date(2020, 2, 14)]
    assert frame["share"].tolist() == [7, 8]
    for wrong, words in (
        ({"dialect": {"delimiter": "|", "headerRows": [1, 2]}}, "headerRows"),
        ({"dialect": {"delimitr": "|"}}, "'delimitr'"),
        ({"schema": {"fields": [{**FIELDS[0], "trueValue": ["x"]}]}}, "'trueValue'"),
        ({"schema": {"fields": FIELDS, "weights": 1}}, "'weights'"),
        (
            {"schema": {"fields": [{"name": "age", "type": "string", "constraints": {"pattern": "(?=a)"}}]}},
            "not a regular expression",
        ),
    ):
        with pytest.raises(EvidentiaError, match=words.replace("(", r"\(")):
            table(**wrong)


@pytest.mark.parametrize("kind", ["int", "Int64"])
def test_whole_numbers_keep_their_last_digit_in_parquet(tmp_path, kind):
    values = [900000000000000001, 900000000000000003]
    frame = pd.DataFrame(
        {
            "id": pd.array(
                [*values, None] if kind == "Int64" else values, dtype="Int64" if kind == "Int64" else "int64"
            )
        }
    )
    frame["n"] = range(len(frame))
    frame.to_parquet(tmp_path / "t.parquet")
    assert read_cells(tmp_path / "t.parquet", "t.parquet").texts()["id"].tolist()[:2] == [
        str(value) for value in values
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.csv", b"SQLite format 3\0" + b"\0" * 80, "an SQLite database"),
        ("t.csv", b"<!DOCTYPE html><html><body>Please log in</body></html>", "a web page"),
        ("t.csv", b"%PDF-1.7\n", "a PDF"),
        ("t.csv", zipped(a__csv=CSV), "a zip file"),
        ("t.csv", b"$FL2@(#) SPSS", "an SPSS file (.sav)"),
        ("t.zip", zipped(a__csv=CSV, b__csv=CSV), "member: a.csv"),
        ("t.zip", zipped(a__csv="a,b\n" + "1,2\n" * 6_000_000), "6,000,000 rows"),
        ("t.csv", ",".join(f"c{n}" for n in range(20_000)) + "\n" + "1," * 19_999 + "1\n", "20,000 columns"),
        ("t.xlsx", b"", "not an Excel workbook"),
    ],
)
def test_a_file_of_another_kind_or_size_is_named(tmp_path, name, content, words):
    write(tmp_path, name, content)
    assert words in fault(tmp_path, name)


def test_a_sheet_with_a_row_beyond_its_end_is_refused(tmp_path):
    with zipfile.ZipFile(io.BytesIO(sheet([["a", "b"], [1, 2]]))) as book:
        parts = {item: book.read(item) for item in book.namelist()}
    page = (
        parts["xl/worksheets/sheet1.xml"]
        .replace(b'r="2"', b'r="200000000"')
        .replace(b'"A2"', b'"A200000000"')
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for item, content in (parts | {"xl/worksheets/sheet1.xml": page}).items():
            book.writestr(item, content)
    write(tmp_path, "t.xlsx", out.getvalue())
    assert "200,000,000" in fault(tmp_path, "t.xlsx")


def test_a_parquet_file_with_too_many_rows_is_refused_before_it_is_read(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"n": pa.array([0] * 6_000_000, pa.int8())}), tmp_path / "t.parquet")
    assert "6,000,000 rows" in fault(tmp_path, "t.parquet")


def test_a_pipe_is_no_data_file(tmp_path):
    os.mkfifo(tmp_path / "t.csv")
    assert "not a regular file" in fault(tmp_path, "t.csv")


@pytest.mark.parametrize("kind", ["parquet", "sav", "dta", "xlsx"])
def test_a_damaged_file_is_one_message_or_a_table(tmp_path, kind):
    name = f"t.{kind}"
    frame = pd.DataFrame({"n": range(60), "w": ["abc", "de"] * 30})
    {
        "parquet": lambda: frame.to_parquet(tmp_path / name),
        "sav": lambda: pyreadstat.write_sav(frame, str(tmp_path / name)),
        "dta": lambda: pyreadstat.write_dta(frame, str(tmp_path / name)),
        "xlsx": lambda: frame.to_excel(tmp_path / name),
    }[kind]()
    whole = (tmp_path / name).read_bytes()
    chance = random.Random(4)
    for _ in range(60 if kind == "parquet" else 3):
        broken = bytearray(whole)
        for _ in range(3):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        (tmp_path / name).write_bytes(bytes(broken))
        said = outcome(lambda: read(tmp_path, name))
        assert not isinstance(said, EvidentiaError) or name in said.where


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_headings_in_two_rows_name_the_row_with_the_names(tmp_path, kind):
    rows = [["Person", "", "Outcome"], ["id", "age", "weeks"], ["K1", 31, 4.5], ["K2", 28, 6.0]]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    cells = [[value if value != "" else None for value in row] for row in rows]
    write(tmp_path, f"t.{kind}", text if kind == "csv" else sheet(cells))
    assert "header_row: 2" in fault(tmp_path, f"t.{kind}")
    assert read(tmp_path, f"t.{kind}", Source(header_row=2)).frame["weeks"].tolist() == [4.5, 6.0]


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_a_labelled_code_for_not_known_is_no_amount(tmp_path, kind):
    frame = pd.DataFrame({"age": [31.0, 45, 99, 52, 60]})
    labels = {"age": {99: "Not known", 60: "60 and over"}}
    write_it = pyreadstat.write_sav if kind == "sav" else pyreadstat.write_dta
    write_it(frame, str(tmp_path / f"t.{kind}"), variable_value_labels=labels)
    table = read(tmp_path, f"t.{kind}")
    assert table.role("age") == "mixed"
    assert table.frame["age"].tolist() == ["31", "45", "Not known", "52", "60"]
    schema = Schema((Field("age", "integer", missing_values=("", "Not known")),))
    assert read(tmp_path, f"t.{kind}", schema=schema).numeric("age", missing=True).tolist()[3:] == [52, 60]
    write_it(frame, str(tmp_path / f"t.{kind}"), variable_value_labels={"age": {60: "60 and over"}})
    assert read(tmp_path, f"t.{kind}").role("age") == "number"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "t.xls",
            "<html><table><tr><td>a</td></tr></table></html>",
            "web page or other markup, not a workbook",
        ),
        ("t.xls", '<?xml version="1.0"?><Workbook/>', "save it as .xlsx"),
        ("t.xlsx", "a,b\n1,2\n", "the file is text, not an Excel workbook"),
        ("t.sav", "a,b\n1,2\n", "the file is text, not an SPSS file"),
        ("t.csv", "a;b\n1,5;2\n", 'delimiter: ";"'),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_named(tmp_path, name, content, words):
    write(tmp_path, name, content)
    assert words in fault(tmp_path, name)
