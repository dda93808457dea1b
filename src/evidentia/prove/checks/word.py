"""Checks of the Word document: pictures described, headings in steps, tables headed, title and language."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

Element = Any
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ABOUT = "{http://purl.org/dc/elements/1.1/}"


def _part(path: Path, name: str) -> Element:
    with zipfile.ZipFile(path) as file:
        return etree.fromstring(file.read(name))


def pictures_described(path: Path) -> tuple[str, list[str]]:
    """Check that each picture has an alternative text."""
    pictures = list(_part(path, "word/document.xml").iter(_PICTURE))
    bare = [picture for picture in pictures if not picture.get("descr", "").strip()]
    return f"{len(pictures)} pictures", [f"{picture.get('name')} has no description" for picture in bare]


def headings_step(path: Path) -> tuple[str, list[str]]:
    """Check that no level of heading is left out."""
    found = []
    for line in _part(path, "word/document.xml").iter(f"{_W}p"):
        style = line.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val", "") if style is not None else ""
        if name.startswith("Heading") and name[7:].isdigit():
            found.append((int(name[7:]), "".join(text.text or "" for text in line.iter(f"{_W}t"))))
    levels = [0, *(level for level, _ in found)]
    faults = [
        f"'{words}' is at level {level}, right below level {before}"
        for before, (level, words) in zip(levels, found, strict=False)
        if level > before + 1
    ]
    return f"{len(found)} headings", faults


def tables_headed(path: Path) -> tuple[str, list[str]]:
    """Check that each table has a title, a header row that repeats, and a first column of headers."""
    faults = []
    tables = list(_part(path, "word/document.xml").iter(f"{_W}tbl"))
    for number, table in enumerate(tables, start=1):
        title = table.find(f"{_W}tblPr/{_W}tblCaption")
        name = title.get(f"{_W}val", "")[:60] if title is not None else f"table {number}"
        look = table.find(f"{_W}tblPr/{_W}tblLook")
        if title is None:
            faults.append(f"{name} has no title")
        if table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is None:
            faults.append(f"{name}: no header row")
        if look is None or look.get(f"{_W}firstColumn") != "1":
            faults.append(f"{name}: its first column names no rows")
    return f"{len(tables)} tables", faults


def described(path: Path, title: str, language: str) -> tuple[str, list[str]]:
    """Check title and language."""
    about = _part(path, "docProps/core.xml")
    said = {"title": title, "language": language}
    faults = [
        f"its {name} is '{about.findtext(f'{_ABOUT}{name}', '')}', not '{value}'"
        for name, value in said.items()
        if about.findtext(f"{_ABOUT}{name}", "") != value
    ]
    return "title, language", faults
