"""Data from a sheet of an older Excel workbook (.xls) or of OpenDocument (.ods): values by calamine; what it
does not tell (percentages, errors) by xlrd and from the document itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.data.archive import unfolds
from evidentia.data.cells import Cells
from evidentia.data.hidden import notes_on_hidden
from evidentia.data.limits import SHEET_ROWS, check_size
from evidentia.data.opendocument import Special, special_cells
from evidentia.data.sheet_cells import (
    ENTITY,
    Merged,
    as_percentage,
    is_percentage,
    refuse_merged,
    sheet_named,
    table_of,
    with_zeros,
)
from evidentia.data.source import Source

_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')


def read_other_sheet(data: bytes, sha256: str, path: str, months: set[str], source: Source) -> Cells:
    """Return the cells of one sheet.

    Raises
    ------
    EvidentiaError
        If it is no workbook, the sheet is not there or not named, cells are merged, or for what `table_of`
        refuses.
    """
    from python_calamine import CalamineWorkbook

    content = _content(data, path) if path.lower().endswith(".ods") else b""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None
    name = sheet_named(source.sheet, book.sheet_names, path)
    try:
        sheet = book.get_sheet_by_name(name)
        check_size(sheet.total_height, sheet.total_width, path)
        rows = [
            (number, [None if value == "" else value for value in values])
            for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        ]
        if content:
            special = special_cells(content, name, len(rows), max(map(len, [[], *(row for _, row in rows)])))
        else:
            special = _special_of_excel(data, name, list(sheet.merged_cell_ranges or []))
    except EvidentiaError:
        raise
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None
    for (row, column), value in special.cells.items():
        if row < len(rows) and column < len(rows[row][1]):
            rows[row][1][column] = value
    rows = [(number, values) for number, values in rows if any(value is not None for value in values)]
    cells = table_of(rows, sha256, path, months, source)
    refuse_merged(special.merged, path, cells)
    notes = notes_on_hidden(path, special.rows, special.columns, list(cells.frame.columns), cells.frame.index)
    return replace(cells, notes=(*cells.notes, *notes))


def _special_of_excel(data: bytes, sheet: str, merged: list[Merged]) -> Special:
    """Return the cells of an .xls that are shown as percentages, as errors or with zeros before them, and
    what is hidden.

    calamine reads no number formats, without which 0.115 and 11.5% are one value, and gives nothing for an
    error.
    """
    import xlrd

    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    page = book.sheet_by_name(sheet)
    shares = {
        place
        for place, style in enumerate(book.xf_list)
        if is_percentage(book.format_map[style.format_key].format_str)
    }
    padded = {place: book.format_map[style.format_key].format_str for place, style in enumerate(book.xf_list)}
    found: dict[tuple[int, int], Any] = {}
    for row in range(page.nrows):
        for column, cell in enumerate(page.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                found[row, column] = xlrd.error_text_from_code.get(cell.value, "#VALUE!")
            elif cell.xf_index in shares and cell.ctype == xlrd.XL_CELL_NUMBER:
                found[row, column] = as_percentage(cell.value)
            elif cell.ctype == xlrd.XL_CELL_NUMBER and cell.value.is_integer():
                shown = with_zeros(int(cell.value), padded[cell.xf_index])
                if isinstance(shown, str):
                    found[row, column] = shown
    rows = [row + 1 for row, about in page.rowinfo_map.items() if about.hidden]
    columns = [column + 1 for column, about in page.colinfo_map.items() if about.hidden]
    return Special(found, merged, sorted(rows), sorted(columns))


def _content(data: bytes, path: str) -> bytes:
    """Return the cells of an OpenDocument sheet, or raise for one that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            item = book.getinfo("content.xml")
            if unfolds(item):
                raise EvidentiaError(
                    "the workbook unpacks to more than is read",
                    where=path,
                    remedy="keep what the analysis needs",
                )
            content = book.read(item)
    except EvidentiaError:
        raise
    except Exception as error:
        raise _damaged(path, error) from None
    if ENTITY.search(content[:4000]):
        raise EvidentiaError(
            "the workbook declares entities, as no program writes them",
            where=path,
            remedy="save it again without a password",
        )
    if any(int(found[1]) > SHEET_ROWS for found in _REPEATED.finditer(content) if len(found[1]) > 6):
        raise EvidentiaError(
            "a sheet repeats cells beyond its end", where=path, remedy="delete the rows below the table"
        )
    return content


def _damaged(path: str, error: BaseException) -> EvidentiaError:
    return EvidentiaError(
        "not a workbook that can be read, or a damaged or protected one",
        where=path,
        remedy=f"save it again as .xlsx without a password ({type(error).__name__})",
    )
