"""One part of the report set by WeasyPrint: laid out and drawn, all but the margins of its pages.

What stands in the margins (running head, notice, page number) depends on the parts before; it is set last, for all
pages in one go (`evidentia.render.pdf.margins`). So a part looks the same wherever in the report it stands.
"""

from __future__ import annotations

import gc
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.render.pdf.drawn import take_apart
from evidentia.render.pdf.footnotes import boxes, laid_out
from evidentia.render.pdf.glyphs import without
from evidentia.render.pdf.parts import Part
from evidentia.render.pdf.tags import complete

VARIANT, VERSION = "pdf/ua-1", "1.7"
_EDGES = [f"{edge}-{place}" for edge in ("top", "bottom") for place in ("left-corner", "left", "center", "right", "right-corner")]
_EDGES += [f"{edge}-{place}" for edge in ("left", "right") for place in ("top", "middle", "bottom")]
NO_MARGINS = "@page {" + " ".join(f"@{edge} {{ content: none !important }}" for edge in _EDGES) + "}"
"""Leaves everything out that a style sheet puts into the margins of pages."""

MANY_PAGES = 150  # drawn, after which their memory is given back
MARK = 12  # digits of a part's hash that make the ids of its structure its own


class Looks:
    """What all parts share, read once: the style sheets and the fonts.

    Parameters
    ----------
    page : weasyprint.HTML
        Its style elements are taken out.
    """

    def __init__(self, page: Any) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self.fetcher = page.url_fetcher
        self.fonts = FontConfiguration()
        head = page.etree_element.find("head")
        styles = list(head.iter("style"))
        self.texts = [style.text or "" for style in styles if style.get("media", "print") == "print"]
        for style in styles:
            head.remove(style)
        self.sheets = [self._read(text) for text in self.texts]
        self.inner = [*self.sheets, self._read(NO_MARGINS)]

    def _read(self, text: str) -> Any:
        from weasyprint import CSS

        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)


@dataclass
class Leaf:
    """What the margins of a page need to know of it.

    Attributes
    ----------
    kind : str
        Its name in the style sheet, such as ``cover``.
    strings : list of (str, str)
        The named strings that are set on it, in order.
    """

    kind: str
    strings: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Setting:
    """A part on its pages.

    Attributes
    ----------
    numbers : list of str
        The page numbers that it prints, in the order of `Part.pages_of`.
    leaves : list of Leaf
        Its pages.
    places : dict of str to int
        The page of each id, 0 for the first.
    drawn : bytes
        What `Drawn.to_bytes` returns; empty if it is only laid out.
    """

    numbers: list[str]
    leaves: list[Leaf]
    places: dict[str, int]
    drawn: bytes = b""


class Typesetter:
    """Sets parts; a part is laid out, and drawn when that is known to be final.

    Parameters
    ----------
    parts : list of Part
    looks : Looks
    fonts : frozenset of str
        The report's fonts, which are left out.
    """

    def __init__(self, parts: list[Part], looks: Looks, fonts: frozenset[str]) -> None:
        self.parts = parts
        self.looks = looks
        self.fonts = fonts
        self._documents: dict[int, Any] = {}
        self._drawn = 0  # pages since their memory was given back

    def __call__(self, index: int, numbers: list[str] | None) -> Setting | bytes:
        """Lay a part out with the page numbers that it prints, or draw it as it is laid out.

        Parameters
        ----------
        index : int
            Of the part.
        numbers : list of str or None
            In the order of `Part.pages_of`; None to draw.
        """
        return self._draw(index) if numbers is None else self._lay_out(index, numbers)

    def _lay_out(self, index: int, numbers: list[str]) -> Setting:
        part, looks = self.parts[index], self.looks
        part.print_pages(numbers)
        with faults_raised():
            document = laid_out(sheet(part.root, looks.fetcher), looks.fonts, stylesheets=looks.inner, pdf_variant=VARIANT)
        self._documents[index] = document
        places: dict[str, int] = {}
        for number, page in enumerate(document.pages):
            for anchor in page.anchors:
                places.setdefault(anchor, number)
        return Setting(numbers, [_leaf(page._page_box) for page in document.pages], places)

    def _draw(self, index: int) -> bytes:
        document = self._documents.pop(index)
        with faults_raised(), without(self.fonts) as used:
            pdf = make_pdf(document, pdf_variant=VARIANT)
            complete(document, pdf)
        mark = hashlib.sha256(self.parts[index].markup).hexdigest()[:MARK]
        content = take_apart(pdf, used, mark).to_bytes()
        self._drawn += len(document.pages)
        if self._drawn > MANY_PAGES:
            self._drawn = 0
            del document, pdf, used
            gc.collect()  # which scripts turn off, because it costs more than it gives as long as there is little to find
        return content


def _leaf(page: Any) -> Leaf:
    strings = [tuple(item) for box in boxes(page) if box.string_set not in (None, "none") for item in box.string_set]
    return Leaf(page.page_type.name or "", strings)


def make_pdf(document: Any, **given: Any) -> Any:
    """Return a document as a PDF that is not written yet."""
    from weasyprint.pdf import generate_pdf

    return generate_pdf(document, None, 1, **pdf_options(**given))


def pdf_options(**given: Any) -> dict[str, Any]:
    """Return WeasyPrint's options for a PDF."""
    from weasyprint import DEFAULT_OPTIONS

    return {**DEFAULT_OPTIONS, "pdf_version": VERSION, **given}


def sheet(root: Any, fetcher: Any) -> Any:
    """Return elements as what WeasyPrint lays out; by itself it only reads text."""
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    page = HTML.__new__(HTML)
    page.base_url, page.url_fetcher, page.media_type = None, fetcher, "print"
    page.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    page.etree_element = root
    return page


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def faults_raised() -> Iterator[None]:
    """Raise what WeasyPrint reports as an error: an image without text, a missing anchor."""
    log, keep = logging.getLogger("weasyprint"), _Keep()
    log.addHandler(keep)
    try:
        yield
    finally:
        log.removeHandler(keep)
    if keep.messages:
        raise EvidentiaError("the page has faults: " + "; ".join(dict.fromkeys(keep.messages)), where="build/report.html")
