"""Numbers and words in a finished text."""

from __future__ import annotations

import re
from unicodedata import normalize

TOKEN = re.compile(r"(?<![A-Za-z])[A-Za-z]*\d[0-9A-Za-z]*(?:[.,/]\d[0-9A-Za-z]*)*%?")
_NO_WORD = re.compile(r"[\W_]+")
REACH = 40  # characters of words quoted on either side


def tokens(text: str) -> list[str]:
    """Return the numbers in a text, as printed."""
    return [match[0] for match in TOKEN.finditer(text)]


def fold(text: str) -> str:
    """Return a text's letters and digits alone, in lower case, for comparison."""
    return _NO_WORD.sub("", text).casefold()


def around(text: str, start: int, end: int) -> str:
    """Return the words round a stretch of text, on one line."""
    left, right = max(start - REACH, 0), min(end + REACH, len(text))
    words = re.sub(r"\s+", " ", text[left:right]).strip()
    return ("..." if left else "") + words + ("..." if right < len(text) else "")


def formula_signs(text: str) -> str:
    """Return the letters and digits of a formula; script and bold letters are letters, for a page has signs
    of their own for them and Word a style.
    """
    return fold(normalize("NFKC", text))
