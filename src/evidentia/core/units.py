"""The units of the ledger: what each is called, how it prints, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Unit:
    """A unit in which numbers are stored.

    Attributes
    ----------
    name : str
        In the ledger, in data and in config.yaml.
    forms : tuple of str
        The forms in which a number can be printed; the first is the default.
    label : str
        In words, as a column of the workbook says it.
    spoken : str
        As a sentence calls it, such as "a percentage"; the label, unless it is given.
    places : int or None
        Decimal places of the default form; None for texts.
    before, after : str
        What is printed round a number in its default form, such as "£" or "%".
    one : str
        What is printed after a 1, where that differs, such as "month".
    scale : int
        A stored value times this is the value that is printed.
    table_places : int
        Decimal places in tables of estimates.
    pooled : bool
        Whether effects in this unit can be averaged over evaluations.
    accumulates : bool
        Whether a value grows with the months that it covers.
    sign : str
        What marks a printed figure as being in this unit.
    spreadsheet : str
        Number format of a cell; ``0`` stands for the digits with their places.
    """

    name: str
    forms: tuple[str, ...]
    label: str = ""
    spoken: str = ""
    places: int | None = 0
    before: str = ""
    after: str = ""
    one: str = ""
    scale: int = 1
    table_places: int = 2
    pooled: bool = False
    accumulates: bool = False
    sign: str = ""
    spreadsheet: str = "0"

    @property
    def numeric(self) -> bool:
        """Whether values are numbers, not texts."""
        return self.places is not None

    @property
    def points(self) -> str:
        """The unit of a difference of two values in this unit."""
        return "percentage_points" if self.name == "proportion" else self.name


def _rate(base: int) -> Unit:
    return Unit(
        f"rate_per_{base}",
        ("rate", "plain"),
        f"per {base:,}",
        f"a rate per {base:,}",
        after=f" per{NBSP}{base:,}",
        table_places=1,
        pooled=True,
        accumulates=True,
    )


def _time(name: str, places: int = 0) -> Unit:
    one = name.removesuffix("s")
    return Unit(
        name, (name, "plain"), name, places=places, after=f"{NBSP}{name}", one=f"{NBSP}{one}", pooled=True
    )


def _currency(name: str, label: str, sign: str) -> Unit:
    return Unit(
        name,
        (name, "millions", "plain"),
        label,
        before=sign,
        pooled=True,
        accumulates=True,
        sign=sign,
        spreadsheet=f"{sign}0",
    )


_ALL = (
    Unit("count", ("count", "words", "ordinal", "plain"), "number", accumulates=True),
    Unit(
        "proportion",
        ("%", "plain"),
        "percentage",
        "a percentage",
        after="%",
        scale=100,
        table_places=1,
        pooled=True,
        sign="%",
        spreadsheet="0%",
    ),
    Unit(
        "percentage_points",
        ("pp", "plain"),
        "percentage points",
        "a difference in percentage points",
        after=f"{NBSP}percentage points",
        one=f"{NBSP}percentage point",
        scale=100,
        table_places=1,
        pooled=True,
        sign="percentage point",
        spreadsheet='0" percentage points"',
    ),
    *map(_rate, (100, 1000, 10000, 100000, 1000000)),
    Unit("mean", ("mean", "plain"), "mean", places=2, pooled=True),
    Unit("coefficient", ("coefficient", "plain"), places=2, pooled=True),
    Unit("ratio", ("ratio", "plain", "relative"), "ratio", places=2),
    Unit("p_value", ("p", "plain"), "p-value", places=3),
    Unit("score", ("score", "plain"), "score", places=1, table_places=1, pooled=True),
    _time("years", 1),
    *map(_time, ("months", "weeks", "days", "hours")),
    _currency("pounds", "pounds sterling", "£"),
    _currency("euros", "euros", "€"),
    _currency("dollars", "dollars", "$"),
    Unit("date", ("date", "month", "year", "text"), places=None),
    Unit("text", ("text",), places=None),
)

UNITS: dict[str, Unit] = {unit.name: unit for unit in _ALL}
"""Every unit by its name."""
