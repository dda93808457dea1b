"""Comparing two ledgers: which numbers moved, by how much, and where they are printed."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from typing import Any

from evidentia.config.report import Regression, Tolerance
from evidentia.core.changes import Change, numeric
from evidentia.core.ledger import Entry


def tolerance_of(number: str, regression: Regression) -> Tolerance:
    """Return the tolerance of a number id; the last matching pattern counts."""
    found: Tolerance = regression
    for pattern, tolerance in regression.patterns.items():
        if fnmatch.fnmatchcase(number, pattern):
            found = tolerance
    return found


def compare(before: Mapping[str, Entry], after: Mapping[str, Entry], regression: Regression) -> list[Change]:
    """Return the changes between two ledgers, in the order of the new one, then what is gone.

    Parameters
    ----------
    before, after : mapping of str to entry
        As `evidentia.core.ledger.load` returns them.
    regression : Regression
        Tolerances, from config.yaml.
    """
    changes = []
    for number, entry in after.items():
        old = before.get(number)
        if old is None:
            changes.append(Change(number, "new", None, entry))
        elif old["unit"] != entry["unit"] or moved(
            old["value"], entry["value"], tolerance_of(number, regression)
        ):
            changes.append(Change(number, "changed", old, entry))
    return changes + [
        Change(number, "gone", entry, None) for number, entry in before.items() if number not in after
    ]


def moved(before: Any, after: Any, tolerance: Tolerance) -> bool:
    """Return whether a value moved by more than the tolerance (either of the two is enough to excuse it)."""
    if not numeric(before) or not numeric(after):
        return bool(before != after)
    gap = abs(after - before)
    return bool(gap > tolerance.absolute and gap > tolerance.relative * abs(before))
