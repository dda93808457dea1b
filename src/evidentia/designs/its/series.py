"""The series of an interrupted time series, read from its table and checked; every fault of it is said in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.dates import how_to_write
from evidentia.data.table import DataTable
from evidentia.designs.its.fit import Array, design, full_rank
from evidentia.designs.its.periods import FORMS, Spacing, on_one_scale, parse_period, usual_step
from evidentia.designs.its.settings import COUNTS, ITSSettings

LEAST = 3  # periods on each side of the intervention
CONFIG = "config.yaml"


@dataclass(frozen=True)
class Series:
    """One outcome by period, in order, without gaps.

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
    """

    labels: list[str]
    spacing: Spacing
    n_pre: int
    outcome: Array
    denominator: Array | None = None
    offset: Array | None = None
    n_placebo: int | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def n(self) -> int:
        """Number of periods."""
        return len(self.outcome)

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
    _require(table, {"time": settings.time, "outcome": settings.outcome, "denominator": settings.denominator, "offset": settings.offset})
    spacing, ordinals = _ordinals(settings, table)
    columns = {
        name: table.numeric(column)
        for name in ("outcome", "denominator", "offset")
        if (column := getattr(settings, name)) is not None
    }  # fmt: skip
    values = pd.DataFrame({"time": ordinals, **columns}, index=table.frame.index)
    raise_all([*_value_faults(settings, table, values), *_time_faults(settings, table, values["time"], spacing)])
    values, notes = _in_order(values, spacing, table)
    n_pre = _split(settings.intervention, "intervention", settings, table, values["time"], spacing)
    n_placebo = None
    if settings.placebo:
        n_placebo = _split(settings.placebo, "placebo", settings, table, values["time"].iloc[:n_pre], spacing)
    raise_all(_model_faults(settings, table, values["time"], spacing, n_pre))
    arrays = {name: values[name].to_numpy(dtype=float) for name in columns}
    return Series([spacing.label(ordinal) for ordinal in values["time"]], spacing, n_pre, n_placebo=n_placebo, notes=notes, **arrays)


def _require(table: DataTable, columns: dict[str, str | None]) -> None:
    """Raise for each column of the settings that the data lack."""
    raise_all(
        EvidentiaError(
            f"the column '{column}', which '{key}' names, is missing", where=table.path, remedy=did_you_mean(column, table.frame)
        )
        for key, column in columns.items()
        if column is not None and column not in table.frame
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
            f"'{cells[odd[0]]}' has another form than the other periods, such as '{cells.iloc[kinds.index(usual)]}'",
            where=table.where(odd, settings.time),
            remedy="write all periods in one form",
        )
    ordinals = [period.ordinal for period in periods]
    return Spacing(usual, usual_step(ordinals)), ordinals


def _how(cells: pd.Series[Any], column: str) -> str:
    """Say how to write periods that are not read."""
    advice = how_to_write(list(cells.dropna()), column)
    return advice.replace("write it as 2019-03-31", f"write {FORMS}") if "format" in advice else f"write {FORMS}"


def _refuse_day_numbers(cells: pd.Series[Any], table: DataTable, column: str) -> None:
    """Raise for dates that a spreadsheet has lost the format of: days since 1900, such as 43191."""
    numbers = pd.to_numeric(cells, errors="coerce")
    if numbers.between(20_000, 60_000).all() and (numbers.sort_values().diff().dropna() > 1).any():
        raise EvidentiaError(
            f"'{cells.iloc[0]}' looks like a spreadsheet's number of a day",
            where=table.where(column=column),
            remedy=_how(cells, column),
        )


def _value_faults(settings: ITSSettings, table: DataTable, values: pd.DataFrame) -> Iterator[EvidentiaError]:
    """Yield a fault for each kind of value that the model cannot take."""

    def fault(what: str, wrong: pd.Series[Any], column: str, remedy: str) -> Iterator[EvidentiaError]:
        if wrong.any():
            first = values.loc[wrong].iloc[0].map(lambda value: format(value, "g"))
            yield EvidentiaError(what.format(**first), where=table.where(values.index[wrong], column), remedy=remedy)

    for name in values.columns.drop("time"):
        column = getattr(settings, name)
        yield from fault(f"{{{name}}} is not a finite number", ~np.isfinite(values[name]), column, "give a finite number")
    outcome = values["outcome"]
    whole = outcome % 1 == 0
    if settings.family != "gaussian" or settings.denominator:
        yield from fault("the count {outcome} is negative", outcome < 0, settings.outcome, "give 0 or more")
    elif not settings.allow_negative and whole.all():
        remedy = "correct it; if the outcome can be below 0, set allow_negative: true"
        yield from fault("the count {outcome} is negative", outcome < 0, settings.outcome, remedy)
    if settings.family in COUNTS:
        remedy = "give counts (a rate is a count with an offset), or set family: quasipoisson"
        yield from fault("{outcome} is not a whole number, as a count is", ~whole, settings.outcome, remedy)
    if settings.denominator:
        yield from fault("the denominator is {denominator}", values["denominator"] <= 0, settings.denominator, "give a number above 0")
        small = (values["denominator"] > 0) & (values["denominator"] < outcome)
        what = "the denominator {denominator} is below the outcome {outcome}"
        yield from fault(what, small, settings.denominator, "correct one of the two; a rate that can exceed 1 needs 'offset'")
    elif settings.family == "quasibinomial":
        yield from fault("{outcome} is not a share from 0 to 1", outcome > 1, settings.outcome, "give shares, or counts with a denominator")
    if settings.offset:
        yield from fault("the offset is {offset}, which has no logarithm", values["offset"] <= 0, settings.offset, "give a number above 0")


def _time_faults(settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing) -> Iterator[EvidentiaError]:
    """Yield a fault for periods that stand twice, are missing, or are unevenly spaced."""
    doubled = times[times.duplicated(keep=False)]
    for ordinal, rows in doubled.groupby(doubled):
        yield EvidentiaError(
            f"the {spacing.noun} {spacing.label(int(str(ordinal)))} stands {len(rows)} times",
            where=table.where(rows.index, settings.time),
            remedy="keep one of the rows, or add them up",
        )
    ordered = times.drop_duplicates().sort_values()
    gaps, uneven = [], []
    for (row, before), (next_row, after) in zip(ordered.items(), list(ordered.items())[1:], strict=False):
        if (after - before) % spacing.step:
            uneven.append((row, next_row, before, after))
        elif after - before > spacing.step:
            gaps.append((row, next_row, before + spacing.step, after - spacing.step))
    for row, next_row, first, last in gaps[:LEAST]:
        label = spacing.label(first)
        what = f"the {spacing.noun} {label} is" if first == last else f"the {spacing.noun}s from {label} to {spacing.label(last)} are"
        yield EvidentiaError(
            f"{what} missing",
            where=table.where(sorted((row, next_row)), settings.time) + " (the rows round the gap)",
            remedy="add a row, with 0 if that is the count; or let the series begin after the gap",
        )
    if len(gaps) > LEAST:
        yield EvidentiaError(f"{len(gaps) - LEAST} more gaps", where=table.where(column=settings.time), remedy="fill them")
    for row, next_row, before, after in uneven[:1]:
        yield EvidentiaError(
            f"the periods are not evenly spaced: {spacing.label(before)} is followed by {spacing.label(after)}",
            where=table.where(sorted((row, next_row)), settings.time),
            remedy="give one row for each month, quarter, week, day or year",
        )


def _in_order(values: pd.DataFrame, spacing: Spacing, table: DataTable) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows in the order of time, with a note if they were in another."""
    if values["time"].is_monotonic_increasing:
        return values, []
    first = values.index[values["time"].diff() < 0][0]
    label = spacing.label(values["time"].loc[first])
    note = f"{table.where([first])}: the {spacing.noun} {label} stands after a later one; the rows were put in the order of time"
    return values.sort_values("time"), [note]


def _split(given: str, key: str, settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing) -> int:
    """Return how many periods lie before the one that a setting names."""
    ordinals = list(times)
    period = parse_period(given)
    assert period is not None  # the settings have checked its form
    place = spacing.place(period)
    first, last = spacing.label(ordinals[0]), spacing.label(ordinals[-1])
    whole = table.where(sorted((times.index[0], times.index[-1])), settings.time)
    room = _room(ordinals, spacing, key)
    if place is None:
        raise EvidentiaError(f"the {key} {given} has another form than the periods, such as {first}", where=whole, remedy=room)
    if not ordinals[0] <= place <= ordinals[-1]:
        side = "outside the series" if key == "intervention" else "outside the part before the intervention"
        raise EvidentiaError(f"the {key} {given} is {side}, which runs from {first} to {last}", where=whole, remedy=room)
    if place not in ordinals:
        before = max(ordinal for ordinal in ordinals if ordinal < place)
        raise EvidentiaError(
            f"the {key} {given} is not a {spacing.noun} of the series",
            where=whole,
            remedy=f"set '{key}' in {CONFIG} to {spacing.label(before)} or {spacing.label(before + spacing.step)}",
        )
    n_before = ordinals.index(place)
    for count, side, rows in ((n_before, "before", times.index[:n_before]), (len(ordinals) - n_before, "from", times.index[n_before:])):
        if count < LEAST:
            raise EvidentiaError(
                f"{count} {spacing.noun}{'s' * (count != 1)} {side} the {key} {given}; the model needs {LEAST} on each side",
                where=table.where(rows if count else times.index[:1], settings.time),
                remedy=room,
            )
    return n_before


def _room(ordinals: Sequence[int], spacing: Spacing, key: str) -> str:
    """Say which periods a setting can name."""
    if len(ordinals) < 2 * LEAST:
        return f"give at least {LEAST} periods on each side" if key == "intervention" else f"take '{key}' out of {CONFIG}"
    low, high = spacing.label(ordinals[LEAST]), spacing.label(ordinals[-LEAST])
    return f"set '{key}' in {CONFIG} to {low}" if low == high else f"set '{key}' in {CONFIG} to a {spacing.noun} from {low} to {high}"


def _model_faults(settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing, n_pre: int) -> Iterator[EvidentiaError]:
    """Yield a fault for a season or lags that the length of the series does not bear."""
    whole = table.where(sorted((times.index[0], times.index[-1])), settings.time)
    n = len(times)
    if settings.fourier:
        season = spacing.season
        if season is None:
            what = f"a {spacing.noun} is too long to see a season of 12 months"
            yield EvidentiaError(what, where=whole, remedy="set fourier: 0")
        elif settings.fourier > season / 2:
            what = f"{settings.fourier} pairs of harmonics are more than {season:g} {spacing.noun}s a year can tell apart"
            yield EvidentiaError(what, where=whole, remedy=f"set fourier to {int(season / 2)} or less")
        elif n < int(2 * season):
            what = f"{n} {spacing.noun}s are less than two years, too few to tell a season from a trend"
            yield EvidentiaError(what, where=whole, remedy=f"give at least {int(2 * season)} {spacing.noun}s, or set fourier: 0")
        elif not full_rank(design(n, n_pre, settings.fourier, season)):
            what = f"{settings.fourier} pairs of harmonics cannot be told from the trend and the jump in these {n} {spacing.noun}s"
            yield EvidentiaError(what, where=whole, remedy="set a smaller fourier")
    if settings.newey_west_lags is not None and settings.newey_west_lags >= n:
        what = f"newey_west_lags is {settings.newey_west_lags}, but the series has {n} periods"
        yield EvidentiaError(what, where=whole, remedy=f"set it to {n - 1} or less")
