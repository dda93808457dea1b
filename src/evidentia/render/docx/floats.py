"""Figures and tables brought to what pandoc's writer of Word documents knows."""

from __future__ import annotations

from lxml.html import builder as tag

from evidentia.core.markup import Element
from evidentia.render.docx.styles import styled

_FIGURE_LINE = ("figcaption", "caption")


def set_float(element: Element) -> None:
    """Bring a figure or table into the order caption, content, source, each in its style."""
    figure = element.tag == "figure"
    label, block = element.get("id"), tag.E.div()
    caption = next(iter(element.iter(*_FIGURE_LINE)), None)
    content = list(element) if figure else list(element.iter("table"))
    sources = element.find_class("source")
    if caption is not None:
        inner = "part" in element.get("class", "").split()
        line = styled("Part Caption" if inner else "Figure Caption" if figure else "Table Caption")
        _move(caption, line[0])
        line.set("id", label or "")
        block.append(line)
        caption.drop_tree()
    for part in content:
        if part.tag == "table":
            block.append(part)
        elif figure and part is not caption and part not in sources:
            block.extend([part] if part.xpath(".//p") else _pictures(part))
    for source in sources:
        block.append(line := styled("Source"))
        _move(source, line[0])
    block.tail = element.tail
    element.getparent().replace(element, block)
    block.drop_tag()


def _pictures(part: Element) -> list[Element]:
    """Return what stands in a figure: each picture a paragraph, other elements as they are."""
    marks = part.xpath("descendant-or-self::span[@data-custom-style='Picture']")
    lines: list[Element] = []
    for mark in marks:
        figure = next(mark.iterancestors("figure"), None)
        said = figure.find("figcaption") if figure is not None and "part" in figure.classes else None
        lines.append(styled("Figure", mark))
        if figure is not None and said is not None:  # a picture of several has words of its own
            lines.append(line := styled("Figure Caption"))
            line.set("id", figure.attrib.pop("id", ""))
            _move(said, line[0])
    return lines or [part]


def _move(source: Element, target: Element) -> None:
    target.text = source.text
    target.extend(list(source))
