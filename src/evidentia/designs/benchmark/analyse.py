"""Analysis of the design ``benchmark``: an area, the mean of its statistical neighbours, and the nation, by year."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.links import Compute
from evidentia.core.results import Frame, Result
from evidentia.core.units import UNITS
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.settings import BenchmarkSettings, Indicator

COLUMNS = ("indicator", "year", "area", "value", "unit")
UNIT_OF = {
    **{name: name for name, unit in UNITS.items() if unit.numeric},
    **{name.removeprefix("rate_"): name for name in UNITS if name.startswith("rate_")},
    "percent": "proportion",
}
"""Unit in the data to the ledger's unit; percentages become proportions."""

WHO = {"area": "{area}", "neighbours": "mean of {area}'s statistical neighbours", "nation": "{nation}"}
_MONTHS = re.compile(r"\b(\d{1,2}) months\b")


def analyse(settings: BenchmarkSettings, tables: dict[str, DataTable]) -> Result:
    """Compute each indicator for the area, its neighbours and the nation, and every change between years.

    Parameters
    ----------
    settings : BenchmarkSettings
    tables : dict of str to DataTable
        The data set with the columns ``indicator``, ``year``, ``area``, ``value``, ``unit`` and, if
        there are any, ``period`` and ``source``.

    Raises
    ------
    EvidentiaError
        For an area or indicator that the data lack, a doubled record, a text where a number belongs,
        or an unknown unit.
    """
    table = tables[settings.data]
    data = _checked(settings, table)
    result = Result()
    for name, indicator in settings.indicators.items():
        values, unit, months = _values(indicator.series or name, indicator, settings, data, table)
        part_years = {year: count for (year, area), count in months.items() if area == settings.area}
        _report(result, name, indicator, values, unit, part_years, settings)
    result.frames["indicators"] = Frame(
        ["indicator", "label", "unit"],
        [[name, item.label or name, _unit(item.series or name, data)] for name, item in settings.indicators.items()],
    )
    return result


def _checked(settings: BenchmarkSettings, table: DataTable) -> pd.DataFrame:
    """Return the data with numbers as numbers, or say what is wrong with them."""
    table.require(*COLUMNS)
    data = table.frame.assign(value=table.numeric("value", missing=True), year=table.numeric("year").astype(int))
    doubled = data[data.duplicated(["indicator", "year", "area"], keep=False)]
    if len(doubled):
        first = doubled.iloc[0]
        same = doubled[(doubled[["indicator", "year", "area"]] == first[["indicator", "year", "area"]]).all(axis=1)]
        raise EvidentiaError(
            f"{first['indicator']} of {first['area']} in {first['year']} stands {len(same)} times",
            where=table.where(same.index),
            remedy="keep one of the rows",
        )
    areas = set(data["area"])
    for area in (settings.area, *settings.neighbours, settings.nation):
        if area not in areas:
            raise EvidentiaError(f"the data have no area '{area}'", where=table.where(column="area"), remedy=did_you_mean(area, areas))
    return data


def _series(name: str, data: pd.DataFrame, table: DataTable) -> pd.DataFrame:
    rows = data[data["indicator"] == name]
    if rows.empty:
        raise EvidentiaError(
            f"the data have no indicator '{name}'", where=table.where(column="indicator"), remedy=did_you_mean(name, set(data["indicator"]))
        )
    units = set(rows["unit"])
    unknown = units - set(UNIT_OF)
    if unknown or len(units) > 1:
        wrong = sorted(unknown) or sorted(units)
        raise EvidentiaError(
            f"the indicator '{name}' has the unit {' and '.join(wrong)}",
            where=table.where(rows.index[rows["unit"].isin(wrong)], "unit"),
            remedy=f"give one unit, of: {', '.join(UNIT_OF)}",
        )
    return rows


def _unit(name: str, data: pd.DataFrame) -> str:
    return UNIT_OF[data.loc[data["indicator"] == name, "unit"].iloc[0]]


def _values(
    name: str, indicator: Indicator, settings: BenchmarkSettings, data: pd.DataFrame, table: DataTable
) -> tuple[pd.DataFrame, str, dict[tuple[int, str], int]]:
    """Return values by year (rows) and area (columns), scaled to 12 months and to the area's population.

    Also returns the unit, and the months that each part-year value covers.
    """
    rows = _series(name, data, table)
    unit = _unit(name, data)
    values = _decimal(rows["value"], 100 if rows["unit"].iloc[0] == "percent" else 1)
    wide = rows.assign(value=values).pivot(index="year", columns="area", values="value").sort_index()
    months = _months(rows, indicator, settings.area)
    if UNITS[unit].accumulates:
        for (year, area), count in months.items():
            wide.loc[year, area] = wide.loc[year, area] * 12 / count
    if indicator.scale_to:
        people = _series(indicator.scale_to, data, table).pivot(index="year", columns="area", values="value")
        people = people.reindex(index=wide.index, columns=wide.columns)
        own = people[settings.area]
        others = [area for area in wide.columns if area != settings.area]
        wide[others] = wide[others].div(people[others]).mul(own, axis=0)
    return wide, unit, months


def _decimal(values: pd.Series[Any], divisor: int) -> pd.Series[Any]:
    return values if divisor == 1 else (values / divisor).map(_clean)


def _clean(value: float) -> float:
    """Drop binary noise, as a person would: 10.1% is 0.101, and 0.101 - 0.067 is 0.034."""
    return float(f"{value:.14g}")


def _months(rows: pd.DataFrame, indicator: Indicator, area: str) -> dict[tuple[int, str], int]:
    """Return the months that each part-year value covers, from config.yaml (the area's own) or the data's column 'period'."""
    found = {(year, area): months for year, months in indicator.months.items() if months != 12}
    if "period" in rows:
        for year, place, period in zip(rows["year"], rows["area"], rows["period"], strict=True):
            match = _MONTHS.search(str(period))
            if match and 1 <= int(match[1]) < 12:
                found.setdefault((int(year), str(place)), int(match[1]))
    return found


def _whole(value: float, unit: str) -> float | int:
    """Return a whole count as an integer; a mean of counts may have decimals."""
    return int(value) if unit == "count" and float(value).is_integer() else float(value)


def _report(
    result: Result, name: str, indicator: Indicator, wide: pd.DataFrame, unit: str, part_years: dict[int, int], settings: BenchmarkSettings
) -> None:
    """Add the numbers by year, the changes and the frame of one indicator."""
    groups = _groups(indicator, wide, settings)
    neighbours = [area for area in settings.neighbours if area in wide.columns]
    counts = wide[neighbours].notna().sum(axis=1)
    label = indicator.label or name
    who = {key: text.format(area=settings.area, nation=settings.nation) for key, text in WHO.items()}
    who["neighbours_without"] = f"{who['neighbours']} without {' and '.join(indicator.without)}"
    for year in wide.index:
        named = f"{label}, {indicator.year_label(int(year))}"
        for group, values in groups.items():
            if pd.notna(values[year]):
                how = _how(group, indicator, unit, part_years.get(year), settings)
                result.add(f"{name}.{year}.{group}", _whole(values[year], unit), unit, f"{named}, {who[group]}{how and ', ' + how}", how)
        result.add(f"{name}.{year}.neighbours_n", int(counts[year]), "count", f"{named}, number of neighbours behind the mean")
        target = _target(indicator, int(year), unit)
        if target is not None:
            result.add(f"{name}.{year}.target", target, unit, f"{named}, target of {settings.area}", basis="configured")
    _changes(result, name, indicator, groups, unit, who)
    result.frames[name] = _frame(indicator, groups, counts, unit)
    if unit == "count":
        _declare(result, name, groups)


def _declare(result: Result, name: str, groups: dict[str, pd.Series[Any]]) -> None:
    """Declare, for `evidentia.disclosure`, where counts are shown, and that a change gives both its years away."""
    years = groups["area"].index
    result.links.count_nobody(*(f"{name}.{year}.{thing}" for year in years for thing in ("neighbours_n", "target")))
    for column, group in enumerate(groups, start=2):
        for row, year in enumerate(years):
            result.links.show(name, row, column, f"{name}.{year}.{group}")
        for first, last in combinations(years, 2):
            change, ends = f"{name}.change.{first}_{last}.{group}", (f"{name}.{first}.{group}", f"{name}.{last}.{group}")
            result.links.follow([change], ends, _difference(change, *ends))


def _difference(id: str, first: str, last: str) -> Compute:
    return lambda counts: {id: counts[last] - counts[first] if first in counts and last in counts else None}


def _groups(indicator: Indicator, wide: pd.DataFrame, settings: BenchmarkSettings) -> dict[str, pd.Series[Any]]:
    """Return the series by year of the area, the mean of its neighbours, and the nation; gaps stay NaN."""
    empty = pd.Series(index=wide.index, dtype=float)
    neighbours = [area for area in settings.neighbours if area in wide.columns]
    groups = {
        "area": wide.get(settings.area, empty),
        "neighbours": wide[neighbours].mean(axis=1),
        "nation": wide.get(settings.nation, empty),
    }
    if indicator.without:
        groups["neighbours_without"] = wide[[area for area in neighbours if area not in indicator.without]].mean(axis=1)
    return groups


def _how(group: str, indicator: Indicator, unit: str, months: int | None, settings: BenchmarkSettings) -> str:
    """Say how a value came about, if it is not simply as published."""
    if group == "area":
        if months is None:
            return ""
        return f"{months} months scaled to 12 (× 12/{months})" if UNITS[unit].accumulates else f"covers {months} months"
    return f"scaled to {settings.area}'s population" if indicator.scale_to else ""


def _changes(result: Result, name: str, indicator: Indicator, groups: dict[str, pd.Series[Any]], unit: str, who: dict[str, str]) -> None:
    """Add the change between each two years that both have a value."""
    change_unit = UNITS[unit].points
    for first, last in combinations(groups["area"].index, 2):
        for group, values in groups.items():
            if pd.notna(values[first]) and pd.notna(values[last]):
                result.add(
                    f"{name}.change.{first}_{last}.{group}",
                    _whole(_clean(values[last] - values[first]), unit),
                    change_unit,
                    f"{indicator.label or name}, change from {indicator.year_label(first)} to {indicator.year_label(last)}, {who[group]}",
                    "the later value minus the earlier",
                )


def _target(indicator: Indicator, year: int, unit: str) -> float | None:
    target = indicator.target.get(year) if isinstance(indicator.target, dict) else indicator.target
    return target if target is None or unit != "proportion" else _clean(target / 100)


def _frame(indicator: Indicator, groups: dict[str, pd.Series[Any]], counts: pd.Series[int], unit: str) -> Frame:
    """Return the indicator by year, for its chart and table."""
    columns = ["year", "label", *groups, "neighbours_n", "target"]
    rows = []
    for year in groups["area"].index:
        cells = [None if pd.isna(values[year]) else float(values[year]) for values in groups.values()]
        rows.append([int(year), indicator.year_label(int(year)), *cells, int(counts[year]), _target(indicator, int(year), unit)])
    return Frame(columns, rows)
