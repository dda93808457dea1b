"""The target review: what changed, the quality log, the provenance and the hashes."""

import hashlib
import json
import re
import shutil

import pytest
from lxml import html

from evidentia.audit.rap import rap_points
from evidentia.config.load import load_config
from evidentia.core.keyed_hashes import is_same
from evidentia.core.paths import BASELINE
from evidentia.workflow.records import recorded
from folders import ENGINE, snakemake, write_folder

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("review_rule")]
MADE = ("changes.html", "quality_log.html", "ro-crate-metadata.json", "manifest.sha256")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory, default_build):
    folder = shutil.copytree(default_build, tmp_path_factory.mktemp("review") / "evaluation")
    (folder / BASELINE).parent.mkdir(parents=True)
    shutil.copy(folder / "build" / "numbers.json", folder / BASELINE)
    (folder / "build" / "checks.json").write_text(
        json.dumps(
            {
                "checks": [
                    {
                        "id": "twice",
                        "title": "Two builds are alike",
                        "status": "failed",
                        "measured": "2 files",
                        "findings": ["a.pdf"],
                    }
                ]
            }
        )
    )
    done = snakemake(folder, "review")
    assert done.returncode == 0, done.stdout
    return folder


def test_the_same_build_gives_the_same_review(reviewed):
    before = {name: (reviewed / "build" / name).read_bytes() for name in MADE}
    assert snakemake(reviewed, "review", "--force").returncode == 0
    assert {name: (reviewed / "build" / name).read_bytes() for name in MADE} == before


def test_the_manifest_has_the_hash_of_every_input_and_output(reviewed):
    rows = [line.split("  ") for line in (reviewed / "build" / "manifest.sha256").read_text().splitlines()]
    named = {name for _, name in rows}
    assert {
        "data/indicators.csv",
        "config.yaml",
        "report/references.qmd",
        "build/report.pdf",
        "build/ro-crate-metadata.json",
    } <= named
    keyed = {name: value.removeprefix("# ") for value, name in rows if value.startswith("# ")}  # protected
    assert set(keyed) == {
        dataset.path
        for dataset in load_config(reviewed, check_files=False).data.values()
        if dataset.disclosure.protects
    }
    assert all(is_same(reviewed / name, value) for name, value in keyed.items())
    for value, name in (row for row in rows if row[1] not in keyed):
        assert hashlib.sha256((reviewed / name).read_bytes()).hexdigest() == value, name


def test_the_crate_ties_inputs_workflow_software_and_outputs(reviewed):
    text = (reviewed / "build" / "ro-crate-metadata.json").read_text()
    graph = {entity["@id"]: entity for entity in json.loads(text)["@graph"]}
    root, action = graph["./"], graph["#build"]
    workflow = graph[root["mainEntity"]["@id"]]
    assert "ComputationalWorkflow" in workflow["@type"]
    assert (reviewed / "build" / workflow["@id"]).read_bytes() == (ENGINE / "Snakefile").read_bytes()
    assert {"@id": "https://w3id.org/ro/wfrun/workflow/0.5"} in root["conformsTo"]
    assert action["instrument"] == root["mainEntity"]
    assert "data/indicators.csv" in {graph[item["@id"]]["alternateName"] for item in action["object"]}
    assert {"report.pdf", "numbers.json"} <= {item["@id"] for item in action["result"]}
    assert "weasyprint" in {graph[item["@id"]]["name"] for item in workflow["softwareRequirements"]}
    for entity in graph.values():  # nothing leads nowhere
        for value in entity.values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict) and not item["@id"].startswith(("http", "ni:")):
                    assert item["@id"] in graph, item


def test_the_crate_names_no_place_of_this_machine_and_no_time(reviewed):
    text = (reviewed / "build" / "ro-crate-metadata.json").read_text()
    assert str(reviewed) not in text
    assert str(ENGINE) not in text
    assert set(re.findall(r"\b20\d\d-\d\d-\d\d\b", text)) == {"2026-11-01"}  # the date of the edition


def test_the_crate_is_valid_by_its_validator(reviewed):
    services = pytest.importorskip("rocrate_validator.services")
    from rocrate_validator.models import Severity

    settings = services.ValidationSettings(
        rocrate_uri=str(reviewed / "build"),
        profile_identifier="workflow-run-crate",
        requirement_severity=Severity.REQUIRED,
    )
    try:
        issues = [issue.message for issue in services.validate(settings).get_issues()]
    except Exception as error:
        pytest.skip(f"the validator needs a network for the JSON-LD context: {error}")
    assert not [issue for issue in issues if "context" not in issue], issues


def test_the_quality_log_has_each_check_with_its_result(reviewed):
    page = html.fromstring((reviewed / "build" / "quality_log.html").read_text())
    rows = {
        row[0].text_content(): [cell.text_content() for cell in row]
        for row in page.xpath("//table[@class='log']/tbody/tr")
    }
    claims = json.loads((reviewed / "build" / "claims.json").read_text())["claims"]
    assert (
        rows["Each claim of the words is borne out by the numbers"][2]
        == f"{len(claims)} of {len(claims)} claims hold"
    )
    trip = json.loads((reviewed / "build" / "round_trip.json").read_text())["pdf"]["numbers"]
    assert (
        rows["Each number of the finished PDF has an origin: ledger, data or allowed kind"][2]
        == f"{trip:,} of {trip:,} are"
    )
    assert rows["Two builds are alike"] == [
        "Two builds are alike",
        "snakemake check",
        "2 files; a.pdf",
        "",
        "No",
        "Robust",
    ]
    assert [heading.text for heading in page.xpath("//h2")][:4] == [
        "Engagement and scoping",
        "Design",
        "Analysis",
        "Delivery, communication and sign-off",
    ]


def test_changes_say_that_nothing_differs(reviewed):
    assert "No number differs." in (reviewed / "build" / "changes.html").read_text()


def test_a_folder_without_report_and_baseline_is_reviewed_too(tmp_path):
    folder = write_folder(tmp_path / "bare")
    done = snakemake(folder, "review")
    assert done.returncode == 0, done.stdout
    assert "No numbers have been accepted yet" in (folder / "build" / "changes.html").read_text()


def test_a_level_is_not_met_where_its_evidence_is_missing(tmp_path):
    points = {point.what: point.met for point in rap_points(tmp_path, built=False)}
    assert points["The work is under version control"] is False
    assert points["One command makes all outputs"] is False
    assert points["Another person has reviewed the code"] is None
    assert points["Data are described and checked"] is False
    assert points["A change re-runs what depends on it, and no more"] is False


def test_a_step_whose_output_was_changed_by_hand_is_seen(tmp_path):
    folder = write_folder(tmp_path / "bare")
    assert snakemake(folder, "numbers").returncode == 0
    what = "A change re-runs what depends on it, and no more"
    assert {point.what: point.met for point in rap_points(folder, built=True, recorded=recorded(folder))}[
        what
    ] is True
    (folder / "build" / "numbers.json").write_text("{}")
    assert {point.what: point.met for point in rap_points(folder, built=True, recorded=recorded(folder))}[
        what
    ] is False


def test_code_that_is_no_package_is_seen(tmp_path):
    engine = tmp_path / "engine"
    for name in ("src/evidentia", "tests"):
        (engine / name).mkdir(parents=True)
    (engine / "Snakefile").write_text("")
    (engine / "pyproject.toml").write_text('[project]\nname = "not-installed-anywhere"\n')
    points = {point.what: point.met for point in rap_points(tmp_path, built=False, engine=engine)}
    assert points["The code is an installable package"] is False
