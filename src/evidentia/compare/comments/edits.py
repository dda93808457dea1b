"""Changes of the words: tracked ones with who and when, and those that somebody made without tracking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidentia.compare.comments.align import opcodes, shared
from evidentia.compare.comments.model import Edit
from evidentia.compare.comments.moved import moved
from evidentia.compare.comments.paragraphs import Paragraph
from evidentia.compare.comments.sent_version import SentVersion
from evidentia.compare.documents.word_runs import Change, Run, current_text, sent_text

_END = "\N{PILCROW SIGN}"
_LONGEST = 20_000


@dataclass
class _Open:
    """A change that is being read: deletions and insertions that follow each other."""

    start: int
    before: str = ""
    after: str = ""
    change: Change | None = None
    numbers: bool = True  # whether all of it lies in the controls of numbers
    end: int = 0


def edits(found: list[Paragraph], home: SentVersion) -> Iterator[Edit]:
    """Yield the changes of each paragraph; those of a number alone are told with the number."""
    for paragraph in found:
        yield from _tracked(paragraph, home)
        yield from _untracked(paragraph, home)
    yield from _gone(found, home)
    yield from moved(found, home)


def _gone(found: list[Paragraph], home: SentVersion) -> Iterator[Edit]:
    """Yield paragraphs that were sent and are no longer there, where the document keeps those of others.

    Notes are left out: programs keep their bookmarks elsewhere.
    """
    there = {sent.bookmark for paragraph in found if (sent := home.paragraph(paragraph)) is not None}
    if not home.kept:
        return
    nowhere = Paragraph([], (), "", 0)
    for name, (chapter, sent) in home.by_bookmark.items():
        if chapter.path and name not in there | home.kept and sent.kind != "note" and sent.words.strip():
            place = home.place_of(sent, nowhere, 0, len(sent.words))
            yield Edit(sent.words[:_LONGEST], "", "", "", place, tracked=False)


def _tracked(paragraph: Paragraph, home: SentVersion) -> Iterator[Edit]:
    position = 0
    open_: _Open | None = None
    for run in paragraph.runs:
        if run.mark or not run.text:
            continue
        change = _last(run)
        if change is None:
            if open_ is not None and not (open_.before and open_.after == "" and not run.text.strip()):
                yield from _closed(open_, paragraph, home)
                open_ = None
        elif run.deleted and run.inserted:
            continue  # what one reviewer added and another took out again
        else:
            if open_ is not None and open_.change is not None and _other(open_.change, change):
                yield from _closed(open_, paragraph, home)
                open_ = None
            open_ = open_ or _Open(position)
            open_.change = open_.change or change
            open_.numbers &= bool(home.id_of(run))
            if run.deleted:
                open_.before += run.text
            else:
                open_.after += run.text
        position += 0 if run.inserted else len(run.text)
        if open_ is not None:
            open_.end = position
    if open_ is not None:
        yield from _closed(open_, paragraph, home)
    if paragraph.end is not None and current_text(paragraph.runs).strip():  # else all of it is gone
        place = home.place(paragraph, position, position)
        yield Edit(_END, "", paragraph.end.author, _day(paragraph.end.date), place)


def _other(one: Change, change: Change) -> bool:
    """Tell whether a change is another's, or a move beside a change that is none."""
    return one.author != change.author or one.moved != change.moved


def _last(run: Run) -> Change | None:
    return run.changes[-1] if run.changes else None


def _closed(open_: _Open, paragraph: Paragraph, home: SentVersion) -> Iterator[Edit]:
    if open_.numbers or open_.change is None or not (open_.before + open_.after):
        return
    first, last = shared(open_.before, open_.after)
    before = open_.before[first : len(open_.before) - last]
    after = open_.after[first : len(open_.after) - last]
    if not before and not after:
        return  # taken out and put in again as it was
    place = home.place(paragraph, open_.start + first, open_.start + first + len(before))
    who, when = open_.change.author, _day(open_.change.date)
    yield Edit(before[:_LONGEST], after[:_LONGEST], who, when, place, moved=open_.change.moved)


def _untracked(paragraph: Paragraph, home: SentVersion) -> Iterator[Edit]:
    """Yield where a paragraph's words, all tracked changes rejected, are not those that were sent."""
    sent = home.paragraph(paragraph)
    if sent is None:
        return
    text = _folded(sent_text(paragraph.runs))
    words = _folded(sent.words)
    if text == words:
        return
    spans = [(number.start, number.end) for number in sent.numbers]
    for tag, start, end, c, d in opcodes(words, text):
        old, new = words[start:end], text[c:d]
        if tag == "equal" or not (old.strip() or new.strip()):
            continue
        if any(first <= start and end <= last for first, last in spans):
            continue  # told with the number
        place = home.place_of(sent, paragraph, start, end)
        yield Edit(old, new, "", "", place, tracked=False)


def _folded(text: str) -> str:
    return re.sub(r"\s", " ", text).strip()


def _day(date: str) -> str:
    return date.replace("T", " ")[:16]
