"""Numbers of the ledger that a frozen plan gives: planned sizes, and how many of its claims are supported."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidentia.compose.totals import combined_source
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.ledger import Entry
from evidentia.plan.claim_status import is_effect
from evidentia.plan.frozen import load_frozen
from evidentia.plan.state import State, unknown_names
from evidentia.plan.verdicts import INCONCLUSIVE, NOT_SUPPORTED, SUPPORTED, verdicts

PLANNED, REACHED, CLAIMS = "planned", "reached", "plan.claims"
DAYS = {"plan.days.frozen": "Day on which the plan was frozen", "plan.days.registered": "Day of registration"}
FACTOR = 2.8016
"""Standard errors of the smallest effect that is found with 80% power at the level of 5% (Bloom 1995)."""
COUNTS = {SUPPORTED: "supported", NOT_SUPPORTED: "not_supported", INCONCLUSIVE: "inconclusive"}
_SETTING = {"rule": "values", "script": "scripts/values.py", "inputs": {}, "basis": "configured"}


def plan_entries(config: Config, folder: Path, entries: Sequence[Entry]) -> list[Entry]:
    """Return the numbers; none without a frozen plan.

    Raises
    ------
    EvidentiaError
        Or `Problems`: the plan names an outcome or a size that no analysis gives.
    """
    ledger = {entry["id"]: entry for entry in entries}
    raise_all(_unknown(config, ledger))
    frozen = load_frozen(folder)
    if frozen is None:
        return []
    state = frozen.in_force
    days = [frozen.date.isoformat(), *filter(None, [frozen.registered.get("date", "")])]
    dated = [_entry(id, day, "date", label) for (id, label), day in zip(DAYS.items(), days, strict=False)]
    return [*dated, *_sizes(state, ledger), *_counts(state, ledger)]


def _unknown(config: Config, ledger: Mapping[str, Entry]) -> Iterator[EvidentiaError]:
    where = "config.yaml, key plan."
    for keys, id, remedy in unknown_names(config):
        yield EvidentiaError(
            f"the plan names '{id}', which no analysis gives", where=where + ".".join(keys), remedy=remedy
        )
    if config.plan is None:
        return
    effects = [id.removesuffix(".estimate") for id in ledger if id.endswith(".estimate")]
    known = [effect for effect in effects if is_effect(effect, ledger)]
    for keys, id in config.plan.names():
        there = id.partition(".")[0] in config.analyses
        if keys[0] in ("outcomes", "minimum_detectable", "estimands"):
            if there and not fnmatch.filter(known, id):
                yield EvidentiaError(
                    f"the plan names the effect '{id}', and no analysis estimates it",
                    where=where + ".".join(keys),
                    remedy=did_you_mean(id, known),
                )
        elif there and id not in ledger and "*" not in id:
            yield EvidentiaError(
                f"the plan names the number '{id}', which is not in the ledger",
                where=where + ".".join(keys),
                remedy=did_you_mean(id, ledger),
            )


def _sizes(state: State, ledger: Mapping[str, Entry]) -> Iterator[Entry]:
    plan = state["plan"]
    for id, size in plan.get("sample", {}).items():
        if id in ledger:
            yield _entry(f"{PLANNED}.{id}", size, ledger[id]["unit"], f"{ledger[id]['label']}, planned")
    for effect, size in plan.get("minimum_detectable", {}).items():
        of = ledger.get(f"{effect}.estimate")
        if of:
            label = f"{of['label']}, smallest that the study was planned to detect"
            yield _entry(f"{PLANNED}.{effect}.minimum_detectable", size, of["unit"], label)
        se = ledger.get(f"{effect}.se")
        if of and se and se["value"] is not None:
            source = combined_source([se["id"]], {se["id"]: se["source"]})
            id, label = (
                f"{REACHED}.{effect}.minimum_detectable",
                f"{of['label']}, smallest that was detectable",
            )
            found = _entry(id, FACTOR * se["value"], of["unit"], label, source)
            yield {**found, "formula": f"{FACTOR} * {se['id']}"}


def _counts(state: State, ledger: Mapping[str, Entry]) -> Iterator[Entry]:
    judged = verdicts(state, ledger)
    if not judged:
        return
    named = [f"{effect}.estimate" for verdict in judged for effect in verdict.effects]
    source = combined_source(dict.fromkeys(named), {id: entry["source"] for id, entry in ledger.items()})
    source = {key: value for key, value in source.items() if key != "synthetic"}  # how many, not of whom
    yield _entry(f"{CLAIMS}.planned", len(judged), "count", "Claims that the plan expected to hold", source)
    for result, key in COUNTS.items():
        count = sum(verdict.result == result for verdict in judged)
        yield _entry(f"{CLAIMS}.{key}", count, "count", f"Planned claims that are {result}", source)


def _entry(id: str, value: Any, unit: str, label: str, source: Mapping[str, Any] = _SETTING) -> Entry:
    whole = unit == "count" and float(value).is_integer()
    return {
        "id": id,
        "value": int(value) if whole else value,
        "unit": unit,
        "label": label,
        "source": dict(source),
    }
