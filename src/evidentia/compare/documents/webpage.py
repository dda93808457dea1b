"""An HTML page as passages; Markdown is turned into one first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from evidentia.compare.documents.passage import Document, Headings, Passage, table_passages
from evidentia.compare.documents.webpage_text import SKIPPED, rows_of, text_of, unseen
from evidentia.core.errors import EvidentiaError
from evidentia.core.text import read_bytes

LARGEST, DEEPEST = 100_000_000, 200
"""Bytes of a page, and levels of its elements."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PHRASING = """
a abbr b bdi cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u
var wbr
"""
_INLINE = frozenset(_PHRASING.split())


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
        if unseen(element):
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
        text, bound = text_of(parts)
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
        caption = text_of([title])[0].strip() if title is not None else self.caption
        place = f"table {self.tables} ({self._place(element)})"
        rows, heads, marks = rows_of(element, place)
        yield from table_passages(
            rows, heads, place, self.headings.above(), caption=caption, marks=marks, group=self.group
        )


def _near(element: Any) -> Iterator[Any]:
    """Yield an element, those in it, and those round it."""
    yield from element.iter()
    yield from element.iterancestors()


def _is_inline(element: Any) -> bool:
    return element.tag in _INLINE | {"br", "img", "input"} | SKIPPED and not any(
        isinstance(item.tag, str)
        and item.tag not in _INLINE | {"br", "img", "input"} | SKIPPED
        and not any(above.tag in SKIPPED for above in item.iterancestors())
        for item in element.iterdescendants()
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
