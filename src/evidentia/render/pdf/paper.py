"""The page rearranged for paper: footnotes where they are called, no widgets, and breaks that a table or a box can bear."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

Element = Any
SVG = "{http://www.w3.org/2000/svg}"
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup"}
LONG_TABLE = 30  # lines of text from which a table may break over pages, about two thirds of one
LONG_BOX = 900  # characters from which a box may
WIDE_TABLE = 7  # columns from which a table is set smaller
LINE = 86  # characters of table text that fit on one line of the page


def for_paper(root: Element) -> None:
    """Rearrange a finished page for paper, in place.

    Parameters
    ----------
    root : xml.etree element
        The page's ``<html>``, as `evidentia.render.html.page` wrote it.
    """
    _flatten(root)
    parents = {child: parent for parent in root.iter() for child in parent}
    _footnotes(root, parents)
    for link in root.iter("a"):
        if link.get("class") == "place":
            link.text = ""
            _print_page(link)
    for link in root.iterfind(".//nav//li//a"):
        _print_page(link)
    for details in [item for item in root.iter("details") if "data" in item.get("class", "").split()]:
        _drop(details, parents)
    for element in [item for item in root.iter() if "on-screen" in item.get("class", "").split()]:
        _drop(element, parents)
    for details in list(root.iter("details")):
        _unfold(details)
    for svg in root.iter(f"{SVG}svg"):
        title = ElementTree.Element(f"{SVG}title")
        title.text = svg.get("aria-label", "")
        svg.insert(0, title)
    for box in root.iter("aside"):
        if len("".join(box.itertext())) > LONG_BOX:
            _add_class(box, "long")
    for holder in root.iter("div"):
        if "tabular" in holder.get("class", "").split():
            _fit_table(holder)
    for element in list(root.iter()):
        _free_spaces(element)


def _flatten(root: Element) -> None:
    """Take out the boxes that lay a screen out, so that contents, lists and ``main`` stand right in the body."""
    body = root.find("body")
    for name in ("layout", "document"):
        for holder in [item for item in body if item.tag == "div" and item.get("class") == name]:
            place = list(body).index(holder)
            body[place : place + 1] = list(holder)


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _drop(element: Element, parents: dict[Element, Element]) -> None:
    """Take an element out, but not the text behind it."""
    parent = parents[element]
    index = list(parent).index(element)
    if element.tail:
        if index:
            parent[index - 1].tail = (parent[index - 1].tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _print_page(link: Element) -> None:
    """Let the style sheet print the page that a link leads to."""
    link.set("data-page", link.get("href", "")[1:])


def _unfold(details: Element) -> None:
    """Make a part that opens on a screen one that is simply there."""
    details.tag = "div"
    details.attrib.pop("open", None)
    for summary in details.findall("summary"):
        summary.tag = "div"


def _footnotes(root: Element, parents: dict[Element, Element]) -> None:
    notes = {item.get("id"): item for item in root.iter("li") if item.get("id", "").startswith("fn")}
    for link in [item for item in root.iter("a") if "footnote-ref" in item.get("class", "").split()]:
        _set_footnote(link, notes[link.get("href", "")[1:]])
    for section in [item for item in root.iter("section") if "footnotes" in item.get("class", "").split()]:
        _drop(section, parents)


def _set_footnote(link: Element, note: Element) -> None:
    """Put the note itself into its mark: the style sheet sends it to the foot of the page, and the mark leads there.

    It is an ``article``, which nothing else in a report is, so that its tag can be told from others.
    """
    number = "".join(link.itertext()).strip()
    article = ElementTree.Element("article", {"class": "footnote", "id": note.get("id", ""), "data-number": number})
    for paragraph in note.iter("p"):
        if len(article) or article.text:
            article.append(ElementTree.Element("br"))
            article[-1].tail = paragraph.text
        else:
            article.text = paragraph.text
        article.extend(child for child in paragraph if "footnote-back" not in child.get("class", "").split())
    link[:] = [article]
    link.text = None


def _fit_table(holder: Element) -> None:
    """Let a long table break over pages, and set a wide one smaller."""
    rows = [[len("".join(cell.itertext())) for cell in row] for row in holder.iter("tr")]
    columns = max(len(row) for row in rows)
    lines = sum(max(1, -(-max(row) * columns // LINE)) for row in rows)
    if lines > LONG_TABLE:
        _add_class(holder, "long")
    if columns >= WIDE_TABLE:
        _add_class(holder, "wide")


def _free_spaces(parent: Element) -> None:
    """Set the space between a text and the inline element that follows it in an element of its own.

    WeasyPrint 70 takes a text that fits a line but for its last space, and is followed by an inline element,
    for one that does not fit, and breaks it at its first space. A text without a space at its end is safe.
    """
    for index in range(len(parent) - 1, -1, -1):
        if parent[index].tag not in INLINE:
            continue
        before = parent[index - 1].tail if index else parent.text
        bare = (before or "").rstrip(" \n\t")
        if not bare or bare == before:
            continue
        if index:
            parent[index - 1].tail = bare
        else:
            parent.text = bare
        space = ElementTree.Element("span")
        space.text = re.sub(r"\s+", " ", (before or "")[len(bare) :])
        parent.insert(index, space)
