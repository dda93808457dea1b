"""When each unit of a panel starts to be treated."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.data.word_faults import two_words
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.settings import DidSettings


def same_in_unit(
    settings: DidSettings, table: DataTable, frame: pd.DataFrame, column: str, name: str, what: str
) -> None:
    """Raise unless a column has one value in each unit."""
    differs = frame[column] != frame.groupby("unit")[column].transform("first")
    if differs.any():
        row = frame.index[differs][0]
        raise EvidentiaError(
            f"a unit {what}: {table.frame.loc[row, settings.unit]}",
            where=table.where(frame.index[differs], name),
            remedy="give each unit one value in all its rows",
        )


def starts_of(settings: DidSettings, table: DataTable, frame: pd.DataFrame, first: Any) -> Any:
    """Return each row's first treated period, from its own column or from whether the unit is treated in each
    period.
    """
    if settings.treated is None:
        checked = frame.assign(first=first)
        same_in_unit(
            settings, table, checked, "first", str(settings.first_treated), "has two first treated periods"
        )
        return first
    treated = table.binary(settings.treated)
    if treated.isna().any():
        rows = treated.index[treated.isna()]
        raise EvidentiaError(
            "a value is neither 1 nor 0",
            where=table.where(rows, settings.treated),
            remedy="write 1 or 0, yes or no"
            + (f",{also}" if (also := two_words(table.frame[settings.treated], settings.treated)) else ""),
        )
    start = frame["time"].where(treated == 1).groupby(frame["unit"]).transform("min")
    again = (treated == 0) & (frame["time"] > start)
    if again.any():
        row = frame.index[again][0]
        raise EvidentiaError(
            f"a unit is treated and untreated again: {table.frame.loc[row, settings.unit]}",
            where=table.where(frame.index[again], settings.treated),
            remedy=(
                "the method is for treatments that stay: end such a unit's rows where it stops, or leave the"
                " unit out"
            ),
        )
    return start.fillna(NEVER).astype(int)
