"""Boxes of text: what either engine makes of a callout, brought to one form."""

from __future__ import annotations

import re

from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.html.elements import replace


def normalise_boxes(main: Element) -> None:
    """Make each callout a box with its own title, the inner ones first; in place."""
    for element in reversed(main.xpath(".//div")):
        if "callout" in element.classes:
            _callout(element)
        elif _is_plain_callout(element):
            _plain_callout(element)


def _callout(element: Element) -> None:
    """Make a callout, in the structure that both engines give it, a box with a title.

    The boxes in it are made already, so that what is found is its own.
    """
    titles = element.xpath(".//*[contains(@class, 'callout-title')]")
    bodies = element.xpath(".//*[contains(@class, 'callout-body-container')]") or element.xpath(
        ".//*[contains(@class, 'callout-body')]"
    )
    body = list(bodies[0]) if bodies else []
    replace(element, _box(titles[-1] if titles else None, body, element.get("id")))


def _is_plain_callout(element: Element) -> bool:
    """Whether this is what Quarto makes of a callout without its theme: a quotation that opens with a bold
    title.
    """
    if (
        len(element) != 1
        or element[0].tag != "blockquote"
        or not len(element[0])
        or set(element.attrib) - {"id"}
    ):
        return False
    first = element[0][0]
    return (
        first.tag == "p"
        and [child.tag for child in first] == ["strong"]
        and not (first.text or first[0].tail or "").strip()
    )


def _plain_callout(element: Element) -> None:
    quotation = element[0]
    replace(element, _box(quotation[0], list(quotation)[1:], element.get("id")))


def _box(title: Element | None, content: list[Element], id: str | None) -> Element:
    words = ""
    if title is not None:
        for hidden in title.xpath(
            ".//*[contains(@class, 'screen-reader-only')]"
        ):  # the callout's kind, from Quarto 1.8 on
            hidden.drop_tree()
        words = re.sub(r"\s+", " ", title.text_content()).strip()
    aside = tag.E.aside({"class": "box"})
    if words:
        aside.set("aria-label", words)
        aside.append(tag.E.p(words, {"class": "box-title"}))
    aside.extend(content)
    if id:
        aside.set("id", id)
    return aside
