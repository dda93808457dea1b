"""The check for typed digits: in a chapter every number comes from the ledger.

A digit may stand in a year (2019, 2018/19), in a name (Step2Work, B12), in the name of a unit (per 10,000),
in a citation's key and place, a label or an attribute, in a link's address, in code, a formula, a quotation,
a questionnaire or a comment, as the number of an ordered list's item, and in what
`evidentia.compose.allowed_digits` knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from pathlib import Path

from evidentia.compose.allowed_digits import belonging
from evidentia.compose.author_words import apart
from evidentia.compose.locators import locators
from evidentia.compose.spelled_numbers import spelled
from evidentia.compose.stretches import Kind, blanked, stretches
from evidentia.core.errors import EvidentiaError

_PASSED_OVER = re.compile(
    r"""
      \A---\n(?:(?!---\n).*\n)*---\n       # a YAML header
    | ^[ \t>]*(?:\[\^[^\]\n]+\]:[ \t]+)?(?:[-*+:][ \t]+){0,9}\(?[0-9]+[.)][ \t]+(?=\S)  # numbers of a list
    | <?https?://[^\s>)]+>?               # bare addresses
    | (?<![\w])-?@[\w:.-]+                # citations and cross-references
    | \[\^[\w-]+\]                        # footnote marks
    | \bper[\s\N{NO-BREAK SPACE}](?:100,000|10,000|1,000|100)\b  # the name of a unit
    | (?<=[A-Za-z])(?:~[0-9]{1,2}~|\^[0-9]{1,2}\^)(?![0-9])      # raised and lowered: m^2^, CO~2~
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
_REFERENCE = re.compile(r"\b([Ff]igures?|[Tt]ables?|[Aa]ppendix|[Aa]nnex|[Cc]hapters?)\s$")
_CLAIM = Kind(r"\{%-?\s{0,20}claim\b", r"(?P<close>\{%-?\s{0,20}endclaim\s{0,20}-?%\})")
MOST = 50
"""Typed numbers of one chapter that are named."""
BIND = (
    'bind it with {{ n("...") }}; a fact that no data set holds goes into the file of facts first. Words of'
    " others are quoted, a questionnaire stands in ::: {.instrument}, a name goes into report.names"
)


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


def typed_digits(
    text: str, path: Path | str, known: Iterable[re.Pattern[str]] = ()
) -> Iterator[EvidentiaError]:
    """Yield a fault for each number that is typed into a chapter, in digits or in words.

    Parameters
    ----------
    text : str
        The chapter's source, with its Jinja.
    path : path
        For the messages.
    known : iterable of pattern
        The names of `report.names`.
    """
    return islice(_typed(text, path, list(known)), MOST)


def _typed(text: str, path: Path | str, known: list[re.Pattern[str]]) -> Iterator[EvidentiaError]:
    plain = apart(text)
    blank = _ENTITY.sub(
        lambda entity: (_HALF if numerals(unescape(entity[0])) else " ") * len(entity[0]), plain
    )
    blank = blanked(blank, _apart_from_each_other(locators(blank)))
    blank = blanked(blank, (match.span() for match in _PASSED_OVER.finditer(blank)))
    blank = blanked(blank, _apart_from_each_other((start, end) for start, end, _ in belonging(blank, known)))
    for matches in (YEAR.finditer, names):
        blank = blanked(blank, (match.span() for match in matches(blank)))
    lines = text.split("\n")
    for line, content in enumerate(blank.split("\n")):
        for match in _numbers(content):
            word = match[0].strip(".,;:()")
            yield EvidentiaError(
                f"the number '{_short(word)}' is typed: \"{_around(lines[line].strip(), match[0])}\"",
                where=f"{path}, line {line + 1}",
                remedy=_remedy(content, match.start()),
            )
    for start, words in spelled(blanked(plain, stretches(text, (_CLAIM,)))):
        line = text.count("\n", 0, start)
        yield EvidentiaError(
            f"the number '{words}' is typed in words: \"{_around(lines[line].strip(), words)}\"",
            where=f"{path}, line {line + 1}",
            remedy='bind it with {{ n("...") }}, or put the words under the claim that they rest on',
        )


def _apart_from_each_other(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield stretches in order, those that overlap as one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is None or start > last[1]:
            if last is not None:
                yield last
            last = start, end
        else:
            last = last[0], max(last[1], end)
    if last is not None:
        yield last


def _numbers(line: str) -> Iterator[re.Match[str]]:
    """Yield the words of a line that hold a numeral, and Roman numbers beside what they count."""
    yield from (match for match in _WORD.finditer(line) if numerals(match[0]))
    yield from _ROMAN.finditer(line)


def _remedy(line: str, place: int) -> str:
    """Return what to do about a typed number: one behind Figure or Table is a reference."""
    found = _REFERENCE.search(line, max(place - 14, 0), place)
    if found is None:
        return BIND
    label = {"f": "fig", "t": "tbl"}.get(found[1][0].lower(), "sec")
    return (
        f"refer to one of this report by its label, @{label}-name, so that its number follows; one of another"
        f' document goes into report.names: ["{found[1]} #"]'
    )


def _short(word: str) -> str:
    return word if len(word) <= 60 else word[:57] + "..."


def _around(line: str, word: str, reach: int = 40) -> str:
    """Return the words round a number."""
    place = max(line.find(word), 0)
    start, end = max(place - reach, 0), place + len(word) + reach
    return ("..." if start else "") + line[start:end] + ("..." if end < len(line) else "")
