"""Comparing two ledgers: which numbers moved, by how much, and where they are printed."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidentia.config.report import Regression, Tolerance
from evidentia.core.ledger import Entry, display


@dataclass(frozen=True)
class Change:
    """A number that is new, gone, of another unit, or moved by more than its tolerance.

    Attributes
    ----------
    id : str
    kind : str
        ``changed``, ``new`` or ``gone``.
    before, after : entry or None
    """

    id: str
    kind: str
    before: Entry | None
    after: Entry | None

    @property
    def difference(self) -> float | None:
        """The new value minus the old, if both are numbers."""
        if self.before and self.after and _numeric(self.before["value"]) and _numeric(self.after["value"]):
            return float(self.after["value"] - self.before["value"])
        return None

    @property
    def relative(self) -> float | None:
        """The difference as a share of the old value's size."""
        if self.difference is None or not self.before or not self.before["value"]:
            return None
        return self.difference / abs(self.before["value"])

    def printed(self) -> tuple[str, str]:
        """Return the old and the new form as the report prints it, with as many decimals as are needed to tell them apart."""
        if self.before is None or self.after is None:
            return (display(self.before) if self.before else "", display(self.after) if self.after else "")
        text = next((use["printed"] for use in self.places), "")
        old, new = _like(self.before, text), _like(self.after, text)
        places = 1
        while old == new and places <= 6 and _numeric(self.before["value"]):
            old, new = display(self.before, f"{places}dp"), display(self.after, f"{places}dp")
            places += 1
        return (repr(self.before["value"]), repr(self.after["value"])) if old == new else (old, new)

    @property
    def places(self) -> list[dict[str, Any]]:
        """Where the number is printed now, or was."""
        entry = self.after or self.before or {}
        return list(entry.get("uses", []))

    @property
    def label(self) -> str:
        """What the number is, in words."""
        return str((self.after or self.before or {}).get("label", ""))

    @property
    def seen(self) -> bool:
        """Whether a reader of the report sees it: the number is printed, and not as before."""
        printed = [{use["printed"] for use in (entry or {}).get("uses", [])} for entry in (self.before, self.after)]
        if self.before and self.after and printed[0] == printed[1]:
            return any(_like(self.before, text) != _like(self.after, text) for text in printed[0])
        return bool(printed[0] or printed[1])


def _like(entry: Entry, text: str) -> str:
    """Return an entry's printed form with as many decimals as a text has."""
    places = re.search(r"\d\.(\d{1,6})(?!\d)", text)
    return display(entry, f"{len(places[1])}dp" if places else "") if _numeric(entry["value"]) else display(entry)


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
        elif old["unit"] != entry["unit"] or moved(old["value"], entry["value"], tolerance_of(number, regression)):
            changes.append(Change(number, "changed", old, entry))
    return changes + [Change(number, "gone", entry, None) for number, entry in before.items() if number not in after]


def moved(before: Any, after: Any, tolerance: Tolerance) -> bool:
    """Return whether a value moved by more than the tolerance (either of the two is enough to excuse it)."""
    if not _numeric(before) or not _numeric(after):
        return bool(before != after)
    gap = abs(after - before)
    return bool(gap > tolerance.absolute and gap > tolerance.relative * abs(before))


def _numeric(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
