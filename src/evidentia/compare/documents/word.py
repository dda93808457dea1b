"""A Word document as passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidentia.compare.documents.package import Package
from evidentia.compare.documents.passage import Bound, Document, Headings, Passage, table_passages
from evidentia.compare.documents.word_blocks import Blocks, Table
from evidentia.compare.documents.word_runs import Run, current_text, runs


def read_word(path: Path) -> Document:
    """Read a .docx: insertions are read, deletions are not.

    Raises
    ------
    EvidentiaError
        If it is no .docx, is encrypted, broken, or larger than a document.
    """
    package = Package(path)
    return Document(str(path), "docx", list(_Reader(Blocks(package)).passages()), package.remarks())


class _Reader:
    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.headings = Headings()
        self.paragraph = self.tables = self.group = 0
        self.caption = ""

    def passages(self) -> Iterator[Passage]:
        for block in self.blocks:
            self.group += 1
            if isinstance(block, Table):
                self.tables += 1
                yield from self._table(block)
                self.caption = ""
            else:
                self.paragraph += 1
                yield from self._paragraph(block, f"paragraph {self.paragraph}")
        for number, block in enumerate(self.blocks.notes(), start=1):
            self.group += 1
            yield from self._paragraph(block, f"note, paragraph {number}", "note")

    def _paragraph(self, element: Any, place: str, role: str = "") -> Iterator[Passage]:
        found = list(runs(element))
        own, level = self.blocks.role(element)
        text = current_text(found)
        if own == "heading":
            self.headings.put(level, text)
        if own == "caption":
            self.caption = text
        if text.strip():
            yield Passage(
                text,
                place,
                role or own,
                self.headings.above(),
                bound=tuple(_bound(found)),
                group=self.group,
            )
        for run in found:
            if run.mark == "alt":
                yield Passage(run.id, f"{place}, alternative text", "alt", self.headings.above())

    def _table(self, table: Table) -> Iterator[Passage]:
        rows, marks = [], {}
        for number, row in enumerate(table.rows, start=1):
            cells = []
            for position, cell in enumerate(row, start=1):
                found = [run for item in cell for run in [*runs(item), Run(" ")]]
                cells.append(re.sub(r"\s", " ", current_text(found)).rstrip())
                marks[number, position] = tuple(_bound(found))
            rows.append(cells)
        place, above = f"table {self.tables}", self.headings.above()
        yield from table_passages(
            rows, table.heads, place, above, caption=self.caption, marks=marks, group=self.group
        )


def _bound(found: list[Run]) -> Iterator[Bound]:
    """Yield the stretches of content controls, as they stand in the current text."""
    position, start, tag, control = 0, 0, "", ""
    for run in found:
        if run.mark or run.deleted:
            continue
        if (run.tag, run.control) != (tag, control):
            if tag and position > start:
                yield Bound(start, position, tag)
            start, tag, control = position, run.tag, run.control
        position += len(run.text)
    if tag and position > start:
        yield Bound(start, position, tag)
