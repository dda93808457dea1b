"""The words of an element of an HTML page, and the rows of its tables."""

from __future__ import annotations

import re
from typing import Any

from evidentia.compare.documents.passage import Bound
from evidentia.core.errors import EvidentiaError

MOST_CELLS = 500_000
"""Cells of a table, with all that its spans fill."""

SKIPPED = {"script", "style", "svg", "template", "noscript", "object", "iframe", "math", "button", "select"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def unseen(element: Any) -> bool:
    """Tell whether nobody sees an element on a screen."""
    return (
        element.tag in SKIPPED
        or element.get("hidden") is not None
        or (element.tag == "details" and "data" in element.get("class", "").split())  # of a figure
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def text_of(parts: list[Any]) -> tuple[str, list[Bound]]:
    """Return the text of inline content, white space folded, and the stretches that carry ids."""
    text, bound = "", []

    def say(piece: str) -> None:
        nonlocal text
        piece = re.sub(r"[ \t\r\n\f]+", " ", piece)
        text += piece.lstrip(" ") if not text or text.endswith(" ") else piece

    def walk(element: Any) -> None:
        if unseen(element) or _is_mark(element):
            return
        start = len(text)
        if element.tag == "br":
            say(" ")
        say(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                walk(child)
            say(child.tail or "")
        id = element.get("data-id")
        if id and len(text) > start:
            bound.append(Bound(start, len(text), id))

    for part in parts:
        if isinstance(part, str):
            say(part)
        else:
            walk(part)
    return text, bound


def _is_mark(element: Any) -> bool:
    """Tell whether an element is the mark of a note."""
    names = element.get("class", "")
    return element.tag == "a" and ("footnote-ref" in names or "footnote-back" in names)


def rows_of(
    element: Any, place: str
) -> tuple[list[list[str]], int, dict[tuple[int, int], tuple[Bound, ...]]]:
    """Return a table's cells, spans filled, how many rows are headings, and the stretches with ids by row and
    column.
    """
    rows: list[list[str]] = []
    marks: dict[tuple[int, int], tuple[Bound, ...]] = {}
    below: dict[int, tuple[int, str]] = {}  # column -> rows that a cell still spans, and its text
    heads = filled = 0
    for row in element.iter("tr"):
        if next(row.iterancestors("table")) is not element:
            continue
        cells: list[str] = []

        def fill(cells: list[str] = cells) -> None:
            while below.get(len(cells), (0, ""))[0]:
                left, text = below[len(cells)]
                below[len(cells)] = (left - 1, text)
                cells.append(text)

        own = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in own:
            fill()
            text, bound = text_of(_parts(cell))
            marks[len(rows) + 1, len(cells) + 1] = tuple(bound)
            if len(cells) > MOST_CELLS:
                break
            for _ in range(_span(cell, "colspan")):
                below[len(cells)] = (_span(cell, "rowspan") - 1, text.strip())
                cells.append(text.strip())
        fill()
        is_head = row.getparent().tag == "thead" or (own and all(cell.tag == "th" for cell in own))
        heads += bool(is_head and heads == len(rows))
        rows.append(cells)
        filled += len(cells)
        if filled > MOST_CELLS:
            raise EvidentiaError(
                f"a table has more than {MOST_CELLS:,} cells", where=place, remedy="give a part of it"
            )
    return rows, heads, marks


def _parts(element: Any) -> list[Any]:
    return [element.text or "", *(part for child in element for part in (child, child.tail or ""))]


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, min(int(value), 1_000)) if value.isdigit() and len(value) < 5 else 1
