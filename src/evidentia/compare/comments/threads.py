"""The comments of a Word document: threads with their replies, and whether they are resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidentia.compare.comments.model import Comment, Place, Said
from evidentia.compare.comments.paragraphs import Paragraph
from evidentia.compare.comments.sent_version import SentVersion
from evidentia.compare.documents.package import Package
from evidentia.compare.documents.word_runs import W, current_text, runs
from evidentia.core.errors import EvidentiaError

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MOST, LONGEST = 20_000, 20_000
"""Comments of a document, and characters of one."""


@dataclass
class _Raw:
    id: str
    paragraph: str  # the id of its last paragraph, by which threads are told
    said: Said


def comments(package: Package, found: list[Paragraph], home: SentVersion) -> Iterator[Comment]:
    """Yield the comments, each with the replies to it.

    Raises
    ------
    EvidentiaError
        If there are more than a document can hold.
    """
    raw = list(_raw(package))
    if len(raw) > MOST:
        raise EvidentiaError(
            f"it has more than {MOST:,} comments",
            where=package.path,
            remedy="take out those that are resolved, in Word",
        )
    parents, done = _threads(package)
    by_paragraph = {item.paragraph: item.id for item in raw if item.paragraph}
    first = {item.id: by_paragraph.get(parents.get(item.paragraph, ""), "") for item in raw}
    anchors = _anchors(found, home)
    replies: dict[str, list[Said]] = {}
    for item in raw:
        if first[item.id]:
            replies.setdefault(_head(item.id, first), []).append(item.said)
    for item in raw:
        if first[item.id]:
            continue
        words, place = anchors.get(item.id, ("", Place()))
        yield Comment(item.said, words, place, tuple(replies.get(item.id, ())), item.paragraph in done)


def _head(id: str, first: dict[str, str]) -> str:
    """Return the comment that opens a thread; a thread that leads back to itself ends where it began."""
    seen = {id}
    while first.get(id) and first[id] not in seen:
        id = first[id]
        seen.add(id)
    return id


def _raw(package: Package) -> Iterator[_Raw]:
    root = package.xml(package.related("comments"))
    for element in root.iter(f"{W}comment") if root is not None else ():
        lines = [(item, current_text(list(runs(item))).strip()) for item in element.iter(f"{W}p")]
        text = "\n".join(line for _, line in lines if line)[:LONGEST]
        last = lines[-1][0].get(f"{_W14}paraId", "") if lines else ""
        said = Said(element.get(f"{W}author", ""), _day(element.get(f"{W}date", "")), text)
        yield _Raw(element.get(f"{W}id", ""), last, said)


def _threads(package: Package) -> tuple[dict[str, str], set[str]]:
    """Return to which comment each replies, and which are resolved, by the ids of their paragraphs."""
    parents: dict[str, str] = {}
    done: set[str] = set()
    root = package.xml(package.related("commentsExtended"))
    for element in root.iter(f"{_W15}commentEx") if root is not None else ():
        own = element.get(f"{_W15}paraId", "")
        if element.get(f"{_W15}paraIdParent"):
            parents[own] = element.get(f"{_W15}paraIdParent")
        if element.get(f"{_W15}done") in ("1", "true"):
            done.add(own)
    return parents, done


def _anchors(found: list[Paragraph], home: SentVersion) -> dict[str, tuple[str, Place]]:
    """Return the words to which each comment was put, and their place."""
    open_: dict[str, list[Any]] = {}
    anchors: dict[str, tuple[str, Place]] = {}
    last = None
    for paragraph in found:
        position = 0
        last = paragraph if home.paragraph(paragraph) is not None else last
        for run in paragraph.runs:
            if run.mark == "comment start":
                open_[run.id] = [paragraph, position, ""]
            elif run.mark in ("comment end", "comment") and run.id not in anchors:
                where, start, words = open_.pop(run.id, (paragraph, position, ""))
                end = position if where is paragraph else start
                if not words.strip() and home.paragraph(where) is None and last is not None:
                    where, start, end = last, 0, 0  # a picture has no words: the caption above it does
                anchors[run.id] = (words.strip(), home.place(where, start, max(start, end)))
            elif not run.mark:
                for item in open_.values():
                    item[2] += "" if run.deleted or len(item[2]) > LONGEST else run.text
                position += 0 if run.inserted else len(run.text)
        for item in open_.values():
            item[2] += " "
    return anchors


def _day(date: str) -> str:
    """Return a date without the seconds, as it was written: in the reviewer's own time."""
    return date.replace("T", " ")[:16]
