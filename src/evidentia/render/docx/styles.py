"""The styles of the Word document, by what they are for."""

from __future__ import annotations

from typing import Any

from lxml.html import builder as tag

from evidentia.core.markup import Element

STYLES = {
    "publisher": "Cover Publisher",
    "marks": "Cover Marks",
    "subtitle": "Subtitle",
    "cover-date": "Date",
    "organisation": "Organisation",
    "names": "Organisation",
    "logo": "Cover Logo",
    "affiliation": "Organisation",
    "identifiers": "Organisation",
}
"""Styles of the cover's lines, by their classes on the page."""
BRIEF = {"Title": "Brief Title", "Subtitle": "Brief Subtitle", "Cover Publisher": "Brief Line"}
TURN, TURN_BACK, NEW_PAGE = "Turn", "Turn Back", "New Page"
"""Styles of lines that stand for what happens to the page there, until the document is finished."""
WORDS = {
    "measure": "Measure",
    "synthetic": "Synthetic Mark",
    "standing": "Synthetic Mark",
    "mark": "Cover Mark",
}
"""Styles of words within a paragraph, by their classes on the page."""


def styled(style: str, *content: Any) -> Element:
    """Return a paragraph in a style."""
    return tag.E.div(tag.E.p(*content), {"data-custom-style": style})
