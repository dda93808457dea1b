"""The archive's README, in the order of the template README of the social science data editors (AEA)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidentia.assurance.logs import load_data_log
from evidentia.config.model import Config
from evidentia.config.publish import Publish

MAIN = ("evidentia", "Python", "snakemake", "numpy", "scipy", "statsmodels", "pandas", "weasyprint")
"""Software that the README names; the lock has all."""


def readme(
    config: Config,
    folder: Path,
    members: Sequence[str],
    withheld: Sequence[tuple[str, str, str]],
    software: Mapping[str, str],
) -> tuple[str, list[str]]:
    """Return the README, and what a person must still write for it.

    Parameters
    ----------
    config : Config
    folder : Path
    members : sequence of str
        Files of the archive.
    withheld : sequence of tuple
        Path, hash and reason of each file that is left out.
    software : mapping of str to str
        Name to version.
    """
    publish = config.publish or Publish.model_validate({})
    log = load_data_log(folder, config.data)
    unlogged = ", ".join(name for name in config.data if name not in log)
    missing = [f"Archive: the data log (assurance/data.yaml) does not have {unlogged}"] if unlogged else []
    if not publish.rights:
        missing.append("Archive: who may use the data, and how they are asked for (publish.rights)")
    if not publish.licence:
        missing.append("Archive: the licence (publish.licence)")
    lines = [
        f"# {config.evaluation.title}: archive package",
        "",
        "## Overview",
        "",
        "The files here make every number, figure and table of the report again from the data. The report"
        " is made by Evidentia from `evaluation/config.yaml`; `results/` holds what it made.",
        "",
        *_availability(config, publish, log, withheld),
        *_datasets(config, members),
        *_requirements(software),
        *_programs(members),
        *_instructions(withheld),
        *_exhibits(config),
    ]
    return "\n".join([*lines, ""]), missing


def _availability(
    config: Config, publish: Publish, log: Mapping[str, Any], withheld: Sequence[tuple[str, str, str]]
) -> Iterator[str]:
    yield from ("## Data availability and provenance statements", "", "### Statement about rights", "")
    yield from (publish.rights or "Not written yet: who may use the data, and how they are asked for.", "")
    yield from (
        "### Licence",
        "",
        publish.licence or "Not written yet.",
        "",
        "### Summary of availability",
        "",
    )
    left = [path for path, _, reason in withheld if reason == "records of people"]
    if not left:
        yield "All data are in this archive."
    elif len(left) == len(config.data):
        yield "No data are in this archive, because they are records of people."
    else:
        yield "Some data are not in this archive, because they are records of people."
    yield from ("", "### Details on each data source", "")
    for name in config.data:
        row = log.get(name)
        if row is None:
            yield f"* **{name}**: not written yet (assurance/data.yaml)."
        else:
            yield (
                f"* **{name}**: {row['source']}, release {row['release']}, owner {row['owner']}."
                f" Quality: {row['quality']}. Limits: {row['limits']}"
            )
    if withheld:
        yield from ("", "Left out, with the hash by which a copy is known:", "")
        yield from ("| File | Hash | Why |", "| --- | --- | --- |")
        yield from (f"| {path} | {known} | {reason} |" for path, known, reason in withheld)
    yield ""


def _datasets(config: Config, members: Sequence[str]) -> Iterator[str]:
    yield from ("## Dataset list", "", "| Data set | File | In the archive | Synthetic |")
    yield "| --- | --- | --- | --- |"
    for name, dataset in config.data.items():
        path = f"made by {dataset.run}" if dataset.run else dataset.path
        there = "yes" if f"evaluation/{path}" in members else "no"
        yield f"| {name} | {path} | {there} | {'yes' if dataset.synthetic else 'no'} |"
    yield from ("", "`codebook.csv` describes each column.", "")


def _requirements(software: Mapping[str, str]) -> Iterator[str]:
    yield from ("## Computational requirements", "", "### Software", "")
    yield from (f"* {name} {software[name]}" for name in MAIN if name in software)
    yield from ("", "`requirements.lock` has every package with its hash.", "", "### Randomness", "")
    yield from ("Seeds stand in `evaluation/config.yaml`; the same inputs give the same bytes.", "")
    yield from ("### Memory and time", "", "What each step may take is said in `workflow/Snakefile`.", "")


def _programs(members: Sequence[str]) -> Iterator[str]:
    yield from ("## Description of programs", "")
    yield "* `evaluation/config.yaml`: data, models, figures, tables and chapters."
    yield "* `workflow/Snakefile`: the order of the steps."
    own = [name for name in members if name.startswith("evaluation/") and name.endswith((".py", ".R"))]
    yield from (f"* `{name}`: a program of this evaluation." for name in own)
    yield from ("", "## Instructions to replicators", "")


def _instructions(withheld: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    steps = ["Install the packages of `requirements.lock` with pip and `--require-hashes`."]
    if any(reason == "records of people" for _, _, reason in withheld):
        steps.append("Ask for the data that are left out, and put them into `evaluation/` as named.")
    steps += [
        "Run `evidentia build evaluation`.",
        "Compare with `evidentia diff results/numbers.json evaluation`; `sha256sum --check manifest.sha256`"
        " proves the archive itself.",
    ]
    yield from (f"{number}. {step}" for number, step in enumerate(steps, start=1))
    yield ""


def _exhibits(config: Config) -> Iterator[str]:
    yield from (
        "## List of figures and tables",
        "",
        "| Figure or table | Data | Analysis |",
        "| --- | --- | --- |",
    )
    for kind, shown in (("figures", config.figures), ("tables", config.tables)):
        yield from (f"| {id} | results/{kind}/{id}.csv | {one.analysis} |" for id, one in shown.items())
