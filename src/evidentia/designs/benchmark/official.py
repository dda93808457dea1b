"""An indicator from official statistics as published (Explore education statistics)."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.cells import as_texts
from evidentia.data.cleaning import same
from evidentia.data.ees import FIXED, IDENTIFIER, PERIOD, places
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.observations import (
    Observations,
    arranged,
    chosen_rows,
    refuse_missing,
    values_of,
    years_of,
)
from evidentia.designs.benchmark.places import LEVELS, Areas
from evidentia.designs.benchmark.settings import UNIT_OF, Indicator

YEARS = ("reporting year", "calendar year", "financial year", "academic year", "tax year", "")
_UNITS = (
    (r"per_?10k|10000", "per_10000"),
    (r"percent|(^|_)rate|_pct|proportion", "percent"),
    (r"count|number|fte|headcount|children|estimate", "count"),
)


def from_official(name: str, indicator: Indicator, areas: Areas, table: DataTable) -> Observations:
    """Read a file of Explore education statistics."""
    column = indicator.column or indicator.series or name
    if column not in table.frame.columns:
        shown = [str(item) for item in table.frame.columns if item not in FIXED]
        raise EvidentiaError(
            f"the column '{column}' of the indicator '{name}' is missing",
            where=table.path,
            remedy=f"give 'column': {did_you_mean(column, shown)}",
        )
    if not indicator.unit:
        guess = next((unit for pattern, unit in _UNITS if re.search(pattern, column.lower())), "")
        raise EvidentiaError(
            f"the unit of the indicator '{name}' is missing, which an official file does not say",
            where=f"config.yaml, analyses, indicators, {name}",
            remedy=f"add one of {', '.join(UNIT_OF)}"
            + (f"; for '{column}' it is likely unit: {guess}" if guess else ""),
        )
    rows = chosen_rows(table.frame, indicator, table)
    if IDENTIFIER in rows.columns:
        kinds = {same(str(kind)) for kind in rows[IDENTIFIER].dropna().unique()}
        other = sorted(kinds - set(YEARS))
        years = [str(kind) for kind in rows[IDENTIFIER].dropna().unique() if same(str(kind)) in YEARS]
        if other or len(kinds) > 1:
            raise EvidentiaError(
                f"the periods are of the kind {' and '.join(sorted(kinds))}, where one kind of year is read",
                where=table.where(column=IDENTIFIER),
                remedy=(
                    f"say which rows are meant: where: {{{IDENTIFIER}: {years[0]}}}"
                    if years
                    else "give a file of years, or analyse the series with design: its"
                ),
            )
    who = places(rows)
    known = {called for names in who["called"].unique() for called in names}
    refuse_missing(areas, known, set(who["name"]), table, "la_name")
    years, financial = years_of(rows[PERIOD], table, PERIOD)
    values, symbols = values_of(table, column, rows.index, indicator.unit)
    weights = table.official(indicator.weight)[0][rows.index] if indicator.weight else None
    level = who["level"].map({kind: place for place, kind in enumerate(LEVELS)}).fillna(len(LEVELS))
    exploded = (
        pd.DataFrame({"year": years, "place": who["called"], "level": level})
        .explode("place")
        .dropna(subset="place")
    )
    doubled = exploded[exploded.duplicated(["year", "place", "level"], keep=False)]
    wanted = {same(area) for area in areas.all} | {
        same(heir) for heirs in areas.successors.values() for heir in heirs
    }
    doubled = doubled[doubled["place"].isin(wanted)]
    if len(doubled):
        _say_filters(doubled, rows, areas, table)
    rank = exploded["level"].where(exploded["place"] != same(areas.nation), -exploded["level"])
    keys = exploded.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates(["year", "place"])
    found = arranged(areas, known, keys, values, symbols, indicator.unit, weights, table)
    found.financial = financial
    return found


def _say_filters(doubled: pd.DataFrame, rows: pd.DataFrame, areas: Areas, table: DataTable) -> None:
    """Raise for an area with several values in a year, and name the columns that tell them apart."""
    first = doubled.iloc[0]
    alike = doubled[
        (doubled["year"] == first["year"])
        & (doubled["place"] == first["place"])
        & (doubled["level"] == first["level"])
    ]
    texts = {name: as_texts(rows.loc[alike.index, name]) for name in rows.columns if name not in FIXED}
    filters = {
        name: list(dict.fromkeys(column))
        for name, column in texts.items()
        if column.nunique() == len(alike) and not _numbers(column)
    }
    name, values = next(iter(filters.items()), ("", []))
    called = next((area for area in areas.all if same(area) == first["place"]), first["place"])
    raise EvidentiaError(
        f"{called} has {len(alike)} values in {first['year']}"
        + (f", by {name}: {', '.join(values[:6])}" if filters else ""),
        where=table.where(alike.index),
        remedy=(
            f"say which is meant, beside the path or the indicator: where: {{{name}: {values[0]}}}"
            if filters
            else "no column tells these rows apart: keep one of them"
        ),
    )


def _numbers(column: pd.Series[Any]) -> bool:
    return bool(pd.to_numeric(column, errors="coerce").notna().all())
