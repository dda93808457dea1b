"""The rows of a table from the lines of a page: which lines of a label go with which row of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

_CELL = re.compile(r"\S+(?:\s{1,2}\S+)*")
_NEW = re.compile(
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[^\W\d_a-z]"
)
"""How the first line of a label begins: with a capital letter that is not a month's."""
_INDENT = 2  # characters by which a label may be set in
_MOST = 12  # lines between two rows that are divided; more are no labels
_BROKEN, _INSIDE, _LEFT = 2.0, 0.25, 1.0
"""What it costs that a label begins in the middle of a sentence, that another begins inside it, and that some
lines belong to no row."""


_WAYS = ("top", "foot", "middle or above", "middle or below")
"""Where numbers stand beside a label of several lines; of an even number of lines there is no middle one."""


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    text: str


@dataclass
class _Row:
    cells: list[str]
    own: bool  # whether it has numbers
    above: list[str] = field(default_factory=list)  # lines of labels between the row before and this one


def rows_of(block: Sequence[str]) -> tuple[list[list[str]], list[str] | None]:
    """Return the rows of a table's lines; if labels take several lines, also the lines that belong to no row,
    such as the rest of one on the page before.
    """
    lines = [[_Piece(cell.start(), cell.end(), cell[0]) for cell in _CELL.finditer(line)] for line in block]
    lines = [line for line in lines if line]
    width = Counter(len(line) for line in lines if len(line) > 1).most_common(1)[0][0]
    columns = next(line for line in lines if len(line) == width)
    left = min(line[0].start for line in lines)
    edge = min(line[1].start for line in lines if len(line) > 1 and line[0].start <= left + _INDENT)
    rows: list[_Row] = []
    between: list[str] = []
    spread = False
    for line in lines:
        number = any(re.search(r"\d", piece.text) for piece in line if piece.start >= edge)
        if not number and rows and (rows[-1].own or line[0].start >= edge) and len(line) < width:
            between += [piece.text for piece in line if piece.start < edge]
            spread |= line[0].start < edge
            _put(rows[-1].cells, [piece for piece in line if piece.start >= edge], columns)
        elif len(line) == 1 and line[0].start < edge:
            between.append(line[0].text)
            spread = True
        else:
            cells = [piece.text for piece in line] if len(line) >= width else [""] * width
            if len(line) < width:
                _put(cells, line, columns)
            rows.append(_Row(cells, number, between))
            between = []
    rows = list(_whole(rows))
    rest = _labels([row for row in rows if row.own], between)
    return [row.cells for row in rows], rest if spread else None


def _whole(rows: list[_Row]) -> Iterator[_Row]:
    """Yield the rows; numbers whose unit stands on a line of its own begin above the others of their row."""
    upper: _Row | None = None
    for row in rows:
        if upper is not None and _begins(upper, row):
            both = zip_longest(upper.cells, row.cells, fillvalue="")
            cells = [f"{one} {other}".strip() for one, other in both]
            row = _Row(cells, row.own, upper.above + row.above)
        elif upper is not None:
            yield upper
        upper = row if row.own and "" in row.cells[1:] else None
        if upper is None:
            yield row
    if upper is not None:
        yield upper


def _begins(upper: _Row, row: _Row) -> bool:
    """Tell whether a row of a few numbers is the beginning of the next one: where it has numbers, that has
    their units, or nothing and the label.
    """
    below = [other for one, other in zip(upper.cells[1:], row.cells[1:], strict=False) if one]
    units = any(below) and not any(re.search(r"\d", text) for text in below)
    return units or (not upper.cells[0] and not upper.above and not any(below))


def _put(cells: list[str], line: list[_Piece], columns: list[_Piece]) -> None:
    """Add the pieces of a line to the cells in whose columns they stand."""
    for piece in line:
        column = min(range(min(len(columns), len(cells))), key=lambda place: _apart(piece, columns[place]))
        cells[column] = f"{cells[column]} {piece.text}".strip()


def _apart(piece: _Piece, column: _Piece) -> tuple[int, int]:
    beside = max(0, piece.start - column.end, column.start - piece.end)
    return beside, abs(piece.start + piece.end - column.start - column.end)


def _labels(rows: list[_Row], after: list[str]) -> list[str]:
    """Give each row its label: lines above and below its numbers, which may stand at the top, the middle or
    the foot of their row, alike in the whole table. Return the lines that are left.
    """
    if not rows:
        return after
    gaps = [row.above if len(row.above) <= _MOST else row.above[-_MOST:] for row in rows]
    gaps.append(after[:_MOST])
    _, cuts = min(_divided(rows, gaps, way) for way in _WAYS)
    for index, row in enumerate(rows):
        above, below = gaps[index][cuts[index] :], gaps[index + 1][: cuts[index + 1]]
        row.cells[0] = " ".join(filter(None, [*above, row.cells[0], *below]))
    return gaps[0][: cuts[0]]


def _divided(rows: list[_Row], gaps: list[list[str]], way: str) -> tuple[float, tuple[int, ...]]:
    """Return where the lines between rows are best divided, and what that costs, if numbers stand
    where a way says.
    """
    ends = len(gaps[-1])

    @cache
    def best(index: int, cut: int) -> tuple[float, tuple[int, ...]]:
        if index == len(rows):
            return 0.0, ()
        options = range(len(gaps[index + 1]) + 1) if index + 1 < len(rows) else (ends,)
        found = []
        for following in options:
            above, below = gaps[index][cut:], gaps[index + 1][:following]
            cost, cuts = best(index + 1, following)
            found.append((cost + _cost(rows[index].cells[0], above, below, way), (following, *cuts)))
        return min(found)

    first = [
        (best(0, cut)[0] + _LEFT * (cut > 0), (cut, *best(0, cut)[1])) for cut in range(len(gaps[0]) + 1)
    ]
    return min(first)


def _cost(own: str, above: list[str], below: list[str], way: str) -> float:
    label = [*above, *([own] if own else []), *below]
    more = len(below) - len(above)
    uneven = {
        "top": len(above),
        "foot": len(below),
        "middle or above": max(more - 1, -more),
        "middle or below": max(-more - 1, more),
    }[way]
    if not label:
        return _BROKEN
    inside = sum(bool(_NEW.match(line)) for line in label[1:])
    return uneven + _BROKEN * (not _NEW.match(label[0])) + _INSIDE * inside
