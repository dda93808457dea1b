"""Totals that a document states, checked against the sum of their parts.

A total that is not the sum of its parts does not stop the build, because a source may err and the report has
to say so. The difference is a number of the ledger, and build/totals.json lists all checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidentia.config.report import Total
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.expression import evaluate, known_values

Entry = dict[str, Any]
PREFIX = "totals"


def combined_source(used: Iterable[str], sources: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the source of a number that the rule ``values`` computes from others."""
    names = sorted(used)
    inputs: dict[str, str] = {}
    for name in names:
        inputs |= sources[name].get("inputs", {})
    source = {
        "rule": "values",
        "script": "scripts/values.py",
        "basis": "computed",
        "from": names,
        "inputs": inputs,
    }
    return source | ({"synthetic": True} if any(sources[name].get("synthetic") for name in names) else {})


def total_entries(totals: Mapping[str, Total], entries: list[Entry]) -> list[Entry]:
    """Return for each total the sum of its parts, ``totals.<name>.sum``, and ``totals.<name>.difference``,
    sum minus total.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown number id in a total or a part.
    """
    values = known_values(entries)
    sources = {entry["id"]: entry["source"] for entry in entries}
    units = {entry["id"]: entry["unit"] for entry in entries}
    found, faults = [], []
    for name, total in totals.items():
        try:
            stated = evaluate(total.total, values)
            parts = [evaluate(part, values) for part in total.parts]
        except EvidentiaError as fault:
            faults.append(
                EvidentiaError(fault.what, where=f"config.yaml, totals.{name}", remedy=fault.remedy)
            )
            continue
        source = combined_source({id for outcome in (stated, *parts) for id in outcome.values}, sources)
        unit, added = units[next(iter(stated.values))], sum(part.value for part in parts)
        for ending, value, words, formula in (
            ("sum", added, "sum of the parts", " + ".join(total.parts)),
            (
                "difference",
                added - stated.value,
                "sum of the parts minus the total",
                f"{PREFIX}.{name}.sum - {total.total}",
            ),
        ):
            id, label = f"{PREFIX}.{name}.{ending}", f"{total.label}, {words}"
            found.append(
                {"id": id, "value": value, "unit": unit, "label": label, "formula": formula, "source": source}
            )
    raise_all(faults)
    return found


def checks(totals: Mapping[str, Total], entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return a row for each total: what it is, total, parts, sum, difference, and whether they agree."""
    values = {entry["id"]: entry["value"] for entry in entries}
    rows = []
    for name, total in totals.items():
        difference = values[f"{PREFIX}.{name}.difference"]
        sum_ = values[f"{PREFIX}.{name}.sum"]
        rows.append(
            {
                "id": name,
                "label": total.label,
                "total": total.total,
                "parts": total.parts,
                "stated": sum_ - difference,
                "sum": sum_,
                "difference": difference,
                "agrees": abs(difference) <= total.tolerance,
            }
        )
    return rows
