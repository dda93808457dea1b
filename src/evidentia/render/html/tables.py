"""Tables of either engine in one form: who heads what, numbers to the right, a label and a caption."""

from __future__ import annotations

import re

from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.html.elements import move_content, move_source, replace

WORDY = 20
"""Characters from which the header of a row of numbers gets a column wider than its longest word."""
_WIDTHS = re.compile(r"\d{1,3}(?:\.\d+)?")


def normalise_tables(main: Element) -> None:
    """Bring the tables of a body to one form, in place."""
    for element in main.xpath(".//*[starts-with(@id, 'tbl-')][self::figure or self::div or self::table]"):
        if element.xpath("descendant-or-self::table"):
            _float(element)
    for table in main.xpath(".//table"):
        _table(table)


def _float(element: Element) -> None:
    """Give a table with a label its holder; an author's own has the label itself."""
    label = element.get("id")
    table = element if element.tag == "table" else element.xpath(".//table")[0]
    block = tag.E.div(tag.E.div({"class": "scroll"}), {"id": label, "class": "tabular"})
    caption = tag.E.caption(id=f"{label}-caption")
    captions = element.xpath(".//figcaption") or element.xpath(".//caption")
    for written in captions[:1]:
        move_content(written, caption)
    for old in table.xpath("./caption"):
        table.remove(old)
    table.insert(0, caption)
    if widths := element.get("data-tbl-colwidths"):
        table.set("data-tbl-colwidths", widths)
    move_source(element, block)
    replace(element, block)
    block[0].append(table)
    table.tail = None
    for line in table.xpath("./p"):
        table.remove(line)


def _table(table: Element) -> None:
    """Header rows with scope, a row header in each row, numbers to the right."""
    for group in table.xpath("./colgroup"):
        table.remove(group)
    widths = _WIDTHS.findall(table.get("data-tbl-colwidths", ""))
    table.attrib.clear()
    for cell in table.xpath("./thead/tr/th"):
        _head(cell)
    for body in table.xpath("./tbody | ./tfoot"):
        _row_heads(body)
    for cell in table.iter("th", "td"):
        style = cell.attrib.pop("style", "").replace(" ", "")
        aligned = cell.attrib.pop("align", "") or re.sub(r".*text-align:(\w+).*", r"\1", style)
        cell.attrib.pop("class", None)
        if aligned in _ALIGNED:
            cell.set("class", _ALIGNED[aligned])
    for head in table.xpath("./tbody/tr[td[@class='numeric']]/th[@scope='row']"):
        if len(head.text_content()) > WORDY:
            head.classes.add("wordy")
    for cell in table.xpath("./thead/tr/th[@scope='colgroup']"):
        cell.set("class", "spanner")
    for part in table.iter("thead", "tbody", "tfoot", "tr"):
        part.attrib.clear()
        for child in part:
            child.tail = None
        part.text = None
    if widths:
        columns = [tag.E.col(style=f"width:{width}%") for width in widths]
        table.insert(len(table.xpath("./caption")), tag.E.colgroup(*columns))


_ALIGNED = {"right": "numeric", "center": "centred"}


def _head(cell: Element) -> None:
    """Say which columns a cell of the head is for; an empty one is for none."""
    if not len(cell) and not (cell.text or "").strip():
        cell.tag = "td"
    else:
        cell.set("scope", "colgroup" if _span(cell, "colspan") > 1 else "col")


def _row_heads(body: Element) -> None:
    """Make the first cell of each row its header; one that reaches over several rows is theirs, and then
    their own first cell is none.
    """
    covered = 0
    for row in body.xpath("./tr[*]"):
        if covered:
            covered -= 1
            continue
        first = row[0]
        covered = _span(first, "rowspan") - 1
        if len(first) or (first.text or "").strip():
            first.tag = "th"
            first.set("scope", "rowgroup" if covered else "row")


def _span(cell: Element, name: str) -> int:
    written = cell.get(name, "1")
    return max(int(written), 1) if written.isdigit() and len(written) < 4 else 1


def grid(rows: list[Element]) -> list[list[Element]]:
    """Return rows of cells as a rectangle, a cell that spans several places in each of them."""
    places: dict[tuple[int, int], Element] = {}
    width = 0
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in places:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for below in range(number, min(number + down, len(rows))):
                places |= {(below, column + right): cell for right in range(across)}
            column += across
            width = max(width, column)
    empty = tag.E.td()
    return [[places.get((row, column), empty) for column in range(width)] for row in range(len(rows))]
