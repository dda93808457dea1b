"""Numbers as official statistics print them: with symbols for what is not there, and "low" for what rounds to
0.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from evidentia.data.number_marks import numbers_of

LOW = "low"
SYMBOLS = {
    "c": "suppressed to protect people",
    "x": "not available",
    "z": "not applicable",
    ":": "not available",
    "u": "of low reliability",
    "k": "not published",
    "w": "withheld",
    "~": "not published",
    "*": "suppressed",
    "..": "not available",
    LOW: "rounds to 0, but is not 0",
}
"""Symbol to what it means."""
_BRACKETS = re.compile(r"\[\s*([a-z:~*.]+)\s*\]|\(\s*([a-z:~*.]+)\s*\)", re.IGNORECASE)


def symbol_of(text: str) -> str:
    """Return the symbol that a cell holds, plain or in brackets; empty if it holds none."""
    found = _BRACKETS.fullmatch(text.strip())
    symbol = (found[1] or found[2] if found else text.strip()).lower()
    return symbol if symbol in SYMBOLS else ""


def official(cells: pd.Series[Any]) -> tuple[pd.Series[float], pd.Series[Any], pd.Series[bool]]:
    """Read a column of published numbers.

    Returns
    -------
    values : Series of float
        NaN for symbols, 0 for "low"; other words are NaN as well, without a symbol.
    symbols : Series of str
        The symbol where a cell holds one, otherwise empty.
    percent : Series of bool
        Cells that are written as percentages, whose values are percents.
    """
    if pd.api.types.is_numeric_dtype(cells.dtype):
        nothing = pd.Series("", index=cells.index, dtype=object)
        return _finite(cells.astype(float)), nothing, pd.Series(False, index=cells.index)
    texts = cells.astype(object).where(cells.notna(), "").astype(str).str.strip()
    percent = texts.str.endswith("%")
    values = _finite(numbers_of(texts.str.removesuffix("%").where(texts != "")).astype(float))
    words = texts[values.isna() & (texts != "")]
    symbols = (
        words.map({word: symbol_of(word) for word in words.unique()})
        .reindex(cells.index, fill_value="")
        .astype(object)
    )
    return values.mask(symbols == LOW, 0.0), symbols, percent & values.notna()


def _finite(values: pd.Series[float]) -> pd.Series[float]:
    return values.where(values.abs() != float("inf"))
