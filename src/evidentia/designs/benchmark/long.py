"""An indicator from a long file: one row a value, with the columns indicator, year, area, value and unit."""

from __future__ import annotations

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.cleaning import same
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.observations import (
    Observations,
    arranged,
    chosen_rows,
    refuse_missing,
    values_of,
    year_of,
    years_of,
)
from evidentia.designs.benchmark.places import Areas
from evidentia.designs.benchmark.settings import UNIT_OF, Indicator

COLUMNS = ("indicator", "year", "area", "value", "unit")


def from_long(name: str, indicator: Indicator, areas: Areas, table: DataTable) -> Observations:
    """Read a file with one row a value."""
    _years_in_columns(table)
    table.require(*COLUMNS)
    frame = table.frame
    rows = chosen_rows(frame, indicator, table)
    known = set(frame["area"].dropna().map(same))
    series = indicator.series or name
    rows = rows[rows["indicator"] == series]
    if rows.empty:
        names = set(frame["indicator"].dropna())
        raise EvidentiaError(
            f"the data have no indicator '{series}'",
            where=table.where(column="indicator"),
            remedy=did_you_mean(series, names),
        )
    years, financial = years_of(rows["year"], table, "year")
    keys = pd.DataFrame({"year": years, "place": rows["area"].map(lambda area: same(str(area)))})
    _once(keys, rows, series, table)
    refuse_missing(areas, known, set(frame["area"].dropna()), table, "area")
    unit = _unit(rows, series, table)
    values, symbols = values_of(table, "value", rows.index, unit)
    found = arranged(areas, known, keys, values, symbols, unit, None, table)
    if "period" in rows:
        by_name = {same(area): area for area in areas.all}
        marks = zip(keys["year"], keys["place"], rows["period"], strict=True)
        found.periods = {
            (int(year), by_name[place]): str(period) for year, place, period in marks if place in by_name
        }
    found.financial = financial
    return found


def _years_in_columns(table: DataTable) -> None:
    """Raise for a table with a column for each year."""
    names = [str(name) for name in table.frame.columns]
    years = [name for name in names if year_of(name)]
    if len(years) > 1 and not set(COLUMNS) <= set(names):
        raise EvidentiaError(
            f"the years stand in columns of their own ({years[0]} to {years[-1]})",
            where=table.path,
            remedy=f"give a row for each year and area, with the columns {', '.join(COLUMNS)}; a program of"
            " the folder can turn the table (from, run)",
        )


def _once(keys: pd.DataFrame, rows: pd.DataFrame, series: str, table: DataTable) -> None:
    """Raise for an indicator that stands twice for an area and year."""
    doubled = keys[keys.duplicated(keep=False)]
    if len(doubled):
        first = rows.loc[doubled.index[0]]
        alike = doubled[(doubled == doubled.iloc[0]).all(axis=1)]
        raise EvidentiaError(
            f"{series} of {first['area']} in {first['year']} stands {len(alike)} times",
            where=table.where(alike.index),
            remedy="keep one of the rows",
        )


def _unit(rows: pd.DataFrame, series: str, table: DataTable) -> str:
    units = set(rows["unit"].fillna(""))
    unknown = units - set(UNIT_OF)
    if unknown or len(units) > 1:
        wrong = sorted(unknown) or sorted(units)
        raise EvidentiaError(
            f"the indicator '{series}' has the unit {' and '.join(wrong)}",
            where=table.where(rows.index[rows["unit"].isin(wrong)], "unit"),
            remedy=f"give one unit, of: {', '.join(UNIT_OF)}",
        )
    return str(units.pop())
