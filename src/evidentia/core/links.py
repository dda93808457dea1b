"""What a design says of its counts of people: how they add up, what else gives them away, and where they are
shown.

The stage works on these declarations alone, so that it knows no design. A count is named by its number's id
within the analysis, or, where no number prints it, by a name of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

Place = tuple[str, int, int]
"""A frame's cell: the frame's name, row and column, from 0."""

Compute = Callable[[Mapping[str, float]], Mapping[str, float | None]]
"""From the counts that a number rests on to the numbers, by id."""

FEW = 12
"""A column with up to so many values is taken for a category: how many people have each value is a count to
protect.
"""


def qualified(analysis: str, name: str) -> str:
    """Return a name with the id of its analysis before it, if there is one."""
    return f"{analysis}.{name}" if analysis else name


@dataclass(frozen=True)
class Follows:
    """Numbers from which counts can be worked out, such as a share.

    Attributes
    ----------
    of : tuple of str
        The counts; where one of them is suppressed, the numbers are too.
    numbers : tuple of str
        Ids.
    places : tuple of Place
        Frames' cells that show such a number.
    compute : callable or None
        Computes the numbers again from rounded counts; without it they are suppressed where counts are
        rounded.
    near : bool
        The numbers lie near what the counts give, as a weighted share does; rounding leaves them as they are.
    """

    of: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    compute: Compute | None = None
    near: bool = False


@dataclass(frozen=True)
class Bound:
    """Bounds on a sum over counts.

    Attributes
    ----------
    terms : dict of str to int
        Coefficients by count.
    below, above : float
        How far under and over its true value the sum may be.
    """

    terms: Mapping[str, int]
    below: float = 0.0
    above: float = 0.0


@dataclass(frozen=True)
class Relation:
    """Numbers that tell sums over counts, as a mean tells the sum of value times people.

    Attributes
    ----------
    sums : tuple of dict of str to int
        Coefficients by count; whole, so that what a reader can work out is exact.
    numbers : tuple of str
        Any of them tells them.
    places : tuple of Place
    worth : int
        What is worth least is suppressed first.
    decimals : int
        To which the numbers may be rounded instead of being suppressed, if there are `rounded` bounds.
    rounded : tuple of Bound
        What they tell then.
    """

    sums: tuple[Mapping[str, int], ...]
    numbers: tuple[str, ...]
    places: tuple[Place, ...] = ()
    worth: int = 0
    decimals: int = 0
    rounded: tuple[Bound, ...] = ()

    def renamed(self, terms: Callable[[Mapping[str, int]], Mapping[str, int]]) -> Relation:
        """Return the relation with other names of its counts."""
        rounded = tuple(replace(bound, terms=terms(bound.terms)) for bound in self.rounded)
        return replace(self, sums=tuple(map(terms, self.sums)), rounded=rounded)


@dataclass(frozen=True)
class People:
    """The records that a count counts, so that counts of several analyses of one data set meet.

    Attributes
    ----------
    dataset : str
        Path of the file.
    about : str
        The column that the count is about; empty for who is in at all. Whether one such count is a part of
        another is plain to a reader where both are about the same.
    rows : int
        Rows of the file as bits, so that sets of thousands are compared at once.
    """

    dataset: str
    about: str
    rows: int


@dataclass
class Links:
    """The declarations of one analysis.

    Attributes
    ----------
    hidden : dict of str to float
        Counts that no number prints but that others would give away, such as those who did not agree.
    sums : list of (total, parts)
    follows : list of Follows
    relations : list of Relation
    shown : dict of Place to str
        The count that a frame's cell shows.
    things : set of str
        Numbers with the unit ``count`` that count nobody, such as periods.
    people : dict of str to People
    extremes : dict of str to tuple of str
        Numbers that are the largest size of others.
    ties : set of str
        Hidden counts that are nothing to protect.
    """

    hidden: dict[str, float] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    follows: list[Follows] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    shown: dict[Place, str] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)
    people: dict[str, People] = field(default_factory=dict)
    extremes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ties: set[str] = field(default_factory=set)

    def hide(self, name: str, value: float, *, tie: bool = False) -> str:
        """Declare a count that is not printed, and return its name.

        A `tie` is a count by which others hang together; it is itself nothing to protect.
        """
        self.hidden[name] = value
        if tie:
            self.ties.add(name)
        return name

    def add_up(self, total: str, parts: Iterable[str]) -> None:
        """Declare that a count is the sum of others; with one part, that the two are the same."""
        self.sums.append((total, tuple(parts)))

    def follow(
        self,
        numbers: Iterable[str],
        of: Iterable[str],
        compute: Compute | None = None,
        places: Iterable[Place] = (),
        near: bool = False,
    ) -> None:
        """Declare that numbers, or frames' cells, give counts away."""
        self.follows.append(Follows(tuple(of), tuple(numbers), tuple(places), compute, near))

    def relate(self, relation: Relation) -> None:
        """Declare that numbers tell sums of whole multiples of counts."""
        self.relations.append(relation)

    def largest(self, number: str, of: Iterable[str]) -> None:
        """Declare that a number is the largest size of others; where some of these are suppressed, it is that
        of the rest.
        """
        self.extremes[number] = tuple(of)

    def show(self, frame: str, row: int, column: int, count: str) -> None:
        """Declare that a frame's cell shows a count."""
        self.shown[frame, row, column] = count

    def count_nobody(self, *ids: str) -> None:
        """Declare that numbers with the unit ``count`` do not count people."""
        self.things.update(ids)

    def who(self, name: str, dataset: str, rows: Iterable[int], about: str = "") -> str:
        """Declare which rows of a file a count counts, and return its name."""
        import numpy as np

        places = np.fromiter(rows, dtype=np.int64)
        bits = np.zeros(int(places.max(initial=0)) + 1, dtype=bool)
        bits[places] = True
        self.people[name] = People(
            dataset, about, int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")
        )
        return name

    def within(self, analysis: str) -> Links:
        """Return the declarations with the analysis' id before each name, as in the ledger."""

        def named(name: str) -> str:
            return qualified(analysis, name)

        def moved(places: Iterable[Place]) -> tuple[Place, ...]:
            return tuple((named(frame), row, column) for frame, row, column in places)

        def computed(compute: Compute | None) -> Compute | None:
            if compute is None:
                return None
            start = len(named(""))
            return lambda counts: {
                named(id): value
                for id, value in compute({key[start:]: n for key, n in counts.items()}).items()
            }

        return Links(
            {named(name): value for name, value in self.hidden.items()},
            [(named(total), tuple(map(named, parts))) for total, parts in self.sums],
            [
                Follows(
                    tuple(map(named, one.of)),
                    tuple(map(named, one.numbers)),
                    moved(one.places),
                    computed(one.compute),
                    one.near,
                )
                for one in self.follows
            ],
            [
                replace(
                    one.renamed(lambda terms: {named(name): factor for name, factor in terms.items()}),
                    numbers=tuple(map(named, one.numbers)),
                    places=moved(one.places),
                )
                for one in self.relations
            ],
            {(named(frame), row, column): named(count) for (frame, row, column), count in self.shown.items()},
            set(map(named, self.things)),
            {named(name): people for name, people in self.people.items()},
            {named(name): tuple(map(named, of)) for name, of in self.extremes.items()},
            set(map(named, self.ties)),
        )
