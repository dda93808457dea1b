"""The same table as CSV, Parquet and Excel: the same frame, and faults that name the row as the file counts
it.
"""

import datetime
import json
import shutil

import pandas as pd
import pytest
from openpyxl import Workbook

from data.test_table import FIELDS, GOOD, read
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256
from evidentia.data.package import load_package
from evidentia.data.table import read_table
from folders import ENGINE, copy_evaluation

MARCH, APRIL = datetime.datetime(2019, 3, 1), datetime.datetime(2019, 4, 1)
ROWS = {
    "id": ["x1", "x2"],
    "month": [MARCH, APRIL],
    "count": [5, 7],
    "share": [0.5, None],
    "kind": ["a", "b"],
}


def write_parquet(path, columns):
    pd.DataFrame(columns).to_parquet(path, index=False)


def write_workbook(path, columns, *, above=0, **other_sheets):
    book = Workbook()
    page = book.active
    page.title = "Records"
    for _ in range(above):
        page.append([])
    page.append(list(columns))
    for row in zip(*columns.values(), strict=True):
        page.append([None if value is None else value for value in row])
    for name, rows in other_sheets.items():
        other = book.create_sheet(name)
        for row in rows:
            other.append(row)
    book.save(path)


WRITERS = {"t.parquet": write_parquet, "t.xlsx": write_workbook}


def read_as(tmp_path, name, columns, dialect=None, fields=FIELDS, **options):
    (tmp_path / "data").mkdir(exist_ok=True)
    WRITERS[name](tmp_path / "data" / name, columns, **options)
    resource = {
        "name": "t",
        "path": name,
        **({"schema": {"fields": fields}} if fields else {}),
        **({"dialect": dialect} if dialect else {}),
    }
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    return read_table(tmp_path, f"data/{name}", load_package(tmp_path).schema(f"data/{name}"))


def fault(tmp_path, name, columns, **options) -> str:
    with pytest.raises(EvidentiaError) as caught:
        read_as(tmp_path, name, columns, **options)
    return str(caught.value)


@pytest.mark.parametrize("name", WRITERS)
def test_the_frame_is_that_of_the_csv_file(tmp_path, name):
    expected = read(tmp_path, GOOD).frame
    table = read_as(tmp_path, name, ROWS)
    pd.testing.assert_frame_equal(table.frame.reset_index(drop=True), expected.reset_index(drop=True))
    assert table.sha256 == sha256(tmp_path / "data" / name)


@pytest.mark.parametrize("name", WRITERS)
def test_without_a_schema_the_types_are_inferred_alike(tmp_path, name):
    expected = read(tmp_path, GOOD, fields=[]).frame
    table = read_as(tmp_path, name, {**ROWS, "month": ["2019-03", "2019-04"]}, fields=None)
    pd.testing.assert_frame_equal(table.frame.reset_index(drop=True), expected.reset_index(drop=True))


@pytest.mark.parametrize(("name", "row"), [("t.parquet", 2), ("t.xlsx", 3)])
def test_a_fault_names_the_row_as_the_file_counts_it(tmp_path, name, row):
    said = fault(tmp_path, name, {**ROWS, "count": [5, 700]})
    assert "'700' is too large" in said or "'700.0' is too large" in said
    assert f"data/{name}, row {row}, column count" in said


def test_rows_of_a_sheet_that_begins_lower_are_its_own(tmp_path):
    table = read_as(tmp_path, "t.xlsx", ROWS, above=3)
    assert table.frame.index.tolist() == [5, 6]
    assert "row 4" in fault(tmp_path, "t.xlsx", {**ROWS, "more": [1, 2]}, above=3)


def test_a_named_sheet_is_read_and_others_are_left(tmp_path):
    other = [["anything"], ["else"]]
    assert read_as(tmp_path, "t.xlsx", ROWS, dialect={"sheetName": "Records"}, Notes=other).frame[
        "count"
    ].tolist() == [5, 7]
    assert "2 sheets: Records, Notes" in fault(tmp_path, "t.xlsx", ROWS, Notes=other)
    assert "did you mean 'Records'" in fault(
        tmp_path, "t.xlsx", ROWS, dialect={"sheetName": "Record"}, Notes=other
    )
    assert '"sheetName"' in fault(tmp_path, "t.xlsx", ROWS, dialect={"sheet": "Records"}, Notes=other)


def test_nested_columns_are_refused_in_one_message(tmp_path):
    shutil.copy(ENGINE / "tests" / "data" / "nested.parquet", tmp_path / "nested.parquet")
    with pytest.raises(EvidentiaError) as caught:
        read_table(tmp_path, "nested.parquet", None)
    assert "columns are nested (list, struct or map): 'visits', 'carer'" in str(caught.value)
    assert "flat" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.parquet", b"month,count\n", "not a Parquet file"),
        ("t.parquet", b"PAR1" + b"\0" * 40 + b"PAR1", "not a Parquet file"),
        ("t.xlsx", b"month,count\n", "not an Excel workbook"),
        ("t.xls", b"a,b\n", "not a workbook"),
        ("t.ods", b"PK\x03\x04", "a zip file, not a workbook"),
        ("t.sav", b"$FL2 and no more", "not an SPSS file"),
        ("t.dta", b"month", "not a Stata file"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_one_message(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EvidentiaError, match=expected) as caught:
        read_table(tmp_path, name, None)
    assert name in caught.value.where


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#N/A", "shows the error #N/A"),
        ("a\u202eb", "turns the direction of text"),
        ("x" * 32_768, "more than 32,767"),
    ],
)
def test_a_cell_that_no_honest_sheet_holds_is_named(tmp_path, value, expected):
    (tmp_path / "data").mkdir()
    columns = {**ROWS, "kind": ["a", value]}
    if len(value) < 32_768:
        said = fault(tmp_path, "t.xlsx", columns)
        assert "row 3, column kind" in said
    else:
        said = fault(tmp_path, "t.parquet", columns)
        assert "row 2, column kind" in said
    assert expected in said


def test_a_cell_beside_the_table_is_named(tmp_path):
    (tmp_path / "data").mkdir()
    write_workbook(tmp_path / "t.xlsx", {"a": [1, 2], "": [None, "stray"]})
    with pytest.raises(EvidentiaError, match="beside the named columns") as caught:
        read_table(tmp_path, "t.xlsx", None)
    assert "row 3" in caught.value.where


def test_an_analysis_is_the_same_from_parquet_and_from_excel(tmp_path):
    from evidentia.config.load import load_config
    from evidentia.designs.its.analyse import analyse

    folder = copy_evaluation(ENGINE / "examples" / "aldermere-mentoring", tmp_path / "e")
    settings = load_config(folder).analyses["housing"]
    schema = load_package(folder).schema("data/housing.csv")
    frame = pd.read_csv(folder / "data" / "housing.csv")
    frame["month"] = pd.to_datetime(frame["month"])
    write_parquet(folder / "data" / "housing.parquet", frame)
    write_workbook(folder / "data" / "housing.xlsx", {name: list(frame[name]) for name in frame})
    results = [
        analyse(settings, {"housing": read_table(folder, f"data/housing.{ending}", schema)}).numbers
        for ending in ("csv", "parquet", "xlsx")
    ]
    assert results[0] == results[1] == results[2]
