"""The check for typed digits: in a chapter every number comes from the ledger.

A digit may stand in a year (2019, 2018/19), in a name (Step2Work, B12), in the name of a unit (per
10,000), in a citation key, a label or an attribute, in a link's address, in code or a comment, or as the
number of an ordered list's item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import islice
from pathlib import Path

from evidentia.compose.stretches import (
    ADDRESS,
    ATTRIBUTES,
    CODE,
    COMMENT,
    EXPRESSION,
    FENCE,
    STATEMENT,
    blanked,
    stretches,
)
from evidentia.core.errors import EvidentiaError

_BETWEEN = (STATEMENT, EXPRESSION, COMMENT, FENCE, CODE, ATTRIBUTES, ADDRESS)
_PASSED_OVER = re.compile(
    r"""
      \A---\n(?:(?!---\n).*\n)*---\n       # a YAML header
    | <?https?://[^\s>)]+>?               # bare addresses
    | (?<![\w])-?@[\w:.-]+                # citations and cross-references
    | \[\^[\w-]+\]                        # footnote marks
    | ^[ \t]*[0-9]+[.)][ \t]+(?=\S)       # numbers of an ordered list
    | \bper[\s\N{NO-BREAK SPACE}](?:100,000|10,000|1,000|100)\b  # the name of a unit
    """,
    re.VERBOSE | re.MULTILINE,
)
YEAR = re.compile(r"(?<![\d.,])(?:19|20)[0-9]{2}(?:/[0-9]{2}(?:[0-9]{2})?)?(?![\d]|[.,]\d|%)")
_NAME = re.compile(r"\b[A-Za-z][A-Za-z-]*+(?P<digits>[0-9][A-Za-z0-9-]*(?:\.[0-9]+)*\b)?")
_WORD = re.compile(r"\S+")
_ENTITY = re.compile(r"&#?\w{1,32};")
_HALF = "\N{VULGAR FRACTION ONE HALF}"  # stands for an entity that prints a digit
_ROMAN = re.compile(
    r"\b[IVXLCDM]{2,15}\b(?=\s(?:per\scent|percentage|people|children|families|cases|times|points|years|months)\b|%)"
)
MOST = 50
"""Typed numbers of one chapter that are named."""


def names(text: str) -> Iterator[re.Match[str]]:
    """Yield the names with digits in a text, such as Step2Work and B12."""
    return (match for match in _NAME.finditer(text) if match["digits"])


def numerals(text: str) -> bool:
    """Tell whether a text holds a digit of any script, a superscript, a circled or a Roman numeral, or a
    fraction.

    A raised or lowered digit right behind a letter belongs to it: m\N{SUPERSCRIPT TWO}, R\N{SUPERSCRIPT TWO},
    CO\N{SUBSCRIPT TWO}.
    """
    if text.isascii():
        return any(character.isdigit() for character in text)
    return any(
        unicodedata.category(character)[0] == "N" and not (_is_raised(character) and before.isalpha())
        for before, character in zip(" " + text, text, strict=False)
    )


def _is_raised(character: str) -> bool:
    return unicodedata.decomposition(character).startswith(("<super>", "<sub>"))


def typed_digits(text: str, path: Path | str) -> Iterator[EvidentiaError]:
    """Yield a fault for each number that is typed into a chapter.

    Parameters
    ----------
    text : str
        The chapter's source, with its Jinja.
    path : path
        For the messages.
    """
    return islice(_typed(text, path), MOST)


def _typed(text: str, path: Path | str) -> Iterator[EvidentiaError]:
    blank = blanked(text, stretches(text, _BETWEEN))
    blank = _ENTITY.sub(
        lambda entity: _HALF * len(entity[0]) if numerals(unescape(entity[0])) else entity[0], blank
    )
    for matches in (_PASSED_OVER.finditer, YEAR.finditer, names):
        blank = blanked(blank, (match.span() for match in matches(blank)))
    lines = text.split("\n")
    for line, content in enumerate(blank.split("\n")):
        for match in _numbers(content):
            word = match[0].strip(".,;:()")
            yield EvidentiaError(
                f"the number '{_short(word)}' is typed: \"{_around(lines[line].strip(), match[0])}\"",
                where=f"{path}, line {line + 1}",
                remedy=(
                    'bind it with {{ n("...") }}; a fact that no data set holds goes into the file of facts'
                    " first"
                ),
            )


def _numbers(line: str) -> Iterator[re.Match[str]]:
    """Yield the words of a line that hold a numeral, and Roman numbers beside what they count."""
    yield from (match for match in _WORD.finditer(line) if numerals(match[0]))
    yield from _ROMAN.finditer(line)


def _short(word: str) -> str:
    return word if len(word) <= 60 else word[:57] + "..."


def _around(line: str, word: str, reach: int = 40) -> str:
    """Return the words round a number."""
    place = max(line.find(word), 0)
    start, end = max(place - reach, 0), place + len(word) + reach
    return ("..." if start else "") + line[start:end] + ("..." if end < len(line) else "")
