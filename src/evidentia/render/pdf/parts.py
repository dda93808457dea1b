"""The page for paper cut into parts that can be laid out one by one: the front matter, and each chapter.

A chapter begins on a new page, so nothing in it depends on the others but the number of its first page and the
page numbers that it prints of places elsewhere. The front matter is cover, contents and lists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

Element = Any

ELSEWHERE = "part:"
"""Scheme of a link to another part; it is a link within the report again once the parts are bound."""

UNKNOWN = "00"
"""What stands for a page number that is not known yet."""


@dataclass
class Part:
    """A part of the report.

    Attributes
    ----------
    root : xml.etree element
        A page of its own, ``<html>``.
    anchors : frozenset of str
        The ids in it.
    pages_of : list of str
        The ids whose page numbers it prints, in order.
    """

    root: Element
    anchors: frozenset[str]
    pages_of: list[str] = field(default_factory=list)

    @cached_property
    def markup(self) -> bytes:
        """The part as it was cut, without page numbers."""
        return ElementTree.tostring(self.root, encoding="utf-8")

    def print_pages(self, numbers: list[str]) -> None:
        """Write page numbers, in the order of `pages_of`, for the style sheet to set."""
        for link, number in zip(_numbered(self.root), numbers, strict=True):
            link.set("data-page", number)


def parts_of(page: Element) -> list[Part]:
    """Cut a page for paper into its front matter and its chapters.

    Parameters
    ----------
    page : xml.etree element
        The page's ``<html>``, after `evidentia.render.pdf.paper.for_paper`. It is used up.

    Returns
    -------
    list of Part
        In the order of the report; the first is the front matter.
    """
    head, body = page.find("head"), page.find("body")
    main = body.find("main")
    groups: list[list[Element]] = [[]]
    for child in list(main) if main is not None else []:
        if child.tag == "section":
            groups.append([])
        groups[-1].append(child)
    if main is not None:
        main[:] = groups[0]
        if not groups[0]:
            body.remove(main)
    parts = [Part(page, _ids(page))]
    for group in groups[1:]:
        root, inner = _bare(page), _bare(body)
        root.append(_bare(head) if head is not None else ElementTree.Element("head"))
        root.append(inner)
        holder = ElementTree.SubElement(inner, "main")
        holder.extend(group)
        parts.append(Part(root, _ids(root)))
    _lead_elsewhere(parts)
    for part in parts:
        part.pages_of = [link.get("data-page") for link in _numbered(part.root)]
    return parts


def _bare(element: Element) -> Element:
    return ElementTree.Element(element.tag, element.attrib)


def _ids(root: Element) -> frozenset[str]:
    return frozenset(element.get("id") for element in root.iter() if element.get("id"))


def _lead_elsewhere(parts: list[Part]) -> None:
    """Mark the links from one part to another."""
    everywhere = frozenset[str]().union(*(part.anchors for part in parts))
    for part in parts:
        others = everywhere - part.anchors
        for link in part.root.iter("a"):
            place = link.get("href", "")
            if place.startswith("#") and place[1:] in others:
                link.set("href", ELSEWHERE + place[1:])


def _numbered(root: Element) -> list[Element]:
    return [link for link in root.iter("a") if link.get("data-page") is not None]
