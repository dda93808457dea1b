"""What the moments of a column tell: a column with few values has means and spreads that are sums over how
many have each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import gcd

import numpy as np
from numpy.typing import NDArray

from evidentia.core.links import FEW, Relation
from evidentia.core.results import Result

Array = NDArray[np.float64]
LARGEST = 10_000  # coefficients beyond this are taken to tell all


def declare_few(
    result: Result,
    groups: Mapping[str, tuple[Array, NDArray[np.int64]]],
    column: str,
    dataset: str,
    means: Iterable[str],
    rest: Iterable[str],
) -> None:
    """Declare what numbers tell of how many of each group have each value of a column; nothing if it has many
    values.

    Parameters
    ----------
    result : Result
    groups : dict of str to (values, rows)
        By the id of the group's count: the values, and the rows of the file that they stand in.
    column, dataset : str
        Name and path.
    means : iterable of str
        Numbers that tell the sum of each group's values, or of their difference.
    rest : iterable of str
        Numbers that tell the sums of squares too.
    """
    links = result.links
    found = np.unique(np.concatenate([values for values, _ in groups.values()]))
    if len(found) > FEW:
        return
    cells: dict[str, list[str]] = {}
    for group, (values, rows) in groups.items():
        cells[group] = []
        for value in found:
            name = links.hide(f"value.{column}.{value:g}.{group}", int((values == value).sum()))
            cells[group].append(links.who(name, dataset, rows[values == value], column))
        links.add_up(group, cells[group])
    steps = whole_steps(found)
    if steps is None:
        links.follow([*means, *rest], [cell for own in cells.values() for cell in own])
        return
    totals = tuple(dict(zip(own, steps, strict=True)) for own in cells.values())
    squares = tuple({cell: step * step for cell, step in terms.items()} for terms in totals)
    links.relate(Relation(totals, tuple(means), worth=2))
    links.relate(Relation((*totals, *squares), tuple(rest), worth=1))


def whole_steps(values: Array) -> list[int] | None:
    """Return values as whole steps from the least, or None if their decimals are too
    many to be told exactly.
    """
    for scale in (1, 10, 100, 1000):
        steps = (values - values[0]) * scale
        if np.allclose(steps, np.round(steps), rtol=0, atol=1e-6):
            found = [int(step) for step in np.round(steps)]
            common = gcd(*found) or 1
            return [step // common for step in found] if found[-1] // common <= LARGEST else None
    return None
