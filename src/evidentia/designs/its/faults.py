"""What can be wrong with the series of an interrupted time series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.table import MOST, DataTable
from evidentia.designs.its.fit import Array, full_rank, segments
from evidentia.designs.its.periods import Spacing
from evidentia.designs.its.settings import CALENDAR_DAYS, COUNTS, ITSSettings

LEAST = 3  # periods on each side of an intervention


def columns_of(settings: ITSSettings) -> dict[str, str | None]:
    """Return the columns of numbers that the settings name, by what they are."""
    found = {"outcome": settings.outcome, "denominator": settings.denominator}
    found["offset"] = None if settings.offset == CALENDAR_DAYS else settings.offset
    if settings.control:
        found |= {f"control_{name}": getattr(settings.control, name) for name in ("denominator", "offset")}
        found["control"] = settings.control.outcome
    return found


def missing_faults(
    settings: ITSSettings, table: DataTable, values: pd.DataFrame, spacing: Spacing
) -> Iterator[EvidentiaError]:
    """Yield a fault for each column with empty cells in periods that are not left out."""
    for name, column in columns_of(settings).items():
        if column is None or not values[name].isna().any():
            continue
        empty = values.index[values[name].isna()]
        periods = [spacing.label(ordinal) for ordinal in values.loc[empty[:MOST], "time"]]
        count = f"{len(empty)} values of the series are" if len(empty) > 1 else "1 value of the series is"
        yield EvidentiaError(
            f"{count} missing, the first in {periods[0]}",
            where=table.where(empty, column),
            remedy=(
                f"fill in what was counted; if the {spacing.noun} is to be left out while time goes on, "
                f"set 'exclude: [{', '.join(periods)}]'"
            ),
        )


def value_faults(settings: ITSSettings, table: DataTable, values: pd.DataFrame) -> Iterator[EvidentiaError]:
    """Yield a fault for each kind of value that the model cannot take."""

    def fault(what: str, wrong: pd.Series[Any], column: str, remedy: str) -> Iterator[EvidentiaError]:
        if wrong.any():
            first = values.loc[wrong].iloc[0].map(lambda value: format(value, "g"))
            yield EvidentiaError(
                what.format(**first), where=table.where(values.index[wrong], column), remedy=remedy
            )

    for name in values.columns.drop("time"):
        column = columns_of(settings).get(name) or settings.time
        yield from fault(
            f"{{{name}}} is not a finite number", ~np.isfinite(values[name]), column, "give a finite number"
        )
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
        yield from fault(
            "the denominator is {denominator}",
            values["denominator"] <= 0,
            settings.denominator,
            "give a number above 0",
        )
        small = (values["denominator"] > 0) & (values["denominator"] < outcome)
        what = "the denominator {denominator} is below the outcome {outcome}"
        yield from fault(
            what,
            small,
            settings.denominator,
            "correct one of the two; a rate that can exceed 1 needs 'offset'",
        )
    elif settings.family == "quasibinomial":
        yield from fault(
            "{outcome} is not a share from 0 to 1",
            outcome > 1,
            settings.outcome,
            "give shares, or counts with a denominator",
        )
    if settings.control:
        columns = settings.control
        if settings.family in COUNTS:
            uneven = (values["control"] % 1 != 0) | (values["control"] < 0)
            yield from fault(
                "{control} is not a whole number, as a count is", uneven, columns.outcome, "give counts"
            )
        for name in ("denominator", "offset"):
            if (column := getattr(columns, name)) is not None:
                what = f"the control's {name} is {{control_{name}}}"
                yield from fault(what, values[f"control_{name}"] <= 0, column, "give a number above 0")
    if settings.offset and settings.offset != CALENDAR_DAYS:
        yield from fault(
            "the offset is {offset}, which has no logarithm",
            values["offset"] <= 0,
            settings.offset,
            "give a number above 0",
        )


def time_faults(
    settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing, left_out: set[int]
) -> Iterator[EvidentiaError]:
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
        elif set(range(before + spacing.step, after, spacing.step)) - left_out:
            gaps.append((row, next_row, before + spacing.step, after - spacing.step))
    for row, next_row, first, last in gaps[:LEAST]:
        label = spacing.label(first)
        what = (
            f"the {spacing.noun} {label} is"
            if first == last
            else f"the {spacing.noun}s from {label} to {spacing.label(last)} are"
        )
        yield EvidentiaError(
            f"{what} missing",
            where=table.where(sorted((row, next_row)), settings.time) + " (the rows round the gap)",
            remedy=(
                "add what was counted; if it is to be left out while time goes on, set 'exclude:"
                f" [{_range(spacing, first, last)}]'"
            ),
        )
    if len(gaps) > LEAST:
        yield EvidentiaError(
            f"{len(gaps) - LEAST} more gaps", where=table.where(column=settings.time), remedy="fill them"
        )
    for row, next_row, before, after in uneven[:1]:
        yield EvidentiaError(
            f"the periods are not evenly spaced: {spacing.label(before)} is followed by"
            f" {spacing.label(after)}",
            where=table.where(sorted((row, next_row)), settings.time),
            remedy="give one row for each month, quarter, week, day or year",
        )


def _range(spacing: Spacing, first: int, last: int) -> str:
    return spacing.label(first) if first == last else f"{spacing.label(first)}..{spacing.label(last)}"


def model_faults(
    settings: ITSSettings,
    table: DataTable,
    times: pd.Series[int],
    spacing: Spacing,
    places: Array,
    starts: list[float],
) -> Iterator[EvidentiaError]:
    """Yield a fault for a season or lags that the length of the series does not bear."""
    whole = table.where(sorted((times.index[0], times.index[-1])), settings.time)
    n = len(times)
    if settings.fourier:
        season = spacing.season
        if season is None:
            what = f"a {spacing.noun} is too long to see a season of 12 months"
            yield EvidentiaError(what, where=whole, remedy="set fourier: 0")
        elif settings.fourier > season / 2:
            what = (
                f"{settings.fourier} pairs of harmonics are more than {season:g} {spacing.noun}s a year can"
                " tell apart"
            )
            yield EvidentiaError(what, where=whole, remedy=f"set fourier to {int(season / 2)} or less")
        elif n < int(2 * season):
            what = f"{n} {spacing.noun}s are less than two years, too few to tell a season from a trend"
            yield EvidentiaError(
                what,
                where=whole,
                remedy=f"give at least {int(2 * season)} {spacing.noun}s, or set fourier: 0",
            )
        elif not full_rank(segments(places, starts, settings.fourier, season)):
            what = (
                f"{settings.fourier} pairs of harmonics cannot be told from the trend and the jump in these"
                f" {n} {spacing.noun}s"
            )
            yield EvidentiaError(what, where=whole, remedy="set a smaller fourier")
    if settings.newey_west_lags is not None and settings.newey_west_lags >= n:
        what = f"newey_west_lags is {settings.newey_west_lags}, but the series has {n} periods"
        yield EvidentiaError(what, where=whole, remedy=f"set it to {n - 1} or less")


def require(table: DataTable, columns: dict[str, str | None]) -> None:
    """Raise for each column of the settings that the data lack."""
    raise_all(
        EvidentiaError(
            f"the column '{column}', which '{key}' names, is missing",
            where=table.path,
            remedy=table.instead_of(column, filter(None, columns.values())),
        )
        for key, column in columns.items()
        if column is not None and column not in table.frame
    )
