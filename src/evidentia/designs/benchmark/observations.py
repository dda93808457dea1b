"""The values of an indicator by year and area, from a long file or from official statistics as published."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.cells import as_texts
from evidentia.data.cleaning import same
from evidentia.data.ees import FIXED, IDENTIFIER, PERIOD, is_ees, places
from evidentia.data.symbols import LOW, SYMBOLS
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.places import LEVELS, Areas, joint_of, members_of
from evidentia.designs.benchmark.settings import UNIT_OF, Indicator

COLUMNS = ("indicator", "year", "area", "value", "unit")
YEARS = ("reporting year", "calendar year", "financial year", "academic year", "tax year", "")
_FINANCIAL = re.compile(r"(\d{4})\s?[-/\u2013]?\s?(\d{2}|\d{4})")
_UNITS = (
    (r"per_?10k|10000", "per_10000"),
    (r"percent|_rate|_pct|proportion", "percent"),
    (r"count|number|fte|headcount|children|estimate", "count"),
)


@dataclass
class Observations:
    """One indicator.

    Attributes
    ----------
    wide : DataFrame
        Values by year (rows) and area (columns, as config.yaml names them); NaN where there is none.
    unit : str
        As the data or config.yaml say it, of `UNIT_OF`.
    symbols : dict of (year, area) to str
        The symbol in place of a value, or "low" for a value that rounds to 0.
    periods : dict of (year, area) to str
        What a long file says of the period.
    financial : bool
        The years of the data are financial or academic.
    notes : list of str
    """

    wide: pd.DataFrame
    unit: str
    symbols: dict[tuple[int, str], str] = field(default_factory=dict)
    periods: dict[tuple[int, str], str] = field(default_factory=dict)
    financial: bool = False
    notes: list[str] = field(default_factory=list)


def observe(name: str, indicator: Indicator, areas: Areas, table: DataTable) -> Observations:
    """Return the values of an indicator.

    Raises
    ------
    EvidentiaError
        For a column, an area or an indicator that the data lack, a doubled record, a text where a number belongs,
        a period that is no year, or an unknown unit.
    """
    if table.cells is not None and table.cells.layout == "ees":
        return _official(name, indicator, areas, table)
    if is_ees(table.frame.columns) and "indicator" not in table.frame.columns:
        raise EvidentiaError(
            "the file has the layout of official statistics (Explore education statistics)",
            where=table.path,
            remedy="say so in config.yaml, beside its path: format: ees; and give each indicator its 'column' and 'unit'",
        )
    return _long(name, indicator, areas, table)


def years_of(cells: pd.Series[Any], table: DataTable, column: str) -> tuple[pd.Series[Any], bool]:
    """Return the year in which each period ends, and whether the periods are financial years (2018/19, 2018-19, 201819).

    Raises
    ------
    EvidentiaError
        For a cell that is no year, or where both kinds stand in one column.
    """
    texts = as_texts(cells)
    read = {text: _year(text) for text in texts.unique()}
    wrong = texts[texts.map(lambda text: read[text] is None)]
    if len(wrong):
        raise EvidentiaError(
            f"'{wrong.iloc[0]}' is not a year", where=table.where(wrong.index, column), remedy="write 2019, or 2018/19 for a financial year"
        )
    kinds = {found[1] for found in read.values() if found}
    if len(kinds) > 1:
        raise EvidentiaError("calendar and financial years stand in one column", where=table.where(column=column), remedy="keep one kind")
    return texts.map({text: found[0] for text, found in read.items() if found}).astype(int), kinds == {True}


def _year(text: str) -> tuple[int, bool] | None:
    """Return a year and whether it is financial; the year in which it ends."""
    match = _FINANCIAL.fullmatch(text.strip())
    if match and int(match[2]) == (int(match[1]) + 1) % 10 ** len(match[2]):
        return int(match[1]) + 1, True
    return (int(text), False) if re.fullmatch(r"[12]\d{3}", text.strip()) else None


def _long(name: str, indicator: Indicator, areas: Areas, table: DataTable) -> Observations:
    """Read a file with one row a value."""
    table.require(*COLUMNS)
    frame = table.frame
    rows = _chosen(frame, indicator, table)
    known = set(frame["area"].dropna().map(same))
    series = indicator.series or name
    rows = rows[rows["indicator"] == series]
    if rows.empty:
        names = set(frame["indicator"].dropna())
        raise EvidentiaError(
            f"the data have no indicator '{series}'", where=table.where(column="indicator"), remedy=did_you_mean(series, names)
        )
    years, financial = years_of(rows["year"], table, "year")
    keys = pd.DataFrame({"year": years, "place": rows["area"].map(lambda area: same(str(area)))})
    _once(keys, rows, series, table)
    _there(areas, known, set(frame["area"].dropna()), table, "area")
    unit = _unit(rows, series, table)
    values, symbols = _values(table, "value", rows.index, unit)
    found = _arranged(areas, known, keys, values, symbols, unit, None, table)
    if "period" in rows:
        by_name = {same(area): area for area in areas.all}
        marks = zip(keys["year"], keys["place"], rows["period"], strict=True)
        found.periods = {(int(year), by_name[place]): str(period) for year, place, period in marks if place in by_name}
    found.financial = financial
    return found


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


def _values(table: DataTable, column: str, index: pd.Index, unit: str) -> tuple[pd.Series[float], pd.Series[Any]]:
    """Return the numbers of some rows in the indicator's unit, and the symbols among them."""
    values, symbols, percent = (part[index] for part in table.official(column))
    if percent.any():
        if UNIT_OF[unit] != "proportion":
            raise EvidentiaError(
                f"cells are percentages, but the unit is {unit}",
                where=table.where(percent.index[percent], column),
                remedy="correct the unit",
            )
        if not (percent | values.isna()).all():
            raise EvidentiaError(
                "some cells are percentages and others are not",
                where=table.where(percent.index[~percent & values.notna()], column),
                remedy="write all of them in one way",
            )
        values = values if unit == "percent" else values / 100
    return values, symbols


def _official(name: str, indicator: Indicator, areas: Areas, table: DataTable) -> Observations:
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
            remedy=f"add one of {', '.join(UNIT_OF)}" + (f"; for '{column}' it is likely unit: {guess}" if guess else ""),
        )
    rows = _chosen(table.frame, indicator, table)
    if IDENTIFIER in rows.columns:
        kinds = {same(str(kind)) for kind in rows[IDENTIFIER].dropna().unique()}
        other = sorted(kinds - set(YEARS))
        if other or len(kinds) > 1:
            raise EvidentiaError(
                f"the periods are of the kind {' and '.join(sorted(kinds))}, where one kind of year is read",
                where=table.where(column=IDENTIFIER),
                remedy=f"say which rows are meant: where: {{{IDENTIFIER}: Reporting year}}",
            )
    who = places(rows)
    known = {called for names in who["called"].unique() for called in names}
    _there(areas, known, set(who["name"]), table, "la_name")
    years, financial = years_of(rows[PERIOD], table, PERIOD)
    values, symbols = _values(table, column, rows.index, indicator.unit)
    weights = table.official(indicator.weight)[0][rows.index] if indicator.weight else None
    level = who["level"].map({kind: place for place, kind in enumerate(LEVELS)}).fillna(len(LEVELS))
    exploded = pd.DataFrame({"year": years, "place": who["called"], "level": level}).explode("place").dropna(subset="place")
    doubled = exploded[exploded.duplicated(["year", "place", "level"], keep=False)]
    wanted = {same(area) for area in areas.all} | {same(heir) for heirs in areas.successors.values() for heir in heirs}
    doubled = doubled[doubled["place"].isin(wanted)]
    if len(doubled):
        _say_filters(doubled, rows, indicator, table)
    rank = exploded["level"].where(exploded["place"] != same(areas.nation), -exploded["level"])
    keys = exploded.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates(["year", "place"])
    found = _arranged(areas, known, keys, values, symbols, indicator.unit, weights, table)
    found.financial = financial
    return found


def _say_filters(doubled: pd.DataFrame, rows: pd.DataFrame, indicator: Indicator, table: DataTable) -> None:
    """Raise for an area with several values in a year, and name the columns that tell them apart."""
    first = doubled.iloc[0]
    alike = doubled[(doubled["year"] == first["year"]) & (doubled["place"] == first["place"]) & (doubled["level"] == first["level"])]
    texts = {name: as_texts(rows.loc[alike.index, name]) for name in rows.columns if name not in FIXED}
    filters = {
        name: list(dict.fromkeys(column)) for name, column in texts.items() if column.nunique() == len(alike) and not _numbers(column)
    }
    name, values = next(iter(filters.items()), ("COLUMN", ["VALUE"]))
    raise EvidentiaError(
        f"{first['place']} has {len(alike)} values in {first['year']}" + (f", by {name}: {', '.join(values[:6])}" if filters else ""),
        where=table.where(alike.index),
        remedy=f"say which is meant, beside the path or the indicator: where: {{{name}: {values[0]}}}",
    )


def _numbers(column: pd.Series[Any]) -> bool:
    return bool(pd.to_numeric(column, errors="coerce").notna().all())


def _chosen(frame: pd.DataFrame, indicator: Indicator, table: DataTable) -> pd.DataFrame:
    """Return the rows that an indicator's `where` asks for."""
    for column, values in indicator.where.items():
        table.require(column)
        texts = as_texts(frame[column]).map(same)
        kept = texts.isin([same(value) for value in values])
        if not kept.any():
            raise EvidentiaError(
                f"no row has '{values[0]}' in the column '{column}', which 'where' asks for",
                where=table.where(column=column),
                remedy=did_you_mean(values[0], as_texts(frame[column]).unique()[:200]),
            )
        frame = frame[kept]
    return frame


def _there(areas: Areas, known: set[str], names: set[str], table: DataTable, column: str) -> None:
    """Raise for each area that the data do not have in any year."""
    raise_all(
        EvidentiaError(f"the data have no area '{area}'", where=table.where(column=column), remedy=did_you_mean(area, names))
        for area in dict.fromkeys(areas.all)
        if not members_of(area, areas, known) and not joint_of(area, known)
    )


def _arranged(
    areas: Areas, known: set[str], keys: pd.DataFrame, values: pd.Series[float], symbols: pd.Series[Any], unit: str,
    weights: pd.Series[float] | None, table: DataTable,
) -> Observations:  # fmt: skip
    """Return values by year and area; successors that report apart are added up, or weighed together."""
    years = sorted(set(keys["year"]))
    cells = {(int(year), place): row for year, place, row in zip(keys["year"], keys["place"], keys.index, strict=True)}
    found = Observations(pd.DataFrame(index=pd.Index(years, name="year"), columns=list(dict.fromkeys(areas.all)), dtype=float), unit)
    for area in found.wide.columns:
        ways = members_of(area, areas, known)
        if not ways:
            found.notes.append(f"{area} reports only together with others ({joint_of(area, known)}), and has no value of its own")
        for year in years:
            there = [[cells[year, place] for place in way] for way in ways if all((year, place) in cells for place in way)]
            if not there:
                continue
            rows = next((rows for rows in there if values[rows].notna().all()), there[0])  # an area that is no more may stand as "z"
            marks = [symbols[row] for row in rows if symbols[row]]
            if marks:
                found.symbols[year, area] = marks[0]
            if len(rows) == 1:
                found.wide.loc[year, area] = values[rows[0]]
                continue
            together = _together(values[rows], unit, None if weights is None else weights[rows])
            if together is None:
                found.notes.append(f"{area} in {year}: its successors report apart, and their rates are not added without 'weight'")
            else:
                found.wide.loc[year, area] = together
    return found


def _together(values: pd.Series[float], unit: str, weights: pd.Series[float] | None) -> float | None:
    """Return the value of several areas as one: a sum of counts, or a weighted mean."""
    if values.isna().any():
        return float("nan")
    if unit in ("count", "pounds"):
        return float(values.sum())
    if weights is None or weights.isna().any() or not weights.sum():
        return None
    return float((values * weights).sum() / weights.sum())


def reason_of(symbol: str) -> str:
    """Return what a symbol means, in words."""
    return f"{symbol}: {SYMBOLS[symbol]}" if symbol and symbol != LOW else ""
