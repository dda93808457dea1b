"""The accepted release beside this one: what it told of the same people goes into the same proof.

A reader of both may take it that few people were exchanged or left out in between: as many as the counts that
both print differ by, and one more where anything else moved. So each count, and each sum that a mean tells,
lies as near to what it was; where nothing moved, it is what it was, and to suppress now what was published
then protects nobody.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from evidentia.core.ledger import Entry
from evidentia.core.links import Bound, Relation
from evidentia.disclosure.bounds import nearest
from evidentia.disclosure.count_table import Table

_DIGITS = 1e-9
"""What two machines may differ by, beside the size of a number."""


def beside(
    table: Table, numbers: Mapping[str, Any], accepted: Mapping[str, Entry], minimum_cell: int, rounding: int
) -> Table:
    """Return a table with what an earlier release tells of its counts.

    Parameters
    ----------
    table : Table
    numbers : mapping of str to value
        All numbers of the analyses as computed, by id.
    accepted : mapping of str to entry
        The earlier release's ledger.
    minimum_cell, rounding : int
        The policy. Of people who differ by the minimum cell or more the earlier release tells nothing.
    """
    return _Earlier(table, numbers, accepted, minimum_cell, rounding).told()


class _Earlier:
    def __init__(
        self,
        table: Table,
        numbers: Mapping[str, Any],
        accepted: Mapping[str, Entry],
        minimum_cell: int,
        rounding: int,
    ) -> None:
        self.table, self.numbers = table, numbers
        self.half = rounding / 2 if rounding > 1 else 0.0
        self.old = {id: entry["value"] for id, entry in accepted.items() if _is_number(entry["value"])}
        self.printed: dict[str, float] = {}  # by cell
        for name, cell in table.names.items():
            if name in self.old and accepted[name]["unit"] == "count":
                self.printed[cell] = float(self.old[name])
        differ = {
            cell: abs(nearest(table.values[cell], rounding) - value) for cell, value in self.printed.items()
        }
        self.far = {cell for cell, by in differ.items() if by >= minimum_cell}
        self.far |= {
            cell
            for equation in table.equations
            if not self.far.isdisjoint(equation)
            for cell in equation
            if cell not in self.printed
        }
        near = [by for cell, by in differ.items() if cell not in self.far]
        told = [number for item in table.follows for number in item.numbers]
        told += [number for relation in table.relations for number in relation.numbers]
        moved = any(near) or not self.same(told)
        self.slack = max(near, default=0.0) + 1 if moved else 0.0

    def same(self, ids: Iterable[str]) -> bool:
        """Tell whether numbers are what they were, as far as the earlier release printed them."""
        return all(
            _close(self.numbers[id], self.old[id])
            for id in ids
            if id in self.old and _is_number(self.numbers.get(id))
        )

    def told(self) -> Table:
        """Return the table with a bound for each count and each sum that the earlier release tells."""
        table = self.table
        counts = dict(self._counts())
        sums: list[Bound] = []
        places: dict[bool, set[int]] = {False: set(), True: set()}  # by whether it was rounded
        for place, relation in enumerate(table.relations):
            found = list(self._sums(relation))
            sums += found
            if found and self.same(relation.numbers):
                places[self._was_rounded(relation)].add(place)
        exact = {cell for cell, bound in counts.items() if bound.below + bound.above == 0}
        return dataclasses.replace(
            table,
            past=[*counts.values(), *sums],
            past_cells=exact,
            past_relations=places[False],
            past_rounded=places[True],
        )

    def _counts(self) -> Iterable[tuple[str, Bound]]:
        for item in self.table.follows:
            if not any(id in self.old for id in item.numbers) or not self.far.isdisjoint(item.of):
                continue
            moved = not self.same(item.numbers) or any(
                self.printed[cell] != self.table.values[cell] for cell in item.of if cell in self.printed
            )
            slack = self.half + (self.slack if moved else 0.0)
            for cell in item.of:
                yield cell, Bound({cell: 1}, slack, slack)
        for cell, value in self.printed.items():
            if cell not in self.far:
                slack, by = self.half + self.slack, self.table.values[cell] - value
                yield cell, Bound({cell: 1}, max(slack + by, 0.0), max(slack - by, 0.0))

    def _sums(self, relation: Relation) -> Iterable[Bound]:
        """Yield the sums that the earlier release tells: exactly, or as its rounded numbers bound them."""
        known = [id for id in relation.numbers if id in self.old and _is_number(self.numbers.get(id))]
        cells = {cell for terms in relation.sums for cell in terms}
        if not known or not self.far.isdisjoint(cells):
            return
        slack = 0.0 if self.same(known) else self.slack
        bounds = relation.rounded if self._was_rounded(relation) else map(Bound, relation.sums)
        for bound in bounds:
            most = slack * max(map(abs, bound.terms.values()), default=0)
            yield Bound(bound.terms, bound.below + most, bound.above + most)

    def _was_rounded(self, relation: Relation) -> bool:
        """Tell whether the earlier release gave a relation's numbers to fewer decimals."""
        told = [self.old[id] for id in relation.numbers if id in self.old]
        return bool(relation.rounded) and all(round(one, relation.decimals) == one for one in told)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _close(value: float, old: float) -> bool:
    """Tell whether a number is what it was, given to fewer decimals perhaps."""
    return abs(value - old) <= _DIGITS * max(1.0, abs(old)) or round(value, 3) == old
