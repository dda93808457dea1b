"""The counts of an analysis as one table: cells, equations between them, and what gives them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from evidentia.core.links import Compute, Follows, Place
from evidentia.core.results import Frame, Result


@dataclass
class Table:
    """Cells by name.

    Attributes
    ----------
    values : dict of str to float
    printed : set of str
        Cells that a number or a frame prints; the others are hidden.
    fixed : set of str
        Printed cells that cannot be suppressed, because config.yaml states them.
    equations : list of dict of str to int
        Coefficients of cells that add up to 0.
    follows : list of Follows
        With the cells' own names.
    places : dict of Place to str
        The cell that a frame's cell shows.
    names : dict of str to str
        A count's name to its cell's, which differ for counts that are the same.
    """

    values: dict[str, float] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    equations: list[dict[str, int]] = field(default_factory=list)
    follows: list[Follows] = field(default_factory=list)
    places: dict[Place, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def known(self, suppressed: Set[str]) -> set[str]:
        """Return the cells that a reader knows: those printed, and those that a number gives away."""
        told = {cell for item in self.follows if suppressed.isdisjoint(item.of) for cell in item.of}
        return ((self.printed | told) - suppressed) | self.fixed

    @cached_property
    def costs(self) -> Counter[str]:
        """How many numbers are suppressed with a cell because they would give it away."""
        found: Counter[str] = Counter()
        for item in self.follows:
            found.update(dict.fromkeys(item.of, len(item.numbers) + len(item.places)))
        return found


def table_of(result: Result) -> Table:
    """Return the counts of people of a result, by what its design declares of them.

    Numbers with the unit ``count`` are people unless declared otherwise or declared to follow from counts;
    so is any column of a frame with that unit.
    """
    links = result.links
    following = {number for item in links.follows for number in item.numbers}
    known_places = {place for item in links.follows for place in item.places}
    counts = {
        number.id: number
        for number in result.numbers
        if number.unit == "count" and number.id not in links.things | following and _is_number(number.value)
    }
    values = {id: float(number.value) for id, number in counts.items() if _is_number(number.value)} | links.hidden  # type: ignore[arg-type]
    shown = dict(links.shown)
    for name, frame in result.frames.items():
        for place, value in _loose(name, frame):
            if place not in shown and place not in known_places:
                shown[place] = "{}[{},{}]".format(*place)
                values[shown[place]] = value
    names = _aliases(values, links.sums)
    table = Table({names[name]: value for name, value in values.items()}, names=names)
    table.places = {place: names[count] for place, count in shown.items() if count in names}
    table.printed = {names[id] for id in counts} | set(table.places.values())
    table.fixed = {names[id] for id, number in counts.items() if number.basis == "configured"}
    table.equations = _equations(names, links.sums)
    table.follows = [
        Follows(tuple(dict.fromkeys(names[cell] for cell in item.of if cell in names)), item.numbers, item.places, _renamed(item, names))
        for item in links.follows
    ]
    return table


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _loose(name: str, frame: Frame) -> list[tuple[Place, float]]:
    """Return the cells of a frame's columns of counts."""
    columns = [index for index, unit in enumerate(frame.units) if unit.split()[:1] == ["count"]]
    return [
        ((name, row, column), float(cells[column]))
        for row, cells in enumerate(frame.rows)
        for column in columns
        if _is_number(cells[column])
    ]


def _aliases(values: Mapping[str, float], sums: list[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Return each count's cell: counts that are declared the same share one."""
    names = {name: name for name in values}
    for total, parts in sums:
        if len(parts) == 1 and total in names and parts[0] in names:
            old, new = names[parts[0]], names[total]
            names = {name: new if cell == old else cell for name, cell in names.items()}
    return names


def _equations(names: Mapping[str, str], sums: list[tuple[str, tuple[str, ...]]]) -> list[dict[str, int]]:
    found = []
    for total, parts in sums:
        if len(parts) != 1 and all(name in names for name in (total, *parts)):
            equation = {names[total]: 1}
            for part in parts:
                equation[names[part]] = equation.get(names[part], 0) - 1
            found.append(equation)
    return found


def _renamed(item: Follows, names: Mapping[str, str]) -> Compute | None:
    """Return a computation that takes cells, for one that takes counts."""
    compute = item.compute
    if compute is None:
        return None
    return lambda cells: compute({count: cells[names[count]] for count in item.of if count in names})
