"""The ledger: every number with its value, its source and each place where it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evidentia.config.model import Config
from evidentia.errors import EvidentiaError, raise_all
from evidentia.expression import evaluate
from evidentia.facts import load_facts
from evidentia.files import csv_text, read_json, to_json, write_whole
from evidentia.formats import SUPPRESSED, printed
from evidentia.results import check_unique, load_result

SCHEMA = 1
Entry = dict[str, Any]


def collect(config: Config, folder: Path) -> list[Entry]:
    """Return the entries of all analyses, stated facts and derived numbers, without uses.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder, with build/results filled.
    """
    entries: list[Entry] = []
    for analysis in config.analyses:
        result, source = load_result(folder / "build" / "results" / f"{analysis}.json")
        source.pop("validated")
        for number in result.numbers:
            entry = {"id": f"{analysis}.{number.id}", "value": number.value, "unit": number.unit, "label": number.label}
            if number.formula:
                entry["formula"] = number.formula
            if number.suppressed:
                entry["suppressed"] = number.suppressed
            entries.append({**entry, "source": {**source, "basis": number.basis}})
    if config.report and config.report.facts:
        entries += load_facts(folder / config.report.facts)
    check_unique((entry["id"] for entry in entries), "the ledger")
    return entries + _derived(config, entries)


def _derived(config: Config, entries: list[Entry]) -> list[Entry]:
    """Compute the numbers that config.yaml derives from others; each may use those before it."""
    values = {entry["id"]: entry["value"] for entry in entries}
    sources = {entry["id"]: entry["source"] for entry in entries}
    derived, faults = [], []
    for id, item in config.derived.items():
        try:
            if id in values:
                raise EvidentiaError(f"the number id '{id}' is already taken", remedy="choose another")
            outcome = evaluate(item.formula, values)
        except EvidentiaError as fault:
            faults.append(EvidentiaError(fault.what, where=f"config.yaml, derived.{id}", remedy=fault.remedy))
            continue
        inputs: dict[str, str] = {}
        for used in outcome.values:
            inputs |= sources[used].get("inputs", {})
        synthetic = any(sources[used].get("synthetic") for used in outcome.values)
        source = {"rule": "values", "script": "scripts/values.py", "basis": "computed", "from": sorted(outcome.values), "inputs": inputs}
        sources[id] = source | ({"synthetic": True} if synthetic else {})
        values[id] = outcome.value
        derived.append(
            {"id": id, "value": outcome.value, "unit": item.unit, "label": item.label, "formula": item.formula, "source": sources[id]}
        )
    raise_all(faults)
    return derived


def display(entry: Mapping[str, Any], spec: str = "") -> str:
    """Return an entry's printed form in a format; a suppressed value prints as ``[c]``."""
    return SUPPRESSED if entry.get("suppressed") else printed(entry["value"], entry["unit"], spec)


def finished(entries: Iterable[Entry], uses: Mapping[str, list[dict[str, str]]]) -> list[Entry]:
    """Return the entries with their default display and the places where each is printed."""
    order = ("id", "value", "unit", "display", "label", "formula", "suppressed", "source", "uses")
    rows = [{**entry, "display": display(entry), "uses": uses.get(entry["id"], [])} for entry in entries]
    return [{key: row[key] for key in order if key in row} for row in rows]


def save(path: Path, evaluation: str, entries: list[Entry]) -> None:
    """Write numbers.json, and numbers.csv beside it for people who use a spreadsheet."""
    write_whole(path, to_json({"schema": SCHEMA, "evaluation": evaluation, "numbers": entries}, lines="numbers"))
    header = ["id", "value", "unit", "display", "label", "basis", "rule", "inputs", "document", "place", "times_printed", "printed_in"]
    rows = []
    for entry in entries:
        source = entry["source"]
        chapters = list(dict.fromkeys(use["chapter"] for use in entry["uses"]))
        rows.append([
            entry["id"], entry["value"], entry["unit"], entry["display"], entry["label"], source["basis"], source.get("rule", ""),
            " ".join(source.get("inputs", {})), source.get("document", ""), source.get("place", ""), len(entry["uses"]), " ".join(chapters),
        ])  # fmt: skip
    write_whole(path.with_suffix(".csv"), csv_text(header, rows))


def load(path: Path | str) -> dict[str, Entry]:
    """Return the entries of a numbers.json (or build/values.json) by id.

    Raises
    ------
    EvidentiaError
        If the file is no ledger, or one of another schema.
    """
    raw = read_json(path)
    if not isinstance(raw, dict) or "numbers" not in raw:
        raise EvidentiaError("this file is not a ledger", where=str(path), remedy="give a numbers.json that Evidentia wrote")
    if raw.get("schema") != SCHEMA:
        raise EvidentiaError(
            f"the ledger has schema {raw.get('schema')}; this version reads {SCHEMA}",
            where=str(path),
            remedy="rebuild it with this version",
        )
    return {entry["id"]: entry for entry in raw["numbers"]}
