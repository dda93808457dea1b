"""Analysis of the design ``benchmark``: an area, the mean of its statistical neighbours, and the nation, by
year.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pandas as pd

from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.units import UNITS
from evidentia.data.symbols import LOW
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.changes import (
    WHO,
    as_whole,
    difference_of,
    members_of,
    report_changes,
    without_noise,
)
from evidentia.designs.benchmark.observations import Observations, reason_of, refuse_percentages
from evidentia.designs.benchmark.observe import observe
from evidentia.designs.benchmark.origin import how_made
from evidentia.designs.benchmark.places import Areas, read_areas
from evidentia.designs.benchmark.settings import UNIT_OF, BenchmarkSettings, Indicator

_MONTHS = re.compile(r"\b(\d{1,2}) months\b")


def analyse(settings: BenchmarkSettings, tables: dict[str, DataTable]) -> Result:
    """Compute each indicator for the area, its neighbours and the nation, and every change between years.

    A change of the neighbours' mean is over those that have a value at both ends.

    Parameters
    ----------
    settings : BenchmarkSettings
    tables : dict of str to DataTable
        Data sets with the columns ``indicator``, ``year``, ``area``, ``value``, ``unit`` and, if
        there are any, ``period`` and ``source``; or official statistics as published (``format: ees``).

    Raises
    ------
    EvidentiaError
        For an area or indicator that the data lack, a doubled record, a text where a number belongs,
        or an unknown unit.
    """
    areas = read_areas(settings, tables)
    result = Result(inputs=dict(areas.inputs))
    rows = []
    for name, indicator in settings.indicators.items():
        table = tables[indicator.data or settings.data or ""]
        result.reads[name] = indicator.data or str(settings.data or "")
        observed = observe(name, indicator, areas, table)
        values, unit, months = _values(indicator, observed, areas, table)
        if observed.financial and not indicator.financial_year:
            indicator = indicator.model_copy(update={"financial_year": True})
        part_years = {year: count for (year, area), count in months.items() if area == areas.area}
        _report(result, name, indicator, values, unit, part_years, areas)
        _say(result, name, indicator, observed, areas)
        rows.append([name, indicator.label or name, unit])
    result.frames["indicators"] = Frame(["indicator", "label", "unit"], rows)
    return result


def _values(
    indicator: Indicator, observed: Observations, areas: Areas, table: DataTable
) -> tuple[pd.DataFrame, str, dict[tuple[int, str], int]]:
    """Return values by year (rows) and area (columns), scaled to 12 months and to the area's population.

    Also returns the ledger's unit, and the months that each part-year value covers.
    """
    unit = UNIT_OF[observed.unit]
    wide = observed.wide
    refuse_percentages(observed, table)
    if observed.unit == "percent":
        wide = (wide / 100).map(without_noise)
    months = _months(observed.periods, indicator, areas.area)
    if UNITS[unit].accumulates:
        for (year, area), count in months.items():
            if year in wide.index and area in wide.columns:
                wide.loc[year, area] = wide.loc[year, area] * 12 / count
    if indicator.scale_to:
        named = {
            "column": indicator.scale_to,
            "series": indicator.scale_to,
            "unit": "count",
            "where": indicator.where,
        }
        people_of = Indicator.model_validate(named)
        people = observe(indicator.scale_to, people_of, areas, table).wide.reindex(
            index=wide.index, columns=wide.columns
        )
        others = [area for area in wide.columns if area != areas.area]
        wide[others] = wide[others].div(people[others]).mul(people[areas.area], axis=0)
    return wide, unit, months


def _months(
    periods: dict[tuple[int, str], str], indicator: Indicator, area: str
) -> dict[tuple[int, str], int]:
    """Return the months that each part-year value covers, from config.yaml (the area's own) or the data's
    column 'period'.
    """
    found = {(year, area): months for year, months in indicator.months.items() if months != 12}
    for place, period in periods.items():
        match = _MONTHS.search(period)
        if match and 1 <= int(match[1]) < 12:
            found.setdefault(place, int(match[1]))
    return found


def _say(result: Result, name: str, indicator: Indicator, observed: Observations, areas: Areas) -> None:
    """Add notes on neighbours that are missing in some years, with the years and the reason, and on values
    that round to 0.
    """
    label = indicator.label or name
    gaps = []
    for area in dict.fromkeys(areas.all):
        absent = [int(year) for year in observed.wide.index if pd.isna(observed.wide.loc[year, area])]
        reasons = dict.fromkeys(
            filter(None, (reason_of(observed.symbols.get((year, area), "")) for year in absent))
        )
        if absent and len(absent) < len(observed.wide.index):
            why = f" ({'; '.join(reasons)})" if reasons else ""
            gaps.append(f"{area} {', '.join(map(indicator.year_label, absent))}{why}")
        elif absent:
            gaps.append(f"{area} in every year{f' ({chr(59).join(reasons)})' if reasons else ''}")
    if gaps:
        result.note("areas_absent", f"{label}: no value for {'; '.join(gaps)}", (), of=name)
        result.messages.append(
            f"{label}: no value for {'; '.join(gaps)}; a change is over the areas with a value in both years"
        )
    low = [
        f"{area} {indicator.year_label(year)}"
        for (year, area), symbol in observed.symbols.items()
        if symbol == LOW
    ]
    if low:
        result.note(
            "rounds_to_zero", f"{label}: 'low' is published and counts as 0 for {', '.join(low)}", (), of=name
        )
    result.notes += [f"{label}: {note}" for note in observed.notes]


def _report(
    result: Result,
    name: str,
    indicator: Indicator,
    wide: pd.DataFrame,
    unit: str,
    part_years: dict[int, int],
    areas: Areas,
) -> None:
    """Add the numbers by year, the changes and the frame of one indicator."""
    groups = _groups(indicator, wide, areas)
    counts = wide[areas.neighbours].notna().sum(axis=1)
    label = indicator.label or name
    neighbours = translate(WHO["neighbours"], area=areas.area)
    who = {"area": areas.area, "nation": areas.nation, "neighbours": neighbours}
    who["neighbours_without"] = translate(
        "{neighbours} without {names}", neighbours=neighbours, names=", ".join(indicator.without)
    )
    for year in wide.index:
        named = f"{label}, {indicator.year_label(int(year))}"
        for group, values in groups.items():
            if pd.notna(values[year]):
                how = how_made(group, indicator, unit, part_years.get(year), areas)
                result.add(
                    f"{name}.{year}.{group}",
                    as_whole(values[year], unit),
                    unit,
                    f"{named}, {who[group]}{how and ', ' + how}",
                    how,
                )
        result.add(
            f"{name}.{year}.neighbours_n",
            int(counts[year]),
            "count",
            translate("{named}, number of neighbours behind the mean", named=named),
        )
        target = _target(indicator, int(year), unit)
        if target is not None:
            result.add(
                f"{name}.{year}.target",
                target,
                unit,
                translate("{named}, target of {area}", named=named, area=areas.area),
                basis="configured",
            )
    report_changes(result, name, indicator, wide, unit, who, areas)
    result.frames[name] = _frame(indicator, groups, counts, unit)
    if unit == "count":
        _declare(result, name, groups, counts)


def _declare(result: Result, name: str, groups: dict[str, pd.Series[Any]], counts: pd.Series[int]) -> None:
    """Declare, for `evidentia.disclosure`, where counts are shown, and that a change gives both its years
    away.
    """
    years = groups["area"].index
    result.links.count_nobody(
        *(f"{name}.{year}.{thing}" for year in years for thing in ("neighbours_n", "target"))
    )
    result.links.count_nobody(
        *(f"{name}.change.{first}_{last}.neighbours_n" for first, last in combinations(years, 2))
    )
    for column, group in enumerate(groups, start=2):
        for row, year in enumerate(years):
            result.links.show(name, row, column, f"{name}.{year}.{group}")
        for first, last in combinations(years, 2):
            if group.startswith("neighbours") and (counts[[first, last]] != counts.max()).any():
                continue  # the change is over the areas of both years, not the difference of two means
            change, ends = (
                f"{name}.change.{first}_{last}.{group}",
                (f"{name}.{first}.{group}", f"{name}.{last}.{group}"),
            )
            result.links.follow([change], ends, difference_of(change, *ends))


def _groups(indicator: Indicator, wide: pd.DataFrame, areas: Areas) -> dict[str, pd.Series[Any]]:
    """Return the series by year of the area, the mean of its neighbours, and the nation; gaps stay NaN."""
    return {group: wide[members].mean(axis=1) for group, members in members_of(indicator, areas).items()}


def _target(indicator: Indicator, year: int, unit: str) -> float | None:
    target = indicator.target.get(year) if isinstance(indicator.target, dict) else indicator.target
    return target if target is None or unit != "proportion" else without_noise(target / 100)


def _frame(
    indicator: Indicator, groups: dict[str, pd.Series[Any]], counts: pd.Series[int], unit: str
) -> Frame:
    """Return the indicator by year, for its chart and table."""
    columns = ["year", "label", *groups, "neighbours_n", "target"]
    rows = []
    for year in groups["area"].index:
        cells = [None if pd.isna(values[year]) else float(values[year]) for values in groups.values()]
        rows.append(
            [
                int(year),
                indicator.year_label(int(year)),
                *cells,
                int(counts[year]),
                _target(indicator, int(year), unit),
            ]
        )
    return Frame(columns, rows)
