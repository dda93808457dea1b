"""Notes: what a reader must know before an estimate is used, as entries of the ledger
(``<analysis>.note.<kind>``).
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.expression_parser import ids_in

KINDS = {
    "balance_not_reached": "weighting does not make the groups alike",
    "small_effective_sample": "after weighting, a group counts for few of its people",
    "poor_overlap": "many people of a group are like nobody in the other",
    "few_people": "a group has few people",
    "few_clusters": "there are few clusters",
    "arms_in_clusters": "clusters hold people of both groups",
    "no_variation": "the outcome does not vary enough for a standard error",
    "estimands_differ_in_sign": "the direction depends on whom the effect is for",
    "no_overdispersion": "the counts vary no more than Poisson's",
    "overdispersion": "the counts vary more than Poisson's",
    "no_events": "nothing was counted on one side of the intervention",
    "near_unit_root": "the errors are close to a random walk",
    "several_p_values": "another p-value is the primary one",
    "imputed": "missing values were imputed",
    "rows_left_out": "rows of the data are no records of people and are not counted",
    "identical_rows": "identical rows may be one person counted twice",
    "areas_absent": "some neighbours have no value in some years",
    "rounds_to_zero": "a published value rounds to 0 and is not 0",
    "low_reliability": "the items of the measure hang together weakly",
    "several_looks": "several groups are looked at",
    "breakdown_not_given": "some groups have no result of their own",
    "attrition": "people whose outcome is not known may differ from the others",
    "effect_not_significant": "what is valued may be no effect",
    "no_interval": "the uncertainty was not computed",
    "unbalanced_panel": "some units have no value in some periods",
    "pre_trend_untested": "whether the groups moved alike before the start cannot be tested",
    "pre_trend_differs": "the groups moved differently before the start",
    "forbidden_comparisons": "units that are treated already serve as comparisons",
    "unlike_units": "the effects are standardised, because they are in different units",
}
"""Kind of note to what it says in a few words; docs/statistics.md says what to do about each."""


def check_kind(kind: str) -> None:
    """Raise if there is no such kind of note."""
    if kind not in KINDS:
        raise EvidentiaError(f"there is no note of the kind '{kind}'", remedy=did_you_mean(kind, KINDS))


def notes_on(ids: Iterable[str], ledger: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the notes of a ledger that are about any of some numbers, or about what
    these are derived from.
    """
    notes = [entry for entry in ledger.values() if entry.get("about")]
    wanted = set(_with_origins(ids, ledger)) if notes else set()
    for entry in notes:
        if any(id == stem or id.startswith(f"{stem}.") for stem in entry["about"] for id in wanted):
            yield entry


def _with_origins(ids: Iterable[str], ledger: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield ids, and those that a derived number's formula names."""
    waiting, seen = list(ids), set[str]()
    while waiting:
        id = waiting.pop()
        if id in seen:
            continue
        seen.add(id)
        yield id
        for name in ids_in(ledger.get(id, {}).get("formula", "")):
            waiting += fnmatch.filter(ledger, name) if "*" in name else [name] if name in ledger else []


def kind_of(id: str) -> str:
    """Return the kind of the note with an id."""
    return id.rpartition(".note.")[2]
