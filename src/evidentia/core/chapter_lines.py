"""From words of a finished document back to the chapter and line that say them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import read_json
from evidentia.core.number_words import fold

NAME = "homes.json"
LEAST = 12
"""Letters and digits that words need to be looked for."""
_MARKUP = re.compile(
    r"(?<=\])\{[^{}]*\}|(?<=\])\([^()\s]*\)|\{[#.][^{}]*\}|^:{3,}.*$|\[\^[^\]]*\]", re.MULTILINE
)


@dataclass(frozen=True)
class _Home:
    path: str
    text: str
    starts: list[int]
    lines: list[int]


class ChapterLines:
    """The composed chapters of a build, by their words.

    Parameters
    ----------
    chapters : list of dict
        As build/draft/homes.json has them: path, text, and the line of the file of each line.
    """

    def __init__(self, chapters: list[dict[str, Any]]) -> None:
        self._homes = [_read(chapter) for chapter in chapters]

    @classmethod
    def of(cls, build: Path) -> ChapterLines:
        """Return the chapters of a build; none of one that has not composed any."""
        try:
            return cls(read_json(build / NAME)["chapters"])
        except EvidentiaError:
            return cls([])

    def near(self, *phrases: str) -> str:
        """Return the chapter's file and line where one of some phrases stands, or the most of one; empty if
        none is found.
        """
        for phrase in phrases:
            words = fold(phrase)
            middle = len(words) // 2
            for piece in (words, words[middle - LEAST : middle + LEAST], words[:24], words[-24:], words[:16]):
                if len(piece) >= LEAST and (found := self._find(piece)):
                    return found
        return ""

    def _find(self, words: str) -> str:
        for home in self._homes:
            place = home.text.find(words)
            if place >= 0:
                return f"{home.path}, line {home.lines[bisect_right(home.starts, place) - 1]}"
        return ""


def _read(chapter: dict[str, Any]) -> _Home:
    starts, parts, length = [], [], 0
    for line in _MARKUP.sub("", chapter["text"]).split("\n"):
        starts.append(length)
        parts.append(fold(line))
        length += len(parts[-1])
    return _Home(chapter["path"], "".join(parts), starts, chapter["lines"])
