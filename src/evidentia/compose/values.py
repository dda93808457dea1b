"""Every number before any word is written: those of the analyses, stated facts, and what is derived from
them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidentia.compose.families import family_entries
from evidentia.compose.grades import grade_entries
from evidentia.compose.plan_entries import plan_entries
from evidentia.compose.totals import combined_source, total_entries
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.expression import evaluate, known_values
from evidentia.core.facts import load_facts
from evidentia.core.ledger import Entry, condition_faults
from evidentia.core.number_ids import check_id, check_unique
from evidentia.core.paths import result_of
from evidentia.core.results import Condition, load_result

_LARGEST = 1e300


ABOUT_FILES = ("validated", "imported")
"""What a result says of whole files, which the quality log and the import report tell once."""


def collect(config: Config, folder: Path) -> list[Entry]:
    """Return the entries of all analyses, stated facts and derived numbers, without uses.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder, with build/results filled.
    """
    entries: list[Entry] = []
    conditions: list[Condition] = []
    for analysis in config.analyses:
        result, source = load_result(folder / result_of(analysis))
        source = {key: value for key, value in source.items() if key not in ABOUT_FILES}
        conditions += result.conditions
        for number in result.numbers:
            entry: Entry = {
                "id": f"{analysis}.{number.id}",
                "value": number.value,
                "unit": number.unit,
                "label": number.label,
            }
            if number.formula:
                entry["formula"] = number.formula
            if number.suppressed:
                entry["suppressed"] = number.suppressed
            if number.about:
                entry["about"] = [f"{analysis}.{stem}" for stem in number.about]
            stated = {"document": number.document, "place": number.place} if number.basis == "stated" else {}
            if number.place and not stated:
                stated = {"place": number.place}
            own = {key: value for key, value in source.items() if key != "synthetic" or not number.real}
            entries.append({**entry, "source": {**own, "basis": number.basis, **stated}})
    if config.report and config.report.facts:
        entries += load_facts(folder / config.report.facts, folder)
    check_unique((entry["id"] for entry in entries), "the ledger")
    entries += family_entries(config.families, entries)
    entries += _derived(config, entries)
    entries += total_entries(config.totals, entries)
    entries += grade_entries(config, entries)
    entries += plan_entries(config, folder, entries)
    if config.report is None:  # else composing checks them, together with the claims of the words
        raise_all(
            condition_faults(conditions, known_values(entries), {entry["id"]: entry for entry in entries})
        )
    return entries


def _derived(config: Config, entries: list[Entry]) -> list[Entry]:
    """Compute the numbers that config.yaml derives from others; each may use those before it."""
    values = known_values(entries)
    sources = {entry["id"]: entry["source"] for entry in entries}
    units = {entry["id"]: entry["unit"] for entry in entries}
    derived, faults = [], []
    for id, item in config.derived.items():
        try:
            check_id(id, "")
            if id in values:
                raise EvidentiaError(f"the number id '{id}' is already taken", remedy="choose another")
            outcome = evaluate(item.formula, values)
            _refuse_no_number(outcome.value)
            unit = item.unit_of({name: units[name] for name in outcome.values}, outcome.value)
        except EvidentiaError as fault:
            faults.append(EvidentiaError(fault.what, where=f"config.yaml, derived.{id}", remedy=fault.remedy))
            continue
        sources[id] = combined_source(outcome.values, sources)
        values[id], units[id] = outcome.value, unit
        derived.append(
            {
                "id": id,
                "value": outcome.value,
                "unit": unit,
                "label": item.label,
                "formula": item.formula,
                "source": sources[id],
            }
        )
    raise_all(faults)
    return derived


def _refuse_no_number(value: Any) -> None:
    """Raise for a formula's value that is no number: a text, a comparison, or beyond what a number can be."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        raise EvidentiaError(
            "the formula gives no number that can be printed",
            remedy="reckon with numbers: (a.share - b.share) / b.share",
        )
