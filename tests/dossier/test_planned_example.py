"""The example with a plan, as a reader of the repository gets it: what it is to show is what it shows."""

import shutil
import subprocess
import sys

import pytest
import yaml

from evidentia.assurance.sign import assured
from evidentia.config.load import load_config
from evidentia.core.files import read_json
from evidentia.core.paths import DRAFT
from folders import ENGINE, copy_evaluation, snakemake
from reliability.small import run_rules

EXAMPLE = ENGINE / "examples" / "tillbrook-reading-clubs"


def fresh(place):
    return copy_evaluation(EXAMPLE, place / "example")


def lapsed(folder):
    found = assured(load_config(folder, check_files=False), folder, folder / DRAFT)
    return {(one.signature.role, one.signature.item) for one in found.lapsed}


def test_a_moved_number_lapses_the_signature_that_covers_it_and_no_other(tmp_path):
    folder = fresh(tmp_path)
    run_rules(folder, until="compose")
    assert lapsed(folder) == set(), "what stands in the repository is signed as it is"
    path = folder / "data" / "pupils.csv"
    row = path.read_text().splitlines()[1]
    *cells, absent, confidence = row.split(",")
    path.write_text(path.read_text().replace(row, ",".join([*cells, str(int(absent) + 40), confidence])))
    run_rules(folder, until="compose")
    tables = {item for role, item in lapsed(folder) if role == "assurer"}
    assert tables == {"table:absence-effect"}
    assert lapsed(folder) - {("assurer", "table:absence-effect")} == {
        ("analyst", "report"),  # the report holds the number too
        ("approver", "report"),
    }


@pytest.mark.build
@pytest.mark.xdist_group("examples")
def test_the_final_report_and_its_dossier_come_from_a_fresh_clone(tmp_path):
    folder = fresh(tmp_path)
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config["evaluation"]["status"] = "final"  # every signature that it needs is there
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    command = [sys.executable, "-m", "evidentia.cli", "publish", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    dossier = folder / "build" / "dossier"
    assert read_json(dossier / "dates.json")["signed_off"] == "2025-09-01"
    assert read_json(dossier / "registry.json")["status"] == "complete"
    assert "CONSORT 2025, item 27" in told.stdout
    config.pop("plan", None)
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    stale = subprocess.run(command, capture_output=True, text=True, check=False)
    assert stale.returncode == 1
    assert "no finished report of the data, words and settings as they are now" in stale.stderr
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed; all else was checked")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program, profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(dossier / "tables.ods")], capture_output=True, check=False)
    if not (tmp_path / "tables.csv").is_file():
        pytest.skip("this LibreOffice has no spreadsheet program; all else was checked")
    assert "Reading clubs in Tillbrook" in (tmp_path / "tables.csv").read_text()
