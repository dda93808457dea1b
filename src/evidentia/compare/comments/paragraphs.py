"""The paragraphs of a returned document, with the bookmark that leads home and the heading above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidentia.compare.documents.passage import Headings
from evidentia.compare.documents.word_blocks import Blocks, Table
from evidentia.compare.documents.word_runs import Change, Run, W, runs
from evidentia.core.word_format import BOOKMARK


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Attributes
    ----------
    runs : list of Run
    bookmarks : tuple of str
        Of paragraphs that were sent; several where paragraphs were joined.
    heading : str
    number : int
        In the document's order, from 1.
    end : Change or None
        The change by which its end was taken out, which joined it with the next.
    role : str
        As in `evidentia.compare.documents.passage`.
    """

    runs: list[Run]
    bookmarks: tuple[str, ...]
    heading: str
    number: int
    end: Change | None = None
    role: str = "text"


def paragraphs(blocks: Blocks) -> Iterator[Paragraph]:
    """Yield the paragraphs of the body, of tables and of notes, each once."""
    headings = Headings()
    seen: set[Any] = set()
    for element in _elements(blocks):
        if element in seen:
            continue
        seen.add(element)
        found = list(runs(element))
        role, level = blocks.role(element)
        if role == "heading":
            headings.put(level, "".join(run.text for run in found if not run.deleted))
        names = tuple(run.id for run in found if run.mark == "bookmark" and BOOKMARK.fullmatch(run.id))
        above = headings.above()
        yield Paragraph(found, names, above[-1] if above else "", len(seen), _end(element), role)


def _elements(blocks: Blocks) -> Iterator[Any]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell
        else:
            yield block
    yield from blocks.notes()


def _end(element: Any) -> Change | None:
    mark = element.find(f"{W}pPr/{W}rPr/{W}del")
    if mark is None:
        return None
    return Change("deletion", mark.get(f"{W}id", ""), mark.get(f"{W}author", ""), mark.get(f"{W}date", ""))
