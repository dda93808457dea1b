"""Tables in a Word document: header rows that repeat, row headers, a description, widths by the words."""

from __future__ import annotations

from lxml import etree

from evidentia.core.language import translate
from evidentia.render.docx.package import Element, piece, properties, runs_text, style_of, w

SHORT = 14  # rows up to which a table is kept on one page
LINE, LONGEST = 95, 24  # letters of a table that fit on a line, and of a word that is kept whole
BOLD = 1.12  # how much wider the letters of a heading are
KEPT = 14  # letters up to which a cell is kept on one line
WIDE = 7  # columns from which a table is set smaller


def finish_tables(body: Element, width: int) -> None:
    """Bring all tables into one form, in place.

    Parameters
    ----------
    body : lxml element
    width : int
        Of the text, in twentieths of a point.
    """
    for table in body.iter(w("tbl")):
        before = _caption_before(table)
        _describe(table, before)
        _widths(table, width)
        _rows(table)
        after = table.getnext()
        if after is not None and after.tag == w("p") and style_of(after) != "Source":
            _space_before(after)
        if after is None or after.tag in (w("tbl"), w("sectPr")):
            table.addnext(piece('<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'))


def _caption_before(table: Element) -> str:
    before = table.getprevious()
    while before is not None and before.tag != w("p"):
        before = before.getprevious()
    return runs_text(before) if before is not None and style_of(before) == "TableCaption" else ""


def _describe(table: Element, caption: str) -> None:
    """Write the table's properties, with its caption as title and what it compares as description."""
    old = table.find(w("tblPr"))
    heads = [runs_text(cell).strip() for cell in table.find(w("tr")).iter(w("tc"))]
    columns = "; ".join(filter(None, heads[1:]))
    said = translate("Rows: {rows}. Columns: {columns}.", rows=heads[0], columns=columns)
    described = said if len(heads) > 1 else ""
    new = piece(
        '<w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:type="pct" w:w="5000"/><w:tblLayout w:type="autofit"/>'
        '<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1"'
        ' w:noVBand="1" w:val="06A0"/></w:tblPr>'
    )
    for name, text in (("tblCaption", caption.strip() or heads[0]), ("tblDescription", described)):
        if text:
            etree.SubElement(new, w(name)).set(w("val"), text)
    if old is None:
        table.insert(0, new)
    else:
        table.replace(old, new)


def _widths(table: Element, width: int) -> None:
    """Set the columns' widths."""
    room = _room(table)
    sizes = [round(width * one / sum(room)) for one in room]
    for column, size in zip(table.find(w("tblGrid")), sizes, strict=True):
        column.set(w("w"), str(size))
    for row in table.iter(w("tr")):
        for place, span, cell in _cells(row):
            _set_width(cell, sum(sizes[place : place + span]))


def _room(table: Element) -> list[float]:
    """Return how many letters wide each column is: its longest word, and a share of the rest of the line by
    how much stands in it.
    """
    columns = len(table.find(w("tblGrid")))
    longest, much, count = [1.0] * columns, [0] * columns, [1] * columns
    for row in table.iter(w("tr")):
        head = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        for place, span, cell in _cells(row):
            if span == 1 and place < columns:
                words = runs_text(cell)
                whole = [words] if len(words) <= KEPT and not head else words.split() or [""]
                wider = BOLD if head else 1
                longest[place] = max(longest[place], *(wider * len(word) for word in whole))
                much[place] += 0 if head else len(words)
                count[place] += 0 if head else 1
    least = [1.15 * min(word, LONGEST) + 2.5 for word in longest]
    wanted = [max(all / number - one, 0) for all, number, one in zip(much, count, least, strict=True)]
    spare = max(LINE - sum(least), 0) / (sum(wanted) or 1)
    return [one + spare * more for one, more in zip(least, wanted, strict=True)]


def _set_width(cell: Element, size: int) -> None:
    told = properties(cell, "tcPr")
    for old in told.findall(w("tcW")):
        told.remove(old)
    wide = etree.Element(w("tcW"))
    wide.set(w("w"), str(size))
    wide.set(w("type"), "dxa")
    told.insert(0, wide)


def _cells(row: Element) -> list[tuple[int, int, Element]]:
    """Return the cells of a row, each with its first column and how many it spans."""
    found, place = [], 0
    for cell in row.findall(w("tc")):
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        count = int(span.get(w("val"), "1")) if span is not None else 1
        found.append((place, count, cell))
        place += count
    return found


def _rows(table: Element) -> None:
    rows = table.findall(w("tr"))
    small = len(table.find(w("tblGrid"))) >= WIDE
    for index, row in enumerate(rows):
        told = properties(row, "trPr")
        head = told.find(w("tblHeader")) is not None
        told.insert(0, etree.Element(w("cantSplit")))
        together = head or index < len(rows) - 1 and (len(rows) <= SHORT or index in (1, 2))
        for paragraph in row.iter(w("p")):
            style = "TableHead" if head else "TableText"
            _cell_paragraph(paragraph, f"{style}Small" if small else style, together)


def _cell_paragraph(paragraph: Element, style: str, together: bool) -> None:
    told = properties(paragraph, "pPr")
    named = told.find(w("pStyle"))
    if named is None:
        named = etree.Element(w("pStyle"))
        told.insert(0, named)
    named.set(w("val"), style)
    if together and told.find(w("keepNext")) is None:
        named.addnext(etree.Element(w("keepNext")))


def _space_before(paragraph: Element) -> None:
    """Leave room between a table and the words after it."""
    told = properties(paragraph, "pPr")
    if told.find(w("spacing")) is None and not style_of(paragraph).startswith("Heading"):
        space = etree.Element(w("spacing"))
        space.set(w("before"), "280")
        place = next((child for child in told if child.tag in (w("ind"), w("jc"))), None)
        told.append(space) if place is None else place.addprevious(space)
