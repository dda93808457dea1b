"""Footnotes kept on the page that calls them.

WeasyPrint 70 moves the notes of a page to the next one if that lets a paragraph's last line before its least
number of lines (``orphans``) stand on the page, and then may lose some of them. Such a page can be told when
it is laid out: it holds the anchor of a call, and not that of its note. A paragraph that asks for one line
less, or is kept whole, does not bring WeasyPrint into that corner; so the page is laid out again with that,
until each note stands where it is called.
"""

from __future__ import annotations

from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element
from evidentia.render.pdf.private import last_lines_of

ROUNDS = 12
CALL, NOTE = "fnref", "fn"


def laid_out(page: Any, **options: Any) -> Any:
    """Lay a page out for paper, with each footnote on the page that calls it.

    Parameters
    ----------
    page : weasyprint.HTML
        Its elements may get a style of their own.
    options
        For `weasyprint.HTML.render`.

    Raises
    ------
    EvidentiaError
        If a note cannot be kept with its call.
    """
    tried: dict[Element, int] = {}
    for _ in range(ROUNDS):
        document = page.render(**options)
        parted = [sheet for sheet in document.pages if _called(sheet) - set(sheet.anchors)]
        if not parted:
            return document
        last = [element for sheet in parted if (element := last_lines_of(sheet)) is not None]
        for element in dict.fromkeys(last):
            _loosen(element, tried)
    lost = sorted(note for sheet in parted for note in _called(sheet) - set(sheet.anchors))
    raise EvidentiaError(
        f"{len(lost)} footnotes find no room on the page that calls them: {', '.join(lost)}",
        where="build/report.html",
        remedy="shorten the paragraph or the note, or move the note's mark to another sentence",
    )


def _called(sheet: Any) -> set[str]:
    """Return the ids of the notes that a page calls."""
    return {f"{NOTE}{name.removeprefix(CALL)}" for name in sheet.anchors if name.startswith(CALL)}


def _loosen(element: Element, tried: dict[Element, int]) -> None:
    """Ask for one line less at the foot of the page; where that was done already, keep the whole."""
    tried[element] = tried.get(element, 0) + 1
    element.set(
        "style", "orphans: 2" if tried[element] == 1 and element.tag == "p" else "break-inside: avoid"
    )
