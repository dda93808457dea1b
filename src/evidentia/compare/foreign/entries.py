"""The ledger's entries as the audit looks for them: by their words, years, role and unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from evidentia.compare.foreign.numbers import Number
from evidentia.compare.foreign.terms import Weights, stem, terms, years
from evidentia.core.ledger import Entry
from evidentia.core.units import UNITS

_LOW = re.compile(r"(?:^|[._])(?:ci_low|ratio_ci_low|share_ci_low|min)(?=[._]|$)")
_HIGH = re.compile(r"(?:^|[._])(?:ci_high|ratio_ci_high|share_ci_high|max)(?=[._]|$)")
_ERROR = re.compile(r"(?:^|[._])(?:se|sd)(?=[._]|$)")
_WHOLE = frozenset(("mean", "coefficient", "ratio", "score"))
_TIMES = frozenset(("years", "months", "weeks", "days", "hours"))
_CURRENCIES = frozenset(("pounds", "euros", "dollars"))
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_ROUGHLY = Decimal("0.05")


@dataclass(frozen=True)
class Known:
    """An entry of the ledger with what it can be found by.

    Attributes
    ----------
    id : str
    label : str
    unit : str
    value : Decimal or None
        In the scale in which it is printed; None if it is suppressed or the present ledger lacks it.
    terms : frozenset of str
        Of the label.
    more : frozenset of str
        Of the id, and of the words round it where the report prints it.
    years : frozenset of int
    marks : frozenset of str
        What the numbers of the id are called in words, such as first.
    role : str
        ``low`` or ``high`` of an interval, ``error`` or empty.
    """

    id: str
    label: str
    unit: str
    value: Decimal | None
    terms: frozenset[str]
    more: frozenset[str]
    years: frozenset[int]
    marks: frozenset[str]
    role: str


@dataclass
class Index:
    """All entries, and where each term stands.

    Attributes
    ----------
    known : dict of str to Known
    weights : Weights
    found_by : dict of str to list of str
        Ids by term.
    size : dict of str to float
        The weight of all terms of an entry's label.
    """

    known: dict[str, Known]
    weights: Weights
    found_by: dict[str, list[str]] = field(default_factory=dict)
    size: dict[str, float] = field(default_factory=dict)
    middle: float = 1.0


def index_of(ledger: Mapping[str, Entry], gone: Mapping[str, Entry] | None = None) -> Index:
    """Return the index of a ledger's numbers.

    Parameters
    ----------
    ledger : mapping of str to entry
    gone : mapping of str to entry, optional
        Entries of earlier ledgers that this one lacks: they are found, and fit nothing.
    """
    known = {id: _known(id, entry) for id, entry in ledger.items() if UNITS[entry["unit"]].numeric}
    for id, entry in (gone or {}).items():
        if id not in ledger and UNITS[entry["unit"]].numeric:
            known[id] = _known(id, {**entry, "value": None})
    index = Index(known, Weights(item.terms | item.more for item in known.values()))
    for id, item in known.items():
        index.size[id] = sum(map(index.weights.of, item.terms))
        for term in item.terms | item.more:
            index.found_by.setdefault(term, []).append(id)
    if index.size:
        index.middle = sorted(index.size.values())[len(index.size) // 2]
    return index


def _known(id: str, entry: Mapping[str, object]) -> Known:
    label, unit = str(entry["label"]), str(entry["unit"])
    parts = re.sub(r"[._]", " ", id)
    uses = entry.get("uses")
    said = " ".join(_near(use) for use in uses if isinstance(use, dict)) if isinstance(uses, list) else ""
    own = frozenset(terms(label))
    return Known(
        id,
        label,
        unit,
        scaled(entry),
        own,
        frozenset([*terms(parts), *_ordinals(parts), *terms(said)]) - own,
        frozenset(year for year, _ in [*years(label), *years(parts)]),
        frozenset(_ordinals(parts)),
        "low" if _LOW.search(id) else "high" if _HIGH.search(id) else "error" if _ERROR.search(id) else "",
    )


def _ordinals(parts: str) -> list[str]:
    """Return what the numbers of an id are called in words: wave 1 is the first."""
    return [stem(_ORDINALS[digit]) for digit in re.findall(r"(?<!\d)[1-4](?!\d)", parts)]


def _near(use: Mapping[str, object], reach: int = 60) -> str:
    """Return the words just before and after a number where the report prints it."""
    sentence, printed = str(use.get("sentence", "")), str(use.get("printed", ""))
    place = sentence.find(printed)
    if sentence.startswith("|") or place < 0 or not printed:
        return ""
    before, after = sentence[max(0, place - reach) : place], sentence[place + len(printed) :][:reach]
    return re.split(r"[,;()]", before)[-1] + " " + re.split(r"[,;()]|\band\b", after)[0]


def scaled(entry: Mapping[str, object]) -> Decimal | None:
    """Return an entry's value in the scale in which it is printed, or None if it has none."""
    value = entry.get("value")
    if entry.get("suppressed") or not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return Decimal(format(value, ".15g")) * UNITS[str(entry["unit"])].scale


def suits(number: Number, unit: str, said: str) -> float:
    """Return how well a printed number's unit suits an entry's: 0 if it cannot be in it.

    Parameters
    ----------
    number : Number
    unit : str
        The entry's.
    said : str
        What heads the number's row and column, which may name the unit; empty in a sentence.
    """
    if number.unit:
        if number.unit == unit:
            return 1.0
        if number.unit in _TIMES:
            whole = number.step >= 1
            return {"count": 0.8 if whole else 0.2, "mean": 0.7 if whole else 0.9}.get(unit, 0.0)
        return 0.0
    if unit == "count":
        return 1.0 if number.step >= 1 else 0.6
    if unit in _WHOLE:
        return 1.0 if number.step < 1 else 0.7
    if unit.startswith("rate_per"):
        return 0.95
    if unit == "p_value":
        return 0.95 if number.step < 1 and abs(number.value) <= 1 and _says_p(said) else 0.0
    if unit in ("proportion", "percentage_points"):
        return 0.9 if said and _says_percent(said) else 0.6 if said else 0.0
    if unit in _CURRENCIES:
        return 0.9 if said and UNITS[unit].sign in said else 0.0
    return 0.7 if unit in _TIMES else 0.0


def _says_p(said: str) -> bool:
    return bool(re.search(r"\bp(?:\b|[- ]values?)|significan", said, re.IGNORECASE))


def _says_percent(said: str) -> bool:
    return bool(re.search(r"%|per\s?cent|percentage|\bpp\b|share|proportion", said, re.IGNORECASE))


def fits(number: Number, value: Decimal | None) -> bool:
    """Tell whether a value prints as a number does, at its precision, whichever way a half is rounded.

    A number without a sign may stand for a fall or a loss: then the size has to fit.
    """
    if value is None:
        return False
    if value < 0 and not number.signed:
        value = abs(value)
    if number.relation == "<":
        return abs(value) < number.value
    if number.relation == ">":
        return abs(value) > number.value
    within = number.step / 2
    if number.rough:
        within = max(within, _last_digit(number.value) / 2, abs(number.value) * _ROUGHLY)
    return abs(value - number.value) <= within * Decimal("1.000000001")


def _last_digit(value: Decimal) -> Decimal:
    """Return what the last digit that is no zero counts."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
