"""What is said of a file that was read: nothing is lost in silence, and nothing about protected people is
told.
"""

import json

import pytest

from evidentia.audit.imports import propose, reports
from evidentia.core.errors import EvidentiaError
from evidentia.data.fields import Field, Schema
from evidentia.data.import_report import import_report
from evidentia.data.source import Source
from evidentia.data.table import read_table
from folders import MINIMAL, write_folder

PEOPLE = "case,age,visits,band\n" + "".join(f"{n:03},{20 + n % 15},{n % 9},{n % 4 + 1}\n" for n in range(40))


def report(tmp_path, text, source=None, **policy):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    return import_report(read_table(tmp_path, "t.csv", None, source or Source(), **policy))


def test_a_code_far_from_the_rest_is_named_with_its_rows(tmp_path):
    said = report(tmp_path, PEOPLE.replace("003,23", "003,-99").replace("017,22", "017,-99"))["remarks"]
    assert any("rows 5, 19, column age: far outside the rest: -99" in remark for remark in said)
    assert not any("column age" in remark for remark in report(tmp_path, PEOPLE)["remarks"])


def test_whole_numbers_from_one_up_may_be_codes(tmp_path):
    assert any(
        "column band: whole numbers from 1 to 4 are read as a number" in remark
        for remark in report(tmp_path, PEOPLE)["remarks"]
    )


def test_whole_numbers_that_a_schema_calls_numbers_are_no_codes(tmp_path):
    (tmp_path / "t.csv").write_text(PEOPLE, encoding="utf-8")
    types = {"case": "string", "age": "integer", "visits": "integer", "band": "integer"}
    schema = Schema(tuple(Field(name, type) for name, type in types.items()))
    assert not any(
        "band" in remark for remark in import_report(read_table(tmp_path, "t.csv", schema))["remarks"]
    )


def test_identical_rows_are_counted(tmp_path):
    said = report(tmp_path, PEOPLE + "\n".join(PEOPLE.splitlines()[4:7]))["remarks"]
    assert any("3 rows are identical to another one (rows 42, 43, 44)" in remark for remark in said)


def test_rows_left_out_are_counted_by_reason(tmp_path):
    found = report(
        tmp_path,
        "Cases\n\n" + PEOPLE.replace("009,", ",,,\n,,,\n009,") + "Source: case files\n",
        Source(where=(("band", ("1", "2")),)),
    )
    assert {item["reason"]: item["rows"] for item in found["left_out"]} == {
        "lines of title above the table": 1,
        "notes below the table": 1,
        "empty rows": 2,
        "band is not 1 or 2": 20,
    }
    assert found["rows"] == 20


def test_a_column_says_its_role_and_its_symbols(tmp_path):
    found = report(tmp_path, "area,rate,note\nA,1.5,x\nB,low,y\nC,[c],z\nD,c,w\n")
    assert {column["name"]: column["role"] for column in found["columns"]} == {
        "area": "category",
        "rate": "mixed",
        "note": "category",
    }
    assert found["columns"][1]["symbols"]["c"] == {"cells": 1, "means": "suppressed to protect people"}


def test_nothing_is_counted_of_protected_people(tmp_path):
    text = PEOPLE.replace("003,23", "003,-99") + PEOPLE.splitlines()[4] + "\n,,,\n"
    found = report(tmp_path, text, minimum_cell=10)
    assert found["rows"] is None
    assert found["left_out"] == [{"reason": "empty rows"}]
    told = json.dumps(found | {"sha256": ""})
    assert "-99" not in told
    assert "identical" not in told
    assert all(set(column) == {"name", "role", "type"} for column in found["columns"])


def test_the_reports_of_a_folder_name_a_data_set_that_cannot_be_read(tmp_path):
    folder = write_folder(
        tmp_path / "e", {**MINIMAL, "data": {**MINIMAL["data"], "other": {"path": "data/other.csv"}}}
    )
    (folder / "data" / "other.csv").write_text("a;b\n1;2\n")
    found = reports(folder)
    assert found["rates"]["rows"] == 9
    assert "separated by semicolons" in found["other"]["fault"]
    with pytest.raises(EvidentiaError, match="no data set 'rate'"):
        reports(folder, "rate")


@pytest.mark.parametrize(
    ("text", "entry", "field"),
    [
        (
            "case,start\n001,03/05/2019\n002,14/05/2019\n",
            "id: case",
            {"name": "start", "type": "date", "format": "%d/%m/%Y"},
        ),
        (
            "n,age\n1,34\n2,N/K\n3,40\n",
            "path: data/new.csv",
            {"name": "age", "type": "number", "missingValues": ["", "N/K"]},
        ),
        (
            (
                "ResponseId,Q1\nResponse ID,How are"
                ' you?\n"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}"\nR_1,Well\nR_2,Ill\n'
            ),
            "format: qualtrics",
            {"name": "Q1", "title": "How are you?", "type": "string"},
        ),
    ],
)
def test_a_new_file_gets_an_entry_and_a_schema(tmp_path, text, entry, field):
    (tmp_path / "new.csv").write_text(text)
    found = propose(tmp_path / "new.csv")
    assert entry in found["entry"]
    fields = {item["name"]: item for item in found["resource"]["schema"]["fields"]}
    assert field.items() <= fields[field["name"]].items()


def test_codes_that_are_many_do_not_hide_themselves(tmp_path):
    rows = "".join(f"{n:03},{999 if n % 3 == 0 else 20 + n % 15},1\n" for n in range(60))
    said = report(tmp_path, f"case,age,visits\n{rows}")["remarks"]
    assert any("column age: far outside the rest: 999" in remark for remark in said)


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        (["K3", "k3", "K4"], "capital letters"),
        (["7", "007", "8"], "zeros before them"),
        (["K-3", "K3"], "dashes"),
    ],
)
def test_ids_that_seem_to_be_one_are_named(tmp_path, ids, words):
    text = "case,age\n" + "".join(f"{id},{20 + place}\n" for place, id in enumerate(ids))
    said = report(tmp_path, text, Source(id="case"))["remarks"]
    assert any(f"differ only by {words}" in remark and "rows 2, 3" in remark for remark in said)
    protected = report(tmp_path, text, Source(id="case"), minimum_cell=5)["remarks"]
    assert any("differ only by" in remark and "rows" not in remark for remark in protected)
    assert not report(tmp_path, "case,age\nK3,20\nK4,21\n", Source(id="case"))["remarks"]


def test_ids_that_a_spreadsheet_shortened_are_named(tmp_path):
    text = "ref,age\n1.23457E+14,20\n1.23457E+14,21\n"
    assert any(
        "column ref: numbers such as 1.23457E+14" in remark for remark in report(tmp_path, text)["remarks"]
    )
    with pytest.raises(EvidentiaError, match="lost digits in a spreadsheet") as caught:
        report(tmp_path, text, Source(id="ref"))
    assert "as text" in caught.value.remedy


def test_columns_that_may_hold_the_same_codes_are_one_remark(tmp_path):
    rows = "".join(f"{n:03},{n % 4 + 1},{n % 4 + 1},{n % 3 + 1}\n" for n in range(40))
    said = [remark for remark in report(tmp_path, f"case,q1,q2,q3\n{rows}")["remarks"] if "codes" in remark]
    assert len(said) == 2
    assert "columns q1, q2: whole numbers from 1 to 4" in said[0]
