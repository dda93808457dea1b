"""A Word document in its order: paragraphs and tables, wherever they are nested, with the role of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evidentia.compare.documents.package import Package
from evidentia.compare.documents.word_runs import W, text_boxes

_NESTED = (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}del", f"{W}customXml", f"{W}moveTo", f"{W}moveFrom")
_ROLES = (
    ("caption", re.compile(r"caption", re.IGNORECASE)),
    ("contents", re.compile(r"^(toc|table of|contents \d)", re.IGNORECASE)),
    ("reference", re.compile(r"bibliograph", re.IGNORECASE)),
    ("code", re.compile(r"source ?code|verbatim|preformatted", re.IGNORECASE)),
)
WIDEST = 1_000
"""Columns that one cell may span."""


@dataclass
class Table:
    """A table: its rows of cells, each the paragraphs in it, and how many rows repeat as headings."""

    rows: list[list[list[Any]]] = field(default_factory=list)
    heads: int = 1


class Blocks:
    """The paragraphs and tables of a Word document.

    Parameters
    ----------
    package : Package
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        root = package.xml(package.main)
        self.body = root.find(f"{W}body") if root is not None else None

    def __iter__(self) -> Iterator[Any]:
        """Yield each paragraph (an element) and each `Table` of the body."""
        if self.body is not None:
            yield from self._in(self.body)

    def _in(self, element: Any) -> Iterator[Any]:
        for child in element:
            if child.tag == f"{W}p":
                yield child
                yield from text_boxes(child)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif child.tag in _NESTED:
                yield from self._in(child)

    def notes(self) -> Iterator[Any]:
        """Yield the paragraphs of footnotes and endnotes."""
        for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
            root = self.package.xml(self.package.related(kind))
            for note in root.iter(f"{W}{tag}") if root is not None else ():
                if note.get(f"{W}type") in (None, "normal"):
                    yield from note.iter(f"{W}p")

    def _table(self, element: Any) -> Table:
        found, heads = Table(), 0
        for row in element.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not element:
                continue  # of a table in a cell
            cells: list[list[Any]] = []
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is row:
                    self._put(cells, cell, found.rows)
            heads += row.find(f"{W}trPr/{W}tblHeader") is not None
            found.rows.append(cells)
        found.heads = heads or 1
        return found

    @staticmethod
    def _put(cells: list[list[Any]], cell: Any, above: list[list[list[Any]]]) -> None:
        """Add a cell to a row, as often as it spans columns; one that goes on from above is that of above."""
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        paragraphs = list(cell.iter(f"{W}p"))
        if merged is not None and merged.get(f"{W}val") != "restart" and above:
            position = len(cells)
            paragraphs = above[-1][position] if position < len(above[-1]) else paragraphs
        times = span.get(f"{W}val", "1") if span is not None else "1"
        cells.extend([paragraphs] * (min(int(times), WIDEST) if times.isdigit() else 1))

    def role(self, paragraph: Any) -> tuple[str, int]:
        """Return a paragraph's role and, of a heading, its level."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        name, level = self._styles.get(style.get(f"{W}val", "") if style is not None else "", ("", 0))
        if outline is not None and outline.get(f"{W}val", "").isdigit():
            level = int(outline.get(f"{W}val")) + 1
        for role, pattern in _ROLES:
            if pattern.search(name):
                return role, 0
        return ("heading", level) if 0 < level < 10 else ("text", 0)

    @cached_property
    def _styles(self) -> dict[str, tuple[str, int]]:
        """The name of each style and the level of heading that it gives."""
        root = self.package.xml(self.package.related("styles"))
        found = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            named, outline = style.find(f"{W}name"), style.find(f"{W}pPr/{W}outlineLvl")
            name = (named.get(f"{W}val") or "") if named is not None else ""
            heading = re.fullmatch(r"(?:heading|title)\s*(\d?)", name, re.IGNORECASE)
            level = int(heading[1] or 1) if heading else 0
            if not level and outline is not None and (outline.get(f"{W}val") or "").isdigit():
                level = int(outline.get(f"{W}val")) + 1
            found[style.get(f"{W}styleId", "")] = (name, level)
        return found
