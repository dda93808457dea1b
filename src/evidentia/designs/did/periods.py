"""The periods of a panel, as whole numbers from 1 on, and the periods in which units start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.did.settings import DidSettings
from evidentia.designs.its.periods import FORMS, Period, Spacing, on_one_scale, parse_period, usual_step

NEVER = 0


@dataclass(frozen=True)
class Periods:
    """The scale of a panel's periods.

    Attributes
    ----------
    spacing : Spacing
    start : int
        Ordinal of the first.
    """

    spacing: Spacing
    start: int

    def label(self, place: int) -> str:
        """Return a period's name from its place, counted from 1."""
        return self.spacing.label(self.start + (place - 1) * self.spacing.step)

    def place(self, ordinal: int) -> int:
        """Return the place of the first period at or after an ordinal; 0 and less
        for those before the first.
        """
        return -((self.start - ordinal) // self.spacing.step) + 1


def read_periods(settings: DidSettings, table: DataTable) -> tuple[Periods, Any, Any]:
    """Return the scale, each row's period, and each row's first treated period (or 0), where that has its
    column.
    """
    times = _parsed(table, settings.time)
    values = list(times)
    scaled = dict(zip(values, on_one_scale([times[value] for value in values]), strict=True))
    kinds = {period.kind for period in scaled.values()}
    if len(kinds) > 1:
        shown = [next(str(value) for value in values if scaled[value].kind == kind) for kind in sorted(kinds)]
        raise EvidentiaError(
            f"periods are of several kinds: {', '.join(shown)}",
            where=table.where(column=settings.time),
            remedy=f"write all alike: {FORMS}",
        )
    ordinals = {value: period.ordinal for value, period in scaled.items()}
    start, step = min(ordinals.values()), usual_step(list(ordinals.values()))
    if any((ordinal - start) % step for ordinal in ordinals.values()):
        step = 1
    kind = kinds.pop()
    periods = Periods(Spacing(kind, step), start)
    places = table.frame[settings.time].map(
        {value: periods.place(ordinal) for value, ordinal in ordinals.items()}
    )
    if settings.first_treated is None:
        return periods, places.astype(int), None
    return periods, places.astype(int), _firsts(table, settings.first_treated, periods)


def _firsts(table: DataTable, column: str, periods: Periods) -> Any:
    """Return the place of each row's first treated period; 0 if the cell is empty, or holds a 0 where no
    period is 0.
    """
    raw = table.frame[column]
    empty = raw.isna() | (raw.astype(str).str.strip() == "")
    if periods.start > 0:
        empty |= raw.astype(str).str.strip().isin(["0", "0.0"])
    places = {}
    for value, period in _parsed(table, column, ~empty).items():
        ordinal = periods.spacing.place(period)
        if ordinal is None:
            raise EvidentiaError(
                f"'{value}' is no {periods.spacing.noun}, as the periods are",
                where=table.where(raw.index[raw == value], column),
                remedy=f"write it as {periods.label(1)}; leave it empty for a unit that was never treated",
            )
        places[value] = max(
            periods.place(ordinal), NEVER + 1
        )  # before the first period: treated from the first on
    return raw.where(~empty).map(places).fillna(NEVER).astype(int)


def _parsed(table: DataTable, column: str, mask: Any = None) -> dict[Any, Period]:
    """Return what each value of a column means."""
    raw = table.frame[column] if mask is None else table.frame.loc[mask, column]
    found = {
        value: parse_period(value.date() if isinstance(value, pd.Timestamp) else value)
        for value in raw.unique()
    }
    wrong = [value for value, period in found.items() if period is None]
    if wrong:
        raise EvidentiaError(
            f"'{wrong[0]}' is not a period",
            where=table.where(raw.index[raw.isin(wrong)], column),
            remedy=f"write {FORMS}",
        )
    return {value: period for value, period in found.items() if period is not None}
