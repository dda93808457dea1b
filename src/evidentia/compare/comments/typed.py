"""Bound numbers that were typed over, or lost their mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidentia.compare.comments.align import opcodes
from evidentia.compare.comments.model import Typed
from evidentia.compare.comments.paragraphs import Paragraph
from evidentia.compare.comments.sent_version import SentVersion
from evidentia.compare.documents.word_runs import current_text
from evidentia.core.ledger import Entry, exact
from evidentia.core.word_format import SentNumber, SentParagraph


@dataclass
class _Control:
    """A content control in a paragraph: what it held and holds, and who changed it."""

    id: str
    before: str = ""
    now: str = ""
    author: str = ""
    date: str = ""
    start: int = 0
    end: int = 0


def typed(found: list[Paragraph], home: SentVersion, present: Mapping[str, Entry]) -> Iterator[Typed]:
    """Yield each number that no longer says what was sent.

    Parameters
    ----------
    found : list of Paragraph
    home : SentVersion
    present : mapping of str to entry
        The folder's ledger now; empty if there is none.
    """
    for paragraph in found:
        sent = home.paragraph(paragraph)
        left = list(sent.numbers) if sent else []
        for control in _controls(paragraph, home):
            number = next((item for item in left if item.id == control.id), None)
            printed = control.before
            if number is not None and sent is not None:
                left.remove(number)
                printed = sent.words[number.start : number.end]
            if _same(control.now, printed):
                continue
            place = home.place(paragraph, control.start, control.end)
            yield Typed(
                control.id,
                _folded(printed),
                _folded(control.now),
                _value(home.ledger.get(control.id)),
                control.author,
                control.date,
                place,
                _today(control.id, home, present),
            )
        if sent is not None:
            yield from _unmarked(paragraph, sent, left, home, present)


def _unmarked(
    paragraph: Paragraph,
    sent: SentParagraph,
    left: list[SentNumber],
    home: SentVersion,
    present: Mapping[str, Entry],
) -> Iterator[Typed]:
    """Yield numbers whose control is gone, or says no longer which it is, where other words stand in their
    place. A program that drops controls keeps the bookmarks in them, but may shift where they end.
    """
    if not left:
        return
    text = current_text(paragraph.runs)
    codes = opcodes(sent.words, text)
    for number in left:
        now = _stands(codes, text, number.start, number.end)
        printed = sent.words[number.start : number.end]
        if _same(now, printed):
            continue
        place = home.place_of(sent, paragraph, number.start, number.end)
        ledger = _value(home.ledger.get(number.id))
        today = _today(number.id, home, present)
        who = _who(paragraph, number)
        yield Typed(number.id, _folded(printed), _folded(now), ledger, *who, place, today)


def _who(paragraph: Paragraph, number: SentNumber) -> tuple[str, str]:
    """Return who changed what stands in a number's bookmark, and when; empty if that was not tracked."""
    for run in reversed(paragraph.runs):
        if run.number == number.control and run.changes:
            return run.changes[-1].author, run.changes[-1].date.replace("T", " ")[:16]
    return "", ""


def _stands(codes: Sequence[tuple[str, int, int, int, int]], text: str, start: int, end: int) -> str:
    """Return what stands in the place of a stretch of the words that were sent."""
    found = ""
    for tag, a, b, c, d in codes:
        if b < start or a > end or (tag != "insert" and (b == start or a == end)):
            continue
        if tag == "equal":
            found += text[c + max(0, start - a) : c + min(b, end) - a]
        elif tag != "delete":
            found += text[c:d]
    return found


def _controls(paragraph: Paragraph, home: SentVersion) -> Iterator[_Control]:
    open_: _Control | None = None
    key: tuple[str, str] = ("", "")
    position = 0
    for run in paragraph.runs:
        if run.mark:
            continue
        own = (run.tag, run.control)
        if own != key:
            if open_ is not None:
                yield open_
            id = home.id_of_tag(run.tag)
            open_, key = (_Control(id, start=position) if id else None), own
        if open_ is not None:
            open_.before += "" if run.inserted else run.text
            open_.now += "" if run.deleted else run.text
            if run.changes:
                open_.author, open_.date = run.changes[-1].author, run.changes[-1].date.replace("T", " ")[:16]
        position += 0 if run.inserted else len(run.text)
        if open_ is not None:
            open_.end = position
    if open_ is not None:
        yield open_


def _same(one: str, other: str) -> bool:
    return re.sub(r"\s+", "", one) == re.sub(r"\s+", "", other)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _value(entry: Entry | None) -> str:
    return exact(entry) if entry is not None else ""


def _today(id: str, home: SentVersion, present: Mapping[str, Entry]) -> str:
    """Return a number's value now, where it is another than the one that was sent."""
    if id not in present or id not in home.ledger:
        return ""
    now = exact(present[id])
    return now if now != exact(home.ledger[id]) else ""
