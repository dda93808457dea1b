"""The page rearranged for paper: no more than paper shows, footnotes where they are called, breaks that a
table can bear.
"""

from __future__ import annotations

import base64
import re

from lxml import etree, html
from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.html.lists import first_of
from evidentia.render.html.opening import as_report
from evidentia.render.html.webfonts import for_paper as plain_cuts
from evidentia.render.pdf.formulas import draw_formulas
from evidentia.render.pdf.notes import lines_of
from evidentia.render.pdf.tables import fit_tables

INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "em",
    "i",
    "img",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}
IN_LINE = frozenset([*INLINE, "br", "img", "mark", "u", "del", "svg", "math"])
KEPT_ATTRIBUTES = {
    "id",
    "class",
    "href",
    "src",
    "alt",
    "lang",
    "scope",
    "colspan",
    "rowspan",
    "start",
    "type",
    "value",
    "name",
    "content",
    "media",
    "charset",
    "style",
    "data-notice",
    "data-status",
    "data-kind",
    "data-name",
}
"""What the style sheet, the tags and the metadata are made from; all others are for a browser."""
LONG_BOX = 900  # characters from which a box may
_SVG = re.compile(r"<svg\b([^>]*)>|</svg>")
_LABEL = re.compile(r"""\baria-label=("[^"]*"|'[^']*')""")


def for_paper(page: str) -> Element:
    """Return a finished page as WeasyPrint is to be given it.

    Parameters
    ----------
    page : str
        HTML, as `evidentia.render.html.page` wrote it.

    Returns
    -------
    lxml element
        Its ``<html>``; `as_text` writes it.
    """
    root = as_printed(page)
    for style in root.iter("style"):
        style.text = plain_cuts(style.text or "")
    draw_formulas(root)
    for listed in root.body.iter("ol"):
        if (first := first_of(listed)) != 1:  # `start` alone is not obeyed
            listed.set("style", f"counter-reset: list-item {first - 1}")
    for box in root.iter("aside"):
        if len(box.text_content()) > LONG_BOX:
            box.classes.add("long")
    for call in root.find_class("footnote-ref"):
        _keep_with_word(call)
    fit_tables(root)
    for section in root.xpath("//main/section[.//div[contains(concat(' ', @class, ' '), ' landscape ')]]"):
        section.classes.add("turning")
    _strip(root)
    for element in root.body.iter(*INLINE):
        _free_space(element)
    return root


def as_printed(page: str) -> Element:
    """Return a finished page without what only a screen shows, in the order of a report, its notes where they
    are called; drawings are images that carry them.
    """
    root = html.document_fromstring(_as_images(page))
    _drop_widgets(root)
    _order(root)
    _footnotes(root)
    _unfold(root)
    return root


def as_text(root: Element) -> str:
    """Return a page for paper as HTML."""
    text: str = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return text


def _as_images(page: str) -> str:
    """Turn each drawing into an image that carries it: so it is read as XML, and its parts get no styles of a
    page.
    """
    pieces, depth, start, label, end = [], 0, 0, '""', 0
    for found in _SVG.finditer(page):
        if found[0] == "</svg>":
            depth -= 1
            if depth == 0:
                drawing = base64.b64encode(page[start : found.end()].encode("utf-8")).decode("ascii")
                pieces.append(f'<img alt={label} src="data:image/svg+xml;base64,{drawing}">')
                end = found.end()
        elif not found[1].endswith("/"):
            if depth == 0:
                named = _LABEL.search(found[1])
                start, label = found.start(), named[1] if named else '""'
                pieces.append(page[end:start])
            depth += 1
    return "".join([*pieces, page[end:]])


def _drop_widgets(root: Element) -> None:
    """Take out what only a screen shows, and the boxes that lay a screen out."""
    for element in root.xpath(
        "//script | //style[@media='screen'] | //*[contains(concat(' ', @class, ' '), ' on-screen ')]"
        " | //*[contains(concat(' ', @class, ' '), ' for-screen ')]"
    ):
        element.drop_tree()
    for element in root.xpath("//a[@class='skip'] | //details[contains(concat(' ', @class, ' '), ' data ')]"):
        element.drop_tree()
    for holder in root.xpath("/html/body//div[@class='layout' or @class='document']"):
        holder.drop_tag()
    for link in root.find_class("place"):
        link.text = None  # the style sheet prints the page that it leads to


def _order(root: Element) -> None:
    """Put the chapter that opens the screen where it stands in the report, and the lists of figures and
    tables before the body.
    """
    main = root.body.find("main")
    if main is None:
        return
    as_report(main)
    order = {name: index for index, name in enumerate(main.xpath(".//@id"))}
    for lines in root.xpath("/html/body//nav[@class='contents']//ol"):
        for line in lines.find_class("level-4"):
            line.drop_tree()
        lines[:] = sorted(lines, key=lambda line: order.get(line.find(".//a").get("href")[1:], 0))


def _unfold(root: Element) -> None:
    """Make a part that opens on a screen one that is simply there."""
    for details in list(root.iter("details")):
        details.tag = "div"
        for summary in details.findall("summary"):
            summary.drop_tag()


def _footnotes(root: Element) -> None:
    """Put each note behind its call, for the style sheet to send it to the foot of the page.

    Call and note lead to each other by links, and so can be told from other elements once they are laid out.
    """
    notes = {item.get("id"): item for item in root.xpath("//section[contains(@class, 'footnotes')]//li[@id]")}
    for call in root.find_class("footnote-ref"):
        found = notes[call.get("href", "")[1:]]
        for back in found.find_class("footnote-back"):
            back.drop_tree()
        note = tag.E.span(
            tag.E.a(call.text_content().strip(), {"class": "footnote-back", "href": f"#{call.get('id')}"}),
            {"class": "footnote", "id": found.get("id")},
        )
        for index, line in enumerate(lines_of(found, IN_LINE)):
            if index:
                note.append(tag.E.br())
            for piece in line:
                if isinstance(piece, str):
                    note[-1].tail = (note[-1].tail or "") + piece
                else:
                    note.append(piece)
        note.tail, call.tail = call.tail, None
        call.addnext(note)
    for section in root.xpath("//section[contains(@class, 'footnotes')]"):
        section.drop_tree()


def _keep_with_word(call: Element) -> None:
    """Keep a note's mark on the line of the word before it."""
    previous, parent = call.getprevious(), call.getparent()
    before = (parent.text if previous is None else previous.tail) or ""
    word = before.rsplit(maxsplit=1)[-1] if before.strip() else ""
    if not word or not before.endswith(word):
        return
    rest = before.removesuffix(word)
    if previous is None:
        parent.text = rest
    else:
        previous.tail = rest
    kept = tag.E.span(word, {"class": "unbroken"})
    call.addprevious(kept)
    kept.append(call)


def _strip(root: Element) -> None:
    """Take out attributes that decide nothing on paper, and spans and ids that nothing leads to or styles."""
    targets = {link.get("href")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")}
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            if name not in KEPT_ATTRIBUTES or (
                name == "id" and element.get("id") not in targets and element.tag in INLINE
            ):
                del element.attrib[name]
    for span in list(root.iter("span")):
        if (
            span.get("class", "n") in ("n", "citation")
            and not span.get("id")
            and not span.get("style")
            and not span.get("lang")
        ):
            span.drop_tag()


def _free_space(element: Element) -> None:
    """Set the space between a text and the inline element that follows it in an element of its own.

    WeasyPrint 70 takes a text that fits a line but for its last space, and is followed by an inline element,
    for one that does not fit, and breaks it at its first space. A text without a space at its end is safe.
    """
    previous, parent = element.getprevious(), element.getparent()
    before = (parent.text if previous is None else previous.tail) or ""
    bare = before.rstrip(" \n\t")
    if not bare or bare == before:
        return
    if previous is None:
        parent.text = bare
    else:
        previous.tail = bare
    element.addprevious(tag.E.span(" "))
