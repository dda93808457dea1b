"""What a reader can work out: the least and the most that a cell can be, given all that is published."""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass

from evidentia.disclosure.table import Table


@dataclass(frozen=True)
class Interval:
    """The values that are possible for a cell."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart they are; infinite where nothing bounds the cell."""
        return self.high - self.low


def neighbourhood(table: Table, start: str, known: Set[str], *, through_known: bool = False) -> tuple[list[str], list[dict[str, int]]]:
    """Return the unknown cells that equations tie to a cell, and these equations.

    With `through_known` published cells tie as well, as they do where they are rounded.
    """
    cells, waiting, used = {start: None}, [start], []
    left = list(table.equations)
    while waiting:
        cell = waiting.pop()
        touching = [equation for equation in left if cell in equation]
        left = [equation for equation in left if cell not in equation]
        used += touching
        for other in (name for equation in touching for name in equation):
            if other not in cells and (through_known or other not in known):
                cells[other] = None
                waiting.append(other)
    return list(cells), used


def interval(table: Table, cell: str, suppressed: Set[str], rounding: int = 0) -> Interval:
    """Return the interval in which a reader can place a cell, by linear programming.

    Parameters
    ----------
    table : Table
    cell : str
    suppressed : set of str
        A reader knows that a printed cell that is suppressed is no 0, because a 0 is printed.
    rounding : int
        Published counts are the nearest multiple of this.
    """
    known = table.known(suppressed)
    if cell in known:
        value, half = table.values[cell], rounding / 2 if cell not in table.fixed else 0.0
        return Interval(max(0.0, value - half), value + half)
    cells, equations = neighbourhood(table, cell, known, through_known=bool(rounding))
    least = [1.0 if name in table.printed else 0.0 for name in cells]
    if not equations:
        return Interval(least[0], math.inf)
    bounds: list[tuple[float, float | None]] = []
    for name, low in zip(cells, least, strict=True):
        if name not in known:
            bounds.append((low, None))
        else:
            half = 0.0 if name in table.fixed else rounding / 2
            middle = table.values[name] if name in table.fixed else nearest(table.values[name], rounding)
            bounds.append((max(0.0, middle - half), middle + half))
    return _solve(table, cells, equations, bounds)


def nearest(value: float, base: int) -> float:
    """Round a count to the nearest multiple of a base, halves up; a base of 0 or 1 changes nothing."""
    return float(math.floor(value / base + 0.5) * base) if base > 1 else value


def _solve(table: Table, cells: list[str], equations: list[dict[str, int]], bounds: list[tuple[float, float | None]]) -> Interval:
    import numpy as np
    from scipy.optimize import linprog

    place = {name: index for index, name in enumerate(cells)}
    matrix, constants = np.zeros((len(equations), len(cells))), np.zeros(len(equations))
    for row, equation in enumerate(equations):
        for name, factor in equation.items():
            if name in place:
                matrix[row, place[name]] = factor
            else:
                constants[row] -= factor * table.values[name]
    ends = []
    for sign in (1, -1):
        goal = np.zeros(len(cells))
        goal[0] = sign
        found = linprog(goal, A_eq=matrix, b_eq=constants, bounds=bounds, method="highs")
        if found.status not in (0, 3):
            raise RuntimeError(f"the counts declared by the design do not add up: {found.message}")
        ends.append(sign * found.fun if found.status == 0 else -sign * math.inf)
    return Interval(math.ceil(ends[0] - 1e-6) if math.isfinite(ends[0]) else ends[0],
                    math.floor(ends[1] + 1e-6) if math.isfinite(ends[1]) else ends[1])  # fmt: skip
