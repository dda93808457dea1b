import datetime
import io
import zipfile
from xml.etree import ElementTree

import pytest
import yaml

from evidentia.config.load import load_config
from evidentia.core.results import Frame, Result
from evidentia.render.workbook import write_workbook
from evidentia.render.workbook_sheets import number_format, sheets_of
from folders import MINIMAL, write_folder

PAGE = """<html><body><main>
<figure id="fig-calls"><figcaption><span class="label">Figure 1: </span>Calls over time [synthetic]</figcaption><p class="source">Source: A.</p></figure>
<div class="tabular" id="tbl-all"><table><caption><span class="label">Table 1: </span>All calls</caption></table><p class="source">Source: B.</p></div>
<div class="tabular" id="tbl-typed"><table><caption><span class="label">Table 2: </span>Written out</caption>
<thead><tr><th>Name</th><th>Words</th></tr></thead><tbody><tr><th>One</th><td>Yes</td></tr><tr><th>Two</th><td>–</td></tr></tbody></table></div>
</main></body></html>"""
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def made(tmp_path):
    config = yaml.safe_load(yaml.safe_dump(MINIMAL))
    config["figures"] = {
        "calls": {
            "kind": "trend",
            "analysis": "rates",
            "indicator": "calls",
            "caption": "Calls",
            "alt": "They rose",
        }
    }
    config["tables"] = {
        "all": {
            "kind": "benchmark",
            "analysis": "rates",
            "indicators": ["calls"],
            "years": [2020],
            "caption": "All",
        }
    }
    columns = ["year", "label", "area", "neighbours", "nation", "neighbours_n", "target"]
    frames = {
        "calls": Frame(
            columns,
            [[2019, "2019", None, 60.0, 55.5, 2, None], [2020, "2020", 44.0, 60.123456789, 56.0, 3, None]],
        ),
        "indicators": Frame(["indicator", "label", "unit"], [["calls", "Calls", "rate_per_10000"]]),
    }
    unit = {"unit": "rate_per_10000", "label": "", "source": {}}
    ledger = {
        "rates.calls.2020.area": {"id": "a", "value": 44.0, **unit},
        "rates.calls.2020.neighbours": {"id": "b", "value": None, "suppressed": "c", **unit},
        "rates.calls.2020.neighbours_n": {"id": "c", "value": 3, "unit": "count", "label": "", "source": {}},
    }
    return load_config(write_folder(tmp_path, config)), PAGE, ledger, {"rates": Result(frames=frames)}


def test_each_figure_and_table_has_a_sheet_with_unrounded_values(made):
    figure, table, typed = sheets_of(*made)
    assert [sheet.name for sheet in (figure, table, typed)] == ["Figure 1", "Table 1", "Table 2"]
    assert figure.title == "Figure 1: Calls over time [synthetic]"
    assert figure.rows[1] == ["2020", 44.0, 60.123456789, 3, 56.0]
    assert figure.formats[1] == ["", "#,##0.0", "#,##0.0", "#,##0", "#,##0.0"]
    assert figure.units["Hereford"] == "per 10,000"
    assert typed.rows == [["One", "Yes"], ["Two", "[z]"]]


def test_a_missing_and_a_suppressed_value_say_so_in_shorthand(made):
    figure, table, _ = sheets_of(*made)
    assert figure.rows[0][1] == "[x]"
    assert table.rows[0][1:] == [44.0, "[c]", 3, "[x]"]


@pytest.mark.parametrize(
    ("unit", "spec", "expected"),
    [
        ("proportion", "1dp", "#,##0.0%"),
        ("proportion", "", "#,##0%"),
        ("percentage_points", "abs 1dp", '#,##0.0" percentage points"'),
        ("p_value", "", "#,##0.000"),
        ("pounds", "", "£#,##0"),
        ("count", "words", "#,##0"),
    ],
)
def test_a_cell_shows_as_many_places_as_the_report(unit, spec, expected):
    assert number_format(unit, spec) == expected


def test_the_same_report_gives_the_same_bytes_dated_by_the_evaluation(made):
    book = write_workbook(*made)
    assert book == write_workbook(*made)
    archive = zipfile.ZipFile(io.BytesIO(book))
    assert {item.date_time[0] for item in archive.infolist()} == {1980}
    core = archive.read("docProps/core.xml").decode()
    assert made[0].evaluation.date == datetime.date(2021, 6, 30)
    assert core.count("2021-06-30T00:00:00Z") == 2


def test_the_workbook_has_cover_contents_and_notes_before_the_tables(made):
    archive = zipfile.ZipFile(io.BytesIO(write_workbook(*made)))
    names = [
        sheet.get("name")
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{CELL}sheet")
    ]
    assert names == ["Cover", "Contents", "Notes", "Figure 1", "Table 1", "Table 2"]
    words = archive.read("xl/sharedStrings.xml").decode()
    for part in ("[x] = not available", "[c] = suppressed", "Some records are synthetic", "Source: B."):
        assert part in words
