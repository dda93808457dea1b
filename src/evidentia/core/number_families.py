"""Families of numbers, and how conditions compare them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from evidentia.core.errors import EvidentiaError


class Family(dict[str, float]):
    """Values of the ids that a pattern matches, by what its ``*`` covers, in the order of the keys."""


def compare(how: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    """Compare numbers, or families key by key."""
    if not isinstance(left, Family) and not isinstance(right, Family):
        return bool(how(left, right))
    keys = (
        set(left) & set(right)
        if isinstance(left, Family) and isinstance(right, Family)
        else set(left if isinstance(left, Family) else right)
    )
    if not keys:
        raise EvidentiaError(
            "the two families of numbers have no key in common",
            remedy="compare families over the same years or items",
        )

    def pick(side: Any, key: Any) -> Any:
        return side[key] if isinstance(side, Family) else side

    return all(how(pick(left, key), pick(right, key)) for key in keys)


def numbers_of(arguments: Iterable[Any]) -> list[float]:
    """Return the values of numbers and families, in order."""
    return [value for item in arguments for value in (item.values() if isinstance(item, Family) else [item])]


def rises(*arguments: Any) -> bool:
    """Tell whether each value is above the one before it."""
    values = numbers_of(arguments)
    return all(later > earlier for earlier, later in zip(values, values[1:], strict=False))


def falls(*arguments: Any) -> bool:
    """Tell whether each value is below the one before it."""
    values = numbers_of(arguments)
    return all(later < earlier for earlier, later in zip(values, values[1:], strict=False))
