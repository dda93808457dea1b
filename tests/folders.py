"""Evaluation folders for tests, and Snakemake run on them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ENGINE = Path(__file__).resolve().parents[1]

MINIMAL = {
    "evaluation": {"id": "small", "title": "A small evaluation", "date": "2021-06-30"},
    "data": {"rates": {"path": "data/rates.csv"}},
    "analyses": {
        "rates": {
            "design": "benchmark",
            "data": "rates",
            "area": "Hereford",
            "neighbours": ["Eastshire", "Westshire", "Northshire"],
            "nation": "Wales",
            "indicators": {"calls": {"label": "Calls per 10,000"}},
        }
    },
}

RATES = """indicator,year,period,area,value,unit,source
calls,2019,year,Hereford,40.0,per_10000,Release A
calls,2019,year,Eastshire,50.0,per_10000,Release A
calls,2019,year,Westshire,70.0,per_10000,Release A
calls,2019,year,Wales,55.5,per_10000,Release A
calls,2020,year,Hereford,44.0,per_10000,Release A
calls,2020,year,Eastshire,52.0,per_10000,Release A
calls,2020,year,Westshire,71.0,per_10000,Release A
calls,2020,year,Northshire,57.0,per_10000,Release A
calls,2020,year,Wales,56.0,per_10000,Release A
"""


def write_folder(folder: Path, config: dict | None = None, **files: str) -> Path:
    """Write an evaluation folder; `files` are paths with / written as __ and . as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(yaml.safe_dump(config or MINIMAL, sort_keys=False), encoding="utf-8")
    for name, text in {"data__rates.csv": RATES, **files}.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def copy_default(folder: Path) -> Path:
    """Copy the default evaluation's inputs."""
    return copy_evaluation(ENGINE, folder, "data", "report")


def copy_evaluation(source: Path, folder: Path, *parts: str) -> Path:
    """Copy an evaluation's inputs, or some of its folders, without what was built there."""
    for path in [source / name for name in parts] or [path for path in source.iterdir() if path.is_dir()]:
        if path.name not in ("build", ".snakemake"):
            shutil.copytree(path, folder / path.name)
    for path in source.glob("*.yaml") if not parts else [source / "config.yaml"]:  # a frozen plan, a brand
        shutil.copy(path, folder / path.name)
    return folder


def snakemake(
    folder: Path, *arguments: str, engine: Path = ENGINE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build a folder with the engine's Snakefile, as a user would."""
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--cores",
        "2",
        "--snakefile",
        str(engine / "Snakefile"),
        "--directory",
        str(folder),
    ]
    profile = ["--workflow-profile", str(ENGINE / "profiles" / "default")]
    done = subprocess.run(
        [*command, *profile, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    done.stdout += done.stderr
    return done


def warnings_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what a build says beyond its own course and its notes on methods, which a report itself states."""
    course = re.compile(r"evidentia: (?:rendering with|\S+ is in no plan|\S+: note [a-z_]+: )")
    said = [
        line for line in done.stdout.splitlines() if line.startswith("evidentia:") and not course.match(line)
    ]
    return said + re.findall(r".*Warning.*", done.stdout)


def rules_run(done: subprocess.CompletedProcess[str]) -> set[str]:
    """Return the names of the rules that a build ran."""
    return {
        line.split("Rule: ")[1].rstrip(")") for line in done.stdout.splitlines() if "Finished jobid" in line
    } - {"all"}
