"""What may leave an analysis: no count of people that is small enough to point at someone."""

from __future__ import annotations

import dataclasses
from typing import Any

from evidentia.results import Frame, Number, Result

CONFIDENTIAL = "c"


def protect(result: Result, minimum_cell: int) -> Result:
    """Return a result whose small counts are suppressed.

    Parameters
    ----------
    result : Result
        As an analysis made it.
    minimum_cell : int
        Counts from 1 to one below this become None: numbers with the unit ``count`` (but for those that
        config.yaml sets), and cells of frames in a column of that unit. 0 publishes everything.

    Returns
    -------
    Result
        A new one; the numbers that changed carry the symbol ``c``.
    """
    return dataclasses.replace(
        result,
        numbers=[_number(number, minimum_cell) for number in result.numbers],
        frames={name: _frame(frame, minimum_cell) for name, frame in result.frames.items()},
    )


def is_small(value: Any, minimum_cell: int) -> bool:
    """Tell whether a count is above 0 and below the minimum; a fraction, such as an effective size, counts nobody."""
    return isinstance(value, int | float) and 0 < value < minimum_cell and float(value).is_integer()


def _number(number: Number, minimum_cell: int) -> Number:
    if number.unit == "count" and number.basis != "configured" and is_small(number.value, minimum_cell):
        return dataclasses.replace(number, value=None, suppressed=CONFIDENTIAL)
    return number


def _frame(frame: Frame, minimum_cell: int) -> Frame:
    counts = [index for index, unit in enumerate(frame.units) if unit.split()[:1] == ["count"]]
    rows = [[None if index in counts and is_small(cell, minimum_cell) else cell for index, cell in enumerate(row)] for row in frame.rows]
    return dataclasses.replace(frame, rows=rows)
