"""The rows of a table from the lines of a page: which lines of a label go with which row of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

_CELL = re.compile(r"\S+(?:\s{1,2}\S+)*")
_NEW = re.compile(
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[^\W\d_a-z]"
)
"""How the first line of a label begins: with a capital letter that is not a month's."""
_MOST = 12  # lines between two rows that are divided; more are no labels
_BROKEN, _INSIDE, _LEFT = 2.0, 0.25, 1.0
"""What it costs that a label begins in the middle of a sentence, that another begins inside it, and that some
lines belong to no row."""


_WAYS = ("top", "foot", "middle or above", "middle or below")
"""Where numbers stand beside a label of several lines; of an even number of lines there is no middle one."""


@dataclass
class _Row:
    cells: list[str]
    places: list[float]  # the middle of each cell on the line
    own: bool  # whether it has numbers
    above: list[str] = field(default_factory=list)  # lines of labels between the row before and this one


def rows_of(block: Sequence[str]) -> tuple[list[list[str]], list[str] | None]:
    """Return the rows of a table's lines; if labels take several lines, also the lines that belong to no row,
    such as the rest of one on the page before.
    """
    lines = [[(cell.start(), cell.end(), cell[0]) for cell in _CELL.finditer(line)] for line in block]
    lines = [line for line in lines if line]
    width = Counter(len(line) for line in lines if len(line) > 1).most_common(1)[0][0]
    edge = min(line[1][0] for line in lines if len(line) == width)
    rows: list[_Row] = []
    between: list[str] = []
    spread = False
    for line in lines:
        texts = [text for _, _, text in line]
        number = any(re.search(r"\d", text) for text in texts[1:])
        if len(line) == 1 and line[0][0] < edge:
            between.append(texts[0])
            spread = True
        elif not number and rows and (line[0][0] >= edge or (rows[-1].own and len(line) < width)):
            between += [text for start, _, text in line if start < edge]
            _continue(rows[-1], [cell for cell in line if cell[0] >= edge])
        elif len(line) > 1:
            places = [(start + end) / 2 for start, end, _ in line]
            if len(line) < width:
                texts, places = [""] * (width - len(line)) + texts, [0.0] * (width - len(line)) + places
            rows.append(_Row(texts, places, number, between))
            between = []
    left = _labels([row for row in rows if row.own], between)
    return [row.cells for row in rows], left if spread else None


def _continue(row: _Row, line: list[tuple[int, int, str]]) -> None:
    """Add words below a row's cells to the cells that they stand under."""
    for start, end, text in line:
        middle = (start + end) / 2
        column = min(range(len(row.places)), key=lambda place: abs(row.places[place] - middle))
        row.cells[column] = f"{row.cells[column]} {text}".strip()


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
