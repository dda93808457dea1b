"""Exports of survey programs as they come: people who finished, questions as labels, nothing that names
anybody.
"""

import io

import pytest
from openpyxl import Workbook

from evidentia.core.errors import EvidentiaError
from evidentia.data.import_report import import_report
from evidentia.data.source import Source
from evidentia.data.table import read_table

IDS = (
    '"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}",'
    '"{""ImportId"":""recipientEmail""}","{""ImportId"":""QID1""}"'
)
QUALTRICS = f"""StartDate,Status,Finished,ResponseId,RecipientEmail,Q1
Start Date,Response Type,Finished,Response ID,Recipient Email,"How safe is it?

Choose one"
{IDS}
2024-03-01 10:00,IP Address,True,R_1,a@example.org,Safe
2024-03-01 11:00,Survey Preview,True,R_2,b@example.org,Unsafe
2024-03-01 12:00,IP Address,False,R_3,c@example.org,Safe
2024-03-01 13:00,IP Address,True,R_4,d@example.org,Unsafe
"""
FORMS = [
    ["ID", "Start time", "Completion time", "Email", "Name", "How safe\u00a0is it?"],
    [1, "3/1/24 10:00", "3/1/24 10:03", "anonymous", None, "Safe;Near;"],
    [2, "3/1/24 11:00", "3/1/24 11:02", "b@example.org", "B", "Safe;"],
]
SMART = """UserID,Started,Ended,IP Address,Status,How safe is it?,What helps?,
,,,,,,Light,Staff
11,2024-03-01,2024-03-01,10.0.0.1,Completed,Safe,Light,
12,2024-03-01,,10.0.0.2,Partial,Safe,,
13,2024-03-02,2024-03-02,10.0.0.3,Completed,Unsafe,,Staff
"""


def read(tmp_path, name, content, **source):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(tmp_path, name, None, Source(**source))


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_qualtrics_rows_are_people_who_finished(tmp_path):
    table = read(tmp_path, "q.csv", QUALTRICS, format="qualtrics")
    assert table.frame["Q1"].tolist() == ["Safe", "Unsafe"]
    assert list(table.frame.columns) == ["ResponseId", "Q1"]
    assert table.cells.labels["Q1"] == "How safe is it? Choose one"
    left = {item["reason"]: item["rows"] for item in import_report(table)["left_out"]}
    assert left == {"question texts and import ids": 2, "previews, tests and spam": 1, "unfinished": 1}


def test_qualtrics_codes_of_status_and_finished_are_read(tmp_path):
    coded = (
        QUALTRICS.replace("IP Address,True", "0,1")
        .replace("Survey Preview,True", "1,1")
        .replace("IP Address,False", "0,0")
    )
    assert read(tmp_path, "q.csv", coded, format="qualtrics").frame["ResponseId"].tolist() == ["R_1", "R_4"]


def test_forms_are_read_with_the_question_as_it_is_seen(tmp_path):
    table = read(tmp_path, "f.xlsx", workbook(FORMS), format="ms_forms")
    assert list(table.frame.columns) == ["ID", "How safe is it?"]


def test_smart_survey_options_are_no_person(tmp_path):
    named = SMART.replace("What helps?,\n", "What helps?,What helps? (2)\n")
    table = read(tmp_path, "s.csv", named, format="smart_survey")
    assert table.frame["UserID"].astype(int).tolist() == [11, 13]
    assert table.cells.labels["What helps? (2)"] == "What helps? (2): Staff"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("q.csv", QUALTRICS, "qualtrics"), ("f.xlsx", workbook(FORMS), "ms_forms")],
    ids=["qualtrics", "ms_forms"],  # the bytes of a workbook hold the time
)
def test_nothing_that_names_people_is_kept(tmp_path, name, content, kind):
    table = read(tmp_path, name, content, format=kind)
    assert "example.org" not in table.frame.to_csv()
    assert "example.org" not in str(import_report(table))


def test_a_column_that_names_people_cannot_be_selected(tmp_path):
    with pytest.raises(EvidentiaError, match="names or locates people"):
        read(tmp_path, "q.csv", QUALTRICS, format="qualtrics", select=("ResponseId", "RecipientEmail", "Q1"))


def test_an_export_read_as_a_plain_table_asks_for_its_format(tmp_path):
    with pytest.raises(EvidentiaError, match="export of Qualtrics") as caught:
        read(tmp_path, "q.csv", QUALTRICS)
    assert "format: qualtrics" in caught.value.remedy


def test_a_file_of_another_program_is_named(tmp_path):
    with pytest.raises(EvidentiaError, match="not an export of Qualtrics"):
        read(tmp_path, "t.csv", "a,b\n1,2\n", format="qualtrics")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_question_texts_without_import_ids_are_no_answer(tmp_path, kind):
    rows = [line.split(",") for line in QUALTRICS.replace("\n\nChoose one", "").splitlines()]
    rows = [row for row in rows if "ImportId" not in row[0]]
    content = workbook(rows) if kind == "xlsx" else "\n".join(",".join(row) for row in rows)
    table = read(tmp_path, f"q.{kind}", content, format="qualtrics")
    assert table.frame["Q1"].tolist() == ["Safe", "Unsafe"]
    assert table.cells.labels["Q1"].strip('"') == "How safe is it?"
    with pytest.raises(EvidentiaError, match="export of Qualtrics"):
        read(tmp_path, f"q.{kind}", content)


def test_an_export_without_further_headings_is_known_by_its_columns(tmp_path):
    rows = QUALTRICS.splitlines()
    plain = "\n".join([rows[0], *rows[5:]])
    with pytest.raises(EvidentiaError, match="previews and unfinished answers") as caught:
        read(tmp_path, "q.csv", plain.replace("RecipientEmail", "Progress"))
    assert "format: qualtrics" in caught.value.remedy
    with pytest.raises(EvidentiaError, match="export of SmartSurvey") as caught:
        read(tmp_path, "s.csv", SMART.replace(",\n,,,,,,Light,Staff", ",b"))
    assert "format: smart_survey" in caught.value.remedy
    assert len(read(tmp_path, "f.xlsx", workbook(FORMS)).frame) == 2, "Forms exports what is finished alone"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_options_of_a_question_get_its_name_and_theirs(tmp_path, kind):
    rows = [line.split(",") for line in SMART.splitlines()]
    content = workbook([[cell or None for cell in row] for row in rows]) if kind == "xlsx" else SMART
    table = read(tmp_path, f"s.{kind}", content, format="smart_survey")
    assert list(table.frame.columns) == [
        "UserID",
        "How safe is it?",
        "What helps?: Light",
        "What helps?: Staff",
    ]
    assert table.frame["What helps?: Staff"].tolist() == [None, "Staff"]
