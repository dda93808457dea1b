"""Where each paragraph of the document is from: an invisible bookmark names chapter and line.

The document's paragraphs follow the composed chapters, whose lines are known; each is looked for there by its
words and by the anchors of its numbers, from the place of the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from evidentia.core.word_format import (
    SentChapter,
    SentNumber,
    SentParagraph,
    bookmark_of,
)
from evidentia.render.docx.composed import Composed, Home
from evidentia.render.docx.package import DOCUMENT, FOOTNOTES, Element, Package, properties, style_of, w
from evidentia.render.docx.sections import COVER, FRONT

_KINDS = {"Heading": "heading", "Table": "cell", "Source": "source", "Footnote": "note", "Block": "quotation"}
_KINDS |= {"Box": "box", "TableCaption": "caption", "FigureCaption": "caption"}
_CONTROL = re.compile("\ue012(\\d+)\ue013([^\ue014]*)\ue014")


def set_homes(
    package: Package,
    chapters: Sequence[Mapping[str, Any]],
    controls: Mapping[str, str],
    ids: Mapping[str, str],
) -> list[SentChapter]:
    """Give each paragraph the bookmark that leads home, in place, and return the words by chapter.

    Parameters
    ----------
    package : Package
    chapters : sequence of mapping
        With ``name``, ``path``, ``source``, ``text`` and ``lines``.
    controls : mapping of str to str
        Number of each control to its anchor.
    ids : mapping of str to str
        Anchor to the number's id.
    """
    composed = Composed(chapters)
    sent = [SentChapter(i, one["name"], one["path"], one["source"]) for i, one in enumerate(chapters, 1)]
    sent.append(SentChapter(0, "", "", ""))
    counts: dict[Home, int] = {}
    mark = _highest(package)
    last, inside = Home(), True
    for paragraph in _paragraphs(package):
        words, numbers = _words_of(paragraph, controls, ids)
        kind = _kind(paragraph)
        anchors = [number.anchor for number in numbers]
        found = composed.find(words, _labels(paragraph), anchors, kind in ("caption", "note"))
        if kind == "heading":
            inside = found is not None
        home = (found or last) if inside and style_of(paragraph) != "Bibliography" else Home()
        last = home if home.chapter and kind not in ("caption", "note") else last
        counts[home] = counts.get(home, 0) + 1
        mark += 1
        name = bookmark_of(home.chapter, home.line, counts[home])
        _bookmark(paragraph, name, mark)
        sent[home.chapter - 1].paragraphs.append(SentParagraph(name, home.line, kind, words, numbers))
    return sent


def _highest(package: Package) -> int:
    ids = [
        mark.get(w("id"), "0")
        for part in (DOCUMENT, FOOTNOTES)
        for mark in package.tree(part).iter(w("bookmarkStart"))
    ]
    return max([0, *(int(id) for id in ids if id.isdigit())])


def _paragraphs(package: Package) -> Iterator[Element]:
    """Yield the paragraphs with words, each note after the paragraph that calls it."""
    notes = {note.get(w("id")): note for note in package.tree(FOOTNOTES).iter(w("footnote"))}
    for paragraph in list(package.tree(DOCUMENT).iter(w("p"))):
        style = style_of(paragraph)
        if style in (*COVER, *FRONT) or style.startswith("TOC"):
            continue
        if _has_words(paragraph):
            yield paragraph
        for call in paragraph.iter(w("footnoteReference")):
            note = notes.get(call.get(w("id")))
            if note is not None:
                yield from (line for line in note.iter(w("p")) if _has_words(line))


def _has_words(paragraph: Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter(w("t")))


def _words_of(
    paragraph: Element, controls: Mapping[str, str], ids: Mapping[str, str]
) -> tuple[str, tuple[SentNumber, ...]]:
    """Return a paragraph's words and the bound numbers among them."""
    marked = re.sub(r"\s+", " ", "".join(_marked(paragraph))).strip()
    words, numbers, last = "", [], 0
    for control in _CONTROL.finditer(marked):
        words += marked[last : control.start()]
        anchor = controls[control[1]]
        numbers.append(SentNumber(ids[anchor], anchor, control[1], len(words), len(words) + len(control[2])))
        words += control[2]
        last = control.end()
    return words + marked[last:], tuple(numbers)


def _marked(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag in (w("tab"), w("br")):
            yield " "
        elif child.tag == w("noBreakHyphen"):
            yield "\N{NON-BREAKING HYPHEN}"
        elif child.tag == w("sdt"):
            number = child.find(f"{w('sdtPr')}/{w('id')}").get(w("val"))
            yield f"\ue012{number}\ue013"
            yield from _marked(child.find(w("sdtContent")))
            yield "\ue014"
        elif child.tag not in (w("pPr"), w("rPr")):
            yield from _marked(child)


def _labels(paragraph: Element) -> list[str]:
    """Return the labels of the element that a paragraph begins."""
    labels, before = [], paragraph.getprevious()
    while before is not None and before.tag in (w("bookmarkStart"), w("bookmarkEnd")):
        if before.tag == w("bookmarkStart"):
            labels.append(before.get(w("name"), ""))
        before = before.getprevious()
    return labels


def _kind(paragraph: Element) -> str:
    style = style_of(paragraph)
    if style in _KINDS:
        return _KINDS[style]
    kind = next((kind for name, kind in _KINDS.items() if style.startswith(name)), "")
    if not kind and paragraph.find(f"{w('pPr')}/{w('numPr')}") is not None:
        return "item"
    return kind or "text"


def _bookmark(paragraph: Element, name: str, number: int) -> None:
    properties(paragraph, "pPr")
    start, end = etree.Element(w("bookmarkStart")), etree.Element(w("bookmarkEnd"))
    for mark in (start, end):
        mark.set(w("id"), str(number))
    start.set(w("name"), name)
    paragraph.insert(1, start)
    paragraph.append(end)
