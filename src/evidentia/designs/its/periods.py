"""Periods of a series: read, put in order, and checked for even spacing (no pandas, no numpy)."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidentia.core.language import later
from evidentia.core.years import SPELLING, begins, financial_year, spelt

FORMS = (
    "2018-04 for a month, 2018-Q2 for a quarter, 2018 for a year, 2018/19 for a financial year, 2018/19 Q1"
    " for its quarters, 2018-W05 for an ISO week, 2018-04-01 for a day or week"
)
NAMES = {
    ("month", 1): later("month"),
    ("month", 3): later("quarter"),
    ("month", 12): later("year"),
    ("year", 1): later("year"),
    ("day", 1): later("day"),
    ("day", 7): later("week"),
    ("financial_year", 1): later("financial year"),
    ("iso_week", 1): later("week"),
}
DAYS_OF_YEAR = 365.25
DAYS_OF_WEEK = 7

_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d{1,6}")
_FINANCIAL_QUARTER = re.compile(rf"{SPELLING}[ -]?Q([1-4])|Q([1-4])[ -]{SPELLING}")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-1)?")
_APRIL = 3  # months of a calendar year before the financial year begins


@dataclass(frozen=True)
class Period:
    """A point in time on a scale of whole numbers.

    Attributes
    ----------
    kind : str
        ``month``, ``quarter`` or ``financial_quarter`` (the ordinal counts months), ``day`` (counts days),
        ``iso_week`` (counts weeks), ``year``, ``financial_year`` (the year in which it begins), or ``number``
        (a period's place in the series).
    ordinal : int
    financial : int or None
        For a month such as 2000-01: the financial year that it may be as well.
    """

    kind: str
    ordinal: int
    financial: int | None = None


def parse_period(value: Any) -> Period | None:
    """Return what a cell or a setting means, or None if it is not a period.

    Parameters
    ----------
    value : str, number, date or timestamp
    """
    if isinstance(value, datetime.date):
        return Period("day", value.toordinal())
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    financial = financial_year(text)
    if match := _FINANCIAL_QUARTER.fullmatch(text):
        year, following, quarter = (
            (match[1], match[2], match[3]) if match[3] else (match[5], match[6], match[4])
        )
        start = begins(year, following)
        return (
            None
            if start is None
            else Period("financial_quarter", start * 12 + _APRIL + 3 * (int(quarter) - 1))
        )
    if match := _WEEK.fullmatch(text):
        try:
            return Period(
                "iso_week", datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1).toordinal() // 7
            )
        except ValueError:
            return None
    if match := _QUARTER.fullmatch(text):
        return Period("quarter", int(match[1]) * 12 + 3 * (int(match[2]) - 1))
    if match := _MONTH.fullmatch(text):
        return Period("month", int(match[1]) * 12 + int(match[2]) - 1, financial)
    if financial is not None:
        return Period("financial_year", financial)
    if _DAY.fullmatch(text):
        try:
            return Period("day", datetime.date.fromisoformat(text).toordinal())
        except ValueError:
            return None
    if not _NUMBER.fullmatch(text) or int(text) > 99_999:
        return None
    return Period("year" if 1000 <= int(text) < 3000 else "number", int(text))


@dataclass(frozen=True)
class Spacing:
    """How periods of one series follow each other.

    Attributes
    ----------
    kind : str
        One of the kinds of a `Period`.
    step : int
        Months, days, years or numbers from one period to the next.
    """

    kind: str
    step: int

    @property
    def noun(self) -> str:
        """What one period is called."""
        scale = "month" if self.kind in ("quarter", "financial_quarter") else self.kind
        return NAMES.get((scale, self.step), later("period"))

    @property
    def season(self) -> float | None:
        """Periods in 12 months, or None if a period is half a year or longer. Numbered periods count as
        months.
        """
        if self.kind in ("year", "financial_year"):
            return None
        in_a_year = {"day": DAYS_OF_YEAR, "iso_week": DAYS_OF_YEAR / 7}.get(self.kind, 12)
        periods = in_a_year / self.step
        return periods if periods > 2 else None

    def label(self, ordinal: int) -> str:
        """Return a period in its own form."""
        if self.kind == "day":
            return datetime.date.fromordinal(ordinal).isoformat()
        if self.kind in ("number", "year"):
            return str(ordinal)
        if self.kind == "financial_year":
            return spelt(ordinal)
        if self.kind == "iso_week":
            year, week, _ = datetime.date.fromordinal(ordinal * 7 + 1).isocalendar()
            return f"{year}-W{week:02d}"
        year, month = divmod(ordinal, 12)
        if self.kind == "financial_quarter":
            year, month = divmod(ordinal - _APRIL, 12)
            return f"{spelt(year)} Q{month // 3 + 1}"
        return f"{year}-Q{month // 3 + 1}" if self.kind == "quarter" else f"{year}-{month + 1:02d}"

    def place(self, period: Period) -> int | None:
        """Return a period's ordinal on this scale, or None if it has none; a day falls into its month."""
        if period.kind == self.kind or {period.kind, self.kind} in ({"month", "quarter"}, {"number", "year"}):
            return period.ordinal
        if self.kind == "financial_year":
            return (
                period.financial
                if period.financial is not None
                else period.ordinal
                if period.kind == "year"
                else None
            )
        if period.kind == "day" and self.kind == "iso_week":
            return (period.ordinal - 1) // 7
        months = ("month", "quarter", "financial_quarter")
        if period.kind in months and self.kind in months:
            return period.ordinal
        return _month_of(period.ordinal) if period.kind == "day" and self.kind in months else None

    def days(self, ordinal: int) -> int | None:
        """Return the days of a period; None for numbers."""
        if self.kind in ("day", "iso_week"):
            return self.step * (1 if self.kind == "day" else DAYS_OF_WEEK)
        if self.kind == "number":
            return None
        if self.kind in ("year", "financial_year"):
            begins = _APRIL if self.kind == "financial_year" else 0
            ends = [12 * year + begins for year in (ordinal, ordinal + self.step)]
        else:
            ends = [ordinal, ordinal + self.step]
        first, last = (datetime.date(month // 12, month % 12 + 1, 1) for month in ends)
        return (last - first).days


def _month_of(day: int) -> int:
    date = datetime.date.fromordinal(day)
    return date.year * 12 + date.month - 1


def on_one_scale(periods: Sequence[Period]) -> list[Period]:
    """Return days that stand for months (the same day of each, or each month's last) as months; others as
    they are.

    A long row of numbers passes 1000 without becoming years; and where every month could be a financial year
    (2000-01, 2001-02), that is what they are, because no series of months leaps by 13.
    """
    kinds = {period.kind for period in periods}
    if (
        len(periods) > 1
        and kinds <= {"month", "financial_year"}
        and all(_as_financial(period) is not None for period in periods)
    ):
        years = [_as_financial(period) for period in periods]
        if len(set(years)) > 1:
            return [Period("financial_year", year) for year in years if year is not None]
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


def part_of_id(label: str) -> str:
    """Return a period's label as a part of a number id: 2018/19 Q1 as 2018-19-Q1."""
    return re.sub(r"[^\w-]+", "-", label)


def _as_financial(period: Period) -> int | None:
    return period.ordinal if period.kind == "financial_year" else period.financial


def usual_step(ordinals: Sequence[int]) -> int:
    """Return the most frequent distance between neighbours in time, the smallest if several are; 1 for a
    single period.
    """
    ordered = sorted(set(ordinals))
    steps = Counter(after - before for before, after in zip(ordered, ordered[1:], strict=False))
    return max(steps, key=lambda step: (steps[step], -step)) if steps else 1
