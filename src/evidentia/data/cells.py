"""The cells of a data file as text, whatever its format, so that one set of checks serves all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.package import Schema
from evidentia.data.text import LONGEST, read_text

_LONG_LINE = re.compile(rf"[^\n]{{{LONGEST + 1}}}")
OTHERS = {
    ".xls": "the old Excel format is not read", ".xlsb": "binary workbooks are not read", ".ods": "OpenDocument sheets are not read",
    ".numbers": "Numbers sheets are not read", ".feather": "Feather files are not read", ".sav": "SPSS files are not read",
    ".dta": "Stata files are not read", ".json": "JSON is not read as a table",
}  # fmt: skip
"""Endings of files that people may try, and what to say."""


@dataclass(frozen=True)
class Cells:
    """All cells of a file as text.

    Attributes
    ----------
    frame : pandas.DataFrame
        Texts, empty where the file has nothing; indexed by the row as the file counts it.
    sha256 : str
        Hash of the bytes that were read.
    header : str
        Where the names of the columns stand, to follow the path in a message.
    """

    frame: pd.DataFrame
    sha256: str
    header: str = ", row 1"


def read_cells(file: Path, path: str, schema: Schema | None) -> Cells:
    """Read a file after its ending: .parquet, .xlsx, and CSV for any other.

    Parameters
    ----------
    file : Path
    path : str
        As named in the evaluation folder, for messages.
    schema : Schema, optional
        Names the sheet of a workbook, and tells months from days where the file stores dates.
    """
    ending = file.suffix.lower()
    if ending in OTHERS:
        raise EvidentiaError(OTHERS[ending], where=path, remedy="save it as CSV UTF-8, as .xlsx or as .parquet")
    if ending in (".parquet", ".pq"):
        from evidentia.data.parquet import read_parquet

        return read_parquet(file, path, schema)
    if ending in (".xlsx", ".xlsm"):
        from evidentia.data.workbook import read_sheet

        return read_sheet(file, path, schema)
    return _csv(file, path)


def check_header(header: list[str], where: str) -> None:
    """Raise for a column without a name, or two with the same."""
    for place, name in enumerate(header, start=1):
        if name in ("", "nan"):
            raise EvidentiaError("a column has no name", where=f"{where}, column {place}", remedy="name it")
        if header.count(name) > 1:
            raise EvidentiaError(f"two columns are named '{name}'", where=where, remedy="rename one")


def months_of(schema: Schema | None) -> set[str]:
    """Return the columns that hold months; a format that knows only dates stores them as the first day."""
    return {field.name for field in schema.fields if field.type == "yearmonth"} if schema else set()


def _csv(file: Path, path: str) -> Cells:
    """Return the cells of a CSV file."""
    text, hashed = read_text(file, path)
    try:
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False, header=None, skip_blank_lines=True)
    except pd.errors.EmptyDataError:
        raise EvidentiaError("the file is empty", where=path, remedy="give a header and at least one row") from None
    except pd.errors.ParserError as error:
        open_since = re.search(r"EOF inside string starting at row (\d+)", str(error))
        if open_since:
            where = f"{path}, row {int(open_since[1]) + 1}"
            raise EvidentiaError("a quotation mark is not closed", where=where, remedy="close it, or double it inside a cell") from None
        raise EvidentiaError(
            f"not a CSV table: {str(error).strip()}", where=path, remedy="give every row as many cells as the header"
        ) from None
    header = [str(name).strip() for name in frame.iloc[0]]
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            raise EvidentiaError(f"the columns are separated by {name}", where=f"{path}, row 1", remedy="save it as CSV with commas")
    check_header(header, f"{path}, row 1")
    if len(frame) == 1:
        raise EvidentiaError("the file has a header and no rows", where=path, remedy="give at least one row")
    frame = frame.iloc[1:].copy()
    frame.columns = pd.Index(header)
    frame.index = pd.RangeIndex(2, len(frame) + 2, name="row")
    if text.count(",") != (len(frame) + 1) * (len(header) - 1):
        _check_lengths(text, len(header), path)
    if _LONG_LINE.search(text) or text.count("\n") > len(frame) + 1:  # a cell with line breaks may be long without a long line
        raise_all(_long_cells(frame, path))
    return Cells(frame, hashed)


def _long_cells(frame: pd.DataFrame, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each column with a cell that a spreadsheet cannot hold."""
    for name in frame.columns:
        long = frame.index[frame[name].str.len() > LONGEST]
        if len(long):
            yield EvidentiaError(
                f"a cell has more than {LONGEST:,} characters",
                where=f"{path}, row {long[0]}, column {name}",
                remedy="shorten it, or check the quotation marks",
            )


def _check_lengths(text: str, columns: int, path: str) -> None:
    """Raise for a row with fewer cells than the header, which pandas would fill with empty ones."""
    rows = (cells for cells in csv.reader(io.StringIO(text)) if cells)
    for number, cells in enumerate(rows, start=1):
        if len(cells) < columns:
            raise EvidentiaError(
                f"a row has {len(cells)} cells, fewer than the header's {columns}",
                where=f"{path}, row {number}",
                remedy="give every row as many cells as the header",
            )
