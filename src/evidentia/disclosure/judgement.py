"""Whether what a build published keeps its promise: read from the ledger, and proved again count by count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidentia.core.ledger import Entry
from evidentia.disclosure.bounds import interval
from evidentia.disclosure.count_table import Table
from evidentia.disclosure.differencing import Difference
from evidentia.disclosure.suppress import Suppression, is_small


@dataclass(frozen=True)
class Judgement:
    """What the published numbers of protected data tell.

    Attributes
    ----------
    counts : int
        Counts of people that are suppressed.
    weak : tuple of str
        Those that the ledger prints all the same, or that a reader can place in too narrow an interval.
    differences : tuple of Difference, or None
        Numbers by which this release and the accepted one together point at someone; None without an
        accepted one.
    """

    counts: int
    weak: tuple[str, ...]
    differences: tuple[Difference, ...] | None


def weak_counts(
    table: Table, chosen: Suppression, minimum_cell: int, rounding: int, ledger: Mapping[str, Entry]
) -> tuple[str, ...]:
    """Return the suppressed or small counts that what is published gives away, by name.

    Parameters
    ----------
    table : Table
        All counts of related analyses, with the true values.
    chosen : Suppression
        What was to be suppressed.
    minimum_cell, rounding : int
        The policy; each interval has to be at least as wide as the minimum.
    ledger : mapping of str to entry
        What was published; a number that it prints although it was to be suppressed is weak.
    """
    printed = {
        name
        for name, cell in table.names.items()
        if name in ledger
        and ledger[name]["value"] is not None
        and (
            cell in chosen.cells
            or (cell not in table.fixed | table.ties and is_small(ledger[name]["value"], minimum_cell))
        )
    }
    published = chosen.published(rounding)
    narrow = {
        cell
        for cell in chosen.cells
        if interval(table, cell, published, enough=minimum_cell).width < minimum_cell
    }
    return tuple(sorted(printed | narrow))
