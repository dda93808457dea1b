"""Data from a sheet of an older Excel workbook (.xls, .xlsb) or of OpenDocument (.ods), read by calamine."""

from __future__ import annotations

import io
import re
import zipfile

from evidentia.core.errors import EvidentiaError
from evidentia.data.cells import Cells
from evidentia.data.limits import BYTES, SHEET_ROWS, check_size
from evidentia.data.sheet_cells import sheet_named, table_of
from evidentia.data.source import Source

_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_PERCENT = re.compile(rb'office:value-type="percentage"')
_MERGED = re.compile(rb'table:number-(?:rows|columns)-spanned="(?!1")\d+"')


def read_other_sheet(data: bytes, sha256: str, path: str, months: set[str], source: Source) -> Cells:
    """Return the cells of one sheet.

    Raises
    ------
    EvidentiaError
        If it is no workbook, the sheet is not there or not named, cells are merged or shown as percentages
        (their format is not read here), or for what `table_of` refuses.
    """
    from python_calamine import CalamineWorkbook

    if path.lower().endswith(".ods"):
        _inspect(data, path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise _damaged(path, error) from None
    name = sheet_named(source.sheet, book.sheet_names, path)
    try:
        sheet = book.get_sheet_by_name(name)
        merged = bool(sheet.merged_cell_ranges) and not path.lower().endswith(".ods")
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
    rows = [(number, values) for number, values in rows if any(value is not None for value in values)]
    return table_of(rows, sha256, path, months, source.header_row)


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
