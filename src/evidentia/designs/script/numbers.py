"""Numbers of a program, each checked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.results import Number, Result
from evidentia.core.units import UNITS
from evidentia.designs.inference.wald import wald
from evidentia.designs.script.outputs import is_number, where_of
from evidentia.designs.script.result import STATISTIC_WORDS
from evidentia.designs.script.settings import ScriptSettings

_ID = re.compile(r"[A-Za-z][\w-]*(?:\.[\w-]+)*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
EXACT = 2**53
"""Whole numbers beyond this have no exact floating point form."""

LARGEST_SHARE = 10
"""A proportion above this was meant as a percentage."""


def add_numbers(result: Result, rows: list[dict[str, str]], settings: ScriptSettings) -> list[EvidentiaError]:
    """Add the rows of numbers.csv to a result, and return what is wrong with them."""
    faults: list[EvidentiaError] = []
    seen: dict[str, str] = {}
    for row in rows:
        where = where_of(row, settings.run)
        found = list(_faults(row, where))
        if row["id"] in seen and row["id"]:
            found.append(
                EvidentiaError(
                    f"the number '{row['id']}' is given twice", where=where, remedy="rename one of them"
                )
            )
        seen[row["id"]] = where
        if not found:
            _add(result, row, settings.confidence)
        faults += found
    return [*faults, *_intervals(result)]


def _intervals(result: Result) -> Iterator[EvidentiaError]:
    """Yield a fault for each interval whose lower limit is the greater one."""
    values = {number.id: (number.value, number.place) for number in result.numbers}
    for id, (low, place) in values.items():
        stem, _, last = id.rpartition(".")
        high = values.get(f"{stem}.ci_high", (None, ""))[0]
        if last != "ci_low" or not isinstance(low, int | float) or not isinstance(high, int | float):
            continue
        if low > high:
            yield EvidentiaError(
                f"the interval of '{stem}' is from {low:g} to {high:g}",
                where=place,
                remedy=f"give the lower limit as {stem}.ci_low and the upper one as {stem}.ci_high",
            )


def _faults(row: dict[str, str], where: str) -> Iterator[EvidentiaError]:
    id, unit, value = row["id"], row["unit"], row["value"]
    named = f"the number '{id}'" if id else "a number"
    if not id:
        yield EvidentiaError(
            f"a number has no id: {row['label'] or value}",
            where=where,
            remedy="give it one, such as median.before",
        )
    elif not _ID.fullmatch(id):
        yield EvidentiaError(
            f"'{id}' cannot be a number id",
            where=where,
            remedy="use letters, digits, _ and -, in parts that are joined by points, such as median.before",
        )
    if unit not in UNITS:
        yield EvidentiaError(
            f"{named} has the unknown unit '{unit}'", where=where, remedy=did_you_mean(unit, UNITS)
        )
    elif value and (wrong := wrong_value(value, unit)):
        yield EvidentiaError(f"{named}: {wrong}", where=where, remedy=_REMEDIES.get(unit, _ELSE))
    if not row["label"]:
        yield EvidentiaError(
            f"{named} has no label",
            where=where,
            remedy="say in words of the report what it is: Median days to a visit",
        )
    for name in ("se", "df"):
        if row.get(name) and not is_number([row[name]]):
            yield EvidentiaError(
                f"{named}: its {name} '{row[name]}' is not a number", where=where, remedy=_ELSE
            )
        elif row.get(name) and (float(row[name]) < 0 or (name == "df" and float(row[name]) == 0)):
            yield EvidentiaError(
                f"{named}: its {name} is {row[name]}, which none can be",
                where=where,
                remedy="give a standard error from 0 on, and degrees of freedom above 0",
            )


_ELSE = "give a number with a point before decimals and no other sign, such as 12.5"
_REMEDIES = {
    "date": "give a day, a month or a year: 2019-03-31, 2019-03 or 2019",
    "proportion": "give a percentage as a proportion: 0.3 for 30%",
    "percentage_points": (
        "give a difference of percentages as one of proportions: -0.05 for 5 percentage points less"
    ),
}


def wrong_value(value: str, unit: str) -> str:
    """Return what is wrong with a value for its unit; nothing, if it fits."""
    if unit == "text":
        return ""
    if unit == "date":
        return "" if _DATE.fullmatch(value) else f"'{value}' is not a date"
    if not is_number([value]):
        return f"'{value}' is not a number"
    if unit in ("proportion", "percentage_points") and abs(float(value)) > LARGEST_SHARE:
        return f"{value} would print as {float(value) * 100:g}%"
    if unit == "p_value" and not 0 <= float(value) <= 1:
        return f"{value} is no p-value, which lies between 0 and 1"
    return ""


def value_of(text: str, unit: str) -> Any:
    """Return a cell as its unit asks; None for nothing."""
    if not text:
        return None
    if not UNITS[unit].numeric:
        return " ".join(text.split())
    if re.fullmatch(r"[-+]?\d+", text):
        return int(text)
    value = float(text)
    return int(value) if unit == "count" and value.is_integer() and abs(value) < EXACT else value


def _add(result: Result, row: dict[str, str], confidence: float) -> None:
    id, unit, label, formula = row["id"], row["unit"], " ".join(row["label"].split()), row.get("formula", "")
    place, value = row["place"], value_of(row["value"], unit)
    if not row.get("se"):
        result.numbers.append(Number(id, value, unit, label, formula, place=place))
        return
    df = float(row["df"]) if row.get("df") else math.inf
    statistics = wald(float(value or 0), float(row["se"]), confidence, df, abs(float(value or 0)))
    for name, statistic in statistics.items():
        result.numbers.append(
            Number(
                f"{id}.{name}",
                None if statistic != statistic else statistic,
                "p_value" if name == "p_value" else unit,
                f"{label}{STATISTIC_WORDS[name]}",
                formula,
                place=place,
            )
        )
