"""Nothing on paper is cut off: what is wider than its page is named instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.markup import Element
from evidentia.render.pdf.private import beyond

TOLERANCE = 4.0
"""Pixels, a millimetre, that a line may reach into the margin."""

MOST = 10
"""Faults that are named."""

Find = Callable[..., str]


def cut_off(document: Any, find: Find) -> list[EvidentiaError]:
    """Return a fault for each part of a document, as it is laid out, that is wider than its page.

    Parameters
    ----------
    document : weasyprint.Document
    find : callable
        Returns the file and line in which one of some texts stands, or an empty string.
    """
    faults: dict[Element, EvidentiaError] = {}
    for sheet in document.pages:
        for whole, text in beyond(sheet, TOLERANCE, _WHOLES):
            if whole not in faults and len(faults) < MOST:
                faults[whole] = _fault(whole, text.strip(), find)
    return list(faults.values())


_WHOLES = ("table", "figure", "pre", "p", "li", "h2", "h3", "h4", "h5", "h6", "dd", "dt")
_NAMES = {"table": "the table", "figure": "the figure", "pre": "the code"}
_REMEDIES = {
    "table": "take columns out, shorten their words, or divide it into two; it is turned already",
    "figure": "draw it narrower",
    "pre": "break its lines",
}


def _fault(whole: Element, text: str, find: Find) -> EvidentiaError:
    between = " " if whole.tag == "table" else ""
    said = " ".join(between.join(whole.itertext()).split())
    cells = ("".join(item.itertext()).strip() for item in whole.iter() if item.tag in ("th", "td"))
    words = [cell for cell in cells if cell]
    name = f"{_NAMES.get(whole.tag, 'what begins')} '{said[:50]}'"
    return EvidentiaError(
        f"{name} is wider than its page, and would be cut off{f' at {text[:40]!r}' if text else ''}",
        where=find(said, *words[:3], text, said[:30]) or "build/report.html",
        remedy=_REMEDIES.get(whole.tag, "write it so that it can break, with spaces or hyphens"),
    )
