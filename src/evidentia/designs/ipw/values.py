"""A column with few values: its means and spreads are sums over how many people have each, so they tell these
counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from evidentia.core.links import FEW, Bound, Relation
from evidentia.core.results import Result
from evidentia.designs.inference.column_moments import whole_steps
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.sample import Sample

OUTCOME = ("outcome.", "outcome_unweighted.", "effect.", "effect_", "risk_ratio.", "evalue.")
WHEN = ("unweighted", "weighted")
MEANS, SPREAD, RATIO, ERRORS, EFFECT = 3, 2, 1, 4, 5  # what is worth more is suppressed later
DECIMALS = 3  # of standardised differences that would tell counts otherwise


def declare_values(
    result: Result,
    sample: Sample,
    id: str,
    column: str,
    values: Array,
    masks: Mapping[str, Mask],
    row: int | None = None,
) -> None:
    """Declare what the numbers of a column of numbers tell: of any column the size of the group, of few
    values how many have each.

    A weighted number is taken to tell what the plain one does.

    Parameters
    ----------
    result : Result
    sample : Sample
    id : str
        The variable's part of number ids; ``outcome`` for the outcome.
    column : str
    values : array
    masks : dict of str to array of bool
        Who is in each group.
    row : int, optional
        In the frame ``balance``; without it the column is the outcome.
    """
    links, have = result.links, {number.id for number in result.numbers}
    stems = ("mean_unweighted", "mean_weighted") if row is not None else ("outcome_unweighted", "outcome")
    means = {
        group: [f"{stem}.{id}.{group}" if row is not None else f"{stem}.{group}" for stem in stems]
        for group in masks
    }
    for group, names in means.items():
        links.follow(names, [f"n.{group}"], near=True)
    found = np.unique(values)
    if len(found) > FEW:
        return
    cells = _cells(result, sample, id, column, values, found, masks)
    every = [cell for own in cells.values() for cell in own]
    places = [("balance", row, place) for place in (3, 4)] if row is not None else []
    distances = [name for when in WHEN if (name := f"ks_{when}.{id}") in have]
    spread = [name for when in WHEN if (name := f"smd_{when}.{id}") in have]
    ratio = [name for when in WHEN if (name := f"variance_ratio_{when}.{id}") in have]
    links.follow(distances, every)
    steps = whole_steps(found)
    if steps is None:
        links.follow(
            [*spread, *ratio, *(name for names in means.values() for name in names)], every, places=places
        )
        return
    totals = {group: dict(zip(own, steps, strict=True)) for group, own in cells.items()}
    squares = {group: {cell: step * step for cell, step in terms.items()} for group, terms in totals.items()}
    if row is None:
        _effects(result, means, totals, squares)
        return
    for group, names in means.items():
        links.relate(Relation((totals[group],), tuple(names), worth=MEANS))
    moments = (*totals.values(), *squares.values())  # what agrees with a variance agrees with its mean
    links.relate(Relation(moments, tuple(ratio), worth=RATIO))
    sizes = [
        abs(number.value)
        for number in result.numbers
        if number.id in spread and isinstance(number.value, float)
    ]
    rounded = (*map(Bound, totals.values()), _pooled(squares, values, masks, sizes))
    links.relate(Relation(moments, tuple(spread), tuple(places), SPREAD, DECIMALS, rounded))


def _cells(
    result: Result,
    sample: Sample,
    id: str,
    column: str,
    values: Array,
    found: Array,
    masks: Mapping[str, Mask],
) -> dict[str, list[str]]:
    """Declare how many of each group have each value; return the cells' names by group."""
    links, rows = result.links, sample.table.frame.index.to_numpy()
    cells: dict[str, list[str]] = {}
    for group, mask in masks.items():
        cells[group] = []
        for value in found:
            mine = mask & (values == value)
            cells[group].append(links.hide(f"value.{id}.{value:g}.{group}", int(mine.sum())))
            links.who(cells[group][-1], sample.table.path, rows[mine], column)
        links.add_up(f"n.{group}", cells[group])
    return cells


def _effects(
    result: Result,
    means: Mapping[str, list[str]],
    totals: Mapping[str, dict[str, int]],
    squares: Mapping[str, dict[str, int]],
) -> None:
    """Declare that effects tell the difference of the means, and their standard errors the spread."""
    every = [number.id for number in result.numbers if number.id.startswith(("effect.", "effect_"))]
    points = [name for name in every if name.endswith(".estimate")]
    own = [*points, *(name for names in means.values() for name in names)]
    result.links.relate(Relation(tuple(totals.values()), tuple(own), worth=EFFECT))
    rest = tuple(name for name in every if name not in points)
    result.links.relate(Relation((*totals.values(), *squares.values()), rest, worth=ERRORS))


def _pooled(
    squares: Mapping[str, dict[str, int]], values: Array, masks: Mapping[str, Mask], sizes: list[float]
) -> Bound:
    """Return the bounds that rounded standardised differences leave for the sum of both groups' variances.

    At full precision they tell each group's variance, because counts are whole. Rounded, each lies within
    half a unit of the last decimal, and so does the difference of the means, which is known, over the pooled
    deviation.
    """
    half = 0.5 * 10.0**-DECIMALS
    low = max((size**2 / (size + half) ** 2 for size in sizes), default=0.0)
    high = min(
        (size**2 / (size - half) ** 2 if size > 2 * half else math.inf for size in sizes), default=math.inf
    )
    (first, one), (second, other) = masks.items()
    factors = {first: int(other.sum()) - 1, second: int(one.sum()) - 1}
    variance = (
        sum(float(values[mask].var(ddof=1)) for mask in masks.values()) * factors[first] * factors[second]
    )
    variance *= _scale(values) ** 2
    terms = {cell: square * factors[group] for group, own in squares.items() for cell, square in own.items()}
    return Bound(terms, (1 - low) * variance, (high - 1) * variance)


def _scale(values: Array) -> float:
    """Return by what whole steps are multiples of the values."""
    found = np.unique(values)
    steps = whole_steps(found)
    assert steps is not None
    return steps[-1] / float(found[-1] - found[0])
