"""The words of a text as terms that can be compared, and the years in it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:\d+[^\W_]*)?|\d+[^\W\d_]+")
_YEARS = re.compile(
    r"(?<![\d.,])(?P<first>(?:19|20)\d\d)"
    r"(?:\s?[/\N{EN DASH}-]\s?(?P<second>(?:19|20)\d\d|\d\d)(?!\d))?(?!\d|[.,]\d|%)"
)
_STOP_WORDS = """
a an the of in on at by to from for with and or but as is are was were be been being it its this that these
those there their they them he she his her we our you your i not no nor than then so such had has have do
does did done can could may might will would shall should which who whom whose what when where why how all
any each few more most other some own same very into over under between during about against
through out up down off per cent percent percentage point also only just if while because until within
without among across since said say reported found show shown figure table
"""
_STOP = frozenset(_STOP_WORDS.split())
_ENDING_LIST = "isations isation ations ation ments ment ings ing ers ed ies es er ly s e y"
_ENDINGS = tuple(_ENDING_LIST.split())
_WITHOUT = re.compile(r"\b(?:without|before|no|not)\s+(?:any\s+|the\s+)?([a-z]{4,})", re.IGNORECASE)
_LEAST = 4


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its ending: reoffended, reoffending and reoffends are one."""
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=20_000)
def terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text in their order, without words that say nothing by themselves."""
    words = (match[0] for match in _WORD.finditer(text))
    found = [stem(word) for word in words if len(word) > 1 and word.casefold() not in _STOP]
    return (*found, *(f"un{stem(match[1])}" for match in _WITHOUT.finditer(text)))


def years(text: str) -> list[tuple[int, int]]:
    """Return the years in a text with their places; of 2018/19 that in which it ends."""
    found = []
    for match in _YEARS.finditer(text):
        year = int(match["first"])
        second = match["second"]
        if second and len(second) == 2 and int(second) == (year + 1) % 100:
            found.append((year + 1, match.start()))
            continue
        found.append((year, match.start()))
        if second:
            found.append(
                (int(second) if len(second) == 4 else year // 100 * 100 + int(second), match.start())
            )
    return found


class Weights:
    """How much a term tells: the rarer among the labels, the more.

    Parameters
    ----------
    labels : iterable of iterable of str
        The terms of each label.
    """

    def __init__(self, labels: Iterable[Iterable[str]]) -> None:
        counts: Counter[str] = Counter()
        self.labels = 0
        for label in labels:
            counts.update(set(label))
            self.labels += 1
        self._weights = {term: math.log((self.labels + 1) / (count + 0.5)) for term, count in counts.items()}

    @property
    def most(self) -> float:
        """The weight of a term that one label alone has."""
        return math.log((self.labels + 1) / 1.5)

    def __contains__(self, term: str) -> bool:
        return term in self._weights

    def of(self, term: str) -> float:
        """Return a term's weight; 0 for one that no label has."""
        return self._weights.get(term, 0.0)
