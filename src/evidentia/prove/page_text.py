"""The finished HTML page as blocks of text, each stretch of it marked with what it is.

A mark is a kind and an id: a number bound to the ledger, a figure's own number, a line of the contents. What
carries no mark is plain text, and `evidentia.prove.origins` has to explain its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import html

from evidentia.compose.items import ANCHOR
from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.markup import Element
from evidentia.core.number_words import formula_signs
from evidentia.prove.blocks import PageText
from evidentia.prove.page_reader import HEADINGS, Reader, folded, heading_number, id_of
from evidentia.render.html.lists import marks, with_delimiter
from evidentia.render.html.opening import as_report


def read_page(path: Path) -> PageText:
    """Read build/report.html."""
    try:
        root = html.fromstring(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EvidentiaError("file not found", where=str(path), remedy="build it first") from None
    for main in root.iter("main"):
        as_report(main)
    headings = {parent_id: folded(item) for item in root.iter(*HEADINGS) if (parent_id := id_of(item))}
    downloads = {
        link.get("download"): link.get("href", "") for link in root.iter("a") if link.get("download")
    }
    styles = "".join(style.text or "" for style in root.iter("style"))
    items = [(item, mark) for main in root.iter("main") for item, mark in marks(main) if _on_paper(item)]
    reader = Reader(_names(root, headings) | _numbered(items), headings, _captions(root))
    reader.in_notes = dict(_in_notes(root))
    reader.read(root)
    on_paper = [with_delimiter(mark, item.getparent()) for item, mark in items]
    formulas = [
        formula_signs("".join(formula.itertext())) for formula in root.iter("math") if _is_printed(formula)
    ]
    return PageText(reader.blocks, headings, reader.names, downloads, styles, on_paper, formulas)


def _is_printed(element: Element) -> bool:
    hidden = ("on-screen", "for-screen")
    return not any(name in up.get("class", "").split() for up in element.iterancestors() for name in hidden)


def _in_notes(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the items of numbered lists in notes with their marks, which are words at the foot of a page."""
    for note in root.xpath("//main//*[contains(@class, 'footnotes')]/ol/li"):
        yield from ((item, with_delimiter(mark, item.getparent())) for item, mark in marks(note))


def _on_paper(item: Element) -> bool:
    """Tell whether an item of a list keeps its mark on paper, where a note's is before the note."""
    return not item.xpath("ancestor::*[contains(@class, 'footnotes') or contains(@class, 'on-screen')]")


def _numbered(items: Iterable[tuple[Element, str]]) -> dict[str, str]:
    """Return what a reference to an item of a list has to say: its mark."""
    return {
        anchor.get("id"): mark
        for item, mark in items
        for anchor in item.xpath(".//span[starts-with(@id, $anchor)]", anchor=ANCHOR)
        if next(anchor.iterancestors("li")) is item
    }


def _captions(root: Element) -> dict[str, str]:
    """Return the caption of each figure and table by the id of what it names."""
    found = {}
    for caption in root.iter("figcaption", "caption"):
        owner = next((item for item in caption.iterancestors("figure", "div") if item.get("id")), None)
        if owner is not None and caption.xpath(".//span[@class='label']"):
            found[owner.get("id")] = folded(caption)
    return found


def _names(root: Element, headings: dict[str, str]) -> dict[str, str]:
    """Return what a cross-reference to each id has to say: Figure 3, Table 1, Section 2, Appendix 1."""
    names = {id: text.split(":")[0] for id, text in _captions(root).items()}
    for equation in root.xpath("//span[contains(@class, 'equation') and @id]"):
        names[equation.get("id")] = f"Equation {folded(equation[0]).strip('()')}"
    for figure in root.xpath("//figure[@id and .//figure]"):
        for place, part in enumerate(figure.xpath(".//figure")):
            names[part.get("id", "")] = f"{names.get(figure.get('id'), '')}{chr(ord('a') + place % 26)}"
    for id, text in headings.items():
        number = heading_number().match(text)
        if number:
            plain = number[0].strip().rstrip(".:")
            names[id] = translate("Section {number}", number=plain) if plain[0].isdigit() else plain
    return names


def style_texts(styles: str) -> Iterator[str]:
    """Yield the texts that style sheets themselves print."""
    for value in re.findall(r"content\s*:([^;}]*)", styles):
        yield from re.findall(r"['\"]([^'\"]*)['\"]", value)
