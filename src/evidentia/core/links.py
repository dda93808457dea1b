"""What a design says of its counts of people: how they add up, what else gives them away, and where they are shown.

The stage works on these declarations alone, so that it knows no design. A count is named by its number's id within
the analysis, or, where no number prints it, by a name of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Place = tuple[str, int, int]
"""A frame's cell: the frame's name, row and column, from 0."""

Compute = Callable[[Mapping[str, float]], Mapping[str, float | None]]
"""From the counts that a number rests on to the numbers, by id."""


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
        Computes the numbers again from rounded counts; without it they are suppressed where counts are rounded.
    """

    of: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    compute: Compute | None = None


@dataclass
class Links:
    """The declarations of one analysis.

    Attributes
    ----------
    hidden : dict of str to float
        Counts that no number prints but that others would give away, such as those who did not agree.
    sums : list of (total, parts)
    follows : list of Follows
    shown : dict of Place to str
        The count that a frame's cell shows.
    things : set of str
        Numbers with the unit ``count`` that count nobody, such as periods.
    """

    hidden: dict[str, float] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    follows: list[Follows] = field(default_factory=list)
    shown: dict[Place, str] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)

    def hide(self, name: str, value: float) -> str:
        """Declare a count that is not printed, and return its name."""
        self.hidden[name] = value
        return name

    def add_up(self, total: str, parts: Iterable[str]) -> None:
        """Declare that a count is the sum of others; with one part, that the two are the same."""
        self.sums.append((total, tuple(parts)))

    def follow(self, numbers: Iterable[str], of: Iterable[str], compute: Compute | None = None, places: Iterable[Place] = ()) -> None:
        """Declare that numbers, or frames' cells, give counts away."""
        self.follows.append(Follows(tuple(of), tuple(numbers), tuple(places), compute))

    def show(self, frame: str, row: int, column: int, count: str) -> None:
        """Declare that a frame's cell shows a count."""
        self.shown[frame, row, column] = count

    def count_nobody(self, *ids: str) -> None:
        """Declare that numbers with the unit ``count`` do not count people."""
        self.things.update(ids)
