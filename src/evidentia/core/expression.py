"""Conditions and formulas over number ids: ``support.effect.p_value < 0.05``.

An id stands for its unrounded value. An id with ``*`` for one part stands for all numbers that match,
keyed by what the ``*`` covers; comparing two of these compares them key by key and holds only if it
holds for every key that both have::

    indicators.turnover.*.area < indicators.turnover.*.nation

Write a space on both sides of a minus sign, because an id may hold a hyphen. The functions are those in
`FUNCTIONS`. Nothing else of Python is understood, so a condition cannot do anything but compare.
"""

from __future__ import annotations

import ast
import datetime
import fnmatch
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.expression_parser import HOW, Parsed, parse
from evidentia.core.formats import SUPPRESSED
from evidentia.core.number_families import Family, compare, falls, numbers_of, rises

LARGEST = 1e15
"""The largest number that may be written in an expression."""


_OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def days_between(first: Any, second: Any) -> int:
    """Return the days from one date to another; both are days."""
    try:
        return (datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days
    except (TypeError, ValueError):
        raise EvidentiaError(
            f"'{first}' and '{second}' are not both days",
            remedy="name two dates with a day, such as 2019-03-31",
        ) from None


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "min": lambda *items: min(numbers_of(items)),
    "max": lambda *items: max(numbers_of(items)),
    "sum": lambda *items: sum(numbers_of(items)),
    "mean": lambda *items: sum(numbers_of(items)) / len(numbers_of(items)),
    "number_of": lambda *items: len(numbers_of(items)),
    "spread": lambda *items: max(numbers_of(items)) - min(numbers_of(items)),
    "rises": rises,
    "falls": falls,
    "about": lambda value, other, within: abs(value - other) <= within,
    "significant": lambda p_value, level=0.05: p_value < level,
    "days": days_between,
    "majority": lambda share: share > 0.5,
    "doubled": lambda before, after: after >= 2 * before,
    "more_than_doubled": lambda before, after: after > 2 * before,
    "halved": lambda before, after: after <= before / 2,
}
"""What a condition may call; each takes numbers, or ids with ``*``."""


class Withheld:
    """The value of a number that is suppressed: it prints as ``[c]``, and nothing can be computed from it."""

    def __str__(self) -> str:
        return SUPPRESSED


WITHHELD = Withheld()


def known_values(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the values of a ledger's entries by id, `WITHHELD` for those that are suppressed."""
    return {entry["id"]: WITHHELD if entry.get("suppressed") else entry["value"] for entry in entries}


@dataclass
class Outcome:
    """The value of an expression and the numbers that it rests on."""

    value: Any
    values: dict[str, Any] = field(default_factory=dict)


def evaluate(text: str, numbers: Mapping[str, Any]) -> Outcome:
    """Evaluate a condition or formula.

    Parameters
    ----------
    text : str
        For example ``"a.b.estimate < 0 and a.b.p_value < 0.05"``.
    numbers : mapping of str to number
        The ledger's values by id.

    Raises
    ------
    EvidentiaError
        For an unknown id (with the nearest), a value that is missing or suppressed, or text that is
        not an expression of the kind described above.
    """
    parsed = parse(text)
    used: dict[str, Any] = {}
    names = {
        name: _family(id, numbers, used) if "*" in id else _value(id, numbers, used)
        for name, id in parsed.ids.items()
    }
    return Outcome(value_of(parsed, names, describe(used)), used)


def value_of(parsed: Parsed, names: Mapping[str, Any], told: str = "") -> Any:
    """Return the value of an expression whose names have these values; `told` says them in a message."""
    try:
        return _walk(parsed.tree, names)
    except ZeroDivisionError:
        raise EvidentiaError(
            f"division by zero in: {parsed.text}", remedy=f"check the values: {told}"
        ) from None
    except (TypeError, ValueError, OverflowError) as error:
        raise EvidentiaError(f"it cannot be computed ({error}): {parsed.text}", remedy=HOW) from None


def describe(values: Mapping[str, Any]) -> str:
    """Return ``id = value`` for each value, joined by commas."""
    return ", ".join(
        f"{id} = {value:.6g}" if isinstance(value, float) else f"{id} = {value}"
        for id, value in values.items()
    )


def _value(id: str, numbers: Mapping[str, Any], used: dict[str, Any]) -> Any:
    if id not in numbers:
        raise EvidentiaError(f"unknown number id '{id}'", remedy=did_you_mean(id, numbers))
    value = used[id] = numbers[id]
    _refuse_withheld(id, value)
    if value is None:
        raise EvidentiaError(
            f"the number '{id}' has no value (it cannot be computed)",
            remedy="rest the words on another number",
        )
    return value


def _refuse_withheld(id: str, value: Any) -> None:
    if value is WITHHELD:
        raise EvidentiaError(
            f"the number '{id}' is suppressed, so that nobody can be identified; nothing can be said or"
            " computed from it",
            remedy="rest the words on another number, or take the formula or the words out",
        )


def _family(pattern: str, numbers: Mapping[str, Any], used: dict[str, Any]) -> Family:
    parts = pattern.split(".")
    star = next(index for index, part in enumerate(parts) if "*" in part)
    found = Family()
    for id in sorted(fnmatch.filter(numbers, pattern)):
        given = id.split(".")
        if len(given) == len(parts) and numbers[id] is not None:
            _refuse_withheld(id, numbers[id])
            found[given[star]] = used[id] = numbers[id]
    if not found:
        raise EvidentiaError(f"no number id matches '{pattern}'", remedy=did_you_mean(pattern, numbers))
    return found


def _walk(node: ast.AST, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            if not isinstance(value, str) and not abs(value) <= LARGEST:
                raise EvidentiaError(
                    f"a number in a condition is larger than {LARGEST:.0e}",
                    remedy="write it in the unit of the ledger",
                )
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_walk(operand, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_scalar(_walk(left, names)), _scalar(_walk(right, names)))
        case ast.BoolOp(op=op, values=values):
            parts = [bool(_walk(value, names)) for value in values]
            return all(parts) if isinstance(op, ast.And) else any(parts)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            sides = [_walk(side, names) for side in (left, *rights)]
            pairs = zip(ops, sides, sides[1:], strict=False)
            return all(compare(_operator(op), before, after) for op, before, after in pairs)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            if name not in FUNCTIONS:
                raise EvidentiaError(f"unknown function '{name}'", remedy=did_you_mean(name, FUNCTIONS))
            return FUNCTIONS[name](*(_walk(arg, names) for arg in args))
        case ast.Name(id=name):
            raise EvidentiaError(
                f"'{name}' is neither a number id nor a function",
                remedy="an id has at least two parts, such as a.estimate",
            )
    raise EvidentiaError(
        "only numbers, ids, comparisons, + - * /, and, or, not, and the known functions may stand in a"
        " condition"
    )


def _operator(op: ast.cmpop) -> Callable[[Any, Any], bool]:
    if type(op) not in _OPERATORS:
        raise EvidentiaError("only < <= > >= == and != compare numbers")
    return _OPERATORS[type(op)]


def _scalar(value: Any) -> Any:
    """Return a side of a sum or product: one number."""
    if isinstance(value, str):
        raise EvidentiaError(
            "a text cannot be added, subtracted, multiplied or divided", remedy="name a number"
        )
    if isinstance(value, Family):
        raise EvidentiaError(
            "an id with * cannot be added, subtracted, multiplied or divided",
            remedy="use sum(), mean(), min() or max()",
        )
    return value
