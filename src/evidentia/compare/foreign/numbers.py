"""The numbers in a passage: value, precision, unit, and what says that one is only roughly meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONE_TO_NINETEEN = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_ONES = _ONE_TO_NINETEEN.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SPELT = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<one>{'|'.join(_ONES[1:10])}))?"
    rf"|(?P<small>{'|'.join(_ONES[2:])}))\b(?P<scale>[ -](?:hundred|thousand|million))?",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?P<sign>(?<![\w.)])[-\N{MINUS SIGN}\N{EN DASH}+])?(?P<currency>[£€$])?[ \N{NO-BREAK SPACE}]?"
    r"(?P<sign2>(?<=[£€$])[-\N{MINUS SIGN}])?"
    r"(?<![\w.])(?P<whole>\d{1,3}(?:,\d{3})+"
    r"|\d{1,3}(?:[\N{THIN SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+|\d+)?"
    r"(?:(?P<point>[.\N{MIDDLE DOT}])(?P<places>\d+))?"
)
_START = re.compile(r"[£€$]?[-\N{MINUS SIGN}\N{EN DASH}+]?[£€$]?\.?\d")
_AFTER = re.compile(
    r"[\s\N{NO-BREAK SPACE}]*(?:"
    r"(?P<points>(?:percentage|per cent|%)[\s-]*points?\b|percentage\s*$|pp\b|p\.p\.|ppts?\b|%[\s-]*pts?\b)"
    r"|(?P<percent>%|per[\s-]?cent\b|percent\b|pc\b)"
    r"|(?P<big>hundred\b|thousand\b|k\b|million\b|mn\b|m\b(?!\s*/)|billion\b|bn\b)"
    r")",
    re.IGNORECASE,
)
_TIME = re.compile(r"[\s\N{NO-BREAK SPACE}-]*(years?|months?|weeks?|days?|hours?)\b", re.IGNORECASE)
_RATE = re.compile(
    r"[^.;()]{0,60}?\b(?:per|in|out of|for every)[\s\N{NO-BREAK SPACE}](?:every[\s\N{NO-BREAK SPACE}])?"
    r"(100,000|10,000|1,000|1,000,000|100|10000|100000|1000)\b(?!,\d)",
    re.IGNORECASE,
)
_P = re.compile(
    r"(?:\bp|p[- ]?values?)(?:\s*\((?:2|1|two|one)[- ]\w+\))?\s*"
    r"(?P<is>=|<|>|≤|≥|of|was|is|at|below|under|above)\s*$",
    re.IGNORECASE,
)
_ROUGH = re.compile(
    r"\b(?:around|about|roughly|approximately|approx\.?|nearly|almost|some|circa|ca\.?|close to"
    r"|just (?:over|under|above|below)|over|under"
    r"|(?<!gone )(?<!went )(?<!goes )(?<!going )(?<!came )up to|in the region of"
    r"|more than|less than|fewer than|at least|well over)\s*$|[~≈]\s*$",
    re.IGNORECASE,
)
_BIG = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "m": 10**6}
_CURRENCIES = {"£": "pounds", "€": "euros", "$": "dollars"}
_JOINED = re.compile(
    r"^[\s\N{NO-BREAK SPACE}]*(?:to|and|or|-|\N{EN DASH}|\N{EM DASH}|,)[\s\N{NO-BREAK SPACE}]*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_SECOND_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d[/\N{EN DASH}-]$")
LONGEST = 25
"""Digits that a number may have."""


@dataclass(frozen=True)
class Number:
    """A number as a document prints it.

    Attributes
    ----------
    start, end : int
        The stretch of the passage, with its unit where that stands beside it.
    text : str
        As printed.
    value : Decimal
        In the scale in which it is printed: 30 for 30%.
    step : Decimal
        What its last digit counts: 1 for 30%, 0.1 for £1.2 of £1.2 million times a million.
    unit : str
        ``proportion``, ``percentage_points``, ``pounds``, ``p_value``, ``rate_per_10000``, ``months`` and so
        on as in `evidentia.core.units`; empty where the document does not say.
    signed : bool
        Whether it carries a plus or minus.
    rough : bool
        Whether a word says that it is about so much.
    relation : str
        ``=``, ``<`` or ``>``.
    spelt : bool
        Whether it is written in letters.
    """

    start: int
    end: int
    text: str
    value: Decimal
    step: Decimal
    unit: str = ""
    signed: bool = False
    rough: bool = False
    relation: str = "="
    spelt: bool = False


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of a text in their order."""
    found = [*_written(text), *_spelt(text)]
    found.sort(key=lambda number: number.start)
    apart: list[Number] = []
    for number in found:
        if not apart or number.start >= apart[-1].end:
            apart.append(number)
    return _shared(text, apart)


def _written(text: str) -> Iterator[Number]:
    position = 0
    while match := _START.search(text, position):
        found = _DIGITS.match(text, match.start())
        if found is None or (found["whole"] is None and found["places"] is None):
            found = _DIGITS.match(text, match.end() - 1)
        if found is None or (found["whole"] is None and found["places"] is None):
            position = match.end()
            continue
        position = max(found.end(), match.end())
        digits = re.sub(r"\D", "", found["whole"] or "0")
        if len(digits) + len(found["places"] or "") > LONGEST:
            continue
        value = Decimal(digits + ("." + found["places"] if found["places"] else ""))
        step = Decimal(1).scaleb(-len(found["places"] or ""))
        sign = found["sign"] or found["sign2"] or ""
        if sign and sign != "+":
            value = -value
        number = Number(found.start(), found.end(), found[0], value, step, signed=bool(sign))
        number = _with_unit(text, number, _CURRENCIES.get(found["currency"] or "", ""))
        position = max(position, number.end)
        yield number


def _spelt(text: str) -> Iterator[Number]:
    for match in _SPELT.finditer(text):
        if match["small"]:
            value = _WORDS[match["small"].lower()]
        else:
            value = _WORDS[match["tens"].lower()] + _WORDS.get((match["one"] or "").lower(), 0)
        times = _BIG.get((match["scale"] or "").strip(" -").lower(), 1)
        number = Number(
            match.start(), match.end(), match[0], Decimal(value * times), Decimal(times), spelt=True
        )
        yield _with_unit(text, number, "")


def _with_unit(text: str, number: Number, currency: str) -> Number:
    """Return a number with what stands before and after it: unit, scale, roughness, relation."""
    unit, value, step, end = currency, number.value, number.step, number.end
    after = _AFTER.match(text, end)
    if after and after["big"] and (after["big"].lower() != "m" or currency):
        times = _BIG.get(after["big"].lower(), 10**9)
        value, step, end = value * times, step * times, after.end()
        after = _AFTER.match(text, end)
    if after and after["points"]:
        unit, end = "percentage_points", after.end()
    elif after and after["percent"]:
        unit, end = "proportion", after.end()
    elif not unit and (time := _TIME.match(text, end)):
        unit = time[1].lower().rstrip("s") + "s"
    elif (
        not unit and (rate := _RATE.match(text, end)) and not re.search(r"\d", rate[0][: rate.start(1) - end])
    ):
        unit = f"rate_per_{rate[1].replace(',', '')}"
    before = text[max(0, number.start - 40) : number.start]
    relation = "="
    if p := _P.search(before):
        unit = "p_value"
        relation = {"<": "<", "≤": "<", "below": "<", "under": "<", ">": ">", "≥": ">", "above": ">"}.get(
            p["is"].lower(), "="
        )
    elif re.search(r"[<>≤≥]\s*$", before):
        relation = "<" if re.search(r"[<≤]\s*$", before) else ">"
    rough = bool(_ROUGH.search(before))
    shown = text[number.start : end].strip()
    start = end - len(text[number.start : end].lstrip())
    return Number(start, end, shown, value, step, unit, number.signed, rough, relation, number.spelt)


def _shared(text: str, found: list[Number]) -> list[Number]:
    """Give the unit of the last number of a range or list to those before it: 25 to 36%, 2 to 21 percentage
    points.
    """
    from dataclasses import replace

    for index in range(len(found) - 2, -1, -1):
        here, later = found[index], found[index + 1]
        if not here.unit and later.unit and later.unit != "p_value" and not _in_year(text, here):
            between = text[here.end : later.start]
            if _JOINED.match(between):
                found[index] = replace(here, unit=later.unit)
    return found


def _in_year(text: str, number: Number) -> bool:
    """Tell whether a number is a year, or the second year of 2018/19."""
    before = text[max(0, number.start - 6) : number.start]
    return bool(_YEAR.fullmatch(number.text)) or bool(_SECOND_YEAR.search(before))
