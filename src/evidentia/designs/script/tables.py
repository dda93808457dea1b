"""Tables and the data of figures: columns with their units; each number of a table is one of the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import form_of, missing
from evidentia.core.results import Frame, Number, Result
from evidentia.core.units import UNITS
from evidentia.designs.script.numbers import value_of, wrong_value
from evidentia.designs.script.outputs import ENDLESS, Grid, is_number

YEARS = range(1800, 2200)
"""Whole numbers that are taken for years where no unit is given."""

TABLE, FIGURE = "table.", "figure."
"""What begins the name of a frame with a table, and with the data of a figure."""


def add_tables(
    result: Result, grids: Mapping[str, Grid], program: str, *, protected: bool
) -> list[EvidentiaError]:
    """Add each table as a frame whose cells are words or ids of numbers, and these numbers; return what is
    wrong.
    """
    faults: list[EvidentiaError] = []
    taken = {number.id for number in result.numbers}
    for name, grid in grids.items():
        units, found = _units(grid, f"tables/{name}.csv, written by {program}", protected=protected)
        faults += found
        rows: list[list[Any]] = []
        for cells in grid.rows if not found else ():
            key = _key(f"{name}.{_part(cells[0])}", taken)
            row: list[Any] = []
            for column, cell, unit in zip(grid.columns, cells, units, strict=True):
                kind = unit.partition(" ")[0]
                if kind in ("", "text") or column == grid.columns[0]:
                    row.append(cell)
                    continue
                id = f"{key}.{_part(column)}"
                label = f"{cells[0]}: {column}"
                result.numbers.append(Number(id, value_of(cell, kind), kind, label, place=program))
                row.append(id)
            rows.append(row)
        result.frames[f"{TABLE}{name}"] = Frame(list(grid.columns), rows, units)
    return faults


def add_data(
    result: Result, grids: Mapping[str, Grid], program: str, *, protected: bool
) -> list[EvidentiaError]:
    """Add the data of each figure as a frame of values; a gap is a text, so that only what is suppressed is
    None.
    """
    faults: list[EvidentiaError] = []
    for name, grid in grids.items():
        units, found = _units(grid, f"figures/{name}.csv, written by {program}", protected=protected)
        faults += found
        kinds = [unit.partition(" ")[0] for unit in units]
        rows = [
            [
                value_of(cell, kind) if kind and cell else cell or missing()
                for cell, kind in zip(cells, kinds, strict=True)
            ]
            for cells in (grid.rows if not found else ())
        ]
        result.frames[f"{FIGURE}{name}"] = Frame(list(grid.columns), rows, units)
    return faults


def _part(text: str) -> str:
    """Return words as a part of an id."""
    return re.sub(r"[^\w-]+", "_", text.strip().lower()).strip("_")[:40] or "row"


def _key(key: str, taken: set[str]) -> str:
    """Return a key for a row that no other has."""
    found, number = key, 1
    while found in taken:
        number += 1
        found = f"{key}_{number}"
    taken.add(found)
    return found


def _units(grid: Grid, where: str, *, protected: bool) -> tuple[list[str], list[EvidentiaError]]:
    """Return the unit of each column, and what is wrong with units or cells."""
    units, faults = [], []
    for place, column in enumerate(grid.columns):
        cells = [row[place] for row in grid.rows]
        given = grid.units.get(column)
        unit = _usual(cells, first=place == 0, protected=protected) if given is None else given
        kind, _, spec = unit.partition(" ")
        if unit == UNKNOWN:
            faults.append(
                EvidentiaError(
                    f"the column '{column}' holds numbers of protected data, and has no unit",
                    where=where,
                    remedy=(
                        f"give it one, and say on which columns of counts it rests: units={{'{column}':"
                        f" 'proportion'}}, of={{'{column}': ['yes', 'all']}}; docs/scripts.md"
                    ),
                )
            )
        elif protected and place and kind in ("", "text") and (hidden := _in_words(cells)):
            faults.append(
                EvidentiaError(
                    f"the column '{column}' of protected data holds numbers within words: '{hidden}'",
                    where=where,
                    remedy="give each number a column of its own with its unit, so that small counts show",
                )
            )
        elif unit:
            faults += _column_faults(column, cells, kind, spec, where)
        units.append("" if unit == UNKNOWN else unit)
    return units, faults


UNKNOWN = "?"
_PERIOD = re.compile(r"(19|20)\d\d(?!\d)([-/ ]?(\d\d|Q[1-4]|W\d\d)(?!\d)){0,2}")


def _in_words(cells: list[str]) -> str:
    """Return the first cell of words that holds a digit which is no part of a year or a period."""
    return next((cell for cell in cells if re.search(r"\d", _PERIOD.sub("", cell))), "")


def _usual(cells: list[str], *, first: bool, protected: bool) -> str:
    """Return the unit of a column that is given none."""
    numbers = [cell for cell in cells if not ENDLESS.fullmatch(cell)]
    if len(numbers) < len(cells) and is_number(numbers):
        return "coefficient"  # which an endless number is none of
    if not is_number(cells):
        return ""
    whole = all(re.fullmatch(r"[-+]?\d+(\.0+)?", cell) for cell in cells if cell)
    if whole:
        return "" if all(float(cell) in YEARS for cell in cells if cell) or first else "count"
    return UNKNOWN if protected else "coefficient"


def _column_faults(column: str, cells: list[str], kind: str, spec: str, where: str) -> list[EvidentiaError]:
    if kind not in UNITS:
        from evidentia.core.errors import did_you_mean

        return [
            EvidentiaError(
                f"the column '{column}' has the unknown unit '{kind}'",
                where=where,
                remedy=did_you_mean(kind, UNITS),
            )
        ]
    try:
        form_of(kind, spec)
    except EvidentiaError as fault:
        return [EvidentiaError(f"the column '{column}': {fault.what}", where=where, remedy=fault.remedy)]
    wrong = [(row, said) for row, cell in enumerate(cells, 2) if cell and (said := wrong_value(cell, kind))]
    return [
        EvidentiaError(
            f"the column '{column}': {said}", where=f"{where}, row {row}", remedy=f"give a value in {kind}"
        )
        for row, said in wrong[:3]
    ]
