"""What the cells of an OpenDocument sheet (.ods) say beside their values: percentages, truth, errors, merged
cells.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evidentia.data.sheet_cells import ERRORS, Merged, as_percentage

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SHEET, _COLUMN, _ROW = f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERED = re.compile(r"Err:\d+")  # LibreOffice's other errors


@dataclass(frozen=True)
class Special:
    """What calamine does not tell of a sheet.

    Attributes
    ----------
    cells : dict of (int, int) to value
        Percentages, truth and errors, by row and column from 0.
    merged : list of Merged
    rows, columns : list of int
        That the sheet hides, counted from 1.
    """

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


def special_cells(content: bytes, sheet: str, height: int, width: int) -> Special:
    """Return the cells whose kind matters, the ranges that are merged, and what is hidden.

    calamine gives a percentage as its share, and nothing for an error.

    Parameters
    ----------
    content : bytes
        ``content.xml`` of the workbook.
    sheet : str
    height, width : int
        Of the sheet; cells that are repeated beyond it hold nothing.
    """
    found = Special()
    row = across_all = 0
    for element in _parts(content, sheet):
        if element.tag == _COLUMN:
            columns = _count(element, "number-columns-repeated")
            if _hidden(element):
                found.columns.extend(range(across_all + 1, min(across_all + columns, width) + 1))
            across_all += columns
            continue
        rows = _count(element, "number-rows-repeated")
        if _hidden(element):
            found.rows.extend(range(row + 1, min(row + rows, height) + 1))
        column = 0
        for cell in element.iterchildren(*_CELLS):
            columns = _count(cell, "number-columns-repeated")
            value = _special(cell)
            if value is not None:
                found.cells.update(
                    ((down, across), value)
                    for down in range(row, min(row + rows, height))
                    for across in range(column, min(column + columns, width))
                )
            high, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if max(high, wide) > 1:
                found.merged.append(((row, column), (row + high - 1, column + wide - 1)))
            column += columns
        row += rows
    return found


def _hidden(element: Any) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _parts(content: bytes, sheet: str) -> Iterator[Any]:
    """Yield the columns and rows of one sheet; each is emptied afterwards, so that large sheets need little
    memory.
    """
    from lxml import etree

    here = False
    walk = etree.iterparse(
        io.BytesIO(content),
        ("start", "end"),
        tag=(_SHEET, _COLUMN, _ROW),
        resolve_entities=False,
        no_network=True,
    )
    for event, element in walk:
        if element.tag == _SHEET:
            here = event == "start" and element.get(f"{_TABLE}name") == sheet
        elif event == "end":
            if here:
                yield element
            element.clear()


def _count(element: Any, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}", "1"))


def _special(cell: Any) -> Any:
    """Return what a cell shows where that is a percentage, true or false, or an error."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "percentage":
        return as_percentage(float(cell.get(f"{_OFFICE}value")))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    is_error = cell.get(f"{_CALC}value-type") == "error"
    if not is_error and cell.get(f"{_TABLE}formula") is None:
        return None
    text = "".join(cell.itertext()).strip()
    if text in ERRORS:
        return text
    return "#VALUE!" if is_error or _NUMBERED.fullmatch(text) else None
