"""A PDF as passages: by its tags where Evidentia made it, else by where its words stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from evidentia.compare.documents.passage import Document, Headings, Passage, table_passages
from evidentia.compare.documents.pdf_layout import layout_passages
from evidentia.core.errors import EvidentiaError
from evidentia.core.pdf_piece import Piece
from evidentia.core.pdf_text import FinishedPdf

_HEADING = re.compile(r"H([1-6])")
_ROLES = {"TOC": "contents", "TOCI": "contents", "Caption": "caption", "Note": "note", "Code": "code"}
_SCREEN = ("Figure", "Formula")


def read_pdf(path: Path) -> Document:
    """Read a PDF. Words in pictures are not read; what is said for a picture is, in a tagged PDF.

    Raises
    ------
    EvidentiaError
        If it is no PDF, is encrypted, or has more pages than a report.
    """
    try:
        pdf = FinishedPdf(path)
        own = pdf.attachment("numbers.json") is not None
    except EvidentiaError as fault:
        remedy = (
            fault.remedy if "Evidentia made" not in fault.remedy else "open it, and print it to a PDF anew"
        )
        raise EvidentiaError(fault.what, where=fault.where, remedy=remedy) from None
    found = _Tagged(list(pdf.pieces())).passages() if own else layout_passages(path)
    return Document(str(path), "pdf", list(_over_pages(found)))


def _over_pages(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Yield the passages; a paragraph that goes on over the page is one."""
    open_: Passage | None = None
    between: list[Passage] = []
    for passage in passages:
        goes_on = (
            open_ is not None
            and passage.page == open_.page + 1
            and passage.role == "text"
            and re.match(r"[a-z(\d%]", passage.text)
        )
        if open_ is not None and goes_on:
            yield replace(
                open_, text=f"{open_.text} {passage.text}", place=f"pages {open_.page} and {passage.page}"
            )
            yield from between
            open_, between = None, []
        elif passage.role == "text" and not re.search(r"[.!?:][\"”’)\]\d]*$", passage.text):
            if open_ is not None:
                yield from (open_, *between)
            open_, between = passage, []
        elif open_ is not None and passage.role in ("margin", "note") and passage.page <= open_.page + 1:
            between.append(passage)
        else:
            if open_ is not None:
                yield from (open_, *between)
            open_, between = None, []
            yield passage
    if open_ is not None:
        yield from (open_, *between)


class _Tagged:
    """The pieces of a tagged PDF, put together again as the blocks in which they stood."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = [piece for piece in pieces if piece.role in ("text", "alt") and not _is_mark(piece)]
        self.headings = Headings()
        self.tables = 0
        self.caption = ""

    def passages(self) -> Iterator[Passage]:
        for table, pieces in groupby(self.pieces, _table_of):
            if table:
                self.tables += 1
                yield from self._table(list(pieces), table)
            else:
                blocks: dict[int, list[Piece]] = {}
                for piece in pieces:  # a note stands within its paragraph, which goes on behind it
                    blocks.setdefault(_block_of(piece), []).append(piece)
                for block in blocks.values():
                    yield from self._block(block)

    def _block(self, pieces: list[Piece]) -> Iterator[Passage]:
        place = f"page {pieces[0].page}"
        tags = [tag for tag, _ in pieces[0].blocks]
        for piece in pieces:
            if piece.role == "alt":
                yield Passage(
                    piece.text, f"{place}, alternative text", "alt", self.headings.above(), page=piece.page
                )
        text = _joined(piece for piece in pieces if piece.role == "text")
        if not text or any(tag in _SCREEN for tag in tags):
            return
        heading = _HEADING.fullmatch(tags[-1]) if tags else None
        role = next((_ROLES[tag] for tag in reversed(tags) if tag in _ROLES), "text")
        if heading:
            self.headings.put(int(heading[1]), text)
            role = "heading"
        if role == "caption":
            self.caption = text
        group = pieces[0].blocks[-1][1] if pieces[0].blocks else 0
        yield Passage(text, place, role, self.headings.above(), page=pieces[0].page, group=group)

    def _table(self, pieces: list[Piece], table: int) -> Iterator[Passage]:
        title = _joined(piece for piece in pieces if _has(piece, "Caption"))
        if title:
            self.caption = title
        body = [piece for piece in pieces if _number_of(piece, "TR")]
        rows, heads, page = [], 0, pieces[0].page
        for _, line in groupby(body, lambda piece: _number_of(piece, "TR")):
            items = list(line)
            cells = groupby(items, lambda piece: _number_of(piece, "TD", "TH"))
            rows.append([_joined(cell) for _, cell in cells])
            only_heads = _has(items[0], "THead") or not any(_has(item, "TD") for item in items)
            heads += only_heads and heads == len(rows) - 1
        widest = max(map(len, rows), default=0)
        rows = [_spread(row, widest) if number < heads else row for number, row in enumerate(rows)]
        place = f"page {page}, table {self.tables}"
        above = self.headings.above()
        if title:
            yield Passage(title, place, "caption", above, page=page, group=table)
        yield from table_passages(rows, heads, place, above, caption=self.caption, page=page, group=table)


def _is_mark(piece: Piece) -> bool:
    """Tell whether a piece is the mark of a note."""
    return piece.target.startswith("fn") and piece.text.strip().isdigit()


def _joined(pieces: Iterator[Piece]) -> str:
    return re.sub(r"\s+", " ", "".join(piece.text for piece in pieces)).strip()


def _number_of(piece: Piece, *tags: str) -> int:
    """Return the number of the innermost block with one of some tags; 0 if there is none."""
    return next((number for tag, number in reversed(piece.blocks) if tag in tags), 0)


def _table_of(piece: Piece) -> int:
    return _number_of(piece, "Table")


def _block_of(piece: Piece) -> int:
    return piece.blocks[-1][1] if piece.blocks else 0


def _has(piece: Piece, tag: str) -> bool:
    return any(own == tag for own, _ in piece.blocks)


def _spread(row: list[str], widest: int) -> list[str]:
    """Return a row of headings that each span as many columns, with each as often as it spans."""
    if 1 < len(row) < widest and (widest - 1) % (len(row) - 1) == 0:
        times = (widest - 1) // (len(row) - 1)
        return [row[0], *(cell for cell in row[1:] for _ in range(times))]
    return row
