"""A panel of units and periods: read, checked, and brought to whole numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.column_checks import covariate_faults, mixed_columns, names_alike, spelt_apart
from evidentia.data.table import DataTable
from evidentia.designs.did.periods import NEVER, Periods, read_periods
from evidentia.designs.did.settings import DidSettings
from evidentia.designs.did.starts import same_in_unit, starts_of


@dataclass(frozen=True)
class Panel:
    """Units by period.

    Attributes
    ----------
    frame : DataFrame
        Columns ``unit`` and ``time`` (whole numbers from 0 and 1), ``y``, ``first`` (0: never), ``cluster``,
        and the covariates; in the order of unit and time. The index is the row of the file.
    covariates : list of str
        Columns of the frame; of a column of words, one for each level but the first.
    periods : Periods
    binary : bool
        Whether all outcomes are 0 or 1.
    incomplete, always : int
        Units left out because a value is missing in some period, and because they are treated from the first
        period on.
    late : int
        Units that are first treated after the last period, and so count as never treated.
    table : DataTable
    """

    frame: pd.DataFrame
    covariates: list[str]
    periods: Periods
    binary: bool
    incomplete: int
    always: int
    late: int
    table: DataTable

    @property
    def units(self) -> pd.DataFrame:
        """One row a unit: its first observation."""
        return self.frame.drop_duplicates("unit")

    @property
    def groups(self) -> list[int]:
        """The periods in which units start."""
        return sorted(int(first) for first in self.frame["first"].unique() if first != NEVER)

    @property
    def times(self) -> list[int]:
        """The periods that are observed."""
        return sorted(map(int, self.frame["time"].unique()))

    @property
    def balanced(self) -> bool:
        """Whether every unit is observed in every period."""
        return len(self.frame) == self.frame["unit"].nunique() * len(self.times)


def read_panel(settings: DidSettings, table: DataTable) -> Panel:
    """Return the panel of a data set.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a column or a value that is missing, a unit twice in a period, a unit that starts
        twice, is treated and untreated again or changes its cluster, a single period, or nothing that is left
        to compare with.
    """
    named = [
        settings.unit,
        settings.time,
        settings.outcome,
        settings.first_treated or settings.treated,
        settings.cluster,
    ]
    table.require(*(name for name in named if name), *settings.covariates)
    if table.frame.empty:
        raise EvidentiaError(
            "there are no rows", where=table.path, remedy="add a row for each unit and period"
        )
    official = table.cells is not None and table.cells.layout == "ees"
    raise_all(mixed_columns(table, [] if official else [settings.outcome]))
    raise_all(covariate_faults(table, settings.covariates))
    raise_all([*names_alike(table, settings.unit), *spelt_apart(table, filter(None, [settings.cluster]))])
    raise_all(_empty(table, [name for name in (settings.unit, settings.time, settings.cluster) if name]))
    periods, time, first = read_periods(settings, table)
    frame = pd.DataFrame(
        {"unit": pd.factorize(table.frame[settings.unit], sort=True)[0], "time": time},
        index=table.frame.index,
    )
    frame["y"] = table.amounts(settings.outcome)
    _once(settings, table, frame)
    frame["first"] = starts_of(settings, table, frame, first)
    frame["cluster"] = (
        pd.factorize(table.frame[settings.cluster], sort=True)[0] if settings.cluster else frame["unit"]
    )
    same_in_unit(settings, table, frame, "cluster", settings.cluster or settings.unit, "lies in two clusters")
    covariates = _covariates(settings, table, frame)
    return _complete(settings, table, frame, covariates, periods)


def _empty(table: DataTable, columns: list[str]) -> list[EvidentiaError]:
    """Return a fault for each column with an empty cell."""
    faults = []
    for name in columns:
        missing = table.frame.index[
            table.frame[name].isna() | (table.frame[name].astype(str).str.strip() == "")
        ]
        if len(missing):
            faults.append(
                EvidentiaError(
                    "a value is missing",
                    where=table.where(missing, name),
                    remedy="fill it in, or take the row out",
                )
            )
    return faults


def _once(settings: DidSettings, table: DataTable, frame: pd.DataFrame) -> None:
    twice = frame.index[frame.duplicated(["unit", "time"], keep=False)]
    if len(twice):
        who = f"{table.frame.loc[twice[0], settings.unit]} in {table.frame.loc[twice[0], settings.time]}"
        raise EvidentiaError(
            f"a unit stands twice in a period: {who}",
            where=table.where(twice),
            remedy="keep one row for each unit and period; add up or average records of several people first",
        )


def _covariates(settings: DidSettings, table: DataTable, frame: pd.DataFrame) -> list[str]:
    """Add the covariates to the frame, words as levels, and return the columns' names."""
    names = []
    for column in settings.covariates:
        raw = table.frame[column]
        if pd.api.types.is_numeric_dtype(raw) or pd.to_numeric(raw, errors="coerce").notna().equals(
            raw.notna()
        ):
            frame[f"x.{column}"] = table.numeric(column, missing=True)
            names.append(f"x.{column}")
            continue
        for level in sorted(raw.dropna().astype(str).unique())[1:]:
            frame[f"x.{column}.{level}"] = (raw.astype(str) == level).astype(float).where(raw.notna())
            names.append(f"x.{column}.{level}")
    return names


def _complete(
    settings: DidSettings, table: DataTable, frame: pd.DataFrame, covariates: list[str], periods: Periods
) -> Panel:
    """Leave out what cannot be compared, and check that something is left."""
    known = frame[frame[["y", *covariates]].notna().all(axis=1)]
    times = known["time"].unique()
    if len(times) < 2:
        raise EvidentiaError(
            f"there {'is one period' if len(times) else 'are no periods'} with"
            f" outcomes{' and covariates' * bool(covariates)}, and a change needs two",
            where=table.where(column=settings.time),
            remedy="add the period before the start",
        )
    always = known["first"].between(NEVER + 1, int(times.min())) if len(times) else known["first"] < NEVER
    kept = known[~always]
    if settings.unbalanced == "leave_out":
        kept = kept[kept.groupby("unit")["time"].transform("size") == len(times)]
    late = kept["first"] > int(times.max())
    incomplete = frame["unit"].nunique() - known.loc[always, "unit"].nunique() - kept["unit"].nunique()
    kept = kept.assign(first=kept["first"].where(~late, NEVER)).sort_values(["unit", "time"], kind="stable")
    always_units, late_units = (
        known.loc[always, "unit"].nunique(),
        kept.loc[late.reindex(kept.index), "unit"].nunique(),
    )
    _comparable(settings, table, kept, incomplete, always_units, periods)
    binary = bool(kept["y"].isin([0, 1]).all())
    return Panel(kept, covariates, periods, binary, incomplete, always_units, late_units, table)


def _comparable(
    settings: DidSettings,
    table: DataTable,
    kept: pd.DataFrame,
    incomplete: int,
    always: int,
    periods: Periods,
) -> None:
    """Raise if no treated unit, or nothing to compare it with, is left."""
    column = settings.first_treated or settings.treated or ""
    firsts = sorted(int(first) for first in kept["first"].unique())
    gone = [f"{incomplete} without a value in some period"] * bool(incomplete) + [
        f"{always} treated in the first period"
    ] * bool(always)
    left_out = f" ({', '.join(gone)} left out)" if gone else ""
    if not any(firsts):
        raise EvidentiaError(
            f"no unit is seen before and after its start{left_out}",
            where=table.where(column=column),
            remedy="a treated unit needs a period before its first treated period"
            + (", or set unbalanced: keep" if incomplete else ""),
        )
    if NEVER in firsts or (settings.comparison == "not_yet_treated" and len(firsts) > 1):
        return
    remedy = "add units that were never treated"
    if len(firsts) > 1:
        remedy += ", or compare with those that start later: comparison: not_yet_treated"
    raise EvidentiaError(
        f"no comparison is left: every unit is treated by {periods.label(firsts[-1])}{left_out}",
        where=table.where(column=column),
        remedy=remedy,
    )


def part_of_id(label: str) -> str:
    """Return a period's label as a part of a number id."""
    return re.sub(r"\W+", "_", label)


def treated_now(frame: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell which rows are treated."""
    return ((frame["first"] != NEVER) & (frame["time"] >= frame["first"])).to_numpy()
