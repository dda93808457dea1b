"""Rows and columns that a sheet hides, by hand or by a filter: they are read, and somebody may not know that
they are there.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_NUMBER = re.compile(rb'\b(r|min|max)="(\d+)"')
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def hidden_in(data: bytes, sheet: str) -> tuple[list[int], list[int]]:
    """Return the rows and the columns of a sheet of an .xlsx that are hidden, counted from 1; nothing for a
    workbook that is put together in another way.

    Parameters
    ----------
    data : bytes
        A workbook that has been found to be one, without entities.
    sheet : str
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        try:
            ids = {
                item.get("name"): item.get(_ID)
                for item in ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
                if item.tag.endswith("}sheet")
            }
            targets = {
                item.get("Id"): item.get("Target", "")
                for item in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels")).iter()
            }
            content = book.read(posixpath.join("xl", targets[ids[sheet]]).lstrip("/"))
        except (KeyError, ElementTree.ParseError):
            return [], []
    rows = [int(known[b"r"]) for known in map(_numbers, _ROW.findall(content)) if b"r" in known]
    columns = [
        place
        for known in map(_numbers, _COLUMN.findall(content))
        if {b"min", b"max"} <= set(known)
        for place in range(int(known[b"min"]), int(known[b"max"]) + 1)
    ]
    return rows, columns


def _numbers(tag: bytes) -> dict[bytes, bytes]:
    return dict(_NUMBER.findall(tag))


def notes_on_hidden(
    path: str, rows: Iterable[int], columns: Iterable[int], names: list[str], there: Iterable[int]
) -> list[str]:
    """Return what to say of rows and columns that are hidden and were read.

    Parameters
    ----------
    path : str
    rows, columns : iterable of int
        That are hidden, counted from 1.
    names : list of str
        Of the columns that were read.
    there : iterable of int
        Rows that were read.
    """
    read = set(there)
    inside = [row for row in rows if row in read]
    covered = [names[place - 1] for place in columns if place <= len(names)]
    notes = []
    if inside:
        notes.append(
            f"{path}: rows that the sheet hides, by hand or by a filter, are read too (the first is row"
            f" {inside[0]}); if they are not meant, say which are (where), or save the sheet without them"
        )
    if covered:
        notes.append(f"{path}: columns that the sheet hides are read too: {', '.join(covered)}")
    return notes
