"""Finding comparisons and inferences about numbers that no claim holds to account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidentia.compose.private import CLOSE, ENDS, FOLLOWS, OPEN
from evidentia.compose.sentences import Sentences
from evidentia.compose.stretches import ADDRESS, ATTRIBUTES, Kind, blanked, stretches

WORDS = (
    "above|below|higher|lower|highest|lowest|larger|smaller|largest|smallest|greater|greatest|fewer|fewest|less|least|"
    "rose|risen|rises?|rising|fell|fallen|falls?|falling|grew|grown|growing|dropped|declin(?:ed?|ing)|climbed|"
    "increas(?:ed?|es|ing)|decreas(?:ed?|es|ing)|reduc(?:ed|es|ing)|improved|worsened|widened|narrowed|"
    "doubled?|trebled|tripled|halved|exceed(?:ed|s)?|outnumber(?:ed|s)?|"
    "significant(?:ly)?|insignificant|majority|minority|most|stable|unchanged|constant|consistently|better|worse"
)
_WORD = re.compile(rf"\b(?:more than (?:half|doubled)|less than half|(?:{WORDS}))\b", re.IGNORECASE)
_NUMBER = re.compile(r"\{#n-\d+ \.n ")
_BOX, _ROW = Kind(":::", r"(?P<close>(?=\n)|\Z)"), Kind(r"(?m:^\|)", r"(?P<close>(?=\n)|\Z)")
_HELD = re.compile(f"{OPEN}\\d+{OPEN}|{CLOSE}|{FOLLOWS}|{ENDS}")


@dataclass(frozen=True)
class Unclaimed:
    """A word of comparison beside a number, under no claim."""

    chapter: str
    word: str
    sentence: str


def unclaimed(text: str, chapter: str) -> Iterator[Unclaimed]:
    """Yield the comparative and inferential words of a chapter that stand in a sentence with a number but
    under no claim.

    Parameters
    ----------
    text : str
        Rendered Markdown with the writer's private marks still in it.
    chapter : str
        Its id.
    """
    free = _blank_held(text)
    sentences = Sentences(text)
    for start, end in sentences.spans():
        if not _NUMBER.search(text, start, end):
            continue
        for match in _WORD.finditer(_blank_markup(free[start:end])):
            yield Unclaimed(
                chapter, match[0].lower(), re.sub("[\ue000-\ue003]", "", _HELD.sub("", sentences.at(start)))
            )


def _blank_held(text: str) -> str:
    """Blank what stands under a claim or was written by a helper, keeping positions."""
    parts, depth, last = [], 0, 0
    for match in _HELD.finditer(text):
        piece = text[last : match.start()]
        parts.append(piece if depth == 0 else " " * len(piece))
        parts.append(" " * len(match[0]))
        depth += -1 if match[0] in (CLOSE, ENDS) else 1
        last = match.end()
    return "".join(parts) + text[last:]


def _blank_markup(text: str) -> str:
    return blanked(text, stretches(text, (ATTRIBUTES, ADDRESS, _BOX, _ROW)))
