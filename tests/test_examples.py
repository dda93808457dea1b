"""The examples: each is built as its README says and passes its own tests; and the engine knows no evaluation
by name.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml

from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE
from folders import ENGINE, copy_evaluation, snakemake, warnings_of

ELSEWHERE = ("every-element", "tillbrook-reading-clubs")
"""Examples that tests/test_elements.py and tests/dossier/test_planned_example.py build on every run."""

EXAMPLES = sorted(path.parent for path in (ENGINE / "examples").glob("*/config.yaml"))


@pytest.mark.build
@pytest.mark.xdist_group("examples")
@pytest.mark.parametrize(
    "example",
    [
        pytest.param(path, id=path.name, marks=pytest.mark.slow if path.name in ELSEWHERE else ())
        for path in EXAMPLES
    ],
)
def test_an_example_builds_without_a_warning_and_passes_its_own_tests(example, tmp_path):
    folder = copy_evaluation(example, tmp_path / example.name)
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    assert warnings_of(done) == []
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--rootdir",
        str(folder),
        "-p",
        "no:cacheprovider",
        "-W",
        "error",
        str(folder / "tests"),
    ]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "skipped" not in checked.stdout


def test_nothing_in_the_engine_knows_the_default_evaluation():
    config = yaml.safe_load((ENGINE / "config.yaml").read_text(encoding="utf-8"))
    benchmark = config["analyses"]["indicators"]
    names = [
        benchmark["area"],
        *benchmark["neighbours"],
        config["evaluation"]["reproduces"]["reference"],
        "Caring2Learn",
        "Future4Me",
    ]
    names += [author.split()[-1] for author in config["evaluation"]["reproduces"]["authors"]]
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names), re.IGNORECASE)
    files = [
        path
        for part in ("src", "scripts", "templates", "profiles")
        for path in (ENGINE / part).rglob("*")
        if path.is_file()
    ]
    found = [
        f"{path.relative_to(ENGINE)}: {match[0]}"
        for path in [*files, ENGINE / "Snakefile"]
        for match in pattern.finditer(text_of(path))
    ]
    assert found == []
    assert pattern.search((ENGINE / "report" / "key-messages.qmd").read_text(encoding="utf-8")), (
        "the pattern finds what it should find"
    )


def text_of(path: Path) -> str:
    return (
        path.read_text(encoding="utf-8", errors="replace")
        if path.suffix not in (".pyc", ".woff2", ".docx")
        else ""
    )


@pytest.mark.build
@pytest.mark.xdist_group("new")
def test_the_numbers_are_the_same_from_parquet_and_an_excel_sheet(tmp_path):
    folder = copy_evaluation(ENGINE / "examples" / "aldermere-mentoring", tmp_path / "e")
    data = folder / "data"
    pd.read_csv(data / "young_people.csv").to_parquet(data / "young_people.parquet", index=False)
    with pd.ExcelWriter(data / "housing.xlsx", engine="openpyxl") as book:
        pd.DataFrame({"note": ["not this one"]}).to_excel(book, sheet_name="Notes", index=False)
        pd.read_csv(data / "housing.csv", parse_dates=["month"]).to_excel(
            book, sheet_name="Months", index=False
        )
    package = json.loads((data / "datapackage.json").read_text())
    for resource, path in zip(package["resources"], ("young_people.parquet", "housing.xlsx"), strict=False):
        resource["path"] = path
    package["resources"][1]["dialect"] = {"sheetName": "Months"}
    (data / "datapackage.json").write_text(json.dumps(package))
    config = (folder / "config.yaml").read_text()
    (folder / "config.yaml").write_text(
        config.replace("young_people.csv", "young_people.parquet").replace("housing.csv", "housing.xlsx")
    )
    done = snakemake(folder, "values")
    assert done.returncode == 0, done.stdout
    assert "Warning" not in done.stdout
    built, accepted = (load(folder / name) for name in ("build/draft/values.json", BASELINE))
    assert built.keys() == accepted.keys()
    for id, entry in built.items():
        value, before = entry["value"], accepted[id]["value"]
        # The accepted numbers may come from another kind of processor, which rounds the last digits in its
        # own way.
        assert value == (pytest.approx(before, rel=1e-9) if isinstance(value, float) else before), id
    assert list(built["housing.mean.pre"]["source"]["inputs"]) == ["data/housing.xlsx"]
