"""The counts of one or more analyses as one table: cells, equations between them,
and what gives them away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from evidentia.core.links import Bound, Compute, Follows, Links, People, Place, Relation
from evidentia.core.results import Frame, Result

Sums = list[tuple[str, tuple[str, ...]]]


class Row(NamedTuple):
    """A sum over cells; ``relation`` is the place of the relation that tells it, -1 for an equation that
    always holds.
    """

    bound: Bound
    relation: int = -1
    rounded: bool = False


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
    relations : list of Relation
        Sums over cells that a reader knows as long as their numbers are published.
    follows : list of Follows
        With the cells' own names.
    places : dict of Place to str
        The cell that a frame's cell shows.
    ties : set of str
        Cells that are nothing to protect.
    names : dict of str to str
        A count's name to its cell's, which differ for counts that are the same.
    past : list of Bound
        What an earlier release tells of cells, whatever this one suppresses.
    past_cells, past_relations, past_rounded : set
        Cells, and places of relations, that it tells exactly; relations that it tells as rounded.
    """

    values: dict[str, float] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    equations: list[dict[str, int]] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    follows: list[Follows] = field(default_factory=list)
    places: dict[Place, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    ties: set[str] = field(default_factory=set)
    past: list[Bound] = field(default_factory=list)
    past_cells: set[str] = field(default_factory=set)
    past_relations: set[int] = field(default_factory=set)
    past_rounded: set[int] = field(default_factory=set)

    @property
    def alone(self) -> Table:
        """The table without what an earlier release tells."""
        return (
            replace(self, past=[], past_cells=set(), past_relations=set(), past_rounded=set())
            if self.past
            else self
        )

    def known(self, suppressed: Set[str]) -> set[str]:
        """Return the cells that a reader knows: those printed, and those that a number gives away."""
        told = {cell for item in self.follows if suppressed.isdisjoint(item.of) for cell in item.of}
        return ((self.printed | told) - suppressed) | self.fixed

    def exact(self, suppressed: Set[str]) -> set[str]:
        """Return the cells that a reader knows to the last person although counts are rounded: those that
        config.yaml states, and those that a number tells which is not computed again.
        """
        told = (item for item in self.follows if item.near and suppressed.isdisjoint(item.of))
        return self.fixed | {cell for item in told for cell in item.of}

    @cached_property
    def costs(self) -> Counter[str]:
        """How many numbers are suppressed with a cell because they would give it away."""
        found: Counter[str] = Counter()
        for item in self.follows:
            found.update(dict.fromkeys(item.of, len(item.numbers) + len(item.places)))
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """Everything that a sum over cells is known of."""
        found = [Row(Bound(equation)) for equation in self.equations] + [Row(bound) for bound in self.past]
        for place, relation in enumerate(self.relations):
            found += [Row(Bound(terms), place) for terms in relation.sums]
            found += [Row(bound, place, rounded=True) for bound in relation.rounded]
        return found

    @cached_property
    def touching(self) -> dict[str, list[int]]:
        """The rows in which each cell stands."""
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.rows):
            for cell in row.bound.terms:
                found.setdefault(cell, []).append(place)
        return found


def table_of(result: Result, minimum_cell: int = 0) -> Table:
    """Return the counts of people of a result, by what its design declares of them.

    Numbers with the unit ``count`` are people unless declared otherwise or declared to follow from counts;
    so is any column of a frame with that unit. Two counts of the same records are one cell, and where one is
    a part of another, the others are a cell too if they are fewer than the minimum.
    """
    links = result.links
    following = {number for item in links.follows for number in item.numbers}
    known_places = {place for item in links.follows for place in item.places}
    counts = {
        number.id: number
        for number in result.numbers
        if number.unit == "count" and number.id not in links.things | following and _is_number(number.value)
    }
    values = {id: float(str(number.value)) for id, number in counts.items()} | links.hidden
    shown = dict(links.shown)
    for name, frame in result.frames.items():
        for place, value in _loose(name, frame):
            if place not in shown and place not in known_places:
                shown[place] = "{}[{},{}]".format(*place)
                values[shown[place]] = value
    parts = dict(_differences(links, values, minimum_cell))
    values |= {name: value for name, value, _ in parts.values()}
    sums = [*links.sums, *((whole, (part, name)) for (whole, part), (name, _, _) in parts.items())]
    people = {**links.people, **{name: who for name, _, who in parts.values()}}
    names = _aliases(values, [*sums, *_same_people(people, values)])
    table = Table({names[name]: value for name, value in values.items()}, names=names)
    table.places = {place: names[count] for place, count in shown.items() if count in names}
    table.printed = {names[id] for id in counts} | set(table.places.values())
    table.fixed = {names[id] for id, number in counts.items() if number.basis == "configured"}
    table.ties = {names[name] for name in links.ties} - {names[name] for name in names.keys() - links.ties}
    table.equations = _equations(names, sums)
    table.relations = [item.renamed(lambda terms: _merged(terms.items(), names)) for item in links.relations]
    table.follows = [
        Follows(
            tuple(dict.fromkeys(names[cell] for cell in item.of if cell in names)),
            item.numbers,
            item.places,
            _renamed(item, names),
            item.near,
        )
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


def _differences(
    links: Links, values: Mapping[str, float], minimum_cell: int
) -> Iterable[tuple[tuple[str, str], tuple[str, float, People]]]:
    """Yield pairs of a count and a part of it that leave out a few people, with a name for these, how many
    and who they are.
    """
    by_kind: dict[tuple[str, str], dict[int, str]] = {}
    for name, who in links.people.items():
        if name in values:
            by_kind.setdefault((who.dataset, who.about), {}).setdefault(who.rows, name)
    for (dataset, about), sets in by_kind.items():
        sized = sorted((rows.bit_count(), name, rows) for rows, name in sets.items())
        for place, (size, part, rows) in enumerate(sized):
            for larger, whole, all_rows in sized[place + 1 :]:
                if larger - size >= minimum_cell:
                    break
                if larger > size and rows | all_rows == all_rows:
                    yield (
                        (whole, part),
                        (
                            f"{whole} without {part}",
                            float(larger - size),
                            People(dataset, about, all_rows & ~rows),
                        ),
                    )


def _same_people(people: Mapping[str, People], values: Mapping[str, float]) -> Sums:
    """Return a sum with one part for each count of the same records as another."""
    first: dict[People, str] = {}
    return [
        (first[who], (name,))
        for name, who in people.items()
        if name in values and who.rows and first.setdefault(who, name) != name
    ]


def _aliases(values: Mapping[str, float], sums: Sums) -> dict[str, str]:
    """Return each count's cell: counts that are declared the same share one."""
    above = {name: name for name in values}

    def top(name: str) -> str:
        while above[name] != name:
            above[name] = name = above[above[name]]
        return name

    for total, parts in sums:
        if len(parts) == 1 and total in above and parts[0] in above:
            above[top(parts[0])] = top(total)
    return {name: top(name) for name in values}


def _equations(names: Mapping[str, str], sums: Sums) -> list[dict[str, int]]:
    found: dict[frozenset[tuple[str, int]], dict[str, int]] = {}
    for total, parts in sums:
        if len(parts) != 1 and all(name in names for name in (total, *parts)):
            equation = _merged([(total, 1), *((part, -1) for part in parts)], names)
            found.setdefault(frozenset(equation.items()), equation)
    return [equation for equation in found.values() if equation]


def _merged(terms: Iterable[tuple[str, int]], names: Mapping[str, str]) -> dict[str, int]:
    """Return coefficients by cell; those of counts that are the same are added."""
    found: dict[str, int] = {}
    for name, factor in terms:
        found[names[name]] = found.get(names[name], 0) + factor
    return {cell: factor for cell, factor in found.items() if factor}


def _renamed(item: Follows, names: Mapping[str, str]) -> Compute | None:
    """Return a computation that takes cells, for one that takes counts."""
    compute = item.compute
    if compute is None:
        return None
    return lambda cells: compute({count: cells[names[count]] for count in item.of if count in names})
