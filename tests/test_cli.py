"""The command line, as a person uses it: in a folder that is built, and with mistakes."""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from evidentia.core.paths import BASELINE
from folders import ENGINE, MINIMAL, snakemake, write_folder

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("cli")]

CHAPTER = """# Calls {#sec-calls}

In 2020 there were {{ n("rates.calls.2020.area", "plain 1dp") }} calls per 10,000 in Hereford. That is
{% claim "rates.calls.2020.area < rates.calls.2020.nation" %}fewer than in Wales{% endclaim %}.
"""


def evidentia(folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(ENGINE / "src"), "COLUMNS": "240"}
    command = [sys.executable, "-m", "evidentia.cli", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def said(folder, *arguments):
    done = evidentia(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small evaluation with a claim, built and accepted; tests must not change it."""
    config = {**MINIMAL, "report": {"chapters": ["report/calls.qmd"], "annexes": ["numbers"]}}
    folder = write_folder(tmp_path_factory.mktemp("small"), config, **{"report__calls.qmd": CHAPTER})
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    assert evidentia(folder, "accept", "--reason", "The first numbers").returncode == 0
    return folder


@pytest.fixture
def folder(tmp_path, small):
    return shutil.copytree(small, tmp_path / "evaluation")


def set_calls(folder, value):
    """Change the calls of Hereford in 2020, which are 44."""
    path = folder / "data" / "rates.csv"
    assert "calls,2020,year,Hereford,44.0" in path.read_text()
    path.write_text(
        path.read_text().replace("calls,2020,year,Hereford,44.0", f"calls,2020,year,Hereford,{value}")
    )


@pytest.mark.parametrize("command", ["explain", "numbers", "diff", "accept", "schema"])
def test_each_command_has_help_with_an_example(tmp_path, command):
    assert f"evidentia {command}" in said(tmp_path, command, "--help").partition("Example")[2]


def test_a_number_is_explained_with_data_rule_code_and_places(default_build):
    text = said(default_build, "explain", "indicators.turnover.2019.area")
    for part in (
        "0.115 (proportion)",
        "data/indicators.csv",
        "the file on disk is the same",
        "Snakefile:",
        "scripts/analyse.py",
        "src/evidentia/designs/benchmark/analyse.py:",
        "indicators.turnover.2019.nation",
        "report/findings-outcomes.qmd:",
        "11.5%",
    ):
        assert part in text


def test_an_explanation_as_json_has_lines_pages_and_claims(default_build):
    told = json.loads(said(default_build, "explain", "indicators.turnover.2019.area", "--json"))
    lines = (ENGINE / "src/evidentia/designs/benchmark/analyse.py").read_text().splitlines()
    assert lines[told["source"]["module_line"] - 1].startswith("def analyse(")
    assert "rule:" in (ENGINE / "Snakefile").read_text().splitlines()[told["source"]["snakefile_line"] - 1]
    assert told["source"]["data"][0]["on_disk"] == "same"
    assert told["printed"][0]["page"] > 5
    assert all(claim["holds"] for claim in told["claims"])


def test_a_derived_number_names_what_it_is_computed_from_and_a_stated_one_its_document(default_build):
    derived = json.loads(said(default_build, "explain", "referral_rate.scale_up", "--json"))
    assert [other["id"] for other in derived["computed_with"]] == ["referral_rate.stated_months"]
    assert derived["formula"] == "12 / referral_rate.stated_months"
    stated = json.loads(said(default_build, "explain", "placements.threshold", "--json"))["source"]
    line = (ENGINE / "report" / "facts.yaml").read_text().splitlines()[stated["line"] - 1]
    assert line.strip().startswith("placements.threshold:")
    assert stated["document"] == "DfE, Local authority interactive tool"


def test_changed_data_are_told_when_a_number_is_explained(folder):
    set_calls(folder, 45.0)
    assert "the file on disk is changed since" in said(folder, "explain", "rates.calls.2020.area")


def test_numbers_are_listed_by_pattern_words_chapter_and_unit(default_build):
    rows = json.loads(said(default_build, "numbers", "indicators.turnover.*.area", "--json"))
    assert {row["id"] for row in rows} >= {"indicators.turnover.2019.area", "indicators.turnover.2020.area"}
    assert all("turnover" in row["id"] for row in rows)
    printed = json.loads(
        said(default_build, "numbers", "turnover", "--printed", "--chapter", "findings-outcomes", "--json")
    )
    assert printed
    assert all(any(use["chapter"] == "findings-outcomes" for use in row["uses"]) for row in printed)
    units = json.loads(said(default_build, "numbers", "stated", "--unit", "proportion", "--json"))
    assert {row["unit"] for row in units} == {"proportion"}
    assert f"{len(units)} numbers" in said(default_build, "numbers", "stated", "--unit", "proportion")


def test_a_changed_datum_is_shown_with_its_sentence_and_page(folder):
    set_calls(folder, 45.2)
    assert snakemake(folder).returncode == 0
    text = said(folder, "diff")
    page = json.loads(said(folder, "explain", "rates.calls.2020.area", "--json"))["printed"][0]["page"]
    assert page > 1
    assert f"1 sentence to read again (page {page})" in text
    assert f"calls, page {page}: In 2020 there were 45.2 calls per 10,000 in Hereford." in text
    html = (folder / "build" / "changes.html").read_text()
    assert "<code>rates.calls.2020.area</code>" in html
    assert "45.2 calls per 10,000 in Hereford" in html
    assert evidentia(folder, "diff", "--exit-code").returncode == 1


def test_a_claim_that_stopped_the_build_is_shown_to_flip_with_its_page(folder):
    set_calls(folder, 60.0)
    assert snakemake(folder).returncode != 0
    done = evidentia(folder, "diff")
    assert "The report does not print the newest values yet" in done.stderr
    assert re.search(
        r"A claim no longer holds \(calls, page \d+\)\s+That is fewer than in Wales\.", done.stdout
    )
    assert "rates.calls.2020.area < rates.calls.2020.nation" in done.stdout
    refused = evidentia(folder, "accept", "--reason", "Right")
    assert "does not print the newest values yet" in refused.stderr


def test_a_finished_pdf_stands_for_its_numbers(folder):
    shutil.copy(folder / "build" / "report.pdf", folder / "before.pdf")
    assert said(folder, "diff", "before.pdf").strip() == "No number differs."


def test_accepting_keeps_the_reason_and_what_changed(folder):
    path = folder / BASELINE
    numbers = json.loads(path.read_text())
    numbers["numbers"] = [
        {**row, "value": 40.0} if row["id"] == "rates.calls.2020.area" else row for row in numbers["numbers"]
    ]
    path.write_text(json.dumps(numbers))
    assert "Accepted. 1 number differs (1 changed)" in said(
        folder, "accept", "--reason", "The release of 2021 corrected it"
    )
    assert path.read_bytes() == (folder / "build" / "numbers.json").read_bytes()
    notes = (folder / "tests" / "regression" / "CHANGES.md").read_text()
    assert notes.count(f"## {datetime.date.today().isoformat()}") == 2
    assert "The first numbers" in notes
    assert "The release of 2021 corrected it" in notes
    assert (
        "`rates.calls.2020.area`: 40.0 per\N{NO-BREAK SPACE}10,000 -> 44.0 per\N{NO-BREAK SPACE}10,000"
        " (+10.00%)" in notes
    )
    again = evidentia(folder, "accept", "--reason", "Once more")
    assert again.returncode == 1
    assert "no number differs from the baseline" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", "rates.cals.2020.area"], "nearest: rates.calls.2020.area"),
        (["numbers", "no.such.*"], "no number matches"),
        (["diff", "no-such-revision"], "is no file, no folder and no git revision"),
        (["diff", "config.yaml"], "not a JSON file"),
        (["diff", "data"], "this folder holds no ledger"),
        (["accept"], "there is no reason"),
        (["explain", "a.b", "--folder", "nowhere"], "the file does not exist"),
        (["explain", "a.b", "nowhere"], "the file does not exist"),
    ],
)
def test_a_mistake_is_one_message_and_exit_1(folder, arguments, message):
    done = evidentia(folder, *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("evidentia: ")
    assert message in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
