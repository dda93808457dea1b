"""A sheet's rows as a table, whichever reader took them from the workbook."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.text import refuse_cells
from evidentia.data.cells import Cells, LeftOut
from evidentia.data.header import (
    LOOK,
    check_header,
    find_header,
    names_of,
    notes_below,
    refuse_two_rows,
    row_below,
    with_options,
)
from evidentia.data.limits import check_size
from evidentia.data.source import TWO_ROWS, Source

ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MOST = 10  # cells that a message names
Row = tuple[int, list[Any]]
Merged = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each as row and column from 0."""
_PADDED = re.compile("0{2,20}")
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def sheet_named(wanted: str, sheets: Sequence[str], path: str, secret: Sequence[str] = ()) -> str:
    """Return the sheet that is meant; `secret` are those that the workbook hides.

    Raises
    ------
    EvidentiaError
        If it is not there, or none is named and there are several.
    """
    if wanted and wanted not in sheets:
        raise EvidentiaError(
            f"the workbook has no sheet '{wanted}'", where=path, remedy=did_you_mean(wanted, sheets)
        )
    if not wanted and len(sheets) != 1:
        first = next((name for name in sheets if name not in secret), "Sheet1")
        shown = ", ".join(f"{name} (hidden)" if name in secret else name for name in sheets)
        raise EvidentiaError(
            f"the workbook has {len(sheets)} sheets: {shown}",
            where=path,
            remedy=(
                f'name one in config.yaml (sheet: "{first}") or in its resource ("dialect": {{"sheetName":'
                f' "{first}"}})'
            ),
        )
    return wanted or sheets[0]


def table_of(rows: list[Row], sha256: str, path: str, months: set[str], source: Source) -> Cells:
    """Return filled rows of a sheet as a table; rows count as the sheet does.

    Raises
    ------
    EvidentiaError
        If there is no header, a cell shows an error such as #N/A, or a cell lies beside the header's columns.
    """
    if not rows:
        raise EvidentiaError("the sheet is empty", where=path, remedy="give a header and at least one row")
    look = [
        (number, [text_of(value) for value in values])
        for number, values in rows
        if number <= max(rows[0][0] + LOOK, source.header_row)
    ]
    top, cells = find_header(look, source.header_row, path)
    below = row_below(look, top)
    header = with_options(cells, below) if source.format in TWO_ROWS else names_of(cells)
    check_header(header, f"{path}, row {top}", below)
    check_size(len(rows), len(header), path)
    body = [(number, values) for number, values in rows if number > top]
    last = [(number, [text_of(value) for value in values]) for number, values in body[-LOOK:]]
    notes = notes_below(last, len(header))
    left = [LeftOut("lines of title above the table", [number for number, _ in rows if number < top])]
    left.append(LeftOut("notes below the table", [number for number, _ in body[len(body) - notes :]]))
    cells_of = []
    for number, values in body[: len(body) - notes]:
        if any(value is not None and value != "" for value in values[len(header) :]):
            refuse_two_rows(top, number, values, path)
            raise EvidentiaError(
                "a cell lies beside the named columns",
                where=f"{path}, row {number}",
                remedy="name its column, or clear it",
            )
        values = [*values, *[None] * (len(header) - len(values))]
        cells_of.append(
            [text_of(value, month=name in months) for name, value in zip(header, values, strict=False)]
        )
        _refuse_errors(cells_of[-1], header, f"{path}, row {number}")
    index = pd.Index([number for number, _ in body[: len(body) - notes]], name="row", dtype="int64")
    frame = pd.DataFrame(cells_of, index=index, columns=pd.Index(header), dtype=object)
    refuse_cells({name: frame[name].items() for name in header}, path)
    return Cells(frame, sha256, top, tuple(item for item in left if item.rows), stored_dates=True)


def text_of(value: Any, *, month: bool = False) -> str:
    """Return a cell's value as a CSV file would hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(" ", "seconds")
        value = value.date()
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m}" if month and value.day == 1 else value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def is_percentage(number_format: str) -> bool:
    """Whether a number format shows its number as a percentage; quoted and escaped signs show nothing."""
    return "%" in _NOT_SHOWN.sub("", number_format)


def as_percentage(value: float) -> str:
    """Return a share as the percentage that its cell shows, with all its digits."""
    return f"{Decimal(f'{value * 100:.14g}'):f}%"


def with_zeros(value: int, number_format: str) -> int | str:
    """Return a whole number as an id with zeros before it, where its cell shows it so (format 00000)."""
    plain = _PADDED.fullmatch(number_format)
    return f"{value:0{len(number_format)}d}" if plain and value >= 0 else value


def refuse_merged(ranges: Sequence[Merged], path: str, cells: Cells) -> None:
    """Raise for merged cells within the table, of which only the first has a value; titles may be merged.

    Raises
    ------
    EvidentiaError
    """
    last = int(cells.frame.index.max()) if len(cells.frame) else 0
    inside = sorted(
        (first, end)
        for first, end in ranges
        if end[0] + 1 >= cells.top and first[0] + 1 <= last and first != end
    )
    if inside:
        shown = ", ".join(f"{_place(first)}:{_place(end)}" for first, end in inside[:MOST])
        raise EvidentiaError(
            (
                f"{len(inside)} ranges of cells are merged"
                if len(inside) > 1
                else "cells are merged, and only the first holds the value"
            ),
            where=f"{path}, {shown}",
            remedy="unmerge them and fill each cell, so that every row says what it means",
        )


def _place(cell: tuple[int, int]) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(cell[1] + 1)}{cell[0] + 1}"


def _refuse_errors(row: list[str], header: list[str], where: str) -> None:
    for name, text in zip(header, row, strict=True):
        if text in ERRORS:
            raise EvidentiaError(
                f"the cell shows the error {text}",
                where=f"{where}, column {name}",
                remedy="correct the formula, or clear the cell",
            )
