"""The values of an indicator by year and area, from a long file or from official statistics as published."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.years import financial_year
from evidentia.data.cells import as_texts
from evidentia.data.cleaning import same
from evidentia.data.symbols import LOW, SYMBOLS
from evidentia.data.table import DataTable
from evidentia.designs.benchmark.places import Areas, joint_of, members_of
from evidentia.designs.benchmark.settings import UNIT_OF, Indicator


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


def years_of(cells: pd.Series[Any], table: DataTable, column: str) -> tuple[pd.Series[Any], bool]:
    """Return the year in which each period ends, and whether the periods are financial years (2018/19,
    2018-19, 201819).

    Raises
    ------
    EvidentiaError
        For a cell that is no year, or where both kinds stand in one column.
    """
    texts = as_texts(cells)
    read = {text: year_of(text) for text in texts.unique()}
    wrong = texts[texts.map(lambda text: read[text] is None)]
    if len(wrong):
        raise EvidentiaError(
            f"'{wrong.iloc[0]}' is not a year",
            where=table.where(wrong.index, column),
            remedy="write 2019, or 2018/19 for a financial year",
        )
    kinds = {found[1] for found in read.values() if found}
    if len(kinds) > 1:
        raise EvidentiaError(
            "calendar and financial years stand in one column",
            where=table.where(column=column),
            remedy="keep one kind",
        )
    return texts.map({text: found[0] for text, found in read.items() if found}).astype(int), kinds == {True}


def year_of(text: str) -> tuple[int, bool] | None:
    """Return a year and whether it is financial; the year in which it ends."""
    begun = financial_year(text)
    if begun is not None:
        return begun + 1, True
    return (int(text), False) if re.fullmatch(r"[12]\d{3}", text.strip()) else None


def values_of(
    table: DataTable, column: str, index: pd.Index, unit: str
) -> tuple[pd.Series[float], pd.Series[Any]]:
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


def chosen_rows(frame: pd.DataFrame, indicator: Indicator, table: DataTable) -> pd.DataFrame:
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


def refuse_missing(areas: Areas, known: set[str], names: set[str], table: DataTable, column: str) -> None:
    """Raise for each area that the data do not have in any year."""
    raise_all(
        EvidentiaError(
            f"the data have no area '{area}'",
            where=table.where(column=column),
            remedy=did_you_mean(area, names),
        )
        for area in dict.fromkeys(areas.all)
        if not members_of(area, areas, known) and not joint_of(area, known)
    )


def arranged(
    areas: Areas,
    known: set[str],
    keys: pd.DataFrame,
    values: pd.Series[float],
    symbols: pd.Series[Any],
    unit: str,
    weights: pd.Series[float] | None,
    table: DataTable,
) -> Observations:
    """Return values by year and area; successors that report apart are added up, or weighed together."""
    years = sorted(set(keys["year"]))
    cells = {
        (int(year), place): row
        for year, place, row in zip(keys["year"], keys["place"], keys.index, strict=True)
    }
    found = Observations(
        pd.DataFrame(index=pd.Index(years, name="year"), columns=list(dict.fromkeys(areas.all)), dtype=float),
        unit,
    )
    for area in found.wide.columns:
        ways = members_of(area, areas, known)
        if not ways:
            found.notes.append(
                f"{area} reports only together with others ({joint_of(area, known)}), and has no value of"
                " its own"
            )
        for year in years:
            there = [
                [cells[year, place] for place in way]
                for way in ways
                if all((year, place) in cells for place in way)
            ]
            if not there:
                continue
            rows = next(
                (rows for rows in there if values[rows].notna().all()), there[0]
            )  # an area that is no more may stand as "z"
            marks = [symbols[row] for row in rows if symbols[row]]
            if marks:
                found.symbols[year, area] = marks[0]
            if len(rows) == 1:
                found.wide.loc[year, area] = values[rows[0]]
                continue
            together = _together(values[rows], unit, None if weights is None else weights[rows])
            if together is None:
                found.notes.append(
                    f"{area} in {year}: its successors report apart, and their rates are not added without"
                    " 'weight'"
                )
            else:
                found.wide.loc[year, area] = together
    return found


def refuse_percentages(observed: Observations, table: DataTable) -> None:
    """Raise for proportions that must be percentages; what may be shares among percentages is noted."""
    values = observed.wide.stack().abs()
    if observed.unit == "proportion" and values.median() > 1:
        raise EvidentiaError(
            f"values such as {values[values > 1].iloc[0]:g} are no proportions, which run from 0 to 1",
            where=table.path,
            remedy="write unit: percent, if they are percentages",
        )
    if observed.unit == "percent" and 0 < values.max() < 1:
        observed.notes.append("every value is below 1%; if they are shares, the unit is proportion")


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
