"""Whether a condition says anything: one that holds for every value of its numbers does not."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterator

from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import value_of
from evidentia.core.expression_parser import Parsed, parse
from evidentia.core.number_families import Family

_TRIALS = 60
_ALIKE = (0.0, 1.0, -1.0, 0.5)


def vacuous(text: str) -> bool:
    """Tell whether a condition holds whatever its numbers are, as far as trying can tell.

    Parameters
    ----------
    text : str
        As `evidentia.core.expression.evaluate` reads it.
    """
    parsed = parse(text)
    try:
        return all(value_of(parsed, names) for names in _trials(parsed))
    except EvidentiaError:  # it compares with a text, or divides by one of the values tried
        return False


def _trials(parsed: Parsed) -> Iterator[dict[str, float | Family]]:
    """Yield values for the names: all alike, each constant of the condition among them, then by chance at
    many scales.

    An id that stands twice has one value, and families of ids have the same keys.
    """
    constants = [
        float(node.value)
        for node in ast.walk(parsed.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    ]
    chance = random.Random(1)  # a fixed seed: the same condition is judged the same everywhere
    for alike in dict.fromkeys(
        [
            *_ALIKE,
            *constants,
            *(constant + 1 for constant in constants),
            *(constant - 1 for constant in constants),
        ]
    ):
        yield _named(parsed, lambda alike=alike: alike, 1)  # type: ignore[misc]
    for trial in range(_TRIALS):
        size = 10 ** (trial % 13 - 6)
        yield _named(parsed, lambda size=size: chance.uniform(-1, 1) * size, 1 + trial % 4)  # type: ignore[misc]


def _named(parsed: Parsed, draw: Callable[[], float], keys: int) -> dict[str, float | Family]:
    values: dict[str, float | Family] = {}
    for id in parsed.ids.values():
        if id not in values:
            values[id] = Family({str(key): draw() for key in range(keys)}) if "*" in id else draw()
    return {name: values[id] for name, id in parsed.ids.items()}
