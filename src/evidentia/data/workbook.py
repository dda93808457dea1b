"""Data from a sheet of an Excel workbook, as the same texts that a CSV file would hold."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.cells import Cells, check_header, months_of
from evidentia.data.package import NAME, Schema
from evidentia.data.text import read_bytes, refuse_cells

Row = tuple[int, list[Any]]


def read_sheet(file: Path, path: str, schema: Schema | None) -> Cells:
    """Return the cells of one sheet; rows count as the sheet does, and its first filled row is the header.

    Raises
    ------
    EvidentiaError
        If it is no workbook, the sheet is not there or not named, a cell shows an error such as #N/A, or a
        cell lies beside the header's columns.
    """
    data, hashed = read_bytes(file, path)
    rows = _rows(data, path, schema.sheet if schema else "")
    if not rows:
        raise EvidentiaError("the sheet is empty", where=path, remedy="give a header and at least one row")
    top, names = rows[0]
    while names and names[-1] is None:
        names = names[:-1]
    header = [text_of(name).strip() for name in names]
    where = f"{path}, row {top}"
    check_header(header, where)
    months = months_of(schema)
    cells: list[list[str]] = []
    for number, values in rows[1:]:
        if any(value is not None for value in values[len(header) :]):
            raise EvidentiaError(
                "a cell lies beside the named columns", where=f"{path}, row {number}", remedy="name its column, or clear it"
            )
        values = [*values, *[None] * (len(header) - len(values))]
        cells.append([text_of(value, month=name in months) for name, value in zip(header, values, strict=False)])
        _refuse_errors(cells[-1], header, f"{path}, row {number}")
    index = pd.Index([number for number, _ in rows[1:]], name="row", dtype="int64")
    frame = pd.DataFrame(cells, index=index, columns=pd.Index(header), dtype=object)
    refuse_cells({name: frame[name].items() for name in header}, path)
    return Cells(frame, hashed, header=f", row {top}")


def _rows(data: bytes, path: str, sheet: str) -> list[Row]:
    """Return the filled rows of the sheet with their numbers."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise EvidentiaError(
            "not an Excel workbook (.xlsx), or a damaged or protected one",
            where=path,
            remedy=f"save it again as .xlsx without a password ({type(error).__name__})",
        ) from None
    sheets = {page.title: page for page in book.worksheets}
    if sheet and sheet not in sheets:
        raise EvidentiaError(f"the workbook has no sheet '{sheet}'", where=path, remedy=did_you_mean(sheet, sheets))
    if not sheet and len(sheets) > 1:
        raise EvidentiaError(
            f"the workbook has {len(sheets)} sheets: {', '.join(sheets)}",
            where=path,
            remedy=f'name one in {NAME}, in the file\'s resource: "dialect": {{"sheetName": "{next(iter(sheets))}"}}',
        )
    page = sheets[sheet] if sheet else book.worksheets[0]
    page.reset_dimensions()
    rows = [(number, list(values)) for number, values in enumerate(page.iter_rows(values_only=True), start=1)]
    return [(number, values) for number, values in rows if any(value is not None for value in values)]


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


def _refuse_errors(row: list[str], header: list[str], where: str) -> None:
    for name, text in zip(header, row, strict=True):
        if text in ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"):
            raise EvidentiaError(
                f"the cell shows the error {text}", where=f"{where}, column {name}", remedy="correct the formula, or clear the cell"
            )
