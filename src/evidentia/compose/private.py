"""The private marks round claims and words that follow the numbers, taken out when a chapter is whole."""

from __future__ import annotations

import re

from evidentia.compose.claims import Claim
from evidentia.compose.sentences import Sentences

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand round a claim's words."""

FOLLOWS, ENDS = "\ue002", "\ue003"
"""Stand round words that follow the numbers by themselves."""

_MARK = re.compile(f"{OPEN}(\\d+){OPEN}|{CLOSE}|{FOLLOWS}|{ENDS}")


def without_private(text: str) -> str:
    """Return a chapter without the marks."""
    return _MARK.sub("", text)


def with_sentences(text: str, claims: list[Claim]) -> str:
    """Note the sentence of each claim, and return the chapter without the marks."""
    sentences = Sentences(text)
    for match in _MARK.finditer(text):
        if match[1]:
            claims[int(match[1])].sentence = _MARK.sub("", sentences.at(match.end()))
    return _MARK.sub("", text)
