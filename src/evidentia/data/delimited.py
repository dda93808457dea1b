"""Cells of a text file: CSV and its relatives, in the encoding and with the signs that config.yaml or the
dialect name.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.text import LONGEST, decoded, forbidden
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
from evidentia.data.limits import COLUMNS, check_size
from evidentia.data.source import TWO_ROWS, Source

_SEPARATORS = ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"))


def read_delimited(data: bytes, sha256: str, path: str, source: Source) -> Cells:
    """Return the cells of a text file; rows count as a spreadsheet shows them, blank ones too."""
    text = _text(data, path, source.encoding)
    if not text.strip():
        raise EvidentiaError("the file is empty", where=path, remedy="give a header and at least one row")
    tabs = path.lower().endswith((".tsv", ".tab"))
    options: dict[str, Any] = {
        "delimiter": source.delimiter.replace("\\t", "\t") or ("\t" if tabs else ","),
        "quotechar": source.quote or '"',
        "escapechar": source.escape or None,
    }
    reader = csv.reader(io.StringIO(text), **options)
    try:
        head = [
            (number, row)
            for number, row in enumerate(itertools.islice(reader, max(LOOK, source.header_row)), start=1)
            if any(row)
        ]
    except csv.Error as error:
        raise EvidentiaError(
            f"not a CSV table: {error}", where=path, remedy="check the quotation marks"
        ) from None
    comment = source.comment
    head = [(number, row) for number, row in head if not comment or not row[0].startswith(comment)]
    try:
        top, cells = find_header(head, source.header_row, path)
    except EvidentiaError:
        _separated(head[0][1] if len(head[0][1]) == 1 else [], path, head[0][0])
        raise
    below = row_below(head, top)
    header = with_options(cells, below) if source.format in TWO_ROWS else names_of(cells)
    if len(header) > COLUMNS:
        check_size(1, len(header), path)
    _separated(cells, path, top)
    check_header(header, f"{path}, row {top}", below)
    frame, notes = _body(text, path, options, top, len(header), comment)
    frame.columns = pd.Index(header)
    if (
        max(map(len, text.split("\n"))) > LONGEST or text.count("\n") > len(frame) + top
    ):  # a cell with line breaks may be long without a long line
        raise_all(_long_cells(frame, path))
    left = [LeftOut("lines of title above the table", [number for number, _ in head if number < top]), *notes]
    return Cells(frame, sha256, top, tuple(item for item in left if item.rows))


def _text(data: bytes, path: str, encoding: str) -> str:
    """Return the file's text, in the encoding that is named, or that its first bytes name, or UTF-8."""
    if not encoding and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    if encoding:
        try:
            text = data.decode(codecs.lookup(encoding).name).removeprefix("\ufeff")
        except LookupError:
            raise EvidentiaError(
                f"the encoding '{encoding}' is not known", where=path, remedy="write utf-8, cp1252 or utf-16"
            ) from None
        except UnicodeDecodeError as error:
            raise EvidentiaError(
                f"the file is not written in {encoding} (byte {error.start})",
                where=path,
                remedy="correct 'encoding'",
            ) from None
        found = forbidden(text)
        if found:
            line = text.count("\n", 0, found[0]) + 1
            raise EvidentiaError(
                f"the file holds {found[1]}",
                where=f"{path}, line {line}",
                remedy="take it out, or correct 'encoding'",
            )
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return decoded(
        data,
        path,
        'save it as CSV UTF-8, or name its encoding in config.yaml (Excel\'s "CSV" is mostly encoding:'
        " cp1252)",
    )


def _separated(cells: Any, path: str, top: int) -> None:
    """Raise where the names of the columns are plainly parted by another sign."""
    if len(cells) != 1:
        return
    for sign, name in _SEPARATORS:
        if sign in cells[0]:
            shown = "\\t" if sign == "\t" else sign
            raise EvidentiaError(
                f"the columns are separated by {name}",
                where=f"{path}, row {top}",
                remedy=f'save it as CSV with commas, or say delimiter: "{shown}" in config.yaml',
            )


def _body(
    text: str, path: str, options: dict[str, Any], top: int, columns: int, comment: str
) -> tuple[pd.DataFrame, list[LeftOut]]:
    """Return the cells below the header, indexed by their rows, and what was left out."""
    last, left = None, []
    if comment or not _even(text, options, columns):
        last, notes = _lengths(text, path, options, top, columns)
        left.append(LeftOut("notes below the table", notes))
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            header=None,
            names=range(columns),
            index_col=False,
            skiprows=top,
            nrows=None if last is None else last - top,
            skip_blank_lines=False,
            sep=options["delimiter"],
            quotechar=options["quotechar"],
            escapechar=options["escapechar"],
        ).fillna("")
    except pd.errors.EmptyDataError:
        frame = pd.DataFrame(columns=range(columns), dtype=str)
    except pd.errors.ParserError as error:
        open_since = re.search(r"EOF inside string starting at row (\d+)", str(error))
        where = f"{path}, row {int(open_since[1]) + top + 1}" if open_since else path
        what = "a quotation mark is not closed" if open_since else f"not a CSV table: {str(error).strip()}"
        raise EvidentiaError(what, where=where, remedy="close it, or double it inside a cell") from None
    frame.index = pd.RangeIndex(top + 1, len(frame) + top + 1, name="row")
    check_size(len(frame), columns, path)
    if comment and len(frame):
        said = frame[0].str.startswith(comment)
        left.append(LeftOut("comments", list(frame.index[said])))
        frame = frame[~said]
    return frame, left


def _even(text: str, options: dict[str, Any], columns: int) -> bool:
    """Tell whether the signs between cells are as many as a table without a longer or shorter row has."""
    quote = options["quotechar"]
    if quote in text:
        text = re.sub(f"{re.escape(quote)}[^{re.escape(quote)}\n]*{re.escape(quote)}", "", text)
    lines = text.count("\n") + (not text.endswith("\n"))
    return quote not in text and text.count(options["delimiter"]) == lines * (columns - 1)


def _lengths(text: str, path: str, options: dict[str, Any], top: int, columns: int) -> tuple[int, list[int]]:
    """Return the table's last row and the rows of notes below it, or raise for rows longer or shorter than
    the header.
    """
    rows = [
        (number, row)
        for number, row in enumerate(csv.reader(io.StringIO(text), **options), start=1)
        if number > top and any(row)
    ]
    _closed(rows, text, path, options)
    notes = notes_below(rows[-LOOK:], columns)
    body = rows[: len(rows) - notes]
    for number, row in body:
        if len(row) < columns:
            raise EvidentiaError(
                f"a row has {len(row)} cell{'s' * (len(row) != 1)}, fewer than the header's {columns}",
                where=f"{path}, row {number}",
                remedy=(
                    "give every row as many cells as the header, and take out notes that look like records;"
                    " for rows above the table see header_row"
                ),
            )
        if len(row) > columns and any(cell.strip() for cell in row[columns:]):
            refuse_two_rows(top, number, row, path)
            raise EvidentiaError(
                f"not a CSV table: a row has {len(row)} cells, more than the header's {columns}",
                where=f"{path}, row {number}",
                remedy=(
                    "give every row as many cells as the header; a comma inside a cell needs quotation marks"
                ),
            )
    return body[-1][0] if body else top, [number for number, _ in rows[len(rows) - notes :]]


def _closed(rows: list[tuple[int, list[str]]], text: str, path: str, options: dict[str, Any]) -> None:
    """Raise for a quotation mark that is not closed: its cell takes in all rows below, and looks like a
    note.
    """
    last = rows[-1][1][-1] if rows else ""
    if "\n" not in last and options["delimiter"] not in last:
        return
    try:
        for _ in csv.reader(io.StringIO(text), **options, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise EvidentiaError(
                "a quotation mark is not closed, and its cell takes in all rows below",
                where=f"{path}, row {rows[-1][0]}",
                remedy="close it, or double it inside a cell",
            ) from None


def _long_cells(frame: pd.DataFrame, path: str) -> list[EvidentiaError]:
    """Return a fault for each column with a cell that a spreadsheet cannot hold."""
    faults = []
    for name in frame.columns:
        long = frame.index[frame[name].str.len() > LONGEST]
        if len(long):
            where = f"{path}, row {long[0]}, column {name}"
            remedy = "shorten it, or check the quotation marks"
            faults.append(
                EvidentiaError(f"a cell has more than {LONGEST:,} characters", where=where, remedy=remedy)
            )
    return faults
