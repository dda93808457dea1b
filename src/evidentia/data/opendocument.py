"""What the cells of an OpenDocument sheet (.ods) say beside their values: percentages, truth, errors, merged
cells.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from evidentia.data.sheet_cells import ERRORS, Merged, as_percentage

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SHEET, _ROW = f"{_TABLE}table", f"{_TABLE}table-row"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERED = re.compile(r"Err:\d+")  # LibreOffice's other errors


def special_cells(
    content: bytes, sheet: str, height: int, width: int
) -> tuple[dict[tuple[int, int], Any], list[Merged]]:
    """Return the cells whose kind matters, by row and column from 0, and the ranges that are merged.

    calamine gives a percentage as its share, and nothing for an error.

    Parameters
    ----------
    content : bytes
        ``content.xml`` of the workbook.
    sheet : str
    height, width : int
        Of the sheet; cells that are repeated beyond it hold nothing.
    """
    found: dict[tuple[int, int], Any] = {}
    merged: list[Merged] = []
    row = 0
    for element in _rows(content, sheet):
        rows = _count(element, "number-rows-repeated")
        column = 0
        for cell in element.iterchildren(*_CELLS):
            columns = _count(cell, "number-columns-repeated")
            value = _special(cell)
            if value is not None:
                found |= {
                    (down, across): value
                    for down in range(row, min(row + rows, height))
                    for across in range(column, min(column + columns, width))
                }
            high, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if max(high, wide) > 1:
                merged.append(((row, column), (row + high - 1, column + wide - 1)))
            column += columns
        row += rows
    return found, merged


def _rows(content: bytes, sheet: str) -> Iterator[Any]:
    """Yield the rows of one sheet; each is emptied afterwards, so that large sheets need little memory."""
    from lxml import etree

    here = False
    walk = etree.iterparse(
        io.BytesIO(content), ("start", "end"), tag=(_SHEET, _ROW), resolve_entities=False, no_network=True
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
