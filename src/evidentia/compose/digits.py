"""The check for typed digits: in a chapter every number comes from the ledger.

A digit may stand in a year (2019, 2018/19), in a name (Step2Work, B12), in the name of a unit (per
10,000), in a citation key, a label or an attribute, in a link's address, in code or a comment, or as the
number of an ordered list's item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evidentia.core.errors import EvidentiaError

_PASSED_OVER = re.compile(
    r"""
      \{%.*?%\}                           # Jinja statements (a claim's condition)
    | \{\{.*?\}\}                         # Jinja expressions
    | <!--.*?-->                          # comments
    | \A---\n.*?\n---\n                   # a YAML header
    | ^```.*?^```                         # code blocks
    | `[^`\n]*`                           # code
    | \{[#.][^}\n]*\}                     # attributes: {#sec-aims .unnumbered}
    | (?<=\])\([^)\s]*\)                  # addresses of links
    | <?https?://[^\s>)]+>?               # bare addresses
    | (?<![\w])-?@[\w:.-]+                # citations and cross-references
    | \[\^[\w-]+\]                        # footnote marks
    | ^\s*\d+[.)]\s+(?=\S)                # numbers of an ordered list
    | \bper[\s\N{NO-BREAK SPACE}](?:100,000|10,000|1,000|100)\b  # the name of a unit
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?(?![\d]|[.,]\d|%)")
NAME = re.compile(r"\b[A-Za-z][A-Za-z-]*\d[A-Za-z0-9-]*(?:\.\d+)*\b")
_DIGITS = re.compile(r"\S*\d\S*")


def typed_digits(text: str, path: Path | str) -> Iterator[EvidentiaError]:
    """Yield a fault for each number that is typed into a chapter.

    Parameters
    ----------
    text : str
        The chapter's source, with its Jinja.
    path : path
        For the messages.
    """
    blank = text
    for pattern in (_PASSED_OVER, YEAR, NAME):
        blank = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), blank)
    lines = text.split("\n")
    for match in _DIGITS.finditer(blank):
        line = blank.count("\n", 0, match.start())
        around = lines[line].strip()
        yield EvidentiaError(
            f"the number '{match[0].strip('.,;:()')}' is typed: \"{_around(around, match[0])}\"",
            where=f"{path}, line {line + 1}",
            remedy='bind it with {{ n("...") }}; a fact that no data set holds goes into the file of facts first',
        )


def _around(line: str, word: str, reach: int = 40) -> str:
    """Return the words round a number."""
    place = max(line.find(word), 0)
    start, end = max(place - reach, 0), place + len(word) + reach
    return ("..." if start else "") + line[start:end] + ("..." if end < len(line) else "")
