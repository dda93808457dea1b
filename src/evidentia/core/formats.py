"""How a number is printed: GOV.UK style, rounded half away from zero on the decimal value.

A format is a few words, in any order, that name the form and adjust it::

    n("support.outcome.treated")                30%
    n("support.outcome.treated", "1dp")         30.1%
    n("support.effect.estimate", "abs pp")      11 percentage points
    n("indicators.rate.2018.area", "plain")     510

A form that does not belong to the number's unit is an error, so that percentages cannot be printed as
percentage points, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"

FORMS: dict[str, tuple[str, ...]] = {
    "count": ("count", "words", "ordinal", "plain"),
    "proportion": ("%", "plain"),
    "percentage_points": ("pp", "plain"),
    "rate_per_10000": ("rate", "plain"),
    "mean": ("mean", "plain"),
    "coefficient": ("coefficient", "plain"),
    "ratio": ("ratio", "plain"),
    "p_value": ("p", "plain"),
    "years": ("years", "plain"),
    "months": ("months", "plain"),
    "pounds": ("pounds", "plain"),
    "date": ("date", "month", "year", "text"),
    "text": ("text",),
}
"""Unit to the forms it can take; the first is the default."""

DECIMALS = {
    "count": 0, "words": 0, "ordinal": 0, "%": 0, "pp": 0, "rate": 0, "mean": 2, "coefficient": 2, "ratio": 2,
    "p": 3, "years": 1, "months": 0, "pounds": 0,
}  # fmt: skip
"""Decimal places of each form unless the format names others."""

ADJUSTMENTS = ("abs", "signed", "around", "0dp", "1dp", "2dp", "3dp", "4dp", "5dp", "6dp")
SUPPRESSED = "[c]"
MISSING = "not available"


def rounded(value: float | int | Decimal, places: int) -> Decimal:
    """Round half away from zero on the decimal value.

    The value is taken as it prints (``repr``), to 15 significant digits, so that 2.675 to 2 places is
    2.68 and the binary noise of a difference such as 0.085 - 0.05 does not decide a half.

    Parameters
    ----------
    value : number
    places : int
        Decimal places, 0 or more.
    """
    exact = value if isinstance(value, Decimal) else Decimal(format(value, ".15g"))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def form_of(unit: str, spec: str) -> str:
    """Return the form that a format means for a unit.

    Raises
    ------
    EvidentiaError
        If the format has an unknown word, two forms, or a form that does not belong to the unit.
    """
    words = spec.split()
    forms = FORMS[unit]
    every = {form for group in FORMS.values() for form in group}
    for word in words:
        if word not in every and word not in ADJUSTMENTS:
            raise EvidentiaError(f"unknown format '{word}'", remedy=did_you_mean(word, {*forms, *ADJUSTMENTS}))
    named = [word for word in words if word in every]
    if len(named) > 1:
        raise EvidentiaError(f"the format '{spec}' names {len(named)} forms", remedy="name one")
    if named and named[0] not in forms:
        raise EvidentiaError(
            f"a number in {unit.replace('_', ' ')} cannot be printed as '{named[0]}'", remedy=f"use one of: {', '.join(forms)}"
        )
    return named[0] if named else forms[0]


def printed(value: Any, unit: str, spec: str = "") -> str:
    """Return the printed form of a value.

    Parameters
    ----------
    value : number, str or None
        In the unit's scale: proportions from 0 to 1, percentage points a difference of proportions.
    unit : str
        One of `evidentia.core.results.UNITS`.
    spec : str
        Words of a format; empty for the unit's default.
    """
    form = form_of(unit, spec)
    words = spec.split()
    if value is None:
        return MISSING
    if unit in ("date", "text"):
        return _date(str(value), form) if unit == "date" and form != "text" else str(value)
    places = next((int(word[0]) for word in words if word.endswith("dp")), DECIMALS.get(form))
    if places is None:
        places = DECIMALS[FORMS[unit][0]]
    scale = 100 if unit in ("proportion", "percentage_points") else 1
    number = Decimal(format(value, ".15g")) * scale
    if "abs" in words:
        number = abs(number)
    sign = "+" if "signed" in words and number > 0 else ""
    text = _FORMERS.get(form, _plain)(number, places)
    return ("around " if "around" in words else "") + sign + text


def _plain(number: Decimal, places: int) -> str:
    text = f"{rounded(number, places):,f}"
    return MINUS + text[1:] if text.startswith("-") else text


def _words(number: Decimal, places: int) -> str:
    """GOV.UK style: numerals for 2 and above, words for 1 and none."""
    return {Decimal(0): "none", Decimal(1): "one"}.get(rounded(number, 0), _plain(number, 0))


def _ordinal(number: Decimal, places: int) -> str:
    whole = int(rounded(number, 0))
    if 1 <= whole <= 9:
        return ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")[whole - 1]
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{ending}"


def _p_value(number: Decimal, places: int) -> str:
    least = Decimal(1).scaleb(-places)
    return f"<{least}" if number < least / 2 else _plain(number, places)


def _with(unit_one: str, unit_many: str) -> Callable[[Decimal, int], str]:
    def former(number: Decimal, places: int) -> str:
        one = abs(rounded(number, places)) == 1
        return _plain(number, places) + NBSP + (unit_one if one else unit_many)

    return former


def _pounds(number: Decimal, places: int) -> str:
    text = _plain(number, places)
    return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"


_FORMERS: dict[str, Callable[[Decimal, int], str]] = {
    "words": _words,
    "ordinal": _ordinal,
    "%": lambda number, places: _plain(number, places) + "%",
    "pp": _with("percentage point", "percentage points"),
    "rate": lambda number, places: f"{_plain(number, places)} per{NBSP}10,000",
    "p": _p_value,
    "years": _with("year", "years"),
    "months": _with("month", "months"),
    "pounds": _pounds,
}


def _date(value: str, form: str) -> str:
    """Print an ISO year, month or day as far as it goes."""
    parts = [int(part) for part in value.split("-")]
    if form == "year" or len(parts) == 1:
        return str(parts[0])
    month = MONTHS[parts[1] - 1]
    if form == "month" or len(parts) == 2:
        return f"{month} {parts[0]}"
    return f"{parts[2]} {month} {parts[0]}"
