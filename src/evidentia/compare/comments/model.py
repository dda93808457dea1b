"""What is found in a returned document, each with its place in the chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where something stands.

    Attributes
    ----------
    file : str
        The chapter, such as ``report/findings.qmd``; empty if the words are from no chapter.
    line : int
        In the chapter as it was sent; 0 if it is not known.
    now : int
        In the chapter as it is now, where that has another content; 0 where it is the same, or the words are
        gone.
    sentence : str
        As it was composed and sent.
    heading : str
        The heading above it in the document.
    how : str
        ``bookmark`` or ``words``: by what the place was found; empty if it was not.
    moved : bool
        Whether the chapter has another content now.
    bookmark : str
    start, end : int
        The stretch of the paragraph's words as they were sent.
    sentence_start : int
        Where the sentence begins in them.
    """

    file: str = ""
    line: int = 0
    now: int = 0
    sentence: str = ""
    heading: str = ""
    how: str = ""
    moved: bool = False
    bookmark: str = ""
    start: int = 0
    end: int = 0
    sentence_start: int = 0

    def __str__(self) -> str:
        if not self.file:
            return f"under '{self.heading}'" if self.heading else "not from a chapter"
        line = f", line {self.line}" if self.line else ""
        if not self.moved:
            return self.file + line
        return f"{self.file}{line} (line {self.now} now)" if self.now else f"{self.file}{line} (gone now)"


@dataclass(frozen=True)
class Said:
    """Something that somebody wrote: who, when, what."""

    author: str
    date: str
    text: str


@dataclass(frozen=True)
class Comment:
    """A comment with its replies.

    Attributes
    ----------
    said : Said
    words : str
        The words to which it was put.
    place : Place
    replies : tuple of Said
    resolved : bool
    copies : tuple of str
        The documents that have it.
    """

    said: Said
    words: str
    place: Place
    replies: tuple[Said, ...] = ()
    resolved: bool = False
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edit:
    """A change of the words: one text in place of another.

    Attributes
    ----------
    before, after : str
        Empty for what was added, and for what was taken out.
    author, date : str
        Empty where the change was not tracked.
    place : Place
    tracked : bool
    copies : tuple of str
    moved : bool
        Whether the words stand elsewhere now; of a tracked move, what was moved away is one change, and what
        came another.
    """

    before: str
    after: str
    author: str
    date: str
    place: Place
    tracked: bool = True
    copies: tuple[str, ...] = ()
    moved: bool = False

    @property
    def kind(self) -> str:
        """What was done: ``added``, ``taken out``, ``changed``, or what of a move it is."""
        if self.moved:
            return "moved" if self.before and self.after else "moved to here" if self.after else "moved away"
        return "changed" if self.before and self.after else "added" if self.after else "taken out"


@dataclass(frozen=True)
class Typed:
    """A bound number that was typed over.

    Attributes
    ----------
    id : str
    sent, now : str
        As it was printed, and what stands there now; empty if it was taken out.
    ledger : str
        The number in the ledger that was sent, before rounding.
    today : str
        In the folder's present ledger, before rounding, where that has another value.
    author, date : str
    place : Place
    copies : tuple of str
    """

    id: str
    sent: str
    now: str
    ledger: str
    author: str
    date: str
    place: Place
    today: str = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Two copies that say different things of the same words.

    Attributes
    ----------
    place : Place
    what : str
        The words, or the number.
    said : tuple of (str, str)
        Each copy, and what it has there.
    """

    place: Place
    what: str
    said: tuple[tuple[str, str], ...]


@dataclass
class Returned:
    """All that came back, of one copy or of several together.

    Attributes
    ----------
    copies : list of str
    evaluation, version : str
        Of the version that was sent; empty if the document does not say.
    comments, edits, typed, conflicts : list
    notes : list of str
        What to know of the files.
    """

    copies: list[str]
    evaluation: str = ""
    version: str = ""
    comments: list[Comment] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    typed: list[Typed] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def places(self) -> Iterator[Comment | Edit | Typed]:
        """Yield all, by chapter and line."""
        found: list[Comment | Edit | Typed] = [*self.comments, *self.edits, *self.typed]
        yield from sorted(found, key=_order)

    def counts(self) -> dict[str, int]:
        """Return how much was found."""
        return {
            "comments": len(self.comments),
            "open": sum(not comment.resolved for comment in self.comments),
            "replies": sum(len(comment.replies) for comment in self.comments),
            "changes": len(self.edits),
            "untracked": sum(not edit.tracked for edit in self.edits),
            "numbers_typed_over": len(self.typed),
            "conflicts": len(self.conflicts),
        }

    def as_json(self) -> dict[str, Any]:
        """Return all of it for programs."""
        return {
            "copies": self.copies,
            "evaluation": self.evaluation,
            "version": self.version,
            "counts": self.counts(),
            "comments": [asdict(item) for item in self.comments],
            "changes": [{**asdict(item), "kind": item.kind} for item in self.edits],
            "numbers_typed_over": [asdict(item) for item in self.typed],
            "conflicts": [asdict(item) for item in self.conflicts],
            "notes": self.notes,
        }


def _order(item: Comment | Edit | Typed) -> tuple[bool, str, int]:
    """Sort by chapter and line; what is from no chapter comes last, by the heading above it."""
    place = item.place
    return not place.file, place.file or place.heading, place.line
