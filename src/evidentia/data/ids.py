"""Ids of records: text to the last digit; what would let two files meet is said, never done."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import pandas as pd

from evidentia.data.cells import as_texts
from evidentia.data.cleaning import tidy

_SHORT = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")
_FLOAT = re.compile(r"\d+\.0+")
_WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("zeros before them", lambda text: text.lstrip("0") or "0"),
    ("capital letters", str.casefold),
    ("blanks in them", lambda text: "".join(text.split())),
    ("dashes in them", lambda text: re.sub(r"[-_/.]", "", text)),
)


def id_texts(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return ids as texts, None for a missing one; 1.0 and 1 are one id."""
    texts = as_texts(column).map(tidy)
    filled = texts[texts != ""]
    if len(filled) and filled.map(lambda text: bool(_FLOAT.fullmatch(text))).all():
        texts = texts.str.replace(r"\.0+$", "", regex=True)
    return texts.where(texts != "", None)


def how_they_meet(ids: Collection[str], others: Collection[str]) -> str:
    """Say without what more ids of one file would meet those of another; empty if nothing of the kind would
    help.

    Parameters
    ----------
    ids, others : collection of str
    """
    apart = set(ids) - set(others)
    left = set(others) - set(ids)
    if not apart or not left:
        return ""
    for words, change in _WAYS:
        met = {change(id) for id in apart} & {change(id) for id in left}
        if met:
            return _said(len(met), words)
    everything = _all(apart) & _all(left)
    return _said(len(everything), "zeros, capital letters, blanks and dashes") if everything else ""


def shortened(texts: pd.Series[Any]) -> bool:
    """Tell whether numbers are as a spreadsheet shows long ones, such as 1.23457E+14, without their last
    digits.
    """
    filled = 0
    for text in texts:
        if text and not _SHORT.fullmatch(str(text)):
            return False
        filled += bool(text)
    return filled > 0


def nearly_doubled(ids: pd.Series[Any]) -> tuple[str, pd.Index]:
    """Return without what some different ids of one file would be the same, and their rows; nothing if no way
    would make them so.
    """
    texts = id_texts(ids).dropna()
    texts = texts[~texts.duplicated(keep=False)]
    for words, change in _WAYS:
        alike = texts.map(change).duplicated(keep=False)
        if alike.any():
            return words, texts.index[alike]
    return "", texts.index[:0]


def _all(ids: Iterable[str]) -> set[str]:
    changed = set()
    for id in ids:
        for _, change in reversed(_WAYS):
            id = change(id)
        changed.add(id)
    return changed


def _said(count: int, words: str) -> str:
    return f"{count:,} more would meet without {words}"
