"""tables.ods beside tables.xlsx, and the proof that both can be used by everybody.

The rules are those of the Government Analysis Function for accessible spreadsheets.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.dossier.ods import Sheet, read_ods


def read_xlsx(data: bytes) -> tuple[list[Sheet], str]:
    """Return the sheets of a workbook and its title."""
    from openpyxl import load_workbook
    from openpyxl.utils import range_boundaries

    book = load_workbook(io.BytesIO(data))
    sheets = []
    for page in book.worksheets:
        cells = list(page.iter_rows())
        sheet = Sheet(
            page.title,
            [[cell.value for cell in row] for row in cells],
            [[cell.number_format for cell in row] for row in cells],
            merged=bool(page.merged_cells.ranges),
            hidden=page.sheet_state != "visible",
            formulas=any(cell.data_type == "f" for row in cells for cell in row),
        )
        for table in page.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            sheet.tables.append((top - 1, left - 1, bottom - 1, right - 1))
        sheets.append(sheet)
    return sheets, str(book.properties.title or "")


def _first(rows: list[list[Any]]) -> list[Any]:
    return rows[0] if rows else []


def faults_of(sheets: list[Sheet], title: str) -> Iterator[str]:
    """Yield what keeps a spreadsheet from being used by everybody."""
    if not title.strip():
        yield "the document has no title"
    if not sheets or sheets[0].tables:
        yield "the first sheet is no cover"
    for name, count in Counter(sheet.name.casefold() for sheet in sheets).items():
        if count > 1:
            yield f"two sheets are called {name}"
    for sheet in sheets:
        said = f"sheet {sheet.name}: "
        if not str(next(iter(_first(sheet.rows)), None) or "").strip():
            yield f"{said}the first cell, where a screen reader begins, is empty"
        if sheet.merged:
            yield f"{said}cells are merged"
        if sheet.hidden:
            yield f"{said}something is hidden"
        if sheet.formulas:
            yield f"{said}a cell holds a formula"
        if sheet is not sheets[0] and not sheet.tables:
            yield f"{said}no table is marked"
        for top, left, bottom, right in sheet.tables:
            body = [_padded(row, right)[left : right + 1] for row in sheet.rows[top : bottom + 1]]
            names = [str(value or "").strip() for value in body[0]]
            if not all(names):
                yield f"{said}a column has no heading"
            if len(set(names)) < len(names):
                yield f"{said}two columns have the same heading"
            for number, row in enumerate(body[1:], start=top + 2):
                if any(value is None or value == "" for value in row):
                    yield f"{said}row {number} has an empty cell"


def _padded(row: list[Any], right: int) -> list[Any]:
    return [*row, *[None] * (right + 1 - len(row))]


def check(data: bytes, name: str) -> None:
    """Raise if a spreadsheet cannot be used by everybody, with all that is wrong with it."""
    sheets, title = read_ods(data) if Path(name).suffix == ".ods" else read_xlsx(data)
    raise_all(
        EvidentiaError(
            f"{name} is not accessible: {fault}",
            where=name,
            remedy="correct the figure's or table's columns in its analysis, then build again",
        )
        for fault in faults_of(sheets, title)
    )
