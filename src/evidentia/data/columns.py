"""Columns from cells: typed after a schema, or by their whole content; nothing is
guessed into another kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from evidentia.core.years import financial_year, spelt
from evidentia.data.cells import as_texts
from evidentia.data.dates import parse_dates
from evidentia.data.fields import Field
from evidentia.data.number_marks import bare_numbers, looks_numeric, numbers_of

NUMBER, CATEGORY, DATE, ID, TEXT, MIXED, EMPTY = "number", "category", "date", "id", "text", "mixed", "empty"
KINDS = 50  # a column with more different texts holds words or names, not categories
EXACT = 2**53
CATEGORIES = 10  # whole numbers from 1 up to this may be codes
_ZEROS = re.compile(r"0\d+")
_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?:[T ]\d\d:\d\d.*)?")


@dataclass(frozen=True)
class Column:
    """A column as it is used.

    Attributes
    ----------
    values : Series
        Missing where the cell is empty or declared missing.
    role : str
        ``number``, ``category``, ``date``, ``id``, ``text``, ``mixed`` or ``empty``.
    absent : dict of str to int
        Words that are declared missing, and how often they stand.
    symbols : Series of str or None
        Those words by row.
    wrong : Series of bool or None
        Cells that are not of the schema's type.
    described : bool
        Whether a schema says of what type it is.
    """

    values: pd.Series[Any]
    role: str
    absent: dict[str, int] = field(default_factory=dict)
    symbols: pd.Series[Any] | None = None
    wrong: pd.Series[Any] | None = None
    described: bool = False


def infer(cells: pd.Series[Any]) -> Column:
    """Return a column without a schema: numbers if every filled cell is one and none is an id, otherwise
    texts.
    """
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return Column(cells, NUMBER if cells.notna().any() else EMPTY)
    codes, found = pd.factorize(cells)
    different = pd.Series(found, dtype=object)
    filled = different[different != ""]
    if filled.empty:
        return Column(_spread(different, codes, cells.index), EMPTY)
    numbers = numbers_of(filled)
    finite = numbers.astype(float).where(numbers.astype(float).abs() != float("inf")).notna()
    if finite.all() and not _is_id(filled):
        return Column(
            pd.Series(numbers.reindex(different.index).to_numpy()[codes], index=cells.index), NUMBER
        )
    texts = _spread(different, codes, cells.index)
    if finite.all():
        return Column(texts, ID)
    if (finite.any() and not _is_id(filled[finite])) or all(map(looks_numeric, filled)):
        return Column(texts, MIXED)
    return Column(texts, _role_of_texts(filled, int((cells != "").sum())))


def _spread(different: pd.Series[Any], codes: Any, index: pd.Index) -> pd.Series[Any]:
    """Return a column from its different texts, None for an empty one."""
    return pd.Series(
        different.where(different != "", None).to_numpy(dtype=object)[codes], index=index, dtype=object
    )


def _is_id(texts: pd.Series[Any]) -> bool:
    """Tell whether numbers are ids: zeros before them, or more digits than a number keeps."""
    lengths = texts.str.len()
    if int(lengths.max()) < 2:
        return False
    zeros = texts[(lengths > 1) & texts.str.startswith("0")]
    long = texts[lengths > 15]
    return bool(zeros.map(lambda text: bool(_ZEROS.fullmatch(text))).any()) or bool(
        long.map(lambda text: text.isdigit() and int(text) > EXACT).any()
    )


def _role_of_texts(filled: pd.Series[Any], rows: int) -> str:
    """Return the role of texts, given all or the different ones, and how many rows have one."""
    different = filled.unique()
    if all(_ISO.fullmatch(text) for text in different):
        return DATE
    if len(different) == rows and rows > KINDS:
        return ID if max(map(len, different)) <= 40 else TEXT
    return CATEGORY if len(different) <= KINDS else TEXT


def typed(
    cells: pd.Series[Any], item: Field, missing: tuple[str, ...], *, stored_dates: bool, decimal: str = ""
) -> Column:
    """Return a column after its field of the schema, with a mask of cells that are not of its type."""
    absent_words = [
        word for word in (item.missing_values if item.missing_values is not None else missing) if word != ""
    ]
    if pd.api.types.is_numeric_dtype(cells.dtype) and item.type in ("integer", "number") and not absent_words:
        return _numbers(cells, cells.notna(), item.type)
    texts = as_texts(cells) if pd.api.types.is_numeric_dtype(cells.dtype) else cells.astype(object)
    absent = texts.isin(absent_words)
    codes = pd.to_numeric(pd.Series(absent_words, dtype=object), errors="coerce").dropna()
    if len(codes) and item.type in ("integer", "number"):  # -99.0 is -99
        absent |= numbers_of(texts).astype(float).isin(codes.astype(float))
    counts = {str(word): int(count) for word, count in texts[absent].value_counts().items()}
    symbols = texts.where(absent, "") if counts else None
    texts = texts.mask(absent | (texts == ""), None)
    made = _converted(texts, item, decimal, stored_dates=stored_dates)
    return Column(made.values, made.role, counts, symbols, made.wrong)


def _converted(texts: pd.Series[Any], item: Field, decimal: str, *, stored_dates: bool) -> Column:
    filled = texts.notna()
    if item.type == "year" and texts[filled].map(_is_financial).any():
        years = texts[filled].map(lambda text: spelt(begun) if (begun := financial_year(text)) else None)
        years = years.reindex(texts.index).astype(object)
        return Column(years.where(years.notna(), None), CATEGORY, wrong=filled & years.isna())
    if item.type in ("integer", "number", "year"):
        return _numbers(_bare(texts, item, decimal), filled, item.type)
    if item.type == "boolean":
        known = {**dict.fromkeys(item.true_values, True), **dict.fromkeys(item.false_values, False)}
        values = texts.map(known)
        return Column(values, CATEGORY, wrong=filled & values.isna())
    if item.type in ("date", "datetime", "yearmonth"):
        default = {"date": "%Y-%m-%d", "datetime": "ISO8601", "yearmonth": "%Y-%m"}[item.type]
        values = parse_dates(texts, item.format, default=default, stored=stored_dates)
        return Column(values, DATE, wrong=filled & values.isna())
    unique = item.constraints.get("unique")
    role = (
        ID
        if unique
        else _role_of_texts(texts[filled].astype(str), int(filled.sum()))
        if filled.any()
        else EMPTY
    )
    return Column(texts, role, wrong=~filled & filled)


def _is_financial(text: str) -> bool:
    return financial_year(text) is not None


def _bare(texts: pd.Series[Any], item: Field, decimal: str) -> pd.Series[Any]:
    """Return numbers as texts with a point for decimals, and without the signs that the field names."""
    point = item.decimal or decimal
    if item.group:
        sign = re.escape(item.group)  # only between threes: 1,23 is no 123
        grouped = re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}(?:{sign}\d{{3}})+(?!\d|{sign})")
        texts = texts.str.replace(grouped, lambda found: found[0].replace(item.group, ""), regex=True)
    misread = pd.Series(False, index=texts.index)
    if point and point != ".":
        misread = texts.str.contains(".", regex=False, na=False)
        texts = texts.str.replace(point, ".", regex=False)
    read = texts if item.bare else bare_numbers(texts)
    return read.mask(misread, "not a number: " + texts.astype(str))


def _numbers(cells: pd.Series[Any], filled: pd.Series[Any], kind: str) -> Column:
    """Return numbers; whole ones to the last digit."""
    values = numbers_of(cells)
    floats = values.astype(float)
    wrong = filled & floats.isna() | floats.isin([float("inf"), float("-inf")])
    if kind == "number":
        return Column(floats, NUMBER, wrong=wrong)
    wrong |= filled & ~wrong & (floats % 1 != 0)
    if wrong.any():
        return Column(floats, NUMBER, wrong=wrong)
    large = bool((floats.abs() > EXACT).any())
    if not large:
        return Column(floats if floats.isna().any() else floats.astype("int64"), NUMBER, wrong=wrong)
    exact = [None if cell is None or cell != cell else int(cell) for cell in cells]
    beyond = pd.Series(
        [value is not None and not -(2**63) <= value < 2**63 for value in exact], index=cells.index
    )
    if beyond.any():
        return Column(floats, ID, wrong=beyond)
    made = pd.Series(pd.array(exact, dtype="Int64"), index=cells.index)
    return Column(made if made.isna().any() else made.astype("int64"), ID, wrong=wrong)


def may_be_codes(values: pd.Series[Any]) -> bool:
    """Whether numbers are 1, 2, 3, ... without a gap and few enough to be codes of categories."""
    different = values.nunique()
    return bool(
        3 <= different <= CATEGORIES
        and values.min() == 1
        and values.max() == different
        and (values % 1 == 0).all()
    )
