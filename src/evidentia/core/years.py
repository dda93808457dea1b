"""Financial and academic years: 2018/19, 2018-19, 2018–19, 2018/2019 and 201819 are one."""

from __future__ import annotations

import re
from typing import Any

SPELLING = r"(\d{4})\s?[-/\u2013]?\s?(\d{2}|\d{4})"
_YEAR = re.compile(SPELLING)


def financial_year(text: str) -> int | None:
    """Return the year in which a financial year begins, or None for a text that is none."""
    match = _YEAR.fullmatch(text.strip())
    return begins(match[1], match[2]) if match else None


def begins(year: str, following: str) -> int | None:
    """Return a financial year's first year if the second is the one after it."""
    follows = int(following) == (int(year) + 1) % 10 ** len(following)
    return int(year) if follows and 1000 <= int(year) < 3000 else None


def spelt(begun: int) -> str:
    """Return a financial year as it is printed: 2018/19."""
    return f"{begun}/{(begun + 1) % 100:02d}"


def as_ending(given: Any) -> Any:
    """Return a setting that is a financial year as the year in which it ends, anything else as it is."""
    begun = financial_year(str(given))
    return given if begun is None else begun + 1


def as_beginning(given: Any) -> Any:
    """Return a setting that is a financial year as the year in which it begins, anything else as it is."""
    begun = financial_year(str(given))
    return given if begun is None else begun
