"""How a claim of the words stands to the plan: confirmatory, secondary or exploratory."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evidentia.core.expression_parser import ids_in
from evidentia.plan.changes import Change
from evidentia.plan.frozen import READ, Frozen

STATISTICS = frozenset(
    ("estimate", "se", "ci_low", "ci_high", "p_value", "p_adjusted", "ratio", "ratio_ci_low", "ratio_ci_high")
)
CONFIRMATORY, SECONDARY, EXPLORATORY = "confirmatory", "secondary", "exploratory"
DEVIATES = ", deviates from the plan"
STANDINGS = (
    CONFIRMATORY,
    SECONDARY,
    EXPLORATORY,
    f"{CONFIRMATORY}{DEVIATES}",
    f"{SECONDARY}{DEVIATES}",
)
"""All that a claim on an effect can be; the weakest of its effects counts."""


class Standing:
    """The standing of claims under a plan.

    Parameters
    ----------
    frozen : Frozen
    changes : iterable of Change
    """

    def __init__(self, frozen: Frozen, changes: Iterable[Change]) -> None:
        outcomes = frozen.in_force["plan"]["outcomes"]
        self._classes = {CONFIRMATORY: outcomes["primary"], SECONDARY: outcomes.get("secondary", [])}
        self._changed = {name for change in changes if change.deviates for name in change.touches}

        self._in_time = frozen.data != READ

    def of_effect(self, effect: str) -> str:
        """Return what an effect is; exploratory if the plan was frozen when the outcomes had been read."""
        if not self._in_time:
            return EXPLORATORY
        for name, patterns in self._classes.items():
            if any(fnmatch.fnmatchcase(effect, pattern) for pattern in patterns):
                return name
        return EXPLORATORY

    def of(self, ids: Iterable[str], ledger: Mapping[str, Mapping[str, Any]]) -> str:
        """Return what a claim is that rests on these numbers; empty if none is of an effect."""
        effects = list(effects_of(ids, ledger))
        if not effects:
            return ""
        order = (CONFIRMATORY, SECONDARY, EXPLORATORY)
        weakest = max((self.of_effect(effect) for effect in effects), key=order.index)
        touched_here = any(effect.partition(".")[0] in self._changed for effect in effects)
        return weakest + (DEVIATES if touched_here and weakest != EXPLORATORY else "")


def effects_of(ids: Iterable[str], ledger: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the effects, each once, that numbers belong to or are derived from.

    An effect is what has an estimate with its uncertainty.
    """
    waiting, seen = list(ids), set[str]()
    while waiting:
        id = waiting.pop(0)
        if id in seen:
            continue
        seen.add(id)
        stem, _, last = id.rpartition(".")
        if last in STATISTICS and is_effect(stem, ledger):
            if stem not in seen:
                seen.add(stem)
                yield stem
            continue
        for name in ids_in(ledger.get(id, {}).get("formula", "")):
            waiting += fnmatch.filter(ledger, name) if "*" in name else [name] if name in ledger else []


def is_effect(stem: str, ledger: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether a stem of ids is an estimate with its uncertainty, or a test whether groups differ."""
    if ".breakdown." in stem and f"{stem}.p_value" in ledger:
        return True
    return f"{stem}.estimate" in ledger and (f"{stem}.ci_low" in ledger or f"{stem}.p_value" in ledger)
