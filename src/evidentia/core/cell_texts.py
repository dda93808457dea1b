"""Cells of a table as texts."""

from __future__ import annotations

from typing import Any

import pandas as pd


def as_texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column as texts: 1.0 as 1, a whole number to its last digit, nothing as an empty text."""
    if pd.api.types.is_float_dtype(column.dtype):
        filled = column.notna()
        whole = filled & (column % 1 == 0) & (column.abs() < 2**53)
        texts = pd.Series("", index=column.index, dtype=object)
        texts[whole] = column[whole].astype("int64").astype(str)
        texts[filled & ~whole] = column[filled & ~whole].map(repr)
        return texts
    return column.astype(object).map(str, na_action="ignore").fillna("")
