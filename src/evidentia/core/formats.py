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
from evidentia.core.language import date_text, later, localised, spoken, translate
from evidentia.core.units import NBSP, UNITS, Unit

MINUS = "\N{MINUS SIGN}"

ORDINALS = (
    later("first"),
    later("second"),
    later("third"),
    later("fourth"),
    later("fifth"),
    later("sixth"),
    later("seventh"),
    later("eighth"),
    later("ninth"),
)
MILLION = f"{NBSP}million"

FORMS = {form for unit in UNITS.values() for form in unit.forms}
ADJUSTMENTS = ("abs", "signed", "around", "0dp", "1dp", "2dp", "3dp", "4dp", "5dp", "6dp")
SUPPRESSED = "[c]"


def missing() -> str:
    """Return what is printed of a number without a value."""
    return translate("not available")


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
    forms = UNITS[unit].forms
    for word in words:
        if word not in FORMS and word not in ADJUSTMENTS:
            raise EvidentiaError(
                f"unknown format '{word}'", remedy=did_you_mean(word, {*forms, *ADJUSTMENTS})
            )
    named = [word for word in words if word in FORMS]
    if len(named) > 1:
        raise EvidentiaError(f"the format '{spec}' names {len(named)} forms", remedy="name one")
    if named and named[0] not in forms:
        raise EvidentiaError(
            f"a number in {unit.replace('_', ' ')} cannot be printed as '{named[0]}'",
            remedy=f"use one of: {', '.join(forms)}",
        )
    return named[0] if named else forms[0]


def places_of(unit: str, spec: str = "") -> int:
    """Return the decimal places with which a number prints in a format."""
    named = next((int(word[0]) for word in spec.split() if word.endswith("dp")), None)
    default = 0 if form_of(unit, spec) in ("words", "ordinal", "relative") else UNITS[unit].places
    return named if named is not None else default or 0


def printed(value: Any, unit: str, spec: str = "") -> str:
    """Return the printed form of a value.

    Parameters
    ----------
    value : number, str or None
        In the unit's scale: proportions from 0 to 1, percentage points a difference of proportions.
    unit : str
        One of `evidentia.core.units.UNITS`.
    spec : str
        Words of a format; empty for the unit's default.
    """
    form, own = form_of(unit, spec), UNITS[unit]
    words = spec.split()
    if value is None:
        return missing()
    if not own.numeric:
        return _date(str(value), form) if unit == "date" and form != "text" else str(value)
    number = Decimal(format(value, ".15g")) * own.scale
    if "abs" in words:
        number = abs(number)
    sign = "+" if "signed" in words and number > 0 else ""
    text = _FORMERS.get(form, _with_unit)(number, places_of(unit, spec), own)
    return translate("around {number}", number=sign + text) if "around" in words else sign + text


def _plain(number: Decimal, places: int, unit: Unit | None = None) -> str:
    text = localised(f"{rounded(number, places):,f}")
    return MINUS + text[1:] if text.startswith("-") else text


def _with_unit(number: Decimal, places: int, unit: Unit) -> str:
    text = _plain(number, places)
    sign = MINUS if text.startswith(MINUS) else ""
    after = unit_words(unit.one if unit.one and abs(rounded(number, places)) == 1 else unit.after)
    return f"{sign}{unit.before}{text.removeprefix(MINUS)}{after}"


def unit_words(words: str) -> str:
    """Return what is printed behind a number, in the language of the report; its words stay on one line."""
    if spoken().is_english or not words.strip(f" {NBSP}%"):
        return words
    return words[0] + translate(words.replace(NBSP, " ").strip()).replace(" ", NBSP)


def _millions(number: Decimal, places: int, unit: Unit) -> str:
    return f"{_with_unit(number / 1_000_000, places, unit)}{unit_words(MILLION)}"


def _words(number: Decimal, places: int, unit: Unit) -> str:
    """GOV.UK style: numerals for 2 and above, words for 1 and none."""
    return {Decimal(0): translate("none"), Decimal(1): translate("one")}.get(
        rounded(number, 0), _plain(number, 0)
    )


def _ordinal(number: Decimal, places: int, unit: Unit) -> str:
    whole = int(rounded(number, 0))
    if 1 <= whole <= 9:
        return translate(ORDINALS[whole - 1])
    if not spoken().is_english:
        return translate("{number}th", number=_plain(number, 0))
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{ending}"


def _relative(number: Decimal, places: int, unit: Unit) -> str:
    """Print a ratio by how much the first is above or below the second."""
    share = rounded(abs(number - 1) * 100, places)
    return f"{share:,f}% {'higher' if number > 1 else 'lower'}" if share else "the same"


def _p_value(number: Decimal, places: int, unit: Unit) -> str:
    least = Decimal(1).scaleb(-places)
    return f"<{localised(str(least))}" if number < least / 2 else _plain(number, places)


_FORMERS: dict[str, Callable[[Decimal, int, Unit], str]] = {
    "plain": _plain,
    "words": _words,
    "ordinal": _ordinal,
    "p": _p_value,
    "millions": _millions,
    "relative": _relative,
}
"""Forms of their own; every other is the number with what its unit puts round it."""


def _date(value: str, form: str) -> str:
    """Print an ISO year, month or day as far as it goes."""
    parts = [int(part) for part in value.split("-")]
    if form == "year" or len(parts) == 1:
        return str(parts[0])
    return date_text(parts[0], parts[1], None if form == "month" or len(parts) == 2 else parts[2])
