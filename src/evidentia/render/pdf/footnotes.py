"""Footnotes kept on the page that calls them.

WeasyPrint 70 moves the notes of a page to the next one if that lets a paragraph's last line before its least
number of lines (``orphans``) stand on the page, and then may lose some of them. Such a page can be told when it is
laid out. A paragraph that asks for one line less, or is kept whole, does not bring WeasyPrint into that corner;
so the page is laid out again with that, until each note stands where it is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidentia.core.errors import EvidentiaError

ROUNDS = 12
Element = Any
Box = Any


def laid_out(html: Any, font_config: Any = None, **options: Any) -> Any:
    """Lay a page out for paper, with each footnote on the page that calls it.

    Parameters
    ----------
    html : weasyprint.HTML
        Its elements may get a style of their own.
    font_config : weasyprint.text.fonts.FontConfiguration, optional
    options
        For `weasyprint.HTML.render`.

    Raises
    ------
    EvidentiaError
        If a note cannot be kept with its call.
    """
    from weasyprint.text.fonts import FontConfiguration

    fonts = font_config or FontConfiguration()
    tried: dict[Element, int] = {}
    for _ in range(ROUNDS):
        document = html.render(font_config=fonts, **options)
        if html.etree_element.find(".//article") is None:
            return document
        parted = [page for page in document.pages if set(_called(page)) - set(_noted(page))]
        last = [element for page in parted if (element := _last_split(page)) is not None]
        if not last:
            break
        for element in dict.fromkeys(last):
            _loosen(element, tried)
    if missing := _missing(document):
        raise EvidentiaError(
            f"{len(missing)} footnotes find no room on the page that calls them: {', '.join(missing)}",
            where="build/report.html",
            remedy="shorten the paragraph or the note, or move the note's mark to another sentence",
        )
    return document


def boxes(box: Box) -> Iterator[Box]:
    """Yield a box and all inside it, in their order."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        yield box
        waiting += [getattr(child, "_box", child) for child in reversed(getattr(box, "children", ()))]


def _called(page: Any) -> list[str]:
    """Return the notes that a page calls, in order."""
    marks = [box.element.get("id") for box in boxes(page._page_box) if box.element_tag == "article::footnote-call"]
    return list(dict.fromkeys(marks))


def _noted(page: Any) -> list[str]:
    """Return the notes that stand at the foot of a page, in order."""
    notes = [box.element.get("id") for box in boxes(page._page_box) if box.element_tag == "article::footnote-marker"]
    return list(dict.fromkeys(notes))


def _missing(document: Any) -> list[str]:
    noted = {note for page in document.pages for note in _noted(page)}
    return [note for page in document.pages for note in _called(page) if note not in noted]


def _last_split(page: Any) -> Element | None:
    """Return the element whose lines are the last on a page, notes aside."""
    body = next(box for box in boxes(page._page_box) if box.element_tag == "body")
    blocks = [box for box in boxes(body) if any(type(child).__name__ == "LineBox" for child in getattr(box, "children", ()))]
    return blocks[-1].element if blocks else None


def _loosen(element: Element, tried: dict[Element, int]) -> None:
    """Ask for one line less at the foot of the page; where that was done already, keep the whole."""
    tried[element] = tried.get(element, 0) + 1
    element.set("style", "orphans: 2" if tried[element] == 1 and element.tag == "p" else "break-inside: avoid")
