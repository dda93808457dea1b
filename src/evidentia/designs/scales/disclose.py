"""How the counts of people of a measure add up, and which numbers give them away: for
`evidentia.disclosure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evidentia.core.links import Compute
from evidentia.core.results import Result
from evidentia.designs.inference.column_moments import declare_few
from evidentia.designs.scales.keys import Scale
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
) -> None:
    """Declare the counts of one scale, those that no number prints included."""
    stem = f"{name}." if name else ""
    links, ids, both = result.links, [number.id for number in result.numbers], f"{stem}n.both"
    told = [id for id in ids if id.startswith(tuple(f"{stem}{part}" for part in TOLD))]
    for when, side in sides.items():
        known = scores[when].notna().to_numpy()
        scored = links.who(f"{stem}n.{when}", side.table.path, side.rows[known], f"{scale.label} {when}")
        alone = links.hide(f"{stem}only.{when}", int(known.sum()) - len(rows[when]))
        links.add_up(scored, (both, alone))
        every = links.hide(f"{stem}every.{when}", len(known), tie=True)
        links.add_up(every, (scored, f"{stem}no_score.{when}"))
        groups = {both: (values[when], rows[when])}
        column = f"{scale.label} {when}"
        declare_few(result, groups, column, side.table.path, [f"{stem}mean.{when}"], told)
    links.who(both, sides["before"].table.path, rows["before"], f"{scale.label} both")
    _bands(result, stem, scale, both, name)
    numbers = [f"{stem}reliable_n.{kind}" for kind in ("improved", "same", "worse")]
    counted = {number.id: number.value for number in result.numbers if number.id in numbers}
    if None not in counted.values():
        links.add_up(both, numbers)
        for number in numbers:
            share = number.replace("reliable_n", "reliable")
            links.follow([share], (number, both), share_of(share, number, both))


def _bands(result: Result, stem: str, scale: Scale, both: str, name: str) -> None:
    """Declare the bands at each time as sums of who moved between them."""
    frame = f"moves{'_' if name else ''}{name}"
    if frame not in result.frames:
        return
    links, cells = result.links, {}
    keys = {band: id.split(".")[-2] for band, id in zip(scale.bands, _ids(result, stem), strict=True)}
    for row, (start, end, people) in enumerate(result.frames[frame].rows):
        cells[start, end] = links.hide(f"{stem}moved.{keys[start]}.{keys[end]}", people)
        links.show(frame, row, 2, cells[start, end])
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
