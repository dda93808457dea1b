"""The periods of a series as whole numbers on one scale, and in the order of time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.dates import how_to_write
from evidentia.data.table import DataTable
from evidentia.designs.its.periods import FORMS, Spacing, on_one_scale, parse_period, usual_step
from evidentia.designs.its.settings import ITSSettings

FEW = 10  # events, below which a period without any is nothing odd
CONFIG = "config.yaml"


def ordinals_of(settings: ITSSettings, table: DataTable) -> tuple[Spacing, list[int]]:
    """Return the periods as whole numbers on one scale."""
    cells = table.frame[settings.time]
    if cells.empty:
        raise EvidentiaError("the series is empty", where=table.path, remedy="give one row a period")
    parsed = [None if pd.isna(cell) else parse_period(cell) for cell in cells]
    wrong = [row for row, period in zip(cells.index, parsed, strict=True) if period is None]
    if wrong:
        cell = cells[wrong[0]]
        what = "a period is missing" if pd.isna(cell) else f"'{cell}' is not a period"
        raise EvidentiaError(
            what, where=table.where(wrong, settings.time), remedy=form_to_write(cells, settings.time)
        )
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


def form_to_write(cells: pd.Series[Any], column: str) -> str:
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
            remedy=form_to_write(cells, column),
        )


def odd_zeros(values: pd.DataFrame, spacing: Spacing) -> list[str]:
    """Say which periods are 0 while all others are far from it: perhaps nothing was recorded there."""
    outcome = values["outcome"]
    zeros, rest = outcome == 0, outcome[outcome != 0]
    if not zeros.any() or zeros.sum() * 2 > len(outcome) or rest.min() < rest.median() / 2:
        return []
    if rest.min() < FEW and not (rest % 1).any():  # of few events some periods have none
        return []
    found = [spacing.label(ordinal) for ordinal in values.loc[zeros, "time"]]
    shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    return [
        f"0 in {shown}, where every other {spacing.noun} has {rest.min():g} or more; if nothing was recorded,"
        " leave the cells empty and name them in 'exclude'"
    ]


def in_order(values: pd.DataFrame, spacing: Spacing, table: DataTable) -> tuple[pd.DataFrame, list[str]]:
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
