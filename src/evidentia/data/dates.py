"""Dates as files write them: the format that is named, the days of a time zone, and what to write for a date
that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError

MOST = 5_000  # different dates that are looked at for their format
EXCEL_ORIGIN = "1899-12-30"
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)")
_FORMS = (
    (re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})"), "{a}{s}{b}{s}%Y"),
    (re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2})"), "{a}{s}{b}{s}%y"),
    (re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}) \d{1,2}:\d\d"), "{a}{s}{b}{s}%Y %H:%M"),
    (re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}) \d{1,2}:\d\d:\d\d"), "{a}{s}{b}{s}%Y %H:%M:%S"),
    (re.compile(r"[A-Za-z]{3}([ -])\d{2}"), "%b{0}%y"),
    (re.compile(r"[A-Za-z]{3}([ -])\d{4}"), "%b{0}%Y"),
    (re.compile(r"[A-Za-z]{3,9}([ -])\d{4}"), "%B{0}%Y"),
    (re.compile(r"\d{4}([ -])[A-Za-z]{3}"), "%Y{0}%b"),
    (re.compile(r"\d{4}([ -])[A-Za-z]{3,9}"), "%Y{0}%B"),
    (re.compile(r"\d{4}()M\d{1,2}"), "%YM%m"),
    (re.compile(r"\d{1,2}([/.])\d{4}"), "%m{0}%Y"),
    (re.compile(r"\d{1,2}([ -])[A-Za-z]{3}\1\d{4}"), "%d{0}%b{0}%Y"),
    (re.compile(r"\d{1,2}([ -])[A-Za-z]{3}\1\d{2}"), "%d{0}%b{0}%y"),
    (re.compile(r"\d{1,2}([ ])[A-Za-z]{3,9}\1\d{4}"), "%d{0}%B{0}%Y"),
    (re.compile(r"\d{8}"), "%Y%m%d"),
    (re.compile(r"[2-5]\d{4}(?:\.\d+)?"), "excel"),
)


def format_of(values: Sequence[Any]) -> str:
    """Return the format in which all of some cells seem to be written, or an empty text."""
    texts = [
        str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        for value in values
    ]
    for form, written in _FORMS:
        found = [form.fullmatch(text) for text in texts]
        if not texts or not all(found):
            continue
        matches = [match for match in found if match]
        if "{a}" not in written:
            return written.format(*matches[0].groups())
        first, second = (max(int(match[place]) for match in matches) for place in (1, 3))
        if first > 12 and second > 12:
            return ""  # days first in some cells and months in others
        month_first = second > 12
        day, month = ("%m", "%d") if month_first else ("%d", "%m")
        return written.format(a=day, b=month, s=matches[0][2])
    return ""


def how_to_write(values: Sequence[Any], column: str) -> str:
    """Say what to do about dates that are not read: the format to give in the schema, if one can be seen."""
    values = list(dict.fromkeys(values))[:MOST]
    form = format_of(values)
    if not form:
        return "write it as 2019-03-31"
    other = other_order(values, form)
    also = f'; or "{other}", if the month stands first' if other else ""
    field = f'{{"name": "{column}", "type": "date", "format": "{form}"}}'
    return f"write it as 2019-03-31, or give the field its format in data/datapackage.json: {field}{also}"


def other_order(values: Sequence[Any], form: str) -> str:
    """Return a format with the month before the day, where no cell tells which of its parts is the day."""
    parts = [re.findall(r"\d+", str(value))[:2] for value in values]
    if not form.startswith("%d") or "%m" not in form or any(int(part) > 12 for two in parts for part in two):
        return ""
    return form.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m")


def parse_dates(texts: pd.Series[Any], form: str, *, default: str, stored: bool = False) -> pd.Series[Any]:
    """Return texts as dates by a format; what does not fit becomes NaT.

    Parameters
    ----------
    texts : Series
    form : str
        Of the schema: ``default``, ``excel`` for day numbers, or a pattern such as ``%d/%m/%Y``.
    default : str
        The pattern that ``default`` stands for.
    stored : bool
        The file stores dates as dates, which come as 2019-03-31 whatever the format.
    """
    if form == "excel":
        numbers = pd.to_numeric(texts, errors="coerce")
        numbers = numbers.where(numbers.between(1, 2_958_465))
        dates = pd.to_datetime(numbers, unit="D", origin=EXCEL_ORIGIN, errors="coerce").astype(
            "datetime64[ns]"
        )
    else:
        dates = pd.to_datetime(texts, format=default if form == "default" else form, errors="coerce")
    if stored or form == "excel":
        dates = dates.fillna(pd.to_datetime(texts, format=default, errors="coerce"))
        dates = dates.fillna(pd.to_datetime(texts, format="ISO8601", errors="coerce")) if stored else dates
    return dates


def days_of_stamps(column: pd.Series[Any], zone: str, path: str) -> pd.Series[Any]:
    """Return times with a zone as days of the zone that is named; any other column as it is.

    Raises
    ------
    EvidentiaError
        If no zone is named and some times are not midnight, so that the day depends on it.
    """
    stamps = column
    if not isinstance(column.dtype, pd.DatetimeTZDtype):
        if not (pd.api.types.is_string_dtype(column.dtype) or column.dtype == object):
            return column
        filled = column[column != ""]
        if (
            filled.empty
            or not _STAMP.fullmatch(str(filled.iloc[0]))
            or not filled.map(lambda text: bool(_STAMP.fullmatch(text))).all()
        ):
            return column
        stamps = pd.to_datetime(filled, format="ISO8601", utc=True, errors="coerce").reindex(column.index)
    if zone:
        try:
            stamps = stamps.dt.tz_convert(zone)
        except Exception:
            raise EvidentiaError(
                f"the time zone '{zone}' is not known", where=path, remedy="write it like Europe/London"
            ) from None
    elif (stamps.dropna() != stamps.dropna().dt.normalize()).any():
        raise EvidentiaError(
            "the times have a zone, and their day depends on whose days count",
            where=f"{path}, column {column.name}",
            remedy="name the place in config.yaml, beside the path: timezone: Europe/London",
        )
    return stamps.dt.strftime("%Y-%m-%d").astype(object).fillna("")
