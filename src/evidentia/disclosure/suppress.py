"""Which cells are suppressed: the small ones, and as many others as it takes so that nobody can work those out."""

from __future__ import annotations

from collections.abc import Set

from evidentia.core.errors import EvidentiaError
from evidentia.disclosure.bounds import interval, neighbourhood
from evidentia.disclosure.table import Table


def is_small(value: object, minimum_cell: int) -> bool:
    """Tell whether a count is above 0 and below the minimum; a fraction, such as an effective size, counts nobody."""
    return isinstance(value, int | float) and 0 < value < minimum_cell and float(value).is_integer()


def suppressed_cells(table: Table, minimum_cell: int, rounding: int = 0) -> set[str]:
    """Return the cells to suppress.

    Small cells come first (primary suppression). Then, while a reader could place one of them, or any other
    suppressed cell, in an interval narrower than the minimum, a further cell of its equations is suppressed
    (secondary suppression), the one that takes least else with it.

    Parameters
    ----------
    table : Table
    minimum_cell : int
    rounding : int

    Raises
    ------
    EvidentiaError
        If a small cell can be worked out and nothing is left to suppress.
    """
    chosen = {cell for cell, value in table.values.items() if is_small(value, minimum_cell) and cell not in table.fixed}
    waiting = sorted(chosen)
    while waiting:
        cell = waiting.pop(0)
        while interval(table, cell, chosen, rounding).width < minimum_cell:
            further = _next(table, cell, chosen, minimum_cell, rounding)
            chosen.add(further)
            waiting.append(further)
    return chosen  # a cell that is protected stays so, because more suppression only widens what is possible


def _next(table: Table, cell: str, chosen: Set[str], minimum_cell: int, rounding: int) -> str:
    """Return the cell to suppress so that another is protected.

    Of those that suffice it is the one with which the fewest other numbers go, and of these the smallest; if none suffices, the
    one that helps most.
    """
    known = table.known(chosen)
    tied, equations = neighbourhood(table, cell, known, through_known=bool(rounding))
    near = {name for equation in equations for name in equation if name in known and name not in table.fixed and table.values[name] > 0}
    candidates = sorted(near, key=lambda name: (table.costs.get(name, 0), table.values[name], name))
    widest: tuple[float, str] | None = None
    for name in candidates:
        width = interval(table, cell, {*chosen, name}, rounding).width
        if width >= minimum_cell:
            return name
        if widest is None or width > widest[0]:
            widest = (width, name)
    if widest is None:
        raise EvidentiaError(
            f"the count '{cell}' is below the data set's minimum cell and can be worked out from other numbers",
            where=", ".join(sorted(set(tied) - {cell})[:5]),
            remedy="join it with another group in the settings, or take the numbers that give it away out of config.yaml",
        )
    return widest[1]
