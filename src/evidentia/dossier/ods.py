"""tables.ods: the sheets of tables.xlsx in the OpenDocument format, and reading them back."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evidentia.dossier.zips import same_bytes

_FORMAT = re.compile(r"^(?P<before>[^#0]*)#?,?#*0(?:\.(?P<places>0+))?(?P<after>.*)$")


@dataclass
class Sheet:
    """A sheet as it was read back.

    Attributes
    ----------
    name : str
    rows : list of list
    formats : list of list of str
        Number formats, where they are known.
    tables : list of tuple
        First and last row and column of each marked table, from 0.
    merged, hidden, formulas : bool
    """

    name: str
    rows: list[list[Any]]
    formats: list[list[str]] = field(default_factory=list)
    tables: list[tuple[int, int, int, int]] = field(default_factory=list)
    merged: bool = False
    hidden: bool = False
    formulas: bool = False


def read_ods(data: bytes) -> tuple[list[Sheet], str]:
    """Return the sheets of an OpenDocument spreadsheet and its title."""
    from odfdo import Document

    document = Document(io.BytesIO(data))
    sheets = {}
    for table in document.body.get_tables():
        xml = table.serialize()
        rows = [[_plain(cell.value) for cell in row.get_cells()] for row in table.rows]
        name = str(table.name)
        sheets[name] = Sheet(
            name,
            rows,
            merged="number-columns-spanned" in xml or "covered-table-cell" in xml,
            hidden='table:visibility="collapse"' in xml or 'table:display="false"' in xml,
            formulas="table:formula" in xml,
        )
    for name, *corners in re.findall(
        r"""target-range-address="'([^']+)'\.([A-Z]+)(\d+):'[^']+'\.([A-Z]+)(\d+)\"""",
        document.body.serialize(),
    ):
        left, top, right, bottom = corners
        sheets[name].tables.append((int(top) - 1, _column(left), int(bottom) - 1, _column(right)))
    return list(sheets.values()), str(document.meta.title or "")


def _plain(value: Any) -> Any:
    """Return a cell's value as other programs have it, a number as a number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def write_ods(sheets: list[Sheet], title: str, creator: str, date: Any, language: str) -> bytes:
    """Return a spreadsheet in OpenDocument with the same sheets; the same bytes for the same sheets."""
    from odfdo import Cell, Document, Element, Row, Table

    document = Document("spreadsheet")
    document.body.clear()
    styles = _Styles(document)
    ranges = []
    for sheet in sheets:
        table = Table(sheet.name)
        heads = {top for top, *_ in sheet.tables}
        for index, values in enumerate(sheet.rows):
            row = Row()
            formats = sheet.formats[index] if sheet.formats else [""] * len(values)
            last = max((place for place, value in enumerate(values) if value is not None), default=-1)
            for value, shown in list(zip(values, formats, strict=True))[: last + 1]:
                style = styles.number(shown) if isinstance(value, float) else None
                if index == 0 or index in heads:
                    style = styles.title if index == 0 else styles.heading
                elif isinstance(value, str) and heads and index > min(heads):
                    style = styles.words
                row.append_cell(Cell(value, style=style) if value is not None else Cell())
            table.append_row(row)
        for column in table.columns:
            column.style = styles.width(_longest(sheet, column.x or 0))
            table.set_column(column.x or 0, column)
        document.body.append(table)
        for number, (top, left, bottom, right) in enumerate(sheet.tables):
            name = re.sub(r"\W+", "_", sheet.name.lower()) + ("" if number == 0 else f"_{number + 1}")
            ends = [f"'{sheet.name}'.{_letters(c)}{r + 1}" for r, c in ((top, left), (bottom, right))]
            ranges.append(
                f'<table:database-range table:name="{name}" table:contains-header="true"'
                f' table:target-range-address="{":".join(ends)}"/>'
            )
    if ranges:
        whole = f"<table:database-ranges>{''.join(ranges)}</table:database-ranges>"
        document.body.append(Element.from_tag(whole))
    document.set_language(language)
    meta = document.meta
    meta.title, meta.creator, meta.initial_creator = title, creator, creator
    meta.set_creation_date(date)
    meta.set_modification_date(date)
    meta.set_language(language)
    meta.set_generator("Evidentia")
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


def _longest(sheet: Sheet, column: int) -> int:
    """Return the signs of a column's longest cell, but for the lines above the table, which run over."""
    first = min((top for top, *_ in sheet.tables), default=0)
    cells = [row[column] for row in sheet.rows[first:] if column < len(row)]
    texts = [f"{cell:.6g}" if isinstance(cell, float) else str(cell) for cell in cells if cell is not None]
    return max((len(line) for text in texts for line in text.splitlines()), default=0)


class _Styles:
    """Styles of a document: titles and headings, widths of columns, and number formats as they are asked
    for.
    """

    def __init__(self, document: Any) -> None:
        from odfdo import Element

        self._document, self._element = document, Element
        self._known: dict[str, str] = {}
        self.title, self.heading, self.words = "title", "heading", "words"
        bold = '<style:text-properties fo:font-weight="bold" style:font-weight-complex="bold"/>'
        wraps = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
        for name, inside in ((self.title, bold), (self.heading, wraps + bold), (self.words, wraps)):
            self._insert(f'<style:style style:name="{name}" style:family="table-cell">{inside}</style:style>')

    def width(self, signs: int) -> str:
        """Return the style of a column for its longest cell; words of a longer one wrap."""
        half = max(5, min(19, round(0.4 * signs) + 2))  # half centimetres
        name = f"w{half}"
        if name not in self._known:
            self._known[name] = name
            self._insert(
                f'<style:style style:name="{name}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{half / 2:g}cm"/></style:style>'
            )
        return name

    def _insert(self, xml: str) -> None:
        self._document.insert_style(self._element.from_tag(xml), automatic=True)

    def number(self, shown: str) -> str | None:
        """Return the style of a cell for a spreadsheet's number format."""
        match = _FORMAT.match(shown.replace('"', ""))
        if shown in ("", "General") or match is None:
            return None
        if shown not in self._known:
            name = f"n{len(self._known) + 1}"
            after = match["after"].replace("%", "")
            kind = "percentage" if "%" in shown else "number"
            texts = [
                f"<number:text>{_xml(text)}</number:text>" if text else ""
                for text in (match["before"], after)
            ]
            sign = "<number:text>%</number:text>" if kind == "percentage" else ""
            self._insert(
                f'<number:{kind}-style style:name="{name}f">{texts[0]}<number:number'
                f' number:decimal-places="{len(match["places"] or "")}" number:min-integer-digits="1"'
                f' number:grouping="true"/>{texts[1]}{sign}</number:{kind}-style>'
            )
            self._insert(
                f'<style:style style:name="{name}" style:family="table-cell"'
                f' style:data-style-name="{name}f"/>'
            )
            self._known[shown] = name
        return self._known[shown]


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
