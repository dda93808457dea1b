"""Data from a sheet of an Excel workbook: what its cells show, percentages as percentages, and no formula
without a value.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.archive import unfolds
from evidentia.data.cells import Cells
from evidentia.data.hidden import hidden_in, notes_on_hidden
from evidentia.data.limits import BYTES, SHEET_ROWS
from evidentia.data.sheet_cells import (
    ENTITY,
    MOST,
    Merged,
    Row,
    as_percentage,
    is_percentage,
    refuse_merged,
    sheet_named,
    table_of,
    with_zeros,
)
from evidentia.data.source import Source

_ROW = re.compile(rb'<(?:\w+:)?(?:row|c)\s[^>]*?\br="[A-Z]*(\d{7,})"')


def read_sheet(data: bytes, sha256: str, path: str, months: set[str], source: Source) -> Cells:
    """Return the cells of one sheet; rows count as the sheet does.

    Raises
    ------
    EvidentiaError
        If it is no workbook, the sheet is not there or not named, cells are merged or hold formulas that no
        program has computed, a cell shows an error such as #N/A, or lies beside the header's columns.
    """
    inspect(data, path)
    values, formulas = (_open(data, path, data_only=data_only) for data_only in (True, False))
    secret = [page.title for page in values.worksheets if page.sheet_state != "visible"]
    name = sheet_named(source.sheet, [page.title for page in values.worksheets], path, secret)
    try:
        rows, uncomputed = _rows(values[name], formulas[name])
    except Exception as error:  # cells are read as they are asked for
        raise _damaged(path, error) from None
    raise_all([*_uncomputed(uncomputed, path)])
    cells = table_of(rows, sha256, path, months, source)
    refuse_merged(_merged(data, name, path), path, cells)
    notes = notes_on_hidden(path, *hidden_in(data, name), list(cells.frame.columns), cells.frame.index)
    return replace(cells, notes=(*cells.notes, *notes))


def inspect(data: bytes, path: str) -> None:
    """Raise for a workbook that would fill the memory: rows beyond a sheet's end, XML that unfolds.

    Raises
    ------
    EvidentiaError
    """
    remedy = "save it again as .xlsx without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            items = book.infolist()
            if sum(item.file_size for item in items) > BYTES or any(map(unfolds, items)):
                raise EvidentiaError(
                    "the workbook unpacks to more than is read",
                    where=path,
                    remedy="keep what the analysis needs",
                )
            for item in items:
                if not item.filename.endswith((".xml", ".rels")):
                    continue
                content = book.read(item)
                if ENTITY.search(content[:4000]):
                    raise EvidentiaError(
                        "the workbook declares entities, as no program writes them", where=path, remedy=remedy
                    )
                beyond = next(
                    (int(found[1]) for found in _ROW.finditer(content) if int(found[1]) > SHEET_ROWS), 0
                )
                if beyond:
                    raise EvidentiaError(
                        f"a sheet has a row {beyond:,}; a spreadsheet ends at {SHEET_ROWS:,}",
                        where=path,
                        remedy="delete the rows below",
                    )
    except EvidentiaError:
        raise
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None


def _damaged(path: str, error: Exception) -> EvidentiaError:
    return EvidentiaError(
        "not an Excel workbook (.xlsx), or a damaged or protected one",
        where=path,
        remedy=f"save it again as .xlsx without a password ({type(error).__name__})",
    )


def _open(data: bytes, path: str, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None


def _rows(values: Any, formulas: Any) -> tuple[list[Row], list[str]]:
    """Return the filled rows with their numbers, percentages as such, and the cells whose formulas have no
    stored value.
    """
    values.reset_dimensions()
    formulas.reset_dimensions()
    rows: list[Row] = []
    uncomputed: list[str] = []
    pairs = zip(values.iter_rows(max_row=SHEET_ROWS), formulas.iter_rows(max_row=SHEET_ROWS), strict=False)
    for number, (shown, written) in enumerate(pairs, start=1):
        cells = [_shown(cell) for cell in shown]
        uncomputed += [
            formula.coordinate
            for formula, cell in zip(written, shown, strict=False)
            if cell.value is None
            and getattr(formula, "data_type", "") == "f"
            and getattr(cell, "data_type", "") != "str"  # "" is a value
        ]
        if any(value is not None for value in cells):
            rows.append((number, cells))
    return rows, uncomputed


def _shown(cell: Any) -> Any:
    """Return what a cell holds; a share that is shown as a percentage, as that percentage, and an id with the
    zeros that are shown before it.
    """
    value = cell.value
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and is_percentage(cell.number_format or "")
    ):
        return as_percentage(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return with_zeros(value, cell.number_format or "")
    return value


def _uncomputed(cells: list[str], path: str) -> list[EvidentiaError]:
    if not cells:
        return []
    shown = ", ".join(cells[:MOST]) + (f" and {len(cells) - MOST} more" if len(cells) > MOST else "")
    return [
        EvidentiaError(
            f"{'a formula has' if len(cells) == 1 else f'{len(cells)} formulas have'} no stored value",
            where=f"{path}, cell{'s' if len(cells) > 1 else ''} {shown}",
            remedy=(
                "open the workbook in Excel or LibreOffice and save it, so that they are computed; or write"
                " the values"
            ),
        )
    ]


def _merged(data: bytes, sheet: str, path: str) -> list[Merged]:
    from python_calamine import CalamineWorkbook

    try:
        page = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet)
        return list(page.merged_cell_ranges or [])
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None
