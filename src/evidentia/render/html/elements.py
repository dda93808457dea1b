"""What the steps that bring a page to one form share: moving, replacing and naming elements."""

from __future__ import annotations

import re

from lxml.html import builder as tag

from evidentia.core.language import translate
from evidentia.core.markup import Element

"""The number that an engine sets before a caption."""


def engine_words() -> tuple[str, ...]:
    """Return the words that Quarto puts before numbers: its own, and those of the composed header."""
    said = (translate("Figure"), translate("Table"), translate("Section {number}", number="").strip())
    return ("Figure", "Table", "Section", "Equation", *said)


def _own_number() -> re.Pattern[str]:
    words = "|".join(map(re.escape, engine_words()))
    return re.compile(rf"^\s*(?:{words})\s*\w*\d+\s*:\s*")


def move_content(source: Element, target: Element) -> None:
    """Move text and children, unwrapping a single paragraph, and drop the engine's own numbering."""
    inner = (
        source[0] if len(source) == 1 and source[0].tag == "p" and not (source.text or "").strip() else source
    )
    target.text = _own_number().sub("", (inner.text or "").lstrip())
    target.extend(list(inner))
    if len(target):
        target[-1].tail = (target[-1].tail or "").rstrip() or None
    else:
        target.text = target.text.rstrip()


def move_source(element: Element, target: Element) -> None:
    """Move the source line, a paragraph with a span of class source, behind the picture or table; an author
    may write it in the element or directly below.
    """
    below = element.getnext()
    if below is not None and below.tag == "p" and [child.get("class") for child in below] == ["source"]:
        words = f"{below.text or ''}{below[0].tail or ''}{element.tail or ''}"
        if not words.strip():
            element.append(below)
    for span in element.xpath(".//span[@class='source']")[:1]:
        line = tag.E.p({"class": "source"})
        move_content(span, line)
        target.append(line)


def replace(old: Element, new: Element) -> None:
    """Put an element in the place of another one."""
    new.tail = old.tail
    old.getparent().replace(old, new)
