"""Markup on which an engine would spend more time than anybody waits: it is refused by name before an engine
sees it.

Pandoc tries every way to read brackets that stand in each other, which doubles the time with each level; for
an element or a comment that is never closed it looks through the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from evidentia.compose.stretches import ADDRESS, CODE, COMMENT, FENCE, Kind, blanked, stretches
from evidentia.core.errors import EvidentiaError

DEEPEST_BRACKETS, DEEPEST_QUOTATION, MOST_OPEN, LONGEST_WORD, MOST_AMPERSANDS = 6, 20, 50, 5_000, 200
MOST = 20
"""Faults of one chapter that are named."""
_TAG = Kind(r"<[A-Za-z/!?]", r"(?P<close>>)")
_OPEN_TAG = re.compile(r"<[A-Za-z/!?]")
_SIGN = re.compile(r"\\.|(?P<open>\[)|(?P<close>\])", re.DOTALL)
_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
MOST_SIGNS = 30  # alike, one after the other
_RUN = re.compile(rf"([`~$^*_<({{])\1{{{MOST_SIGNS},}}")
_QUOTATION = re.compile(rf"^[ \t]*(?:>[ \t]*){{{DEEPEST_QUOTATION + 1},}}", re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n")


def nesting_faults(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for markup in a chapter that no engine reads in good time.

    Parameters
    ----------
    text : str
        A chapter as rendered.
    path : str
    """
    for place, what, remedy in islice(_found(text), MOST):
        yield EvidentiaError(what, where=f"{path}, line {text.count(chr(10), 0, place) + 1}", remedy=remedy)


def run_of_signs(sign: str) -> tuple[str, str]:
    """Return what is wrong with a sign that is repeated without end, and what to do."""
    return f"the sign '{sign}' stands more than {MOST_SIGNS} times in a row", "take it out"


def _found(text: str) -> Iterator[tuple[int, str, str]]:
    plain = blanked(text, stretches(text, (COMMENT, FENCE, CODE)))
    unclosed = plain.find("<!--")
    if unclosed >= 0:
        yield unclosed, "a comment is not closed", "end it with -->"
        return
    for match in _WORD.finditer(plain):
        yield match.start(), f"a word has more than {LONGEST_WORD:,} characters", "divide it"
    for match in _RUN.finditer(text):
        yield match.start(), *run_of_signs(match[1])
    for match in _QUOTATION.finditer(plain):
        yield (
            match.start(),
            f"a quotation is nested more than {DEEPEST_QUOTATION} levels deep",
            "take the signs > out",
        )
    untagged = blanked(plain, stretches(plain, (_TAG,)))
    if len(tags := list(islice(_OPEN_TAG.finditer(untagged), MOST_OPEN + 1))) > MOST_OPEN:
        yield (
            tags[0].start(),
            f"more than {MOST_OPEN} elements of HTML are not closed",
            "write the sign < as &lt;",
        )
    links = blanked(plain, stretches(plain, (ADDRESS,)))
    if links.count("](") > MOST_OPEN:
        yield links.find("]("), f"more than {MOST_OPEN} addresses of links are not closed", "end each with )"
    start = 0
    for end in [*(match.end() for match in _BLOCK.finditer(plain)), len(plain)]:
        if plain.count("&", start, end) > MOST_AMPERSANDS:
            yield start, f"a paragraph has more than {MOST_AMPERSANDS} signs &", "write the word and"
        if (place := _too_deep(plain, start, end)) is not None:
            yield (
                place,
                f"brackets stand in each other more than {DEEPEST_BRACKETS} levels deep",
                "close each [ with ], or write \\[",
            )
        start = end


def _too_deep(text: str, start: int, end: int) -> int | None:
    """Return where brackets of a paragraph, closed or not, are nested too deep; None if nowhere."""
    depth = 0
    for sign in _SIGN.finditer(text, start, end):
        if sign["open"]:
            depth += 1
            if depth > DEEPEST_BRACKETS:
                return sign.start()
        elif sign["close"]:
            depth = max(depth - 1, 0)
    return None
