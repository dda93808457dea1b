"""Data from a sheet of an older Excel workbook (.xls) or of OpenDocument (.ods): values by calamine, the
formats of an .xls by xlrd.
"""

from __future__ import annotations

import io
import re
import zipfile

from evidentia.core.errors import EvidentiaError
from evidentia.data.cells import Cells
from evidentia.data.limits import BYTES, SHEET_ROWS, check_size
from evidentia.data.sheet_cells import as_percentage, is_percentage, sheet_named, table_of
from evidentia.data.source import Source

_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_PERCENT = re.compile(rb'office:value-type="percentage"')
_MERGED = re.compile(rb'table:number-(?:rows|columns)-spanned="(?!1")\d+"')


def read_other_sheet(data: bytes, sha256: str, path: str, months: set[str], source: Source) -> Cells:
    """Return the cells of one sheet.

    Raises
    ------
    EvidentiaError
        If it is no workbook, the sheet is not there or not named, cells are merged or, in an .ods, shown as
        percentages, or for what `table_of` refuses.
    """
    from python_calamine import CalamineWorkbook

    is_excel = not path.lower().endswith(".ods")
    if not is_excel:
        _inspect(data, path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None
    name = sheet_named(source.sheet, book.sheet_names, path)
    try:
        sheet = book.get_sheet_by_name(name)
        merged = bool(sheet.merged_cell_ranges) and is_excel
        check_size(sheet.total_height, sheet.total_width, path)
        rows = [
            (number, [None if value == "" else value for value in values])
            for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        ]
    except EvidentiaError:
        raise
    except Exception as error:
        raise _damaged(path, error) from None
    if merged:
        raise _unlike(
            "cells are merged, and only the first holds the value", path, "unmerge them and fill each cell"
        )
    for (row, column), text in (_percentages(data, name, path) if is_excel else {}).items():
        if row < len(rows) and column < len(rows[row][1]):
            rows[row][1][column] = text
    rows = [(number, values) for number, values in rows if any(value is not None for value in values)]
    return table_of(rows, sha256, path, months, source.header_row)


def _percentages(data: bytes, sheet: str, path: str) -> dict[tuple[int, int], str]:
    """Return the cells of an .xls that are shown as percentages, by row and column from 0.

    calamine reads no number formats; without them 0.115 and 11.5% are one value.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        page = book.sheet_by_name(sheet)
        shares = {
            place
            for place, style in enumerate(book.xf_list)
            if is_percentage(book.format_map[style.format_key].format_str)
        }
        return {
            (row, column): as_percentage(cell.value)
            for row in range(page.nrows)
            for column, cell in enumerate(page.row(row))
            if cell.xf_index in shares and cell.ctype == xlrd.XL_CELL_NUMBER
        }
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None


def _inspect(data: bytes, path: str) -> None:
    """Raise for an OpenDocument sheet that would fill the memory, or whose cells say more than is read of
    them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            item = book.getinfo("content.xml")
            if item.file_size > BYTES:
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
    if any(int(found[1]) > SHEET_ROWS for found in _REPEATED.finditer(content) if len(found[1]) > 6):
        raise EvidentiaError(
            "a sheet repeats cells beyond its end", where=path, remedy="delete the rows below the table"
        )
    if _PERCENT.search(content):
        raise _unlike(
            "cells are shown as percentages, a format that is not read from .ods",
            path,
            "write them as numbers, or save as .xlsx",
        )
    if _MERGED.search(content):
        raise _unlike(
            "cells are merged, and only the first holds the value", path, "unmerge them and fill each cell"
        )


def _unlike(what: str, path: str, remedy: str) -> EvidentiaError:
    return EvidentiaError(what, where=path, remedy=remedy)


def _damaged(path: str, error: BaseException) -> EvidentiaError:
    return EvidentiaError(
        "not a workbook that can be read, or a damaged or protected one",
        where=path,
        remedy=f"save it again as .xlsx without a password ({type(error).__name__})",
    )
