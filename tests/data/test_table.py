import json

import pandas as pd
import pytest

from evidentia.core.errors import EvidentiaError, Problems
from evidentia.data.package import load_package
from evidentia.data.references import reference_faults
from evidentia.data.table import DataTable, read_table

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True}},
    {"name": "month", "type": "yearmonth"},
    {"name": "count", "type": "integer", "constraints": {"minimum": 0, "maximum": 99}},
    {"name": "share", "type": "number"},
    {"name": "kind", "type": "string", "constraints": {"enum": ["a", "b"]}},
]
GOOD = "id,month,count,share,kind\nx1,2019-03,5,0.5,a\nx2,2019-04,7,,b\n"


def read(tmp_path, text, fields=FIELDS, **schema):
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "t.csv").write_text(text, encoding="utf-8")
    descriptor = {"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": fields, **schema}}]}
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(descriptor))
    return read_table(tmp_path, "data/t.csv", load_package(tmp_path).schema("data/t.csv"))


def fault(tmp_path, text, **schema) -> str:
    with pytest.raises(EvidentiaError) as caught:
        read(tmp_path, text, **schema)
    return str(caught.value)


def test_a_good_file_is_typed_after_its_schema(tmp_path):
    frame = read(tmp_path, GOOD).frame
    assert frame["count"].tolist() == [5, 7]
    assert frame["month"].dt.month.tolist() == [3, 4]
    assert frame["share"].isna().tolist() == [False, True]
    assert frame.index.tolist() == [2, 3]  # rows as a spreadsheet counts them


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        (",5,", ",five,", ["'five' is not a whole number", "row 2, column count", "such as 12"]),
        (",5,", ",5.5,", ["'5.5' is not a whole number", "row 2"]),
        (",7,", ",-1,", ["'-1' is too small", "row 3, column count", "0 or more"]),
        (",7,", ",100,", ["'100' is too large", "99 or less"]),
        ("2019-04", "2019-13", ["'2019-13' is not a month", "row 3, column month"]),
        (",b", ",c", ["'c' is not an allowed value", "allowed: a, b"]),
        ("x2", "", ["a value is missing", "row 3, column id"]),
        ("x2", "x1", ["'x1' stands more than once", "column id"]),
        ("share,", "sahre,", ["column 'share' is missing", "did you mean 'sahre'"]),
        ("share,kind", "share,share", ["two columns are named 'share'"]),
        ("share,kind", "share,,kind", ["a column has no name", "column 5"]),
    ],
)
def test_a_fault_names_file_row_column_value_and_what_is_allowed(tmp_path, old, new, parts):
    message = fault(tmp_path, GOOD.replace(old, new, 1))
    assert "data/t.csv" in message
    for part in parts:
        assert part in message


def test_all_faults_of_a_file_are_said_in_one_go(tmp_path):
    with pytest.raises(Problems) as caught:
        read(tmp_path, GOOD.replace(",5,", ",five,").replace("2019-04", "April"))
    assert len(caught.value.faults) == 2


def test_many_faults_of_one_kind_are_counted(tmp_path):
    rows = "".join(f"y{number},2019-03,no,0.5,a\n" for number in range(30))
    assert "20 more values of this kind" in fault(tmp_path, GOOD.split("\n")[0] + "\n" + rows)


def test_a_doubled_key_names_its_rows(tmp_path):
    message = fault(
        tmp_path,
        "id,month,count,share,kind\nx1,2019-03,5,0.5,a\nx2,2019-03,5,0.5,a\n",
        primaryKey=["month", "kind"],
    )
    assert "rows 2, 3" in message
    assert "stands 2 times" in message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "empty"),
        ("a,b\n1,2,3\n", "not a CSV table"),
        ("id,month,count,share,kind\nx1,2019-03\n", "a row has 2 cells, fewer than the header's 5"),
        ("id;month;count;share;kind\nx1;2019-03;5;0.5;a\n", "separated by semicolons"),
        (GOOD.replace("x1", "x\x00"), "a control character (U+0000)"),
        (GOOD.replace("x1", "x\u202e"), "turns the direction of text (U+202E)"),
        (GOOD.replace("x1", "x" * 40_000), "more than 32,767 characters"),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path, content, expected):
    assert expected in fault(tmp_path, content)


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    read(tmp_path, GOOD)
    (tmp_path / "data" / "t.csv").write_bytes("id\nMüller\n".encode("latin-1"))
    with pytest.raises(EvidentiaError, match="not UTF-8"):
        read_table(tmp_path, "data/t.csv", None)


def test_without_a_schema_numbers_are_inferred_and_gaps_are_missing(tmp_path):
    (tmp_path / "t.csv").write_text("\ufeffa,b\n1,x\n,y\n3,\n", encoding="utf-8")
    table = read_table(tmp_path, "t.csv", None)
    assert table.numeric("a", missing=True).tolist()[::2] == [1.0, 3.0]
    with pytest.raises(EvidentiaError, match="a value is missing") as caught:
        table.numeric("a")
    assert "row 3" in caught.value.where
    with pytest.raises(EvidentiaError, match="'x', 'y' are not numbers"):
        table.numeric("b")


def test_a_record_that_points_at_nothing_is_named(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "people.csv").write_text("id\np1\n")
    (data / "events.csv").write_text("person\np1\np9\n")
    column = {"type": "string"}
    resources = [
        {"name": "people", "path": "people.csv", "schema": {"fields": [{"name": "id", **column}]}},
        {
            "name": "events",
            "path": "events.csv",
            "schema": {
                "fields": [{"name": "person", **column}],
                "foreignKeys": [{"fields": "person", "reference": {"resource": "people", "fields": "id"}}],
            },
        },
    ]
    (data / "datapackage.json").write_text(json.dumps({"resources": resources}))
    package = load_package(tmp_path)
    tables = {
        path: read_table(tmp_path, path, package.schema(path))
        for path in ("data/people.csv", "data/events.csv")
    }
    (error,) = reference_faults(tables, package)
    assert "'p9'" in error.what
    assert "data/events.csv, row 3, column person" in error.where


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    plain = read(tmp_path, GOOD).frame
    windows = read(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n")).frame
    assert plain.equals(windows)


def test_utf_16_is_read_by_its_mark(tmp_path):
    (tmp_path / "t.csv").write_text(GOOD, encoding="utf-16")
    assert read_table(tmp_path, "t.csv", None).frame["id"].tolist() == ["x1", "x2"]


@pytest.mark.parametrize(("key", "value"), [("type", "integr"), ("constraints", {"minmum": 1})])
def test_a_descriptor_with_an_unknown_word_names_the_nearest(tmp_path, key, value):
    with pytest.raises(EvidentiaError, match="did you mean|has the") as caught:
        read(tmp_path, GOOD, fields=[{"name": "id", key: value}])
    assert "did you mean" in caught.value.remedy


def test_a_schema_may_describe_some_columns_only(tmp_path):
    text = "n,other\n5,a\n"
    field = [{"name": "n", "type": "integer"}]
    assert '"fieldsMatch": ["subset"]' in fault(tmp_path, text, fields=field)
    assert read(tmp_path, text, field, fieldsMatch=["subset"]).frame["other"].tolist() == ["a"]
    more = [*field, {"name": "absent", "type": "string"}]
    assert "'absent' is missing" in fault(tmp_path, text, fields=more, fieldsMatch=["subset"])
    assert read(tmp_path, text, more, fieldsMatch=["partial"]).frame["n"].tolist() == [5]
    assert "did you mean 'subset'" in fault(tmp_path, text, fields=field, fieldsMatch=["subsett"])


def test_unseen_signs_are_taken_from_each_cell_that_has_them_and_counted(tmp_path):
    table = read(tmp_path, "a,b\nx\u00a0 y,1\n x y,2\nz\u200b,3\n,4\nz,5\n", [])
    assert table.frame["a"].tolist()[:3] == ["x  y", "x y", "z"]
    assert table.frame["a"].isna().tolist() == [False, False, False, True, False]
    assert table.cells.cleaned == 3


@pytest.mark.parametrize("words", [["yes", "no"], ["low risk", "high risk"]])
def test_words_that_are_the_whole_column_are_not_proposed_as_missing_values(words):
    table = DataTable(pd.DataFrame({"outcome": words * 3}, index=range(2, 8)), "data/people.csv", "sha256:0")
    with pytest.raises(EvidentiaError, match="are not numbers") as fault:
        table.numeric("outcome")
    assert "missingValues" not in fault.value.remedy  # a reader who copies it would lose every answer
    assert "1 for yes and 0 for no" in fault.value.remedy


def test_a_number_that_is_declared_missing_is_missing_among_published_numbers_too(tmp_path):
    fields = [
        {"name": "area", "type": "string"},
        {"name": "n", "type": "number", "missingValues": ["", "-99", "low", "c"]},
    ]
    table = read(tmp_path, "area,n\nA,12\nB,-99\nC,low\nD,c\n", fields=fields)
    values, symbols, _ = table.official("n")
    assert values.fillna(-1).tolist() == [12, -1, 0, -1]  # "low" is a value that rounds to 0
    assert symbols.tolist() == ["", "", "low", "c"]


@pytest.mark.parametrize("cell", ["-99", "-99.0", "-99.00", "\u221299"])
def test_a_number_that_is_declared_missing_is_missing_however_it_is_spelt(tmp_path, cell):
    fields = [
        {"name": "area", "type": "string", "missingValues": ["", "-99"]},
        {"name": "n", "type": "number", "missingValues": ["", "-99"]},
    ]
    table = read(tmp_path, f"area,n\nA,12.5\n-99.0,{cell}\n", fields=fields)
    assert table.frame["n"].isna().tolist() == [False, True]
    assert table.frame["area"].tolist() == ["A", "-99.0"]  # a text is what it is
