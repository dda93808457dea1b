"""What is read of a document: its passages in reading order, each with its place and what stands round it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bound:
    """A stretch of a passage that carries the id of a ledger's number."""

    start: int
    end: int
    id: str


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading, a cell of a table, a note, or what is said for a picture.

    Attributes
    ----------
    text : str
        As a reader sees it: insertions in, deletions out.
    place : str
        Where it stands, in words, such as ``page 4`` or ``table 2, row 3, column 2``.
    role : str
        ``text``, ``heading``, ``cell``, ``caption``, ``note``, ``alt``, ``code``, ``contents``, ``reference``
        (of a bibliography) or ``margin``.
    headings : tuple of str
        The headings above it, the nearest last.
    row, column, caption : str
        Of a cell: the words that head its row and its column, and the table's title.
    line : str
        Of a cell: the whole row.
    bound : tuple of Bound
        Where the document itself says which number a stretch is.
    page : int
        In a PDF; 0 elsewhere.
    group : int
        Passages of one group follow each other under one heading, or are cells of one table's row.
    """

    text: str
    place: str
    role: str = "text"
    headings: tuple[str, ...] = ()
    row: str = ""
    column: str = ""
    caption: str = ""
    line: str = ""
    bound: tuple[Bound, ...] = ()
    page: int = 0
    group: int = 0


@dataclass
class Document:
    """A document that was read.

    Attributes
    ----------
    path : str
    kind : str
        ``docx``, ``pdf``, ``html`` or ``md``.
    passages : list of Passage
    remarks : list of str
        What the reader should know of the file: macros that were not run, content that was not fetched.
    """

    path: str
    kind: str
    passages: list[Passage] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Passage]:
        return iter(self.passages)


class Headings:
    """The headings above the place to which a reader has come."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def put(self, level: int, text: str) -> None:
        """Note a heading; those of its level and below are closed."""
        self._open = [(depth, title) for depth, title in self._open if depth < level]
        if text.strip():
            self._open.append((level, text.strip()))

    def above(self) -> tuple[str, ...]:
        """Return the open headings, the nearest last."""
        return tuple(title for _, title in self._open)


Marks = Mapping[tuple[int, int], tuple[Bound, ...]]
"""The stretches of a table's cells that carry ids, by row and column, from 1."""


def table_passages(
    rows: list[list[str]],
    heads: int,
    place: str,
    headings: tuple[str, ...],
    *,
    caption: str = "",
    marks: Marks | None = None,
    page: int = 0,
    group: int = 0,
) -> Iterator[Passage]:
    """Yield the cells of a table with the words that head their rows and columns.

    Parameters
    ----------
    rows : list of list of str
        Cells that span several columns or rows stand in each of them.
    heads : int
        How many rows at the top are headings.
    place : str
        The table's place, in words.
    headings : tuple of str
    caption : str
    marks : mapping, optional
        The stretches that carry ids.
    page, group : int
        Of the passages.
    """
    for number, row in enumerate(rows, start=1):
        label = row[0] if row and any(character.isalpha() for character in row[0]) else ""
        line = " | ".join(row)
        for position, cell in enumerate(row):
            spans = position > 0 and cell == row[position - 1] and number <= heads
            if not cell.strip() or spans:
                continue
            above = [head[position] for head in rows[: min(heads, number - 1)] if position < len(head)]
            yield Passage(
                cell,
                f"{place}, row {number}, column {position + 1}",
                "cell" if number > heads else "heading",
                headings,
                row="" if position == 0 else label,
                column=" ".join(dict.fromkeys(above)),
                caption=caption,
                line=line,
                bound=(marks or {}).get((number, position + 1), ()),
                page=page,
                group=group,
            )
