"""The report as a page in Govspeak, the Markdown of GOV.UK, made from the finished page.

Numbering and words are those of report.html. Figures are images beside the page, tables are Govspeak tables
with row headings, notes are footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from evidentia.core.markup import Element

_SKIPPED = {"script", "style", "template", "details", "svg", "nav", "hr"}
_LEVELS = {f"h{level}": "#" * level for level in range(2, 7)}
_SPECIAL = re.compile(r"[\\*_\[\]|^`]")
_BEGINS = re.compile(r"(?:#|\$|%|\{|[-+]\s|\d+\.\s)")
"""What would make a heading, a list or a callout of a paragraph that begins with it."""


def govspeak(page: str) -> tuple[str, dict[str, str]]:
    """Return the page's text, and the alternative text of each image that it shows by file name.

    Parameters
    ----------
    page : str
        The finished report.html.
    """
    main = html.document_fromstring(page).xpath("//main")[0]
    images: dict[str, str] = {}
    blocks = list(_blocks(main, images))
    return "\n\n".join(block for block in blocks if block.strip()) + "\n", images


def _blocks(parent: Element, images: dict[str, str]) -> Iterator[str]:
    for element in parent:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or element.get("hidden"):
            continue
        kind = element.get("class") or ""
        if element.tag in _LEVELS:
            yield f"{_LEVELS[element.tag]} {_inline(element)}"
        elif "footnotes" in kind:
            yield from _footnotes(element)
        elif element.tag == "figure":
            yield from _figure(element, images)
        elif element.tag == "table":
            yield _table(element)
        elif element.tag in ("ul", "ol"):
            yield _list(element)
        elif element.tag == "aside" or "box" in kind.split():
            yield _box(element, images)
        elif element.tag == "p":
            text = _inline(element)
            yield f"\\{text}" if _BEGINS.match(text) else text
        else:
            yield from _blocks(element, images)


def _figure(element: Element, images: dict[str, str]) -> Iterator[str]:
    """Yield a figure: its title, the image, what it measures and its source."""
    id = element.get("id", "").removeprefix("fig-")
    caption = element.xpath("./figcaption")
    measure = caption[0].xpath(".//span[@class='measure']") if caption else []
    for span in measure:
        span.drop_tree()
    if caption:
        yield f"**{_inline(caption[0])}**"
    for span in measure:
        yield _inline(span)
    described = element.xpath(".//*[local-name()='svg']/@aria-label")
    images[f"{id}.svg"] = " ".join(described[0].split()) if described else ""
    yield f"[Image: {id}.svg]"
    yield from (_inline(line) for line in element.xpath("./p[@class='source']"))


def _table(element: Element) -> str:
    """Return a table; the heading of a row begins with #."""
    caption = element.xpath("./caption")
    lines = [f"**{_inline(caption[0])}**", ""] if caption else []
    heads = element.xpath("./thead/tr")
    if heads:
        names = _names(heads)
        lines += [_row(names), _row(["---"] * len(names))]
    for row in element.xpath("./tbody/tr"):
        cells = [
            f"# {_inline(cell)}" if cell.tag == "th" and cell.get("scope") == "row" else _inline(cell)
            for cell in row.xpath("./th | ./td")
        ]
        lines.append(_row(cells))
    return "\n".join(lines)


def _names(heads: list[Element]) -> list[str]:
    """Return the names of columns; a heading above several columns stands before each of them."""
    above: list[str] = []
    names: list[str] = []
    for cell in heads[0].xpath("./th | ./td"):
        above += [_inline(cell)] * int(cell.get("colspan", 1))
    if len(heads) == 1:
        return above
    below = iter(heads[1].xpath("./th | ./td"))
    place = 0
    for cell in heads[0].xpath("./th | ./td"):
        for _ in range(int(cell.get("colspan", 1))):
            tall = int(cell.get("rowspan", 1)) > 1
            own = "" if tall else _inline(next(below, cell))
            names.append(f"{above[place]}: {own}" if own and above[place] else above[place] or own)
            place += 1
    return names


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("\n", " ") for cell in cells) + " |"


def _list(element: Element) -> str:
    lines = []
    for number, item in enumerate(element.xpath("./li"), start=1):
        mark = f"{number}." if element.tag == "ol" else "*"
        lines.append(f"{mark} {_inline(item)}")
    return "\n".join(lines)


def _box(element: Element, images: dict[str, str]) -> str:
    """Return a box as an information callout, a paragraph a line."""
    texts = [" ".join(block.split()) for block in _blocks(element, images)]
    return "\n\n".join(f"^{text.replace('^', '')}^" for text in texts if text)


def _footnotes(element: Element) -> Iterator[str]:
    for note in element.xpath(".//li[@id]"):
        for back in note.xpath(".//a[contains(@class, 'footnote-back')]"):
            back.drop_tree()
        yield f"[^{note.get('id').removeprefix('fn')}]: {_inline(note)}"


def _inline(element: Element) -> str:
    """Return the words of an element with emphasis, links and notes."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    yield _escaped(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield _piece(child)
        yield _escaped(child.tail)


def _piece(child: Element) -> str:
    inside = "".join(_pieces(child))
    kind, target = child.get("class") or "", child.get("href") or ""
    if child.tag == "a" and "footnote-ref" in kind:
        return f"[^{target.removeprefix('#fn')}]"
    if child.tag in ("strong", "b"):
        return f"**{inside.strip()}**" if inside.strip() else ""
    if child.tag in ("em", "i"):
        return f"*{inside.strip()}*" if inside.strip() else ""
    if child.tag == "a" and target.startswith(("https:", "http:", "mailto:")):
        return f"[{inside}]({target})"
    if child.tag in ("p", "li", "div", "br"):
        return f"{inside} "
    return inside


def _escaped(text: str | None) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text or "")
