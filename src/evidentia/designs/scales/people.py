"""Answers before and after, read and checked, and the scores that they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.language import later
from evidentia.data.cleaning import same
from evidentia.data.ids import how_they_meet, id_texts
from evidentia.data.people import clusters_of, person_faults
from evidentia.data.table import MOST, DataTable
from evidentia.designs.scales.keys import Measure, Scale
from evidentia.designs.scales.settings import BeforeAndAfter, ScalesSettings

Array = NDArray[np.float64]
SIDES = ("before", "after")
TIMES = {"before": later("before"), "after": later("after")}


@dataclass(frozen=True)
class Side:
    """One time: people's ids, the rows of the file that they stand in, and their answers, reversed items
    turned.
    """

    table: DataTable
    ids: list[str]
    rows: NDArray[np.int64]
    answers: Array
    clusters: list[str]

    def score(self, measure: Measure, scale: Scale) -> Array:
        """Return each person's score, NaN where too few items are answered."""
        if scale.parts:
            return np.asarray(
                sum(self.score(measure, measure.scales[part]) for part in scale.parts), dtype=float
            )
        chosen = self.answers[:, [item - 1 for item in scale.items]]
        given = np.sum(~np.isnan(chosen), axis=1)
        mean = np.nansum(chosen, axis=1) / np.maximum(given, 1)
        score = mean if measure.mean else mean * len(scale.items)
        if measure.whole:
            score = np.floor(score + 0.5)
        if measure.convert:
            first = measure.lowest * len(scale.items)
            place = np.clip(np.round(score) - first, 0, len(measure.convert) - 1).astype(int)
            score = np.asarray(measure.convert)[place]
        return np.where(given >= scale.at_least, score, np.nan)


def read_sides(settings: ScalesSettings, tables: dict[str, DataTable]) -> dict[str, Side]:
    """Return the answers at both times.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a person without an id or twice at a time, an answer outside the range, an item that is
        missing too often, nobody at both times.
    """
    sides, faults = {}, list[EvidentiaError]()
    for name in SIDES:
        table = tables[
            getattr(settings.data, name) if isinstance(settings.data, BeforeAndAfter) else settings.data
        ]
        table.require(
            settings.person, *filter(None, [settings.wave, settings.cluster]), *settings.columns(name)
        )
        chosen = _rows(settings, table, name)
        faults += [*_people(settings, table, chosen, name), *_outside(settings, table, chosen, name)]
        if not faults:
            sides[name] = _side(settings, table, chosen, name)
    raise_all({(fault.what, fault.where): fault for fault in faults}.values())
    raise_all([fault for name, side in sides.items() for fault in _missing(settings, name, side)])
    _both(settings, sides)
    return sides


def _rows(settings: ScalesSettings, table: DataTable, side: str) -> pd.Index[Any]:
    """Return the rows of a time."""
    if not settings.wave:
        return table.frame.index
    cells, value = id_texts(table.frame[settings.wave]), getattr(settings, side)
    found = table.frame.index[cells == value]
    if found.empty:
        raise EvidentiaError(
            f"no row has '{value}' ({side}) in '{settings.wave}'",
            where=table.where(column=settings.wave),
            remedy=(
                f"the values that are there: {', '.join(map(str, list(dict.fromkeys(cells.dropna()))[:12]))}"
            ),
        )
    return found


def _people(
    settings: ScalesSettings, table: DataTable, chosen: pd.Index[Any], side: str
) -> Iterator[EvidentiaError]:
    """Return what is wrong with who answered at a time."""
    return person_faults(
        table,
        settings.person,
        id_texts(table.frame.loc[chosen, settings.person]),
        when=side,
        give="give each person the same id at both times",
        keep="keep one row for each time",
    )


def _codes(settings: ScalesSettings, table: DataTable, column: str) -> pd.Series[Any]:
    """Return an item's answers as codes of the measure."""
    measure = settings.measured()
    if settings.answers:
        known = {same(word): measure.lowest + place for place, word in enumerate(settings.answers)}
        raw = table.frame[column]
        return raw.map(
            lambda value: np.nan if pd.isna(value) else known.get(same(str(value)), np.inf)
        ).astype(float)
    values = table.numeric(column, missing=True)
    return values if settings.coded_from is None else values + (measure.lowest - settings.coded_from)


def _outside(
    settings: ScalesSettings, table: DataTable, chosen: pd.Index[Any], side: str
) -> Iterator[EvidentiaError]:
    """Yield one fault for all items with an answer that the measure does not have."""
    measure = settings.measured()
    shift = 0 if settings.coded_from is None else settings.coded_from - measure.lowest
    answers = pd.DataFrame(
        {column: _codes(settings, table, column).loc[chosen] for column in settings.columns(side)}
    )
    wrong = answers.notna() & ((answers < measure.lowest) | (answers > measure.highest) | (answers % 1 != 0))
    columns = [column for column in answers.columns if wrong[column].any()]
    if not columns:
        return
    first = columns[0]
    shown = table.frame.loc[wrong.index[wrong[first]][0], first]
    least = answers.min(axis=None)
    apart = int(least) - measure.lowest if np.isfinite(least) and least % 1 == 0 else 0
    shifted = bool(apart) and (answers.isna() | answers.sub(apart).le(measure.highest)).all(axis=None)
    allowed = (
        ", ".join(settings.answers)
        or f"whole numbers from {measure.lowest + shift} to {measure.highest + shift}"
    )
    recoded = f"; if the lowest answer is coded as {int(least) + shift}, say coded_from: {int(least) + shift}"
    yield EvidentiaError(
        f"the answer '{shown}' to '{first}' is outside the range of {measure.label}"
        + (f", and so are answers to {_listed(columns[1:])}" if columns[1:] else ""),
        where=table.where(wrong.index[wrong.any(axis=1)], "" if columns[1:] else first),
        remedy=f"allowed: {allowed}{recoded * (shifted and not settings.answers)}; a code for no answer goes"
        " into the field's missingValues in data/datapackage.json",
    )


def _side(settings: ScalesSettings, table: DataTable, chosen: pd.Index[Any], side: str) -> Side:
    measure = settings.measured()
    answers = np.column_stack(
        [_codes(settings, table, column).loc[chosen].to_numpy() for column in settings.columns(side)]
    )
    turned = [item - 1 for item in sorted(measure.reversed)]
    answers[:, turned] = measure.lowest + measure.highest - answers[:, turned]
    ids = list(id_texts(table.frame.loc[chosen, settings.person]))
    clusters = clusters_of(table, settings.cluster, chosen) if settings.cluster else None
    return Side(table, ids, chosen.to_numpy(), answers, [] if clusters is None else list(clusters))


def _missing(settings: ScalesSettings, name: str, side: Side) -> Iterator[EvidentiaError]:
    """Yield one fault for all items that too many of those who answered anything left out."""
    some = ~np.isnan(side.answers).all(axis=1)
    shares = np.isnan(side.answers[some]).mean(axis=0) if some.any() else np.ones(side.answers.shape[1])
    columns = settings.columns(name)
    often = [
        f"{column} ({share:.0%})"
        for column, share in zip(columns, shares, strict=True)
        if share > settings.most_missing
    ]
    if often:
        yield EvidentiaError(
            f"{'an item is' if len(often) == 1 else f'{len(often)} items are'} missing too often {name}:"
            f" {_listed(often)}",
            where=side.table.path,
            remedy=(
                "check that the columns are the items'; if they are, raise 'most_missing' (now"
                f" {settings.most_missing:g})"
            ),
        )


def _listed(words: list[str]) -> str:
    return ", ".join(words[:MOST]) + (f" and {len(words) - MOST} more" if len(words) > MOST else "")


def _both(settings: ScalesSettings, sides: dict[str, Side]) -> None:
    """Raise if nobody answered at both times."""
    first, last = (set(side.ids) for side in sides.values())
    if not first & last:
        how = how_they_meet(first, last)
        raise EvidentiaError(
            "nobody stands at both times" + (f", but {how}" if how else ""),
            where="; ".join(
                dict.fromkeys(side.table.where(column=settings.person) for side in sides.values())
            ),
            remedy="write the ids alike at both times",
        )


def band_of(scores: Iterable[float], scale: Scale, where: str) -> list[str]:
    """Return the band of each score.

    Raises
    ------
    EvidentiaError
        If a score is in no band.
    """
    found = []
    for score in scores:
        below = [(low, high, name) for name, (low, high) in scale.bands.items() if low <= score]
        low, high, name = max(below, default=(0.0, -np.inf, ""))
        inside = score <= high or any(
            other > high for other, _ in scale.bands.values()
        )  # a fraction between two bands: the lower
        if not name or not inside:
            raise EvidentiaError(
                f"the score {score:g} is in no band of {scale.label}",
                where=where,
                remedy="let the bands in config.yaml cover every score",
            )
        found.append(name)
    return found
