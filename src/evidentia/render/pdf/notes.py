"""A note's words as lines, for the foot of a page holds no paragraphs and lists of their own."""

from __future__ import annotations

from typing import Any

from evidentia.core.markup import Element
from evidentia.render.html.lists import first_of, mark, with_delimiter

BULLET = "•"


def lines_of(block: Element, inline: frozenset[str]) -> list[list[Any]]:
    """Return the lines of a note, each as its texts and inline elements: paragraphs, and items with marks.

    Parameters
    ----------
    block : lxml element
        It gives its children away.
    inline : frozenset of str
        Tags of elements that stand in a line.
    """
    lines: list[list[Any]] = []
    line: list[Any] = [block.text or ""]
    for child in list(block):
        tail, child.tail = child.tail or "", None
        if child.tag in inline:
            line += [child, tail]
            continue
        lines += [line, *(_items(child, inline) if child.tag in ("ul", "ol") else lines_of(child, inline))]
        line = [tail]
    return [
        line for line in [*lines, line] if any(not isinstance(piece, str) or piece.strip() for piece in line)
    ]


def _items(listed: Element, inline: frozenset[str]) -> list[list[Any]]:
    """Return the lines of a list, the first of each item with its mark."""
    lines = []
    for number, item in enumerate(listed.findall("li"), start=first_of(listed)):
        sign = BULLET
        if listed.tag == "ol":
            sign = with_delimiter(mark(number, listed.get("type", "1")), listed)
        first, *others = lines_of(item, inline) or [[]]
        lines += [[f"{sign} ", *first], *others]
    return lines
