"""The stage between an analysis and everything that is written: what it hands on holds no count that points
at someone.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Set
from typing import Any

from evidentia.core.ledger import Entry
from evidentia.core.links import Links, Place, qualified
from evidentia.core.notes import KINDS, kind_of
from evidentia.core.results import Frame, Number, Result
from evidentia.disclosure.bounds import nearest
from evidentia.disclosure.count_table import Table, table_of
from evidentia.disclosure.releases import beside
from evidentia.disclosure.suppress import Suppression, is_small, suppression

CONFIDENTIAL = "c"
_WHOLE = re.compile(r"(?<![\d.,])\d{1,9}(?![\d,]|\.\d)")


@dataclasses.dataclass(frozen=True)
class Decimals:
    """A number or a frame's cell is to be rounded to so many decimals."""

    decimals: int

    def round(self, value: Any) -> Any:
        """Return a value rounded; what is no number stays."""
        return round(value, self.decimals) if isinstance(value, float) else value


def protect(result: Result, minimum_cell: int, rounding: int = 0) -> Result:
    """Return a result that may be published; see `protect_together`, of which this is the case of one
    analysis.
    """
    return protect_together({"": result}, minimum_cell, rounding)[""]


def protect_together(
    results: Mapping[str, Result],
    minimum_cell: int,
    rounding: int = 0,
    accepted: Mapping[str, Entry] | None = None,
) -> dict[str, Result]:
    """Return results of the same data that may be published together.

    Parameters
    ----------
    results : dict of str to Result
        As analyses made them, by id, with what their designs declare in ``links``.
    minimum_cell : int
        Counts from 1 to one below this become None, and so does what would give them away. 0 publishes
        everything.
    rounding : int
        Counts that stay are rounded to the nearest multiple, and what is computed from them is computed
        again. 0 keeps them.
    accepted : dict of str to entry, optional
        The ledger of the last accepted release, which a reader has beside this one.

    Returns
    -------
    dict of str to Result
        New ones; the numbers that are suppressed carry the symbol ``c``.
    """
    if minimum_cell <= 1 and rounding <= 1:
        return dict(results)
    table = counted(results, minimum_cell, rounding, accepted)
    numbers, places = changes(table, suppression(table, minimum_cell, rounding), rounding)
    found = {}
    for id, result in results.items():
        made = [_number(number, qualified(id, number.id), numbers, rounding) for number in result.numbers]
        made = _notes(_extremes(made, result.numbers, result.links.extremes), minimum_cell)
        frames = {name: _frame(qualified(id, name), frame, places) for name, frame in result.frames.items()}
        found[id] = dataclasses.replace(result, numbers=made, frames=frames)
    return found


def counted(
    results: Mapping[str, Result],
    minimum_cell: int,
    rounding: int = 0,
    accepted: Mapping[str, Entry] | None = None,
) -> Table:
    """Return the counts of several results, with what an accepted release tells of them."""
    one = joined(results)
    table = table_of(one, minimum_cell)
    if not accepted:
        return table
    return beside(
        table, {number.id: number.value for number in one.numbers}, accepted, minimum_cell, rounding
    )


def joined(results: Mapping[str, Result]) -> Result:
    """Return several results as one, with the analysis' id before each name."""
    made, links = Result(), [result.links.within(id) for id, result in results.items()]
    for id, result in results.items():
        made.numbers += [
            dataclasses.replace(number, id=qualified(id, number.id)) for number in result.numbers
        ]
        made.frames |= {qualified(id, name): frame for name, frame in result.frames.items()}
    made.links = Links(
        {name: value for one in links for name, value in one.hidden.items()},
        [total for one in links for total in one.sums],
        [item for one in links for item in one.follows],
        [item for one in links for item in one.relations],
        {place: count for one in links for place, count in one.shown.items()},
        {name for one in links for name in one.things},
        {name: people for one in links for name, people in one.people.items()},
        {name: of for one in links for name, of in one.extremes.items()},
        {name for one in links for name in one.ties},
    )
    return made


def changes(table: Table, chosen: Suppression, rounding: int) -> tuple[dict[str, Any], dict[Place, Any]]:
    """Return the new values of numbers and frames' cells; None for what is suppressed."""
    hidden = chosen.cells.keys()
    numbers, places = _consequences(table, hidden, rounding)
    for place in chosen.relations:
        numbers |= dict.fromkeys(table.relations[place].numbers)
        places |= dict.fromkeys(table.relations[place].places)
    for relation in (table.relations[place] for place in chosen.rounded.keys() - chosen.relations.keys()):
        numbers |= {id: Decimals(relation.decimals) for id in relation.numbers if id not in numbers}
        places |= {place: Decimals(relation.decimals) for place in relation.places if place not in places}
    for cell, value in table.values.items():
        if rounding > 1 and cell in table.printed and cell not in hidden | table.fixed:
            numbers |= {name: nearest(value, rounding) for name, own in table.names.items() if own == cell}
    numbers |= {name: None for name, cell in table.names.items() if cell in hidden}
    places |= {
        place: None if cell in hidden else nearest(table.values[cell], rounding)
        for place, cell in table.places.items()
        if cell in hidden or (rounding > 1 and cell not in table.fixed)
    }
    return numbers, places


def _consequences(table: Table, hidden: Set[str], rounding: int) -> tuple[dict[str, Any], dict[Place, Any]]:
    """Return the new values of numbers and frames' cells that follow from counts; None for what is
    suppressed.
    """
    numbers: dict[str, Any] = {}
    places: dict[Place, Any] = {}
    for item in table.follows:
        if rounding > 1 and hidden.isdisjoint(item.of) and item.compute:
            counts = {
                cell: nearest(table.values[cell], 0 if cell in table.fixed else rounding) for cell in item.of
            }
            for id, value in item.compute(counts).items():
                if id not in numbers or numbers[id] is not None:
                    numbers[id] = value
            places |= dict.fromkeys(item.places)
        elif not hidden.isdisjoint(item.of) or (rounding > 1 and not item.near):
            numbers |= dict.fromkeys(item.numbers)
            places |= dict.fromkeys(item.places)
    return numbers, places


def _number(number: Number, name: str, new: dict[str, Any], rounding: int) -> Number:
    if name not in new or number.basis == "configured" or number.value is None:
        return number
    value = new[name]
    if isinstance(value, Decimals):
        given = f"given to {value.decimals} decimals, because more would tell counts"
        return dataclasses.replace(
            number, value=value.round(number.value), formula=f"{number.formula}; {given}".removeprefix("; ")
        )
    if value is None or value != value:
        return dataclasses.replace(number, value=None, suppressed=CONFIDENTIAL)
    if number.unit != "count":
        return dataclasses.replace(
            number, value=value, formula=f"{number.formula or 'computed'}, from counts rounded to {rounding}"
        )
    rounded = f"rounded to the nearest {rounding}"
    return dataclasses.replace(
        number, value=int(value), formula=f"{number.formula}, {rounded}" if number.formula else rounded
    )


def _extremes(
    numbers: list[Number], given: list[Number], extremes: Mapping[str, tuple[str, ...]]
) -> list[Number]:
    """Return numbers with each largest of others computed again from what is published of these, if that is
    not all.
    """
    found = {number.id: number for number in numbers}
    made = []
    for number in numbers:
        of = [found[id] for id in extremes.get(number.id, ()) if id in found]
        if any(one not in given for one in of) and number.value is not None:
            sizes = [abs(float(one.value)) for one in of if isinstance(one.value, int | float)]
            text = f"{number.formula}; of those that are published, as published".removeprefix("; ")
            largest = max(sizes, default=None)
            number = dataclasses.replace(
                number, value=largest, formula=text, suppressed="" if sizes else CONFIDENTIAL
            )
        made.append(number)
    return made


def _notes(numbers: list[Number], minimum_cell: int) -> list[Number]:
    """Return numbers with notes in the plain words of their kind where anything is suppressed, or where they
    hold a small count.
    """
    hidden = any(number.suppressed for number in numbers)
    return [
        (
            dataclasses.replace(number, value=KINDS[kind_of(f".{number.id}")])
            if number.about
            and number.value is not None
            and (
                hidden or any(is_small(int(text), minimum_cell) for text in _WHOLE.findall(str(number.value)))
            )
            else number
        )
        for number in numbers
    ]


def _frame(name: str, frame: Frame, new: dict[Place, Any]) -> Frame:
    rows = [
        [
            _whole(cell, new[name, row, column]) if (name, row, column) in new else cell
            for column, cell in enumerate(cells)
        ]
        for row, cells in enumerate(frame.rows)
    ]
    return dataclasses.replace(frame, rows=rows)


def _whole(old: Any, value: Any) -> Any:
    if isinstance(value, Decimals):
        return value.round(old)
    return int(value) if isinstance(value, float) and value.is_integer() else value
