"""The chapters put together, so that none reaches into another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from evidentia.compose.chapter import Chapter
from evidentia.compose.chapter_names import made_local
from evidentia.compose.tree import read_chapter, words_of
from evidentia.core.errors import EvidentiaError

_IDENTIFIED = {
    "Header": 1,
    "Div": 0,
    "Span": 0,
    "Code": 0,
    "CodeBlock": 0,
    "Figure": 0,
    "Table": 0,
    "Link": 0,
}
_IDENTIFIED["Image"] = 0
"""Where the attributes stand in the elements that can have an id."""


def joined(chapters: Sequence[Chapter]) -> str:
    """Return the Markdown of all chapters, one after the other, each with notes and links of its own."""
    names: dict[str, str] = {}
    for chapter in chapters:
        name = re.sub(r"[^A-Za-z0-9]+", "-", chapter.id).strip("-") or "chapter"
        while name in names.values():
            name += "-"
        names[chapter.id] = name
    return "\n\n".join(made_local(chapter.text, names[chapter.id]).strip() for chapter in chapters) + "\n"


def joining_faults(chapters: Sequence[Chapter]) -> Iterator[EvidentiaError]:
    """Yield a fault for each label that stands twice, and for a chapter that reads otherwise beside the
    others than by itself.
    """
    found = [*_twice(chapters)]
    yield from found or _otherwise(chapters)


def _twice(chapters: Sequence[Chapter]) -> Iterator[EvidentiaError]:
    seen: dict[str, tuple[Chapter, Any]] = {}
    linked = {
        (chapter.id, link["c"][-1][0][1:]) for chapter in chapters for link in chapter.tree.elements("Link")
    }
    for chapter in chapters:
        for element in chapter.tree.elements(*_IDENTIFIED):
            attributes = element["c"][_IDENTIFIED[element["t"]]]
            id = attributes[0]
            if not id:
                continue
            written = re.search(rf"#{re.escape(id)}(?![\w-])", chapter.text) is not None
            if id not in seen:
                seen[id] = chapter, element
            elif written:
                yield EvidentiaError(
                    f"the label '{id}' stands twice",
                    where=f"{_place(chapter, id, element)}, and {_place(seen[id][0], id, seen[id][1])}",
                    remedy="rename one of them",
                )
            elif (chapter.id, id) in linked:
                yield EvidentiaError(
                    f"a link leads to the section '{words_of(element)[:60]}', and 2 sections have that name",
                    where=f"{_place(chapter, id, element)}, and {_place(seen[id][0], id, seen[id][1])}",
                    remedy=f"write {{#sec-{id}-2}} behind one heading, and refer to it with @sec-{id}-2",
                )


def _place(chapter: Chapter, id: str, element: Any) -> str:
    return f"{chapter.path}, line {_line(chapter, id, words_of(element))}"


def _line(chapter: Chapter, id: str, words: str) -> int:
    """Return the line of a chapter's file on which an id stands, or words without one."""
    match = re.search(rf"\{{[^{{}}\n]*#{re.escape(id)}(?![\w-])", chapter.text)
    place = match.start() if match else max(chapter.text.find(words), 0)
    return chapter.line(chapter.text.count("\n", 0, place) + 1)


def _otherwise(chapters: Sequence[Chapter]) -> Iterator[EvidentiaError]:
    """Yield a fault for the first chapter that the engine reads otherwise when it stands among the others."""
    whole = iter(read_chapter(joined(chapters), "build/report.qmd").blocks)
    for chapter in chapters:
        for block in chapter.tree.blocks:
            beside = next(whole, None)
            if beside != block and _comparable(beside) != _comparable(block):
                words = words_of(block)[:60]
                yield EvidentiaError(
                    f"the chapter reads otherwise beside the others than by itself: {words}",
                    where=f"{chapter.path}, line {_line(chapter, '', words[:20])}",
                    remedy="begin each chapter with a heading; write links as [words](https://...), and \\["
                    " for a bracket that is no link",
                )
                return


def _comparable(block: Any) -> Any:
    """Return a block without what is counted through the document: ids of headings, numbers of notes, and
    widths of columns, which follow the length of a line with a note's mark in it.
    """
    return json.loads(json.dumps(block), object_hook=_without_counts)


def _without_counts(element: dict[str, Any]) -> dict[str, Any]:
    if element.get("t") == "Header":
        level, (_, classes, values), words = element["c"]
        return {**element, "c": [level, ["", classes, values], words]}
    if element.get("t") == "Table":
        attributes, caption, columns, *rows = element["c"]
        return {**element, "c": [attributes, caption, [alignment for alignment, _ in columns], *rows]}
    element.pop("citationNoteNum", None)
    return element
