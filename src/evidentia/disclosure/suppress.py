"""Which cells are suppressed: the small ones, and as much else as it takes so that
nobody can work those out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from evidentia.core.errors import EvidentiaError
from evidentia.disclosure.bounds import Possible, Published, interval, neighbourhood
from evidentia.disclosure.count_table import Table

Step = tuple[Literal["cells", "relations", "rounded"], str | int]
"""Something to suppress or to round: where in a `Suppression`, and a cell's name or a relation's place."""


def is_small(value: object, minimum_cell: int) -> bool:
    """Tell whether a count is above 0 and below the minimum; a fraction, such as an effective size, counts
    nobody.
    """
    return isinstance(value, int | float) and 0 < value < minimum_cell and float(value).is_integer()


@dataclass
class Suppression:
    """What is suppressed, and for whose sake.

    Attributes
    ----------
    cells : dict of str to str
        The cell for which each is suppressed; a small one's own name.
    relations, rounded : dict of int to str
        Relations whose numbers are suppressed, or only rounded, by their place, each with the cell for which
        they are.
    """

    cells: dict[str, str] = field(default_factory=dict)
    relations: dict[int, str] = field(default_factory=dict)
    rounded: dict[int, str] = field(default_factory=dict)

    def published(self, rounding: int = 0) -> Published:
        """Return what is published then."""
        return Published(self.cells.keys(), self.relations.keys(), self.rounded.keys(), rounding)

    def further(self, steps: Iterable[Step], cell: str) -> Suppression:
        """Return what is suppressed with more steps, for the sake of a cell."""
        made = Suppression(dict(self.cells), dict(self.relations), dict(self.rounded))
        for kind, what in steps:
            getattr(made, kind)[what] = cell
        return made


def suppression(table: Table, minimum_cell: int, rounding: int = 0) -> Suppression:
    """Return what to suppress.

    Small cells come first (primary suppression). Then, while a reader could place one of them, or any other
    suppressed cell, in an interval narrower than the minimum, something further is suppressed (secondary
    suppression): a relation's numbers, those of least worth first, or a cell of its equations, the one that
    takes least else with it. What an earlier release tells counts as published. A cell that it gives away
    whatever is suppressed now is protected as if there were none; `weak_counts` names it.

    Parameters
    ----------
    table : Table
    minimum_cell : int
    rounding : int

    Raises
    ------
    EvidentiaError
        If a small cell can be worked out and nothing is left to suppress.
    """
    small = sorted(
        cell
        for cell, value in table.values.items()
        if is_small(value, minimum_cell) and cell not in table.fixed | table.ties
    )
    chosen, waiting = Suppression({cell: cell for cell in small}), small
    beside, alone = Possible(), Possible()
    while waiting:
        cell = waiting.pop(0)
        found = None
        if table.past and _can_be_protected(table, cell, chosen, minimum_cell, rounding):
            with contextlib.suppress(EvidentiaError):
                found = _protected(table, cell, chosen, minimum_cell, rounding, beside)
        found = found or _protected(table.alone, cell, chosen, minimum_cell, rounding, alone)
        waiting += [name for name in found.cells if name not in chosen.cells]
        chosen = found
    return chosen  # a cell that is protected stays so, because more suppression only widens what is possible


def _protected(
    table: Table, cell: str, chosen: Suppression, minimum_cell: int, rounding: int, possible: Possible
) -> Suppression:
    """Return what is suppressed with what it takes to protect a cell."""
    if _width(table, cell, chosen, minimum_cell, rounding, possible) >= minimum_cell:
        return chosen
    found = chosen.further(_Search(table, cell, chosen, minimum_cell, rounding, possible).steps(), cell)
    _width(table, cell, found, minimum_cell, rounding, possible)  # what is possible then, of others too
    return found


def _can_be_protected(table: Table, cell: str, chosen: Suppression, minimum_cell: int, rounding: int) -> bool:
    """Tell whether an earlier release leaves a cell room if all is suppressed that can be."""
    if not table.past:
        return True
    cells = {name for name, value in table.values.items() if value > 0 and name not in table.fixed}
    most = Published(cells | chosen.cells.keys(), set(range(len(table.relations))), rounding=rounding)
    return interval(table, cell, most, enough=minimum_cell).width >= minimum_cell


def _width(
    table: Table, cell: str, chosen: Suppression, minimum_cell: int, rounding: int, possible: Possible
) -> float:
    """Return the width of a reader's interval for a cell, as far as it matters."""
    known = possible.width(cell)
    return (
        known
        if known >= minimum_cell
        else interval(table, cell, chosen.published(rounding), possible, minimum_cell).width
    )


@dataclass(frozen=True)
class _Search:
    """The search for what to suppress or round so that a cell is protected."""

    table: Table
    cell: str
    chosen: Suppression
    minimum_cell: int
    rounding: int
    possible: Possible

    def steps(self) -> list[Step]:
        """Return what it takes: what is missed least first, and nothing that is not needed in the end."""
        steps: list[Step] = []
        while not self.suffices(steps):
            relations, _ = self.candidates(steps)
            for step in relations:
                steps.append(step)
                if self.suffices(steps):
                    break
            else:
                steps = self._with_cell(steps)
        for step in steps[-2::-1]:
            fewer = [other for other in steps if other != step]
            steps = fewer if self.suffices(fewer) else steps
        return steps

    def width(self, steps: list[Step]) -> float:
        """Return how far apart the values are that a reader must take for possible after some steps."""
        further, known = self.chosen.further(steps, self.cell), Possible(dict(self.possible.ends))
        return _width(self.table, self.cell, further, self.minimum_cell, self.rounding, known)

    def suffices(self, steps: list[Step]) -> bool:
        """Tell whether the cell is protected after some steps."""
        return self.width(steps) >= self.minimum_cell

    def candidates(self, steps: list[Step]) -> tuple[list[Step], list[Step]]:
        """Return what may be done after some steps: relations, and cells."""
        return _candidates(self.table, self.cell, self.chosen.further(steps, self.cell), self.rounding)

    def _with_cell(self, steps: list[Step]) -> list[Step]:
        """Return the steps with the cell more that suffices, or helps most; with several, if they suffice and
        take fewer numbers with them.
        """
        best: tuple[float, list[Step]] = (-1.0, [])
        for step in self.candidates(steps)[1]:
            found = self.width([*steps, step])
            best = max(best, (found, [*steps, step]), key=lambda one: one[0])
            if found >= self.minimum_cell:
                return self._cheaper(steps, self._price(step)) or best[1]
        if not best[1]:
            raise self._cannot()
        return best[1]

    def _cheaper(self, steps: list[Step], price: int) -> list[Step]:
        """Return the steps with cells that suffice and together take fewer numbers than a price, if any."""
        steps = list(steps)
        while cells := self.candidates(steps)[1]:
            price -= self._price(cells[0])
            if price <= 0:
                break
            steps.append(cells[0])
            if self.suffices(steps):
                return steps
        return []

    def _price(self, step: Step) -> int:
        """Return how many numbers go with a cell, itself included."""
        return self.table.costs.get(str(step[1]), 0) + 1

    def _cannot(self) -> EvidentiaError:
        tied, _ = neighbourhood(self.table, self.cell, self.chosen.published(self.rounding))
        return EvidentiaError(
            f"the count '{self.cell}' is below the data set's minimum cell and can be worked out from other"
            " numbers",
            where=", ".join(sorted(set(tied) - {self.cell})[:5]),
            remedy=(
                "join it with another group in the settings, or take the numbers that give it away out of"
                " config.yaml"
            ),
        )


def _candidates(table: Table, cell: str, chosen: Suppression, rounding: int) -> tuple[list[Step], list[Step]]:
    """Return what may be done for a cell, what is missed least first: numbers of
    relations, and other cells.
    """
    published = chosen.published(rounding)
    known, (_, used) = table.known(published.suppressed), neighbourhood(table, cell, published)
    rows = [table.rows[place] for place in used]
    steps: list[tuple[float, int, Step]] = []
    for place in {row.relation for row in rows} - {-1} - table.past_relations:
        relation = table.relations[place]
        if relation.rounded and place not in chosen.rounded:
            steps.append((relation.worth, place, ("rounded", place)))
        if place not in table.past_rounded:
            steps.append((relation.worth + 0.5, place, ("relations", place)))
    near = {
        name
        for row in rows
        for name in row.bound.terms
        if name in known and name not in table.fixed | table.past_cells and table.values[name] > 0
    }
    cells = sorted(near, key=lambda name: (table.costs.get(name, 0), table.values[name], name))
    return [step for _, _, step in sorted(steps)], [("cells", name) for name in cells]
