"""The series of an interrupted time series, read from its table and checked; every fault of it is said in one
go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.dates import how_to_write
from evidentia.data.table import DataTable
from evidentia.designs.its.faults import (
    LEAST,
    columns_of,
    missing_faults,
    model_faults,
    require,
    time_faults,
    value_faults,
)
from evidentia.designs.its.fit import Array
from evidentia.designs.its.periods import FORMS, Spacing, on_one_scale, parse_period, usual_step
from evidentia.designs.its.settings import CALENDAR_DAYS, ITSSettings

CONFIG = "config.yaml"


@dataclass(frozen=True)
class Series:
    """One outcome by period, in order, without gaps but for the periods that config.yaml leaves out.

    Attributes
    ----------
    labels : list of str
        Each period in its own form.
    spacing : Spacing
    n_pre : int
        Periods before the intervention; the period at this index is the first of the post segment.
    outcome : array
    denominator, offset : array or None
        As in the data (the offset before its logarithm).
    n_placebo : int or None
        Periods before the placebo intervention, if config.yaml names one.
    notes : list of str
        What was put right on the way.
    starts : list of float
        Place in time of the first period of each intervention.
    times : array or None
        Place in time of each period, from 1, where some are left out.
    control, control_divisor : array or None
        The outcome of the control series, and its denominator or offset.
    """

    labels: list[str]
    spacing: Spacing
    n_pre: int
    outcome: Array
    denominator: Array | None = None
    offset: Array | None = None
    n_placebo: int | None = None
    notes: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    times: Array | None = None
    control: Array | None = None
    control_divisor: Array | None = None

    @property
    def n(self) -> int:
        """Number of periods."""
        return len(self.outcome)

    @property
    def places(self) -> Array:
        """Place in time of each period, from 1."""
        return np.arange(1.0, self.n + 1) if self.times is None else self.times

    @property
    def n_post(self) -> int:
        """Periods from the intervention on."""
        return self.n - self.n_pre


def read_series(settings: ITSSettings, table: DataTable) -> Series:
    """Return the series that the settings name, in the order of time.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a cell that is no period or no number, a period that is missing or doubled, uneven
        spacing, a negative count, a denominator of 0 or below the outcome, an offset that is not
        positive, an intervention that is not a period of the series, fewer than 3 periods on a side,
        a season with less than two years of data.
    """
    require(table, {"time": settings.time, **columns_of(settings)})
    spacing, ordinals = _ordinals(settings, table)
    named = {name: column for name, column in columns_of(settings).items() if column is not None}
    values = pd.DataFrame(
        {"time": ordinals, **{name: table.numeric(column, missing=True) for name, column in named.items()}},
        index=table.frame.index,
    )
    left_out = _left_out(settings, table, values["time"], spacing)
    kept = ~values["time"].isin(left_out)
    if settings.offset == CALENDAR_DAYS:
        values["offset"] = _calendar_days(settings, table, values["time"], spacing)
    raise_all(missing_faults(settings, table, values[kept], spacing))
    raise_all(
        [
            *value_faults(settings, table, values[kept]),
            *time_faults(settings, table, values["time"], spacing, left_out),
        ]
    )
    values, notes = _in_order(values[kept], spacing, table)
    times = values["time"]
    first = min(
        [times.iloc[0], *(ordinal for ordinal in left_out if ordinal < times.iloc[0] and ordinal in ordinals)]
    )
    places = ((times - first) / spacing.step + 1).to_numpy(dtype=float)
    splits = [
        _split(given, "intervention", settings, table, times, spacing, left_out)
        for given in settings.intervention
    ]
    n_pre = splits[0][0]
    _apart(settings, table, splits, spacing)
    n_placebo = None
    if settings.placebo:
        n_placebo = _split(
            settings.placebo, "placebo", settings, table, times.iloc[:n_pre], spacing, left_out
        )[0]
    starts = [(place - first) / spacing.step + 1 for _, place in splits]
    raise_all(model_faults(settings, table, times, spacing, places, starts))
    arrays = {name: values[name].to_numpy(dtype=float) for name in values.columns.drop("time")}
    control, divisor = (
        arrays.pop("control", None),
        arrays.pop("control_denominator", arrays.pop("control_offset", None)),
    )
    if control is not None and settings.offset == CALENDAR_DAYS:
        divisor = arrays["offset"]
    gaps = None if len(places) == places[-1] == np.unique(places).size else places
    if gaps is not None:
        notes.append(f"{len(left_out)} {spacing.noun}s are left out, as 'exclude' says; time goes on")
    return Series(
        [spacing.label(ordinal) for ordinal in times],
        spacing,
        n_pre,
        n_placebo=n_placebo,
        notes=notes,
        starts=starts,
        times=gaps,
        control=control,
        control_divisor=divisor,
        **arrays,
    )


def _calendar_days(
    settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing
) -> list[float]:
    days = [spacing.days(ordinal) for ordinal in times]
    if None in days:
        what = f"the days of a {spacing.noun} are not known"
        raise EvidentiaError(
            what,
            where=table.where(column=settings.time),
            remedy="give months, quarters or years, or a column of days",
        )
    return [float(day) for day in days if day is not None]


def _left_out(settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing) -> set[int]:
    """Return the periods that config.yaml leaves out; they need no row in the data."""
    found: set[int] = set()
    for given in settings.exclude:
        ends = [parse_period(part) for part in given.split("..")]
        places = [spacing.place(end) for end in ends if end is not None]
        if None in places:
            raise EvidentiaError(
                f"the period {given} of 'exclude' has another form than the periods, such as"
                f" {spacing.label(times.iloc[0])}",
                where=CONFIG,
                remedy="write it as the data do",
            )
        first, last = places[0], places[-1]
        assert first is not None
        assert last is not None
        inside = set(range(first, last + 1, spacing.step)) & set(
            range(int(times.min()), int(times.max()) + 1)
        )
        if not inside:
            span = f"{spacing.label(int(times.min()))} to {spacing.label(int(times.max()))}"
            raise EvidentiaError(
                f"the period {given} of 'exclude' is outside the series",
                where=CONFIG,
                remedy=f"name one from {span}",
            )
        found |= inside
    return found


def _apart(settings: ITSSettings, table: DataTable, splits: list[tuple[int, int]], spacing: Spacing) -> None:
    """Raise unless the interventions follow each other with enough periods between them."""
    for (before, place), (after, later), given in zip(
        splits, splits[1:], settings.intervention[1:], strict=False
    ):
        if later <= place or after - before < LEAST:
            what = (
                "does not come after the one before"
                if later <= place
                else f"follows after {after - before} {spacing.noun}s"
            )
            raise EvidentiaError(
                f"the intervention {given} {what}",
                where=f"{CONFIG}, key intervention",
                remedy=(
                    f"give interventions in the order of time, with at least {LEAST} {spacing.noun}s from one"
                    " to the next"
                ),
            )


def _ordinals(settings: ITSSettings, table: DataTable) -> tuple[Spacing, list[int]]:
    """Return the periods as whole numbers on one scale."""
    cells = table.frame[settings.time]
    if cells.empty:
        raise EvidentiaError("the series is empty", where=table.path, remedy="give one row a period")
    parsed = [None if pd.isna(cell) else parse_period(cell) for cell in cells]
    wrong = [row for row, period in zip(cells.index, parsed, strict=True) if period is None]
    if wrong:
        cell = cells[wrong[0]]
        what = "a period is missing" if pd.isna(cell) else f"'{cell}' is not a period"
        raise EvidentiaError(what, where=table.where(wrong, settings.time), remedy=_how(cells, settings.time))
    _refuse_day_numbers(cells, table, settings.time)
    periods = on_one_scale([period for period in parsed if period is not None])
    kinds = [period.kind for period in periods]
    usual = max(set(kinds), key=kinds.count)
    odd = [row for row, kind in zip(cells.index, kinds, strict=True) if kind != usual]
    if odd:
        raise EvidentiaError(
            f"'{cells[odd[0]]}' has another form than the other periods, such as"
            f" '{cells.iloc[kinds.index(usual)]}'",
            where=table.where(odd, settings.time),
            remedy="write all periods in one form",
        )
    ordinals = [period.ordinal for period in periods]
    return Spacing(usual, usual_step(ordinals)), ordinals


def _how(cells: pd.Series[Any], column: str) -> str:
    """Say how to write periods that are not read."""
    advice = how_to_write(list(cells.dropna()), column)
    return (
        advice.replace("write it as 2019-03-31", f"write {FORMS}") if "format" in advice else f"write {FORMS}"
    )


def _refuse_day_numbers(cells: pd.Series[Any], table: DataTable, column: str) -> None:
    """Raise for dates that a spreadsheet has lost the format of: days since 1900, such as 43191."""
    numbers = pd.to_numeric(cells, errors="coerce")
    if numbers.between(20_000, 60_000).all() and (numbers.sort_values().diff().dropna() > 1).any():
        raise EvidentiaError(
            f"'{cells.iloc[0]}' looks like a spreadsheet's number of a day",
            where=table.where(column=column),
            remedy=_how(cells, column),
        )


def _in_order(values: pd.DataFrame, spacing: Spacing, table: DataTable) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows in the order of time, with a note if they were in another."""
    if values["time"].is_monotonic_increasing:
        return values, []
    first = values.index[values["time"].diff() < 0][0]
    label = spacing.label(values["time"].loc[first])
    note = (
        f"{table.where([first])}: the {spacing.noun} {label} stands after a later one; the rows were put in"
        " the order of time"
    )
    return values.sort_values("time"), [note]


def _split(
    given: str,
    key: str,
    settings: ITSSettings,
    table: DataTable,
    times: pd.Series[int],
    spacing: Spacing,
    left_out: set[int],
) -> tuple[int, int]:
    """Return how many periods lie before the one that a setting names, and that one's place in time."""
    ordinals = list(times)
    period = parse_period(given)
    assert period is not None  # the settings have checked its form
    place = spacing.place(period)
    first, last = spacing.label(ordinals[0]), spacing.label(ordinals[-1])
    whole = table.where(sorted((times.index[0], times.index[-1])), settings.time)
    room = _room(ordinals, spacing, key)
    if place is None:
        raise EvidentiaError(
            f"the {key} {given} has another form than the periods, such as {first}", where=whole, remedy=room
        )
    if not ordinals[0] <= place <= ordinals[-1]:
        side = "outside the series" if key == "intervention" else "outside the part before the intervention"
        raise EvidentiaError(
            f"the {key} {given} is {side}, which runs from {first} to {last}", where=whole, remedy=room
        )
    if place not in ordinals and place not in left_out:
        before = max(ordinal for ordinal in ordinals if ordinal < place)
        raise EvidentiaError(
            f"the {key} {given} is not a {spacing.noun} of the series",
            where=whole,
            remedy=(
                f"set '{key}' in {CONFIG} to {spacing.label(before)} or"
                f" {spacing.label(before + spacing.step)}"
            ),
        )
    n_before = sum(ordinal < place for ordinal in ordinals)
    for count, side, rows in (
        (n_before, "before", times.index[:n_before]),
        (len(ordinals) - n_before, "from", times.index[n_before:]),
    ):
        if count < LEAST:
            raise EvidentiaError(
                f"{count} {spacing.noun}{'s' * (count != 1)} {side} the {key} {given}; the model needs"
                f" {LEAST} on each side",
                where=table.where(rows if count else times.index[:1], settings.time),
                remedy=room,
            )
    return n_before, place


def _room(ordinals: Sequence[int], spacing: Spacing, key: str) -> str:
    """Say which periods a setting can name."""
    if len(ordinals) < 2 * LEAST:
        return (
            f"give at least {LEAST} periods on each side"
            if key == "intervention"
            else f"take '{key}' out of {CONFIG}"
        )
    low, high = spacing.label(ordinals[LEAST]), spacing.label(ordinals[-LEAST])
    return (
        f"set '{key}' in {CONFIG} to {low}"
        if low == high
        else f"set '{key}' in {CONFIG} to a {spacing.noun} from {low} to {high}"
    )
