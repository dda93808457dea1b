"""What cannot be seen in a cell: blanks at its ends, no-break and zero-width spaces, letters put together of
two signs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
UNSEEN = re.compile(f"[{BLANKS}{NOTHING}\u0300-\u036f]")  # the last are accents beside their letters
_SEEN = str.maketrans({**dict.fromkeys(BLANKS, " "), **dict.fromkeys(NOTHING, "")})
_QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
)


def tidy(text: str) -> str:
    """Return a text on one line, with ordinary blanks, none at its ends, and nothing that cannot be seen."""
    return " ".join(seen(text).split())


def seen(text: str) -> str:
    """Return a text with ordinary blanks, nothing that cannot be seen, and each letter with its accent as one
    sign.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_SEEN))


def same(text: str) -> str:
    """Return the form in which answers are compared: without case, blanks at the ends or doubled, curly
    quotes, long dashes.
    """
    return tidy(text).translate(_QUOTES).casefold()


def clean_column(cells: pd.Series[Any]) -> tuple[pd.Series[Any], int]:
    """Return a column of texts without blanks at the ends and unseen signs, and how many cells had any."""
    if not pd.api.types.is_string_dtype(cells.dtype) and cells.dtype != object:
        return cells, 0
    codes, different = pd.factorize(cells, use_na_sentinel=False)  # most columns have few different cells
    texts = pd.Series(different, dtype=cells.dtype)
    cleaned = texts.str.strip()
    odd = texts.str.contains(UNSEEN.pattern, regex=True, na=False)
    if odd.any():
        cleaned = cleaned.mask(odd, texts[odd].map(lambda text: seen(text).strip()))
    changed = (texts.notna() & (cleaned != texts)).to_numpy(dtype=bool)
    if not changed.any():
        return cells, 0
    return pd.Series(cleaned.array.take(codes), index=cells.index), int(changed[codes].sum())
