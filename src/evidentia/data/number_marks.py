"""Numbers that carry signs: £1,250, 45%, 12 [r], 45*, and the minus of print."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

MINUS = "\u2212"
_NOTE = r"\s*(?:\[[^\]]{1,12}\]|\([a-zA-Z]{1,3}\)|[*\u2020\u2021#^]+)"
_LOOKS = re.compile(
    rf"\(?\s*[-+{MINUS}]?\s*[£$€]?\s*[-+{MINUS}]?\s*(?:\d{{1,3}}(?:[, ']\d{{3}})+|\d+)(?:[.,]\d+)?\s*\)?"
    rf"\s*(?:%|[kKmM]|bn)?(?:{_NOTE})*"
)
_NOTES = re.compile(rf"(?:{_NOTE})+$")
_PARTS = re.compile(r"([^\d.]*)(\d[\d.]*(?:[eE][-+]?\d+)?|\.\d+)([^\d]*)")
_LESS = re.compile(r"[(<>~\u2264\u2265\u2248]")  # (5) may be a negative amount, and <5 is no 5


def looks_numeric(text: str) -> bool:
    """Tell whether a text is a number with signs around it, which is no category of people."""
    return _LOOKS.fullmatch(text) is not None


def parts_of(text: str) -> tuple[str, str] | None:
    """Return a number without the signs beside it, and these; None for a text that is not plainly a number.

    A note such as [2] or * is neither.
    """
    found = _PARTS.fullmatch(_NOTES.sub("", text.strip()))
    if not found or _LESS.search(found[1]):
        return None
    before, after = found[1].replace(MINUS, "-"), found[3]
    signs = before.count("-")
    beside = re.sub(r"[-+\s]", "", before) + after.strip().lower()
    return (("-" if signs else "") + found[2], beside) if signs < 2 else None


def bare_numbers(texts: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers without the signs beside them; what is no number, or has another sign than most, is
    returned as words.

    12 months and 2 years are not 12 and 2 of one thing, nor are 45% and 0.45.
    """
    parts = {text: parts_of(text) for text in texts.dropna().unique()}
    beside = texts.map({text: found[1] for text, found in parts.items() if found and found[1]})
    counts = beside.value_counts()
    usual = counts.index[0] if len(counts) else ""
    alike = {usual} if usual == "%" else {usual, ""}
    known = {
        text: found[0] if found and found[1] in alike else f"no number: {text}"
        for text, found in parts.items()
    }
    return texts.map(known)


def is_marked(text: str) -> bool:
    """Tell whether a number is read once the signs beside it are left off."""
    found = parts_of(text.replace(",", "")) if looks_numeric(text) else None
    return found is not None and found[1] in ("", "%", "£", "$", "€")


def numbers_of(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return texts as numbers, NaN for what is none; the minus of print is one."""
    values = pd.to_numeric(cells, errors="coerce")
    lost = cells[values.isna() & cells.notna()]
    printed = lost[[str(cell)[:1] == MINUS for cell in lost]].astype(str)
    if len(printed):
        values = values.astype(float)
        values[printed.index] = pd.to_numeric("-" + printed.str[1:], errors="coerce").astype(float)
    return values
