"""The import report: what was read of a file, what was left out and why, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evidentia.data.columns import MIXED, NUMBER, Column, may_be_codes
from evidentia.data.ids import nearly_doubled, shortened
from evidentia.data.symbols import SYMBOLS, symbol_of
from evidentia.data.table import MOST, DataTable

TITLES = (
    "lines of title above the table",
    "notes below the table",
    "empty rows",
    "comments",
    "question texts and import ids",
    "names of options",
)
"""Reasons for which a row is no record at all, so that nobody needs to hear of it."""
CODES = (-9999.0, -999.0, -99.0, -98.0, -9.0, -8.0, 88.0, 98.0, 99.0, 888.0, 998.0, 999.0, 9998.0, 9999.0)
"""Numbers that data entry uses where a value is not known."""
SIDE = 4  # columns at either side of a table that are compared first
FAR, NEAR = 4.0, 1.5  # interquartile ranges from the quartiles: any value, and a usual code for "not known"
FEW = 8  # different numbers that a column needs before one can lie far from the rest


def import_report(table: DataTable, format: str = "") -> dict[str, Any]:
    """Return the report of a data set; of a protected one only what tells nothing about people.

    Parameters
    ----------
    table : DataTable
    format : str
        Layout that config.yaml names.
    """
    cells = table.cells
    protected = table.minimum_cell > 1 or table.rounding > 1
    left = (
        []
        if cells is None
        else [
            {"reason": item.reason, "rows": len(item.rows), "first": item.rows[:MOST]}
            for item in cells.left_out
        ]
    )
    if protected:
        left = [{"reason": item["reason"]} for item in left]
    told: dict[str, Any] = {}
    if table.prepared is not None:
        rules = [{"rule": one.rule, "label": one.label, "rows": one.rows} for one in table.prepared.rules]
        told["prepared"] = {"by": table.prepared.by, "rows_in": dict(table.prepared.rows_in), "rules": rules}
        if protected:
            bare = [{"rule": one["rule"], "label": one["label"]} for one in rules]
            told["prepared"] |= {"rows_in": dict.fromkeys(table.prepared.rows_in), "rules": bare}
    return {
        **told,
        "path": table.path,
        "sha256": table.sha256,
        "format": format,
        "protected": protected,
        "rows": None if protected else len(table.frame),
        "left_out": left,
        "cleaned": None if protected or cells is None else cells.cleaned,
        "columns": [_column(table, name, protected=protected) for name in table.frame.columns],
        "remarks": (
            list(remarks(table))
            if not protected
            else [words for words, counted in _remarks(table) if not counted]
        ),
    }


def _column(table: DataTable, name: str, *, protected: bool) -> dict[str, Any]:
    """Return what is known of a column."""
    column: Column | None = table.columns.get(name)
    cells = table.cells
    found: dict[str, Any] = {
        "name": name,
        "role": column.role if column else "",
        "type": str(table.frame[name].dtype),
    }
    if cells is not None and name in cells.labels:
        found["label"] = cells.labels[name]
    if cells is not None and name in cells.levels:
        found["levels"] = cells.levels[name]
    if not protected:
        found["missing"] = int(table.frame[name].isna().sum())
        found["declared_missing"] = {
            **(column.absent if column else {}),
            **(cells.missing.get(name, {}) if cells is not None else {}),
        }
        symbols = _symbols(table.frame[name], column)
        if symbols:
            found["symbols"] = symbols
    return found


def _symbols(values: pd.Series[Any], column: Column | None) -> dict[str, Any]:
    """Return the symbols of official statistics in a column, how often each stands and what it means."""
    if column is None or column.role != MIXED:
        return {}
    counts = values.value_counts()
    found = {str(word): symbol_of(str(word)) for word in counts.index if symbol_of(str(word))}
    return {word: {"cells": int(counts[word]), "means": SYMBOLS[symbol]} for word, symbol in found.items()}


def remarks(table: DataTable) -> Iterator[str]:
    """Yield what somebody should look at, a line each."""
    return (words for words, _ in _remarks(table))


def _remarks(table: DataTable) -> Iterator[tuple[str, bool]]:
    """Yield remarks, and whether each tells a count or a value of records."""
    cells = table.cells
    for item in cells.left_out if cells is not None else ():
        if item.reason not in TITLES:
            yield f"{table.path}: {len(item.rows):,} rows left out: {item.reason} ({_rows(item.rows)})", True
    yield from ((note, False) for note in (cells.notes if cells is not None else ()))
    doubled = identical_rows(table)
    if len(doubled):
        number = "1 row is" if len(doubled) == 1 else f"{len(doubled):,} rows are"
        shown = _rows(list(doubled))
        yield (
            f"{table.path}: {number} identical to another one ({shown}); name the 'id' if each is a person",
            True,
        )
    words, rows = nearly_doubled(table.frame[table.id]) if table.id else ("", doubled)
    if words:
        shown = "" if table.minimum_cell > 1 or table.rounding > 1 else f" ({_rows(list(rows))})"
        yield f"{table.path}: some ids differ only by {words}{shown}; they count as different records", False
    texts = cells.frame.select_dtypes(exclude="number") if cells is not None else table.frame.iloc[:, :0]
    for name in texts.columns:
        if shortened(texts[name]):
            lost = "numbers such as 1.23457E+14 have lost digits in a spreadsheet"
            yield f"{table.path}, column {name}: {lost}; if they are ids, export the file again", False
    codes: dict[int, list[str]] = {}
    for name, column in table.columns.items():
        if column.role == NUMBER:
            yield from _numbers(table, name, codes)
    for most, names in codes.items():
        where = f"{table.path}, column{'s' if len(names) > 1 else ''} {', '.join(names)}"
        read = f"whole numbers from 1 to {most} are read as a number"
        yield f"{where}: {read}; if they are codes, give the field the type string", False


def records_left_out(table: DataTable) -> Iterator[tuple[str, int]]:
    """Yield why records of people were left out, and how many; rows that config.yaml does not ask for are not
    meant.
    """
    for item in table.cells.left_out if table.cells is not None else ():
        if item.reason not in TITLES and " is not " not in item.reason:
            yield item.reason, len(item.rows)


def identical_rows(table: DataTable) -> pd.Index:
    """Return the rows that are identical to an earlier one, where there is more than one column to tell them
    apart.
    """
    if len(table.frame.columns) < 3:
        return table.frame.index[:0]
    names = list(table.frame.columns)
    some = [*names[:SIDE], *names[-SIDE:]]  # what is no pair in these is none in all, and they take less time
    rows = table.frame[table.frame.duplicated(some, keep=False)] if len(names) > 2 * SIDE else table.frame
    return rows.index[rows.duplicated()]


def _numbers(table: DataTable, name: str, codes: dict[int, list[str]]) -> Iterator[tuple[str, bool]]:
    """Yield what is odd in a column of numbers; one that may hold codes is added to those."""
    values = table.frame[name].dropna().astype(float)
    different = values.nunique()
    if different >= FEW:
        rest = values[~values.isin(CODES)]  # many codes for "not known" would hide themselves
        rest = rest if rest.nunique() >= FEW else values
        low, high = rest.quantile(0.25), rest.quantile(0.75)
        room = high - low
        far = (values < low - FAR * room) | (values > high + FAR * room)
        code = values.isin(CODES) & ((values < low - NEAR * room) | (values > high + NEAR * room))
        shown = values[code | (far & (far.mean() < 0.02))] if room > 0 else values[code]
        if len(shown):
            words = ", ".join(f"{value:g}" for value in list(dict.fromkeys(shown))[:5])
            where = table.where(shown.index, name)
            yield (
                (
                    f"{where}: far outside the rest: {words}; if that means not known, declare it in the"
                    " field's missingValues"
                ),
                True,
            )
    elif not table.columns[name].described and may_be_codes(values):
        codes.setdefault(different, []).append(name)


def _rows(rows: list[int]) -> str:
    return (
        f"row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows[:5]))}{', ...' if len(rows) > 5 else ''}"
    )
