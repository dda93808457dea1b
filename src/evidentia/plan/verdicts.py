"""What became of each planned claim: supported, not supported, or inconclusive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import evaluate, known_values
from evidentia.core.expression_parser import ids_in
from evidentia.core.language import later
from evidentia.core.notes import kind_of, notes_on
from evidentia.plan.claim_status import effects_of
from evidentia.plan.state import State

SUPPORTED, NOT_SUPPORTED, INCONCLUSIVE = "supported", "not supported", "inconclusive"
BOTH = later("the interval holds both no effect and the smallest effect that the study was planned to detect")
Ledger = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Verdict:
    """A planned claim and what became of it.

    Attributes
    ----------
    id : str
        Of the claim in the plan.
    words, condition : str
    result : str
    why : str
        Why it is inconclusive; else empty.
    effects : tuple of str
        Effects that it names.
    """

    id: str
    words: str
    condition: str
    result: str
    why: str
    effects: tuple[str, ...]


def verdicts(state: State, ledger: Ledger) -> list[Verdict]:
    """Judge the claims that a plan expects by the numbers of a ledger.

    A claim is supported if its condition holds. It is inconclusive if a number that it names has no value, if
    a note says that the method cannot carry the result, or if the interval holds both no effect and the
    smallest effect that the plan wanted to detect. Otherwise it is not supported.
    """
    plan = state.get("plan", {})
    smallest = plan.get("minimum_detectable", {})
    return [_judged(id, expected, ledger, smallest) for id, expected in plan.get("expected", {}).items()]


def _judged(id: str, expected: Mapping[str, Any], ledger: Ledger, smallest: Mapping[str, float]) -> Verdict:
    condition = expected["claim"]
    named = ids_in(condition)
    effects = tuple(effects_of((name for name in named if name in ledger), ledger))

    def verdict(result: str, why: str = "") -> Verdict:
        return Verdict(id, expected["words"], condition, result, why, effects)

    try:
        outcome = evaluate(_adjusted(condition, ledger), known_values(ledger.values()))
    except EvidentiaError as fault:
        return verdict(INCONCLUSIVE, _without_advice(fault.what))
    allowed = expected.get("despite", ())
    notes = [note for note in notes_on(outcome.values, ledger) if kind_of(note["id"]) not in allowed]
    if notes:
        return verdict(INCONCLUSIVE, str(notes[0]["value"]))
    if outcome.value:
        return verdict(SUPPORTED)
    if any(_holds_both(effect, smallest.get(effect), ledger) for effect in effects):
        return verdict(INCONCLUSIVE, BOTH)
    return verdict(NOT_SUPPORTED)


def _adjusted(condition: str, ledger: Ledger) -> str:
    """Judge the adjusted p-value where the plan's outcomes are a family."""
    for id in ids_in(condition):
        other = f"{id.removesuffix('.p_value')}.p_adjusted"
        if id.endswith(".p_value") and other in ledger:
            condition = re.sub(rf"(?<![\w.-]){re.escape(id)}(?![\w.-])", other, condition)
    return condition


def _without_advice(what: str) -> str:
    return what.partition(";")[0]


def _holds_both(effect: str, smallest: float | None, ledger: Ledger) -> bool:
    low, high = (ledger.get(f"{effect}.{end}", {}) for end in ("ci_low", "ci_high"))
    ends = low.get("value"), high.get("value")
    if smallest is None or not all(isinstance(end, int | float) for end in ends):
        return False
    nothing = 1.0 if low["unit"] == "ratio" else 0.0
    return all(ends[0] <= value <= ends[1] for value in (nothing, smallest))  # type: ignore[operator]
