"""Tables on paper: a long one breaks over pages, a wide one is set smaller or turned, and none is cut off."""

from __future__ import annotations

import re
from functools import cache

from lxml.html import builder as tag

from evidentia.core.font import font_file
from evidentia.core.markup import Element
from evidentia.render.html.tables import grid

LONG_TABLE = 30  # lines of text from which a table may break over pages, about two thirds of one
WIDE_TABLE = 7  # columns from which a table is set smaller
LINE = 86  # characters of table text that fit on one line of the page
UPRIGHT, TURNED = 459.0, 706.0
"""Points between the margins of a page, upright and turned (templates/print.css)."""

PLAIN, SMALL, SNUG, TIGHT = 9.5, 8.0, 7.5, 7.0
"""Sizes of a table's type in points (templates/print.css)."""

GAP, CLOSE = 7.1, 4.3
"""Points between columns, and between those of a table that is set smaller (templates/print.css)."""
WORDY_LEAST = 9.0  # ems of a row's header of many words, unless the table is set smaller
ADDRESS_LEAST = 12  # characters of an address before it may break
_BREAKS = re.compile(r"[^\S\N{NO-BREAK SPACE}]+|(?<=[-\N{EN DASH}\N{EM DASH}/])(?=\w)")


def fit_tables(root: Element) -> None:
    """Set each table of a page for paper so that it fits; one that needs it goes on a page that is turned.

    What is too wide even then stays, and is named when it is laid out (`evidentia.render.pdf.edges`).
    """
    for table in list(root.iter("table")):
        holder = next((up for up in table.iterancestors("div") if "tabular" in up.classes), None)
        if holder is None:
            holder = next((up for up in table.iterancestors("div") if "scroll" in up.classes), table)
        if "annex" not in holder.classes:
            _fit(table, holder)


def _fit(table: Element, holder: Element) -> None:
    rows = grid(list(table.iter("tr")))
    columns = max((len(row) for row in rows), default=0)
    lengths = [[len(cell.text_content()) for cell in row] for row in rows if row]
    lines = sum(max(1, -(-max(row) * columns // LINE)) for row in lengths)
    if lines > LONG_TABLE:
        holder.classes.add("long")
    if columns >= WIDE_TABLE:
        holder.classes.add("wide")
    if columns < 3 or any(up.tag in ("td", "th", "figure") for up in holder.iterancestors()):
        return
    turned = any("landscape" in up.classes for up in holder.iterancestors())
    beside = any("side-by-side" in up.classes for up in holder.iterancestors())
    close, roomy = _least_width(rows), _least_width(rows, wordy=True)
    for size, room, names in _WAYS:
        if room == TURNED and beside or size > SMALL and "wide" in holder.classes:
            continue
        wide = (TURNED if turned else room) / (2.2 if beside else 1)
        ems, gap = (close, CLOSE) if "wide" in names else (roomy, GAP)
        if ems * size + gap * columns <= wide or size == TIGHT and room == TURNED:
            holder.classes.update(names)
            if room == TURNED and not turned:
                _turn(holder)
            return


_WAYS = (
    (PLAIN, UPRIGHT, ()),
    (SMALL, UPRIGHT, ("wide",)),
    (SNUG, UPRIGHT, ("wide", "snug")),
    (SMALL, TURNED, ("wide",)),
    (SNUG, TURNED, ("wide", "snug")),
    (TIGHT, TURNED, ("wide", "tight")),
)


def _turn(holder: Element) -> None:
    """Put a table on a page that is turned, with what stands above and below left where it is."""
    page = tag.E.div({"class": "landscape"})
    page.tail, holder.tail = holder.tail, None
    holder.getparent().replace(holder, page)
    page.append(holder)


def _least_width(rows: list[list[Element]], *, wordy: bool = False) -> float:
    """Return how wide a table must be for each of its words to fit, in ems; with room for wordy headers."""
    widths = [0.0] * max(len(row) for row in rows)
    spanned: dict[Element, list[int]] = {}
    for row in rows:
        for column, cell in enumerate(row):
            places = spanned.setdefault(cell, [])
            if column not in places:
                places.append(column)
    for cell, places in sorted(spanned.items(), key=lambda item: len(item[1])):
        least = max(_longest(cell), WORDY_LEAST if wordy and "wordy" in cell.classes else 0.0)
        lacking = least - sum(widths[place] for place in places)
        if lacking > 0:
            for place in places:
                widths[place] += lacking / len(places)
    return sum(widths)


def _longest(cell: Element) -> float:
    """Return the width of a cell's longest word in ems; an address breaks anywhere."""
    texts = cell.xpath(".//text()[not(ancestor::a)]")
    linked = [text[:ADDRESS_LEAST] for text in cell.xpath(".//a//text()")]
    words = [word for text in "".join(texts).split("\n") for word in _BREAKS.split(text)] + [
        word for text in linked for word in _BREAKS.split(text)
    ]
    bold = 1.08 if cell.tag == "th" and cell.get("scope", "").startswith("col") else 1.0
    return max(map(_width, words), default=0.0) * bold


def _width(word: str) -> float:
    known, units = _advances()
    return sum(known.get(ord(character), units) for character in word) / units


@cache
def _advances() -> tuple[dict[int, int], int]:
    """Return the width of each character of the report's font, and the font's units of one em."""
    from fontTools.ttLib import TTFont

    font = TTFont(font_file(), lazy=True)
    metrics = font["hmtx"].metrics
    return {code: metrics[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
