"""The stage between an analysis and everything that is written: what it hands on holds no count that points at someone."""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from typing import Any

from evidentia.core.links import Place
from evidentia.core.results import Frame, Number, Result
from evidentia.disclosure.bounds import nearest
from evidentia.disclosure.suppress import suppressed_cells
from evidentia.disclosure.table import Table, table_of

CONFIDENTIAL = "c"


def protect(result: Result, minimum_cell: int, rounding: int = 0) -> Result:
    """Return a result that may be published.

    Parameters
    ----------
    result : Result
        As an analysis made it, with what its design declares in ``links``.
    minimum_cell : int
        Counts from 1 to one below this become None, and so does what would give them away. 0 publishes everything.
    rounding : int
        Counts that stay are rounded to the nearest multiple, and what is computed from them is computed again. 0 keeps them.

    Returns
    -------
    Result
        A new one; the numbers that are suppressed carry the symbol ``c``.
    """
    if minimum_cell <= 1 and rounding <= 1:
        return result
    table = table_of(result)
    hidden = suppressed_cells(table, minimum_cell, rounding)
    numbers, places = _consequences(table, hidden, rounding)
    for cell, value in table.values.items():
        if rounding > 1 and cell in table.printed and cell not in hidden | table.fixed:
            numbers |= {name: nearest(value, rounding) for name, own in table.names.items() if own == cell}
    numbers |= {name: None for name, cell in table.names.items() if cell in hidden}
    places |= {place: None if cell in hidden else nearest(table.values[cell], rounding) for place, cell in table.places.items()
               if cell in hidden or (rounding > 1 and cell not in table.fixed)}  # fmt: skip
    return dataclasses.replace(
        result,
        numbers=[_number(number, numbers, rounding) for number in result.numbers],
        frames={name: _frame(name, frame, places) for name, frame in result.frames.items()},
    )


def _consequences(table: Table, hidden: Set[str], rounding: int) -> tuple[dict[str, Any], dict[Place, Any]]:
    """Return the new values of numbers and frames' cells that follow from counts; None for what is suppressed."""
    numbers: dict[str, Any] = {}
    places: dict[Place, Any] = {}
    for item in table.follows:
        if rounding > 1 and hidden.isdisjoint(item.of) and item.compute:
            counts = {cell: nearest(table.values[cell], 0 if cell in table.fixed else rounding) for cell in item.of}
            for id, value in item.compute(counts).items():
                if id not in numbers or numbers[id] is not None:
                    numbers[id] = value
            places |= dict.fromkeys(item.places)
        elif rounding > 1 or not hidden.isdisjoint(item.of):
            numbers |= dict.fromkeys(item.numbers)
            places |= dict.fromkeys(item.places)
    return numbers, places


def _number(number: Number, new: dict[str, Any], rounding: int) -> Number:
    if number.id not in new or number.basis == "configured" or number.value is None:
        return number
    value = new[number.id]
    if value is None or value != value:
        return dataclasses.replace(number, value=None, suppressed=CONFIDENTIAL)
    if number.unit != "count":
        return dataclasses.replace(number, value=value, formula=f"{number.formula or 'computed'}, from counts rounded to {rounding}")
    rounded = f"rounded to the nearest {rounding}"
    return dataclasses.replace(number, value=int(value), formula=f"{number.formula}, {rounded}" if number.formula else rounded)


def _frame(name: str, frame: Frame, new: dict[Place, Any]) -> Frame:
    rows = [
        [_whole(new.get((name, row, column), cell)) if (name, row, column) in new else cell for column, cell in enumerate(cells)]
        for row, cells in enumerate(frame.rows)
    ]
    return dataclasses.replace(frame, rows=rows)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
