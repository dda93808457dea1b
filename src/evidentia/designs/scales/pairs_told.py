"""What a change tells of a measure with few scores: its mean and its error are sums over how many people
moved from one score to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product

import numpy as np

from evidentia.core.links import FEW, Relation
from evidentia.core.results import Result
from evidentia.designs.inference.column_moments import whole_steps
from evidentia.designs.scales.keys import Scale
from evidentia.designs.scales.people import Array, band_of

Pair = tuple[float, float]


def declare_pairs(
    result: Result, name: str, before: Array, after: Array, errors: Iterable[str] = ()
) -> tuple[dict[Pair, str], dict[float, str]]:
    """Declare how many moved from each score to each other, and how many changed by how much; return their
    names by pair and by change, none if there are many changes.

    Parameters
    ----------
    result : Result
    name : str
        The count of these people.
    before, after : array
        Their scores.
    errors : iterable of str
        Numbers that tell the sum of squares of the changes.
    """
    links, found = result.links, (np.unique(before), np.unique(after))
    moves = np.unique(np.round(np.subtract.outer(found[1], found[0]), 9) + 0.0)
    steps = whole_steps(np.union1d(moves, [0.0]))
    if len(moves) > FEW or steps is None:
        return {}, {}
    pairs = {
        (start, end): links.hide(
            f"{name}.pair.{start:g}.{end:g}", int(((before == start) & (after == end)).sum()), tie=True
        )
        for start, end in product(*(map(float, side) for side in found))
    }
    links.add_up(name, pairs.values())
    sizes = dict(zip(np.union1d(moves, [0.0]), steps, strict=True))
    nothing, changes = sizes[0.0], dict[float, str]()
    for move in map(float, moves):
        of = [cell for (start, end), cell in pairs.items() if round(end - start, 9) == move]
        cell = f"{name}.value.{move:g}"
        if cell not in links.hidden:
            links.hide(cell, sum(links.hidden[one] for one in of))
        links.add_up(cell, of)
        changes[move] = cell
    errors = tuple(errors)
    if not errors:
        return pairs, changes
    first = {cell: sizes[move] - nothing for move, cell in changes.items() if sizes[move] != nothing}
    links.relate(Relation((first, {cell: step * step for cell, step in first.items()}), errors, worth=1))
    return pairs, changes


def declare_whole_pairs(result: Result, whole: str, groups: Iterable[Mapping[Pair, str]]) -> None:
    """Declare that those who moved from one score to another add up over the groups."""
    links, parts = result.links, dict[str, list[str]]()
    for pairs in groups:
        for (start, end), cell in pairs.items():
            parts.setdefault(f"{whole}.pair.{start:g}.{end:g}", []).append(cell)
    for cell, of in parts.items():
        if links.hidden.get(cell) == sum(links.hidden[one] for one in of):
            links.add_up(cell, of)


def declare_sums(
    result: Result, pairs: Mapping[Pair, str], cells: Mapping[str, Callable[[Pair], bool]]
) -> None:
    """Declare counts as sums of those who moved from one score to another, where these are told apart."""
    hidden = result.links.hidden
    values = {number.id: number.value for number in result.numbers} | hidden
    for name, chosen in cells.items():
        of = [cell for pair, cell in pairs.items() if chosen(pair)]
        if of and values.get(name) == sum(hidden[cell] for cell in of):
            result.links.add_up(name, of)


def declare_moves(
    result: Result, scale: Scale, pairs: Mapping[Pair, str], cells: Mapping[tuple[str, str], str]
) -> None:
    """Declare the counts of those who moved from one band to another, by the bands, as sums of those who
    moved from one score to another.
    """
    band = {score: band_of([score], scale, "")[0] for pair in pairs for score in pair}
    of = {cell: lambda pair, key=key: (band[pair[0]], band[pair[1]]) == key for key, cell in cells.items()}
    declare_sums(result, pairs, of)
