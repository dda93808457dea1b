"""The dossier: open tables that everybody can use, a page for the web, a registry entry, checklists, an archive."""

import contextlib
import csv
import datetime
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from evidentia.assurance.sign import sign
from evidentia.compare.sources import read_present
from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.dossier.govspeak import govspeak
from evidentia.dossier.ods import read_ods, write_ods
from evidentia.dossier.spreadsheets import check, faults_of, read_xlsx
from evidentia.dossier.write import dossier, write_dossier
from evidentia.plan.changes import freeze
from evidentia.workflow.job import Job
from plan.trial import CONFIG, configure, write_trial
from reliability.small import _script, run_rules

PUBLISH = {
    "departments": ["Department for Education"],
    "description": "Whether a reading programme works",
    "link": "https://example.org/report",
    "funding": "The county paid and took no part in the analysis.",
    "events": {"eval_start": {"month": "2024-03"}},
    "checklists": {"consort": {"8": "sec-findings", "19": "Teachers did not see the sequence"}},
}
FIGURES = {
    "flow": {"kind": "rct_flow", "analysis": "reading", "caption": "Pupils", "alt": "All pupils are analysed"}
}
TABLES = {
    **CONFIG["tables"],
    "before": {"kind": "rct_baseline", "analysis": "reading", "caption": "Pupils before the trial"},
}
CHAPTER = """

{{ figure("flow") }}

{{ table("before") }}

# Limitations {#sec-limits}

Schools *volunteered*[^who], see [the site](https://example.org/). Prices rose by 1. in * and # signs do no harm.

[^who]: They were asked by letter.

- First
- Second

::: {.callout-note}
## A word

Words in a box.
:::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = write_trial(
        tmp_path_factory.mktemp("dossier") / "trial", figures=FIGURES, tables=TABLES, publish=PUBLISH
    )
    path = folder / "report" / "findings.qmd"
    path.write_text(path.read_text() + CHAPTER.replace("by 1. in", "and"), encoding="utf-8")
    freeze(folder, load_config(folder, check_files=False), datetime.date(2024, 3, 1))
    run_rules(folder)
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        for name in ("pdf", "workbook"):
            _script(name).main(Job(name))
    shutil.copytree(folder / "build" / "draft", folder / "build", dirs_exist_ok=True)
    return folder


@pytest.fixture
def folder(built, tmp_path):
    return Path(shutil.copytree(built, tmp_path / "trial"))


def made(folder):
    return dossier(load_config(folder, check_files=False), folder, read_present(folder))


def other(folder, **sections):
    configure(folder, **{"figures": FIGURES, "tables": TABLES, "publish": PUBLISH, **sections})


@pytest.fixture(scope="module")
def files(built):
    return made(built).files


def rows_of(files, name="consort"):
    return {row["item"]: row for row in csv.DictReader(io.StringIO(files[f"checklists/{name}.csv"].decode()))}


def test_the_same_build_gives_the_same_bytes(built, files):
    assert made(built).files == files


def test_the_tables_are_the_same_in_both_formats_and_accessible(files):
    for name in ("tables.xlsx", "tables.ods"):
        check(files[name], name)
    sheets, title = read_ods(files["tables.ods"])
    before, _ = read_xlsx(files["tables.xlsx"])
    assert title == "A small trial"
    assert [sheet.name for sheet in sheets] == [sheet.name for sheet in before]
    assert [sheet.tables for sheet in sheets] == [sheet.tables for sheet in before]
    for one, two in zip(sheets, before, strict=True):
        cells = [[value for value in row if value is not None] for row in one.rows]
        assert cells == [[value for value in row if value is not None] for row in two.rows]


def test_the_open_tables_are_opened_by_libreoffice(files, tmp_path):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "tables.ods").write_bytes(files["tables.ods"])
    command = [
        program,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    done = subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "tables.ods")],
        capture_output=True,
        text=True,
        check=False,
    )
    if not (tmp_path / "tables.xlsx").is_file():
        pytest.skip(f"this LibreOffice has no spreadsheet program: {done.stdout}{done.stderr}")
    there, given = load_workbook(tmp_path / "tables.xlsx"), load_workbook(io.BytesIO(files["tables.xlsx"]))
    assert there.sheetnames == given.sheetnames
    for name in given.sheetnames:
        cells = {(cell.row, cell.column): cell.value for row in there[name].iter_rows() for cell in row}
        for row in given[name].iter_rows():
            for cell in row:
                found = cells.get((cell.row, cell.column))
                if isinstance(cell.value, float):
                    assert found == pytest.approx(cell.value, rel=1e-12)
                else:
                    assert found == cell.value


def workbook(change):
    book = Workbook()
    book.properties.title = "Tables"
    book.active.append(["Cover"])
    page = book.create_sheet("Table 1")
    for row in (["Title"], ["Place", "Share"], ["North", 0.5], ["South", 0.25]):
        page.append(row)
    from openpyxl.worksheet.table import Table

    page.add_table(Table(displayName="t", ref="A2:B4"))
    change(book, page)
    out = io.BytesIO()
    book.save(out)
    return read_xlsx(out.getvalue())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book, page: page.merge_cells("A1:B1"), "cells are merged"),
        (lambda book, page: page.__setitem__("B3", None), "row 3 has an empty cell"),
        (lambda book, page: page.__setitem__("B3", "=1+1"), "a cell holds a formula"),
        (lambda book, page: page.__setitem__("A1", None), "the first cell"),
        (lambda book, page: page.__setitem__("B2", "Place"), "the same heading"),
        (lambda book, page: setattr(page, "sheet_state", "hidden"), "hidden"),
        (lambda book, page: page.tables.clear(), "no table is marked"),
        (lambda book, page: setattr(book.properties, "title", ""), "no title"),
    ],
)
def test_what_keeps_a_spreadsheet_from_everybody_is_named(change, said):
    assert list(faults_of(*workbook(lambda book, page: None))) == []
    sheets, title = workbook(change)
    assert any(said in fault for fault in faults_of(sheets, title))
    if said not in ("hidden", "cells are merged", "a cell holds a formula"):  # what cannot be written as ODS
        again = read_ods(write_ods(sheets, title, "", datetime.datetime(2025, 1, 1), "en-GB"))
        assert any(said in fault for fault in faults_of(*again)), "the same in the other format"


def test_the_page_is_govspeak_with_notes_boxes_images_and_row_headings(files):
    text = files["page/page.md"].decode()
    assert "\n## 1. Findings\n" in f"\n{text}"
    assert "| # programme | 5.9 |" in text
    assert "[Image: flow.svg]" in text
    assert "Schools *volunteered*[^1], see [the site](https://example.org/)." in text
    assert "[^1]: They were asked by letter." in text
    assert "* First\n* Second" in text
    assert "^Words in a box.^" in text
    assert "<" not in text.replace("<0.001", "")
    assert files["page/flow.svg"].startswith(b"<")
    about = json.loads(files["page/page.json"])
    assert about["images"]["flow.svg"].startswith("All pupils are analysed")
    assert about["title"] == "A small trial"


def test_signs_of_markdown_in_words_are_escaped():
    text, _ = govspeak("<main><p># 5 * 3 | [x] and a_b</p><p>1. point</p></main>")
    assert text == "\\# 5 \\* 3 \\| \\[x\\] and a\\_b\n\n\\1. point\n"


def test_the_registry_entry_has_the_registrys_codes(files):
    entry = json.loads(files["registry.json"])
    assert entry["evaluation_types"] == ["impact"]
    assert (entry["impact_types"], entry["rct_types"]) == (["rct"], ["other"])
    assert entry["departments"] == [{"display": "Department for Education", "is_lead": True}]
    assert entry["plan_link"] == "https://example.org/registry/12345"
    assert entry["event_dates"] == [{"category": "eval_start", "year": 2024, "month": 3, "status": "actual"}]


def test_the_checklist_of_the_design_is_filled_with_pages(files):
    rows = rows_of(files)
    assert [name for name in files if name.startswith("checklists/")] == [
        "checklists/consort.csv",
        "checklists/consort.md",
    ]
    assert rows["22a"]["place"] == "figure flow"
    assert int(rows["22a"]["page"]) >= 2
    assert rows["25"]["place"] == "table before"
    assert rows["26"]["place"].startswith("reading.effect.estimate in ")
    assert rows["2"]["place"] == "https://example.org/registry/12345 (2024-02-20)"
    assert rows["5a"]["place"].startswith("The county paid")
    assert rows["8"]["place"] == "section '1. Findings'"
    assert rows["19"]["place"] == "Teachers did not see the sequence"
    assert rows["30"] | {"page": ""} == {
        "item": "30",
        "asked": "Limits: bias, imprecision, applicability",
        "place": "section '2. Limitations'",
        "page": "",
        "check": "yes",  # a heading alone tells it
    }


def test_what_nothing_fills_is_listed_and_named_as_still_to_be_written(built, files):
    assert rows_of(files)["20a"]["place"] == ""
    to_write = made(built).to_write
    assert any(text.startswith("CONSORT 2025, item 20a") for text in to_write)
    assert any(text.startswith("CONSORT 2025: check the items") and "30" in text for text in to_write)
    assert any("who may use the data" in text for text in to_write)
    assert "* 20a: Who did not know the arms" in files["checklists/consort.md"].decode()
    assert files["to_write.md"].decode().count("\n* ") == len(to_write)


@pytest.mark.parametrize(
    ("checklists", "said"),
    [
        ({"trend": {"1": "sec-findings"}}, "TREND is for the designs ipw, did, its"),
        ({"consort": {"99": "x"}}, "CONSORT 2025 has no item '99'"),
        ({"consort": {"8": "sec-nowhere"}}, "the report has no section 'sec-nowhere'"),
    ],
)
def test_a_checklist_of_another_design_an_unknown_item_and_section_are_refused(folder, checklists, said):
    other(folder, publish={**PUBLISH, "checklists": checklists})
    with pytest.raises(EvidentiaError) as caught:
        made(folder)
    assert said in str(caught.value)


def archive(files):
    return zipfile.ZipFile(io.BytesIO(files["archive.zip"]))


def test_the_archive_holds_words_settings_data_results_lock_and_hashes(files):
    package = archive(files)
    names = set(package.namelist())
    assert {
        "README.md",
        "codebook.csv",
        "requirements.lock",
        "ro-crate-metadata.json",
        "evaluation/config.yaml",
        "evaluation/plan.yaml",
        "evaluation/report/findings.qmd",
        "evaluation/data/pupils.csv",
        "results/numbers.json",
        "results/tables/effects.csv",
    } <= names
    for line in package.read("manifest.sha256").decode().splitlines():
        known, name = line.split("  ")
        assert hashlib.sha256(package.read(name)).hexdigest() == known
    graph = {row["@id"]: row for row in json.loads(package.read("ro-crate-metadata.json"))["@graph"]}
    assert {part["@id"] for part in graph["./"]["hasPart"]} <= names
    assert "| pupils | data/pupils.csv | yes | yes |" in package.read("README.md").decode()
    columns = [row["column"] for row in csv.DictReader(io.StringIO(package.read("codebook.csv").decode()))]
    assert columns == ["pupil", "arm", "before", "age", "reading", "attendance"]


def test_no_record_of_a_protected_data_set_is_in_the_dossier(folder):
    other(
        folder,
        data={"pupils": {"path": "data/pupils.csv", "synthetic": True, "disclosure": {"minimum_cell": 5}}},
    )
    files = made(folder).files
    names = archive(files).namelist()
    assert not [name for name in names if name.startswith("evaluation/data/")]
    text = archive(files).read("README.md").decode()
    assert "| data/pupils.csv | hmac-sha256:" in text
    record = (folder / "data" / "pupils.csv").read_text().splitlines()[5].encode()
    for name, content in files.items():
        held = [archive(files).read(one) for one in names] if name == "archive.zip" else [content]
        assert not any(record in one for one in held), name


def test_the_dates_count_from_the_approvers_signature(folder):
    assert json.loads(made(folder).files["dates.json"])["signed_off"] is None
    config = load_config(folder, check_files=False)
    sign(config, folder, folder / "build", "approver", ["report"], "J. Lind", datetime.date(2025, 7, 1))
    days = json.loads(made(folder).files["dates.json"])
    assert (days["signed_off"], days["publish_by"]) == ("2025-07-01", "2025-09-23")


def test_corrections_come_from_the_reasons_of_accepted_changes(folder):
    assert "No number has been corrected" in made(folder).files["corrections.md"].decode()
    path = folder / "tests" / "regression" / "CHANGES.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        "# Why\n\n## 2025-06-01\n\nFirst\n\nThe first baseline: 9 numbers.\n\n## 2025-06-20\n\n"
        "A school sent its marks again\n\n1 number differs.\n\n- `reading.effect.estimate`: 5.9 -> 6.2 (+4.2%)\n"
    )
    text = made(folder).files["corrections.md"].decode()
    assert (
        "### 20 June 2025\n\nA school sent its marks again\n\n* `reading.effect.estimate`: 5.9 -> 6.2" in text
    )
    assert "First" not in text


def test_an_unfinished_build_is_refused(folder):
    values = folder / "build" / "draft" / "values.json"
    values.write_text(values.read_text().replace("0.05", "0.06"))
    (folder / "build" / "report.html").unlink()
    with pytest.raises(EvidentiaError, match="no finished report"):
        made(folder)


def test_files_of_an_earlier_dossier_are_taken_away(folder):
    place = write_dossier(made(folder), folder)
    (place / "checklists" / "strobe.md").write_text("old")
    write_dossier(made(folder), folder)
    assert not (place / "checklists" / "strobe.md").exists()
    assert (place / "to_write.md").is_file()
