"""Periods of a series: read, put in order, and checked for even spacing (no pandas, no numpy)."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FORMS = "2018-04 for a month, 2018-Q2 for a quarter, 2018 for a year, 2018-04-01 for a day or week"
NAMES = {
    ("month", 1): "month", ("month", 3): "quarter", ("month", 12): "year", ("year", 1): "year", ("day", 1): "day", ("day", 7): "week",
}  # fmt: skip
DAYS_OF_YEAR = 365.25

_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d{1,5}")


@dataclass(frozen=True)
class Period:
    """A point in time on a scale of whole numbers.

    Attributes
    ----------
    kind : str
        ``month`` or ``quarter`` (the ordinal counts months), ``day`` (counts days), ``year``, or ``number``
        (a period's place in the series).
    ordinal : int
    """

    kind: str
    ordinal: int


def parse_period(value: Any) -> Period | None:
    """Return what a cell or a setting means, or None if it is not a period.

    Parameters
    ----------
    value : str, number, date or timestamp
    """
    if isinstance(value, datetime.date):
        return Period("day", value.toordinal())
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    if match := _QUARTER.fullmatch(text):
        return Period("quarter", int(match[1]) * 12 + 3 * (int(match[2]) - 1))
    if match := _MONTH.fullmatch(text):
        return Period("month", int(match[1]) * 12 + int(match[2]) - 1)
    if _DAY.fullmatch(text):
        try:
            return Period("day", datetime.date.fromisoformat(text).toordinal())
        except ValueError:
            return None
    if not _NUMBER.fullmatch(text):
        return None
    return Period("year" if 1000 <= int(text) < 3000 else "number", int(text))


@dataclass(frozen=True)
class Spacing:
    """How periods of one series follow each other.

    Attributes
    ----------
    kind : str
        ``month``, ``quarter``, ``day``, ``year`` or ``number``.
    step : int
        Months, days, years or numbers from one period to the next.
    """

    kind: str
    step: int

    @property
    def noun(self) -> str:
        """What one period is called."""
        scale = "month" if self.kind == "quarter" else self.kind
        return NAMES.get((scale, self.step), "period")

    @property
    def season(self) -> float | None:
        """Periods in 12 months, or None if a period is half a year or longer. Numbered periods count as months."""
        if self.kind == "year":
            return None
        periods = (DAYS_OF_YEAR if self.kind == "day" else 12) / self.step
        return periods if periods > 2 else None

    def label(self, ordinal: int) -> str:
        """Return a period in its own form."""
        if self.kind == "day":
            return datetime.date.fromordinal(ordinal).isoformat()
        if self.kind in ("number", "year"):
            return str(ordinal)
        year, month = divmod(ordinal, 12)
        return f"{year}-Q{month // 3 + 1}" if self.kind == "quarter" else f"{year}-{month + 1:02d}"

    def place(self, period: Period) -> int | None:
        """Return a period's ordinal on this scale, or None if it has none; a day falls into its month."""
        if period.kind == self.kind or {period.kind, self.kind} in ({"month", "quarter"}, {"number", "year"}):
            return period.ordinal
        return _month_of(period.ordinal) if period.kind == "day" and self.kind in ("month", "quarter") else None


def _month_of(day: int) -> int:
    date = datetime.date.fromordinal(day)
    return date.year * 12 + date.month - 1


def on_one_scale(periods: Sequence[Period]) -> list[Period]:
    """Return days that stand for months (the same day of each, or each month's last) as months; others as they are.

    A long row of numbers passes 1000 without becoming years.
    """
    if {period.kind for period in periods} == {"number", "year"}:
        return [Period("number", period.ordinal) for period in periods]
    if any(period.kind != "day" for period in periods):
        return list(periods)
    dates = [datetime.date.fromordinal(period.ordinal) for period in periods]
    months = [_month_of(period.ordinal) for period in periods]
    same_day = len({date.day for date in dates}) == 1
    last_day = all(date.day == calendar.monthrange(date.year, date.month)[1] for date in dates)
    if (same_day or last_day) and len(set(months)) > 1:
        return [Period("month", month) for month in months]
    return list(periods)


def usual_step(ordinals: Sequence[int]) -> int:
    """Return the most frequent distance between neighbours in time, the smallest if several are; 1 for a single period."""
    ordered = sorted(set(ordinals))
    steps = Counter(after - before for before, after in zip(ordered, ordered[1:], strict=False))
    return max(steps, key=lambda step: (steps[step], -step)) if steps else 1
