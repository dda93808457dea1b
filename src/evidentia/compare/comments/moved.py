"""Paragraphs that somebody put elsewhere without tracking."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from evidentia.compare.comments.model import Edit
from evidentia.compare.comments.paragraphs import Paragraph
from evidentia.compare.comments.sent_version import SentVersion
from evidentia.core.word_format import SentParagraph


def moved(found: Sequence[Paragraph], home: SentVersion) -> Iterator[Edit]:
    """Yield the fewest paragraphs without which the others stand in the order in which they were sent.

    Only paragraphs that have their bookmark still are looked at, chapter by chapter; programs keep notes
    elsewhere. A move that was tracked is told as such.
    """
    chapters: dict[str, list[tuple[Paragraph, SentParagraph]]] = {}
    order = {name: place for place, name in enumerate(home.by_bookmark)}
    for paragraph in found:
        sent = home.paragraph(paragraph)
        tracked = any(change.moved for run in paragraph.runs for change in run.changes)
        if sent is None or sent.kind == "note" or sent.bookmark not in paragraph.bookmarks or tracked:
            continue
        chapters.setdefault(home.by_bookmark[sent.bookmark][0].path, []).append((paragraph, sent))
    for items in chapters.values():
        places = [order[sent.bookmark] for _, sent in items]
        kept = rising(places)
        for index, (paragraph, sent) in enumerate(items):
            if index not in kept and sent.words.strip():
                place = home.place_of(sent, paragraph, 0, len(sent.words))
                yield Edit(sent.words, sent.words, "", "", place, tracked=False, moved=True)


def rising(values: Sequence[int]) -> set[int]:
    """Return the indices of a longest part of some values that rises."""
    ends: list[int] = []
    tops: list[int] = []
    before = [-1] * len(values)
    for index, value in enumerate(values):
        place = bisect_left(tops, value)
        before[index] = ends[place - 1] if place else -1
        if place == len(tops):
            tops.append(value)
            ends.append(index)
        else:
            tops[place], ends[place] = value, index
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
