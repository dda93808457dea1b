"""An HTML page as passages; Markdown is turned into one first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from evidentia.compare.documents.passage import Bound, Document, Headings, Passage, table_passages
from evidentia.core.errors import EvidentiaError
from evidentia.core.text import read_bytes

LARGEST, DEEPEST, MOST_CELLS = 100_000_000, 200, 500_000
"""Bytes of a page, levels of its elements, and cells of a table with all that its spans fill."""
_SKIPPED = {"script", "style", "svg", "template", "noscript", "object", "iframe", "math", "button", "select"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PHRASING = """
a abbr b bdi cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u
var wbr
"""
_INLINE = frozenset(_PHRASING.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_page(path: Path) -> Document:
    """Read an HTML page. Nothing to which it refers is fetched, and no script is run."""
    data, _ = read_bytes(path, str(path), "correct the path", most=LARGEST)
    return Document(str(path), "html", list(passages(data, str(path))))


def passages(data: bytes, where: str, line: str = "line") -> Iterator[Passage]:
    """Yield the passages of a page's bytes; `line` says how a place is named."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=_encoding(data), remove_comments=True)
    try:
        root = html.document_fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise EvidentiaError(
            f"the page cannot be read: {error}", where=where, remedy="give an HTML page with words"
        ) from None
    yield from _Reader(line).walk(root)


def _encoding(data: bytes) -> str | None:
    """Return utf-8 for a page that is valid in it; else the page's own declaration decides."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Reader:
    def __init__(self, line: str) -> None:
        self.line = line
        self.headings = Headings()
        self.tables = self.group = 0
        self.caption = ""

    def walk(self, root: Any) -> Iterator[Passage]:
        body = root.find("body") if root.tag == "html" else root
        if body is not None:
            yield from self._block(body, "text", 0)

    def _block(self, element: Any, role: str, depth: int) -> Iterator[Passage]:
        """Yield what a block holds: runs of inline content as paragraphs, blocks in it in turn."""
        if depth > DEEPEST:
            raise EvidentiaError(
                f"more than {DEEPEST} elements stand within each other",
                where=self._place(element),
                remedy="save the page as a .docx or print it to a PDF, and give that",
            )
        if _unseen(element):
            return
        role = _role(element, role)
        if element.tag == "table":
            yield from self._table(element)
            return
        if element.tag == "img":
            yield from self._said(element)
            return
        pending: list[Any] = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str) and not _is_inline(child):
                yield from self._paragraph(element, pending, role)
                pending = []
                yield from self._block(child, role, depth + 1)
            elif isinstance(child.tag, str):
                pending.append(child)
            pending.append(child.tail or "")
        yield from self._paragraph(element, pending, role)

    def _paragraph(self, element: Any, parts: list[Any], role: str) -> Iterator[Passage]:
        text, bound = _text(parts)
        level = _HEADINGS.get(element.tag, 0)
        if level:
            self.headings.put(level, text)
        if element.tag in ("figcaption", "caption") or role == "caption":
            self.caption = text or self.caption
        if text.strip():
            self.group += 1
            yield Passage(
                text,
                self._place(element),
                "heading" if level else role,
                self.headings.above(),
                bound=tuple(bound),
                group=self.group,
            )
        for part in parts:
            if not isinstance(part, str):
                for picture in part.iter("img"):
                    yield from self._said(picture)

    def _said(self, picture: Any) -> Iterator[Passage]:
        said = picture.get("alt") or ""
        if said.strip():
            yield Passage(said, f"{self._place(picture)}, alternative text", "alt", self.headings.above())

    def _place(self, element: Any) -> str:
        marked = next((item.get("data-pos") for item in _near(element) if item.get("data-pos")), "")
        found = re.search(r"(?:^|@)(\d+):", marked)
        if found:
            return f"{self.line} {found[1]}"
        return f"{self.line} {element.sourceline}" if element.sourceline else "the page"

    def _table(self, element: Any) -> Iterator[Passage]:
        self.tables += 1
        self.group += 1
        title = element.find("caption")
        caption = _text([title])[0].strip() if title is not None else self.caption
        place = f"table {self.tables} ({self._place(element)})"
        rows, heads, marks = _rows(element, place)
        yield from table_passages(
            rows, heads, place, self.headings.above(), caption=caption, marks=marks, group=self.group
        )


def _near(element: Any) -> Iterator[Any]:
    """Yield an element, those in it, and those round it."""
    yield from element.iter()
    yield from element.iterancestors()


def _is_inline(element: Any) -> bool:
    return element.tag in _INLINE | {"br", "img", "input"} | _SKIPPED and not any(
        isinstance(item.tag, str)
        and item.tag not in _INLINE | {"br", "img", "input"} | _SKIPPED
        and not any(above.tag in _SKIPPED for above in item.iterancestors())
        for item in element.iterdescendants()
    )


def _unseen(element: Any) -> bool:
    return (
        element.tag in _SKIPPED
        or element.get("hidden") is not None
        or (element.tag == "details" and "data" in element.get("class", "").split())  # of a figure
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _role(element: Any, role: str) -> str:
    """Return the role of what an element holds."""
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    if element.tag == "nav" or "toc" in names:
        return "contents"
    if element.tag in ("figcaption", "caption"):
        return "caption"
    if "references" in names or "refs" in names or "csl-bib-body" in names:
        return "reference"
    if element.tag in ("pre", "textarea"):
        return "code"
    return "note" if "footnotes" in names else role


def _text(parts: list[Any]) -> tuple[str, list[Bound]]:
    """Return the text of inline content, white space folded, and the stretches that carry ids."""
    text, bound = "", []

    def say(piece: str) -> None:
        nonlocal text
        piece = re.sub(r"[ \t\r\n\f]+", " ", piece)
        text += piece.lstrip(" ") if not text or text.endswith(" ") else piece

    def walk(element: Any) -> None:
        if _unseen(element) or _is_mark(element):
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


def _rows(element: Any, place: str) -> tuple[list[list[str]], int, dict[tuple[int, int], tuple[Bound, ...]]]:
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
            text, bound = _text(_parts(cell))
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
