"""The scan finds a record wherever a build could hide it, and nothing in a build that is clean."""

import base64
import gzip
import io
import json
import zipfile

import pandas as pd
import pyreadstat
import pytest

from evidentia.config.load import load_config
from evidentia.disclosure.scan import scan
from folders import MINIMAL, write_folder

PEOPLE = "person,town,start,score,treated\n" + "\n".join(
    f"QX{number:04},{'Grantham' if number % 2 else 'Spilsby'},2019-0{number % 9 + 1}-1{number % 8},{number / 7:.3f},{number % 2}"
    for number in range(40)
)
POLICY = {"path": "data/people.csv", "disclosure": {"minimum_cell": 5}}


@pytest.fixture
def folder(tmp_path):
    config = {**MINIMAL, "data": {**MINIMAL["data"], "people": POLICY}}
    made = write_folder(tmp_path / "study", config, data__people=PEOPLE)
    (made / "data" / "people").rename(made / "data" / "people.csv")
    (made / "build").mkdir()
    return made


def findings(folder):
    return scan(load_config(folder, check_files=False), folder).findings


def test_aggregates_are_no_finding(folder):
    (folder / "build" / "numbers.json").write_text(
        json.dumps({"n": 40, "mean": 2.857, "town": "Grantham", "months": "2019-01"})
    )
    found = scan(load_config(folder, check_files=False), folder)
    assert found.findings == ()
    assert (found.files, found.paths) == (1, ("data/people.csv",))
    assert found.record_values > 100


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"who": "QX0007"}', "id of a person, column person"),
        ("<p>qx<b>0007</b></p>", "id of a person, column person"),
        ("<p>QX&#48;007</p>", "id of a person, column person"),
        ("first seen on 2019-08-17", "value of few records, column start"),
        ('["Grantham", "2019-08-17", "1.000", 1]', "whole record"),
        (",".join(f"{number / 7:.3f}" for number in range(20)), "run of a column, column score"),
    ],
)
def test_a_record_is_found_in_text_in_any_dress(folder, text, what):
    (folder / "build" / "page.html").write_text(text)
    assert any(what in finding and finding.startswith("build/page.html") for finding in findings(folder))


def archive(name, data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tables.xlsx", archive("xl/sharedStrings.xml", "<t>QX0007</t>")),
        ("crate.zip", archive("inner.zip", archive("a.csv", "QX0007"))),
        ("numbers.csv.gz", gzip.compress(b"QX0007", mtime=0)),
        (
            "chart.svg",
            "<svg><image"
            f' href="data:text/csv;base64,{base64.b64encode(b"person: QX0007, start").decode()}"/></svg>'.encode(),
        ),
        ("wide.csv", "QX0007".encode("utf-16")),
        ("font.bin", b"\xff\x00\x81 QX0007 \x9c"),
    ],
    ids=["workbook", "archive", "packed", "picture", "wide", "binary"],
)
def test_a_record_is_found_inside_other_files(folder, name, data):
    (folder / "build" / name).write_bytes(data)
    assert any("id of a person" in finding for finding in findings(folder))


@pytest.mark.parametrize("how", ["words", "attachment", "properties"])
def test_a_record_is_found_in_a_pdf(folder, how):
    weasyprint = pytest.importorskip("weasyprint")
    attached = (
        [weasyprint.Attachment(string="person\nQX0007\n", name="data.csv")] if how == "attachment" else []
    )
    title, body = ("QX0007", "") if how == "properties" else ("t", "QX0007" if how == "words" else "")
    page = f"<html lang=en><title>{title}</title><body><h1>Heading</h1><p>{body}</p></body></html>"
    weasyprint.HTML(string=page).write_pdf(
        folder / "build" / "report.pdf", pdf_variant="pdf/ua-1", attachments=attached
    )
    assert any("id of a person" in finding and how in finding for finding in findings(folder))


def test_what_the_public_inputs_say_themselves_is_no_finding_but_an_id_is(folder):
    with (folder / "config.yaml").open("a") as stream:
        stream.write("# follow-up ended on 2019-08-17; QX0007 was looked at\n")
    (folder / "build" / "page.html").write_text("It ended on 2019-08-17. QX0007")
    assert [finding.split(" × ")[1] for finding in findings(folder)] == [
        "id of a person, column person, data/people.csv"
    ]


def test_a_folder_without_protected_data_needs_no_scan(tmp_path):
    folder = write_folder(tmp_path / "study")
    assert scan(load_config(folder, check_files=False), folder).measured.startswith(
        "no data set has a minimum cell"
    )


SCALE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]


@pytest.fixture
def survey(folder):
    """A folder whose protected data are answers, two neighbours on the scale among them."""
    rows = [
        f"QX{number:04},{SCALE[number % 5]},{SCALE[(number + 1 + number // 5 % 3) % 5]}"
        for number in range(40)
    ]
    (folder / "data" / "people.csv").write_text("\n".join(["person,support,time", *rows]))
    items = {name: {"scale": SCALE, "positive": SCALE[3:]} for name in ("support", "time")}
    config = {
        **MINIMAL,
        "data": {**MINIMAL["data"], "people": POLICY},
        "analyses": {
            **MINIMAL["analyses"],
            "staff": {"design": "panel_survey", "data": {"wave_1": "people"}, "items": items},
        },
    }
    write_folder(folder, config)
    return folder


@pytest.mark.parametrize("order", [1, -1])
def test_the_answers_of_a_scale_in_their_order_are_no_record(survey, order):
    (survey / "build" / "chart.svg").write_text(" ".join(f"<text>{label}</text>" for label in SCALE[::order]))
    assert findings(survey) == ()


def test_answers_in_another_order_or_with_an_id_are_a_record(survey):
    (survey / "build" / "table.csv").write_text("Neither agree nor disagree,Strongly agree\n")
    assert [finding.split(" × ")[1] for finding in findings(survey)] == ["whole record, data/people.csv"]
    (survey / "build" / "table.csv").write_text("QX0003,Agree,Strongly agree\n")
    assert any("id of a person" in finding for finding in findings(survey))


@pytest.mark.parametrize("ending", ["parquet", "xlsx"])
def test_a_record_of_a_data_set_in_any_format_is_found(folder, ending):
    frame = pd.read_csv(io.StringIO(PEOPLE))
    path = folder / "data" / f"people.{ending}"
    frame.to_parquet(path) if ending == "parquet" else frame.to_excel(path, index=False)
    config = {**MINIMAL, "data": {**MINIMAL["data"], "people": {**POLICY, "path": f"data/people.{ending}"}}}
    write_folder(folder, config)
    (folder / "build" / "notes.txt").write_text("QX0007, Grantham")
    assert any("id of a person, column person" in finding for finding in findings(folder))


def test_years_in_their_order_are_no_run_of_a_column_and_rare_values_are(folder):
    years = [str(year) for year in range(2010, 2018)]
    rows = [f"QX{number:04},{year},{1000 + 17 * number}" for number in range(5) for year in years]
    (folder / "data" / "people.csv").write_text("person,year,score\n" + "\n".join(rows) + "\n")
    (folder / "build" / "trend.csv").write_text("year\n" + "\n".join(years))
    assert findings(folder) == ()
    (folder / "data" / "people.csv").write_text(
        "person,year,score\n"
        + "\n".join(f"QX{number:04},{2000 + number},{number * 31}" for number in range(40))
    )
    (folder / "build" / "trend.csv").write_text("\n".join(str(number * 31) for number in range(8)))
    assert any("run of a column, column score" in finding for finding in findings(folder))


def test_findings_do_not_repeat_the_value(folder):
    (folder / "build" / "page.html").write_text("QX0007 2019-08-17")
    assert not any("QX0007" in finding or "2019-08-17" in finding for finding in findings(folder))


@pytest.mark.build
@pytest.mark.xdist_group("scan")
def test_the_default_build_holds_no_record(default_build):
    found = scan(load_config(default_build, check_files=False), default_build)
    assert found.findings == ()
    assert found.record_values > 3000


@pytest.mark.parametrize("name", ["people.parquet", "people.xlsx", "people.sav", "people.dta"])
def test_records_of_any_kind_of_file_are_looked_for(tmp_path, name):
    frame = pd.read_csv(io.StringIO(PEOPLE))
    config = {**MINIMAL, "data": {**MINIMAL["data"], "people": {**POLICY, "path": f"data/{name}"}}}
    made = write_folder(tmp_path / "study", config)
    (made / "build").mkdir()
    path = made / "data" / name
    writers = {
        "parquet": frame.to_parquet,
        "sav": lambda to: pyreadstat.write_sav(frame, str(to)),
        "dta": lambda to: pyreadstat.write_dta(frame, str(to)),
        "xlsx": lambda to: frame.to_excel(to, index=False),
    }
    writers[name.rpartition(".")[2]](path)
    (made / "build" / "page.html").write_text("<p>nothing of anybody</p>")
    assert findings(made) == ()
    (made / "build" / "page.html").write_text("<p>QX0007 came</p>")
    assert any("id of a person, column person" in finding for finding in findings(made))
