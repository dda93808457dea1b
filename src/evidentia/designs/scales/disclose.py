"""How the counts of people of a measure add up, and which numbers give them away: for
`evidentia.disclosure`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evidentia.core.links import Compute
from evidentia.core.results import Result
from evidentia.designs.inference.column_moments import declare_few
from evidentia.designs.scales.keys import Scale
from evidentia.designs.scales.pairs_told import Pair, declare_moves, declare_pairs
from evidentia.designs.scales.people import SIDES, Array, Side

TOLD = ("change.", "hedges_g.", "reliable_change", "sd.", "alpha.")


def declare(
    result: Result,
    name: str,
    scale: Scale,
    sides: dict[str, Side],
    scores: dict[str, pd.Series[Any]],
    rows: dict[str, NDArray[np.int64]],
    values: dict[str, Array],
) -> dict[float, str]:
    """Declare the counts of one scale, those that no number prints included; return those of how many changed
    by how much, where these are few.
    """
    stem = f"{name}." if name else ""
    links, ids, both = result.links, [number.id for number in result.numbers], f"{stem}n.both"
    told = [id for id in ids if id.startswith(tuple(f"{stem}{part}" for part in TOLD))]
    for when, side in sides.items():
        known = scores[when].notna().to_numpy()
        scored = links.who(f"{stem}n.{when}", side.table.path, side.rows[known], f"{scale.label} {when}")
        alone = links.hide(f"{stem}only.{when}", int(known.sum()) - len(rows[when]))
        links.add_up(scored, (both, alone))
        every = links.hide(f"every.{when}", len(known), tie=True)  # the same for each scale and analysis
        links.who(every, side.table.path, side.rows)
        links.add_up(every, (scored, f"{stem}no_score.{when}"))
        links.follow([f"{stem}alpha.{when}"], [scored], near=True)
        groups = {both: (values[when], rows[when])}
        column = f"{scale.label} {when}"
        means = [f"{stem}mean.{when}", f"{stem}change.estimate"]
        rest = [id for id in told if id not in means]
        declare_few(result, groups, column, side.table.path, means, rest)
    links.who(both, sides["before"].table.path, rows["before"], f"{scale.label} both")
    links.follow(
        [*(f"{stem}mean.{when}" for when in sides), *(id for id in told if ".alpha" not in f".{id}")],
        [both],
        near=True,
    )
    errors = [id for id in rest if id.startswith((f"{stem}change.", f"{stem}hedges_g."))]
    pairs, changes = declare_pairs(result, both, values["before"], values["after"], errors)
    for place, when in enumerate(SIDES):
        for score in dict.fromkeys(pair[place] for pair in pairs):
            of = [cell for pair, cell in pairs.items() if pair[place] == score]
            links.add_up(f"value.{scale.label} {when}.{score:g}.{both}", of)
    _bands(result, stem, scale, both, name, pairs)
    _reliable(result, stem, scale, both, changes)
    return changes


def _reliable(result: Result, stem: str, scale: Scale, both: str, changes: Mapping[float, str]) -> None:
    """Declare who changed reliably as sums of those who changed by so much."""
    links = result.links
    values = {number.id: number.value for number in result.numbers}
    limit, sign = values[f"{stem}reliable_change"], 1 if scale.better == "high" else -1
    if not isinstance(limit, float) or limit != limit:
        return
    kinds: dict[str, Callable[[float], bool]] = {
        "improved": lambda move: move > limit,
        "same": lambda move: abs(move) <= limit,
        "worse": lambda move: move < -limit,
    }
    links.add_up(both, [f"{stem}reliable_n.{kind}" for kind in kinds])
    for kind, belongs in kinds.items():
        number, share = f"{stem}reliable_n.{kind}", f"{stem}reliable.{kind}"
        links.follow([share], (number, both), share_of(share, number, both))
        of = [cell for move, cell in changes.items() if belongs(sign * move)]
        if of and sum(links.hidden[cell] for cell in of) == values[number]:
            links.add_up(number, of)


def _bands(result: Result, stem: str, scale: Scale, both: str, name: str, pairs: Mapping[Pair, str]) -> None:
    """Declare the bands at each time as sums of who moved between them."""
    frame = f"moves{'_' if name else ''}{name}"
    if frame not in result.frames:
        return
    links, cells = result.links, {}
    keys = {band: id.split(".")[-2] for band, id in zip(scale.bands, _ids(result, stem), strict=True)}
    for row, (start, end, people) in enumerate(result.frames[frame].rows):
        cells[start, end] = links.hide(f"{stem}moved.{keys[start]}.{keys[end]}", people)
        links.show(frame, row, 2, cells[start, end])
    declare_moves(result, scale, pairs, cells)
    for place, when in enumerate(SIDES):
        numbers = {band: f"{stem}band_n.{keys[band]}.{when}" for band in scale.bands}
        links.add_up(both, numbers.values())
        for band, number in numbers.items():
            links.add_up(number, [cell for pair, cell in cells.items() if pair[place] == band])
            share = number.replace("band_n.", "band.")
            links.follow([share], (number, both), share_of(share, number, both))


def _ids(result: Result, stem: str) -> list[str]:
    return [
        number.id
        for number in result.numbers
        if number.id.startswith(f"{stem}band_n.") and number.id.endswith(".before")
    ]


def share_of(id: str, part: str, whole: str) -> Compute:
    """Return what computes a share again from rounded counts."""

    def compute(counts: Mapping[str, float]) -> dict[str, float | None]:
        return {id: counts[part] / counts[whole] if counts[whole] else None}

    return compute
