"""The composed chapters as a place to look words up in: from which chapter and line they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidentia.core.number_words import fold

SHORT, TINY, NEAR, PIECE = 14, 4, 3000, 12
"""Letters up to which words are looked for only near the last place, or very near; how far near is; and of a
piece by which words are found that are not all the chapter's own.
"""

_LABEL = re.compile(r"^(?:[^\W\d]+[\s\N{NO-BREAK SPACE}]+[A-Z]?\d+:|\d+\.)\s*")
_ANCHOR = re.compile(r"\{#([\w:.-]+)[^{}]*\}")
_MARKUP = re.compile(r"\{[^{}]*\}|\]\([^()\s]*\)|\[\^[^\]]*\]|<!--.*?-->")


@dataclass(frozen=True)
class Home:
    """A chapter's index and a line of its file; 0 and 0 for words that are from no chapter."""

    chapter: int = 0
    line: int = 0


@dataclass(frozen=True)
class Anchor:
    """Where an anchor stands in the composed words: after how many letters, and in which line."""

    place: int
    line: int


class Composed:
    """The composed chapters as one stretch of letters and digits, each of which knows its line.

    Parameters
    ----------
    chapters : sequence of mapping
        As `evidentia.compose.chapters` gives them: ``text`` and ``lines``.
    """

    def __init__(self, chapters: Sequence[Mapping[str, Any]]) -> None:
        self._starts: list[int] = []
        self._homes: list[Home] = []
        self._anchors: dict[str, Anchor] = {}
        parts: list[str] = []
        length = 0
        for index, chapter in enumerate(chapters, start=1):
            for text, line in zip(chapter["text"].split("\n"), chapter["lines"], strict=True):
                self._starts.append(length)
                self._homes.append(Home(index, line))
                last = 0
                for anchor in _ANCHOR.finditer(text):
                    length = _add(parts, text[last : anchor.start()], length)
                    self._anchors[anchor[1]] = Anchor(length, len(self._homes) - 1)
                    last = anchor.end()
                length = _add(parts, text[last:], length)
        self._letters, self._end = "".join(parts), length
        self._place = 0

    def find(self, words: str, labels: Sequence[str], anchors: Sequence[str], stay: bool) -> Home | None:
        """Return where words are from, or None if they are not found.

        Parameters
        ----------
        words : str
        labels : sequence of str
            Of the heading, figure or table that they begin.
        anchors : sequence of str
            Of the bound numbers among them.
        stay : bool
            Words out of order, such as a caption, after which the search goes on where it was.
        """
        for label in labels:
            if label in self._anchors:
                self._place = max(self._place, self._anchors[label].place)
                return self._homes[self._anchors[label].line]
        letters = fold(_LABEL.sub("", words)) or fold(words)
        named = next((self._anchors[anchor] for anchor in anchors if anchor in self._anchors), None)
        start = self._by_letters(letters) if named is None else self._before(letters, named.place)
        if start < 0 and named is None:
            return None
        index = max(bisect_right(self._starts, start) - 1, 0) if start >= 0 or named is None else named.line
        if not stay:
            self._place = max(start, self._starts[index]) + len(letters)
        return self._homes[index]

    def _before(self, letters: str, place: int) -> int:
        """Return where the paragraph begins in which an anchor stands, if its words are the chapter's own."""
        low = max(place - len(letters) - NEAR // 10, 0)
        return self._letters.rfind(letters[:SHORT], low, place + 1) if letters else -1

    def _by_letters(self, letters: str) -> int:
        if len(letters) <= SHORT:
            return self._nearest(letters, NEAR if len(letters) > TINY else NEAR // 10)
        starts = [*range(0, len(letters) - PIECE, PIECE), len(letters) - PIECE]
        pieces = [letters[start : start + PIECE] for start in starts if start >= 0]
        for part, reach in [(letters, NEAR), *((piece, NEAR) for piece in pieces), (letters, self._end)]:
            start = self._nearest(part, reach)
            if start >= 0:
                return start
        return -1

    def _nearest(self, letters: str, reach: int) -> int:
        """Return the next place of some letters, or the last one before if that is nearer by far; -1 if there
        is none in reach.
        """
        if not letters:
            return -1
        after = self._letters.find(letters, self._place, self._place + reach + len(letters))
        if 0 <= after - self._place <= NEAR:
            return after
        before = self._letters.rfind(letters, max(self._place - min(reach, NEAR), 0), self._place)
        return before if before >= 0 else after


def _add(parts: list[str], text: str, length: int) -> int:
    letters = fold(_MARKUP.sub(" ", text))
    parts.append(letters)
    return length + len(letters)
