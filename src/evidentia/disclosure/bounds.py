"""What a reader can work out: the least and the most that a cell can be, given all that is published.

Both ends are shown by an example: counts that differ from the true ones and agree with every published
number. An integer programme finds the examples, and each is checked exactly, so that no tolerance of the
solver is trusted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from evidentia.disclosure.count_table import Row, Table

NODES = 100  # of the integer programme's search; where they do not suffice, a cell counts as worked out


@dataclass(frozen=True)
class Interval:
    """The values that are possible for a cell."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart they are; infinite where nothing bounds the cell."""
        return self.high - self.low


@dataclass(frozen=True)
class Published:
    """What is published of a table.

    Attributes
    ----------
    suppressed : set of str
        Cells. A reader knows that a printed cell that is suppressed is no 0, because a 0 is printed.
    dropped, rounded : set of int
        Relations all of whose numbers are suppressed, or rounded, by their place.
    rounding : int
        Published counts are the nearest multiple of this.
    """

    suppressed: Set[str]
    dropped: Set[int] = frozenset()
    rounded: Set[int] = frozenset()
    rounding: int = 0

    def tells(self, row: Row) -> bool:
        """Tell whether a reader knows a sum."""
        return row.relation not in self.dropped and row.rounded == (row.relation in self.rounded)


@dataclass
class Possible:
    """What is known to be possible for each cell; it stays so when more is suppressed."""

    ends: dict[str, Interval] = field(default_factory=dict)

    def add(self, world: Mapping[str, float]) -> None:
        """Take in counts that agree with all that is published."""
        for cell, value in world.items():
            ends = self.ends.get(cell, Interval(value, value))
            self.ends[cell] = Interval(min(ends.low, value), max(ends.high, value))

    def width(self, cell: str) -> float:
        """Return how far apart the values are that a cell is known to be able to have."""
        return self.ends[cell].width if cell in self.ends else 0.0


def nearest(value: float, base: int) -> float:
    """Round a count to the nearest multiple of a base, halves up; a base of 0 or 1 changes nothing."""
    return float(math.floor(value / base + 0.5) * base) if base > 1 else value


def neighbourhood(table: Table, start: str, published: Published) -> tuple[list[str], list[int]]:
    """Return the unknown cells that equations and published relations tie to a cell, and the places of these.

    Where counts are rounded, published cells tie as well.
    """
    known = set() if published.rounding else table.known(published.suppressed)
    cells, waiting, used = {start: None}, [start], dict[int, None]()
    while waiting:
        for place in table.touching.get(waiting.pop(), ()):
            row = table.rows[place]
            if place in used or not published.tells(row):
                continue
            used[place] = None
            for other in row.bound.terms:
                if other not in cells and other not in known:
                    cells[other] = None
                    waiting.append(other)
    return list(cells), list(used)


def interval(
    table: Table, cell: str, published: Published, possible: Possible | None = None, enough: float = math.inf
) -> Interval:
    """Return the interval in which a reader can place a cell, or a part of it that is wide enough.

    Parameters
    ----------
    table : Table
    cell : str
    published : Published
    possible : Possible, optional
        Takes in what is found of other cells at the same time.
    enough : float
        A width beyond which nothing more is looked for.
    """
    known, rounding = table.known(published.suppressed), published.rounding
    exact = table.exact(published.suppressed) if rounding else known
    if cell in known:
        value, half = table.values[cell], 0.0 if cell in exact else rounding / 2
        return Interval(max(0.0, value - half), value + half)
    cells, used = neighbourhood(table, cell, published)
    least = {name: 1.0 if name in table.printed else 0.0 for name in cells}
    if not used:
        return Interval(least[cell], math.inf)
    most = 4 * max(table.values[name] for place in used for name in table.rows[place].bound.terms) + 1000
    bounds = {name: (least[name], most) for name in cells}
    for name in cells:
        if name in known:
            half, middle = 0.0, table.values[name]
            if name not in exact:
                half, middle = rounding / 2, nearest(middle, rounding)
            bounds[name] = (max(0.0, middle - half), middle + half)
    found = possible or Possible()
    found.add({name: table.values[name] for name in cells})
    for world in _worlds(table, cells, used, bounds):
        found.add(world)
        if found.width(cell) >= enough:
            break
    return found.ends[cell]


def _worlds(
    table: Table, cells: list[str], used: list[int], bounds: Mapping[str, tuple[float, float]]
) -> Iterator[dict[str, float]]:
    """Yield counts that agree with all equations, with the most and the least for the first cell."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    place = {name: index for index, name in enumerate(cells)}
    rows: list[int] = []
    columns: list[int] = []
    factors: list[int] = []
    constants = np.zeros(len(used))
    told = [table.rows[index].bound for index in used]
    for row, bound in enumerate(told):
        for name, factor in bound.terms.items():
            if (
                name in place
            ):  # the true counts fulfil every row, so that what they give for the unknown ones is known
                rows.append(row)
                columns.append(place[name])
                factors.append(factor)
                constants[row] += factor * table.values[name]
    matrix = csr_array((np.array(factors, dtype=float), (rows, columns)), shape=(len(used), len(cells)))
    true = np.array([table.values[name] for name in cells])
    whole = np.equal(np.mod(true, 1), 0)
    low, high = np.array([bounds[name] for name in cells]).T
    least, most = constants - [bound.below for bound in told], constants + [bound.above for bound in told]
    for sign in (-1.0, 1.0):
        goal = np.zeros(len(cells))
        goal[0] = sign
        solved = milp(
            goal,
            integrality=whole.astype(int),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(matrix, least, most),
            options={"node_limit": NODES},
        )
        if solved.x is None:
            continue
        values = np.where(whole, np.round(solved.x), solved.x)
        inside = (values >= low - 1e-9).all() and (values <= high + 1e-9).all()
        sums, slack = matrix @ values, 1e-6 * (~whole).any()
        if inside and (sums >= least - slack).all() and (sums <= most + slack).all():
            yield dict(zip(cells, values.tolist(), strict=True))
