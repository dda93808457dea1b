"""All that is used of WeasyPrint beside its documented interface, each with its reason.

WeasyPrint and pydyf are pinned to the versions that were tried (pyproject.toml);
tests/render/pdf/test_private.py says what of this a new version has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

Box = Any


def is_link(box: Box) -> bool:
    """Whether a box of `weasyprint.document.Page.links` is a link itself, not an element inside one.

    The documented list has the box of each area that can be clicked, but does not say what may be asked of a
    box.
    """
    return bool(box.element_tag == "a")


def element_of(box: Box) -> Any:
    """Return the HTML element of a box of `weasyprint.document.Page.links`."""
    return box.element


def annotation_of(box: Box) -> Any:
    """Return the PDF annotation that was made of a link's box, a pydyf dictionary; None before the PDF is
    drawn.
    """
    return box.link_annotation


def last_lines_of(page: Any) -> Any:
    """Return the HTML element whose lines are the last in a page's text; None where there is none.

    That is where a page was broken, and no documented interface tells it.
    """
    body = next(box for box in boxes(page) if box.element_tag == "body")
    blocks = [
        box
        for box in _inside(body)
        if any(type(child).__name__ == "LineBox" for child in getattr(box, "children", ()))
    ]
    return blocks[-1].element if blocks else None


def beyond(page: Any, tolerance: float, wholes: Collection[str]) -> Iterator[tuple[Any, str]]:
    """Yield what reaches over the right edge of a page's text by more than some pixels: the element that it
    belongs to, of some tags, and its words.

    WeasyPrint cuts off without a word what is too wide, and no documented interface tells where a box is.
    """
    sheet = page._page_box
    edge = sheet.position_x + sheet.margin_left + sheet.width + tolerance
    waiting = [(part, None) for part in sheet.children if type(part).__name__ != "MarginBox"]
    while waiting:
        box, whole = waiting.pop()
        whole = box.element if whole is None and box.element_tag in wholes else whole
        text = getattr(box, "text", "")
        drawn = text.strip() or type(box).__name__.endswith("ReplacedBox")
        if drawn and box.position_x + box.width > edge:
            yield box.element if whole is None else whole, text
        waiting += [
            (getattr(child, "_box", child), whole) for child in reversed(getattr(box, "children", ()))
        ]


def boxes(page: Any) -> Iterator[Box]:
    """Yield all boxes of a page, in their order."""
    return _inside(page._page_box)


def _inside(box: Box) -> Iterator[Box]:
    waiting = [box]
    while waiting:
        box = waiting.pop()
        yield box
        waiting += [getattr(child, "_box", child) for child in reversed(getattr(box, "children", ()))]
