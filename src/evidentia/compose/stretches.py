"""Stretches of a text between an opening and a closing sign, found in time that grows with the text's length
alone.

A regular expression such as ``<!--.*?-->`` looks to the end of the text from every opening sign that is never
closed. Here the place of the next closing sign is remembered, so that no part of the text is looked at twice
for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How a stretch opens, and the pattern of what ends the search for its end.

    Attributes
    ----------
    opening : str
        Pattern without groups, with a length that is bounded.
    end : str
        Pattern of what closes it, as the group ``close``, or of what it may not hold, such as a line's end.
    """

    opening: str
    end: str


STATEMENT = Kind(r"\{%", r"(?P<close>%\})")
EXPRESSION = Kind(r"\{\{", r"(?P<close>\}\})")
COMMENT = Kind(r"<!--", r"(?P<close>-->)")
FENCE = Kind(r"(?m:^```)", r"(?P<close>\n```)")
CODE = Kind(r"`", r"(?P<close>`)|\n")
ATTRIBUTES = Kind(r"\{(?:[#.]|[a-z-]{1,30}=)", r"(?P<close>\})|\n")
ADDRESS = Kind(r"(?<=\])\(", r"(?P<close>\))|\s")
SHORTCODE = Kind(r"\{\{[<%]", r"(?P<close>[>%]\}\})")


def stretches(text: str, kinds: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each stretch, one after the other; where 2 kinds open, the first of them
    counts.
    """
    openings = re.compile("|".join(f"({kind.opening})" for kind in kinds))
    ends = [re.compile(kind.end) for kind in kinds]
    found: list[re.Match[str] | None] = [None] * len(kinds)
    exhausted = [False] * len(kinds)
    place = 0
    while opening := openings.search(text, place):
        index, place = (opening.lastindex or 1) - 1, opening.end()
        known = found[index]
        if not exhausted[index] and (known is None or known.start() < place):
            known = found[index] = ends[index].search(text, place)
            exhausted[index] = known is None
        if not exhausted[index] and known is not None and known["close"] is not None:
            place = known.end()
            yield opening.start(), place


def blanked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """Return a text with blanks in place of all but the line breaks of some stretches."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], re.sub(r"[^\n]", " ", text[start:end])]
        last = end
    return "".join([*parts, text[last:]])
