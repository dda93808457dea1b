"""What a program says of its counts of people, for `evidentia.disclosure`: on which counts each number rests,
and which add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.results import Number, Result
from evidentia.designs.script.outputs import NONE, Outputs, where_of
from evidentia.designs.script.tables import FIGURE, TABLE


def declare(result: Result, outputs: Outputs, program: str) -> list[EvidentiaError]:
    """Declare the counts of a result, and return what is wrong with what the program says of them."""
    faults: list[EvidentiaError] = []
    counts = {number.id for number in result.numbers if number.unit == "count"}
    values = {number.id: number for number in result.numbers}
    for row in outputs.lists.get("numbers.csv", []):
        of = [] if row.get("of") == NONE else row.get("of", "").split()
        if row.get("people") in ("no", "false", "FALSE", "0"):
            result.links.count_nobody(row["id"])
        faults += _unknown(of, counts, where_of(row, program))
        if of and counts.issuperset(of):
            ids = [
                id for id in values if id == row["id"] or (row.get("se") and id.startswith(f"{row['id']}."))
            ]
            _follow(result, values, ids, of)
    for row in outputs.lists.get("totals.csv", []):
        names = [row["total"], *row["parts"].split()]
        found = _unknown(names, counts, f"totals.csv, row {row['row']}, written by {program}")
        faults += found
        if not found:
            result.links.add_up(names[0], names[1:])
    _declare_columns(result, outputs, values)
    return faults


def _unknown(names: list[str], counts: set[str], where: str) -> list[EvidentiaError]:
    return [
        EvidentiaError(
            f"there is no count '{name}' on which to rest", where=where, remedy=did_you_mean(name, counts)
        )
        for name in names
        if name not in counts
    ]


def _follow(result: Result, values: Mapping[str, Number], ids: list[str], of: list[str]) -> None:
    """Declare that numbers go where their counts do; the rest of a denominator is a count too."""
    links = result.links
    share = len(ids) == 1 and len(of) == 2 and values[ids[0]].unit == "proportion"
    part, whole = (values[name].value for name in of) if share else (None, None)
    if isinstance(part, int) and isinstance(whole, int) and 0 <= part <= whole and whole:
        rest = links.hide(f"{of[1]} without {of[0]}", whole - part)
        links.add_up(of[1], [of[0], rest])
        links.follow(ids, of, _ratio(ids[0], of))
    else:
        links.follow(ids, of, near=True)


def _ratio(id: str, of: list[str]) -> Callable[[Mapping[str, float]], Mapping[str, float | None]]:
    return lambda counts: {id: counts[of[0]] / counts[of[1]] if counts[of[1]] else None}


def _declare_columns(result: Result, outputs: Outputs, values: Mapping[str, Number]) -> None:
    """Declare the numbers of tables' rows, and cells of figures' data, by the columns on which they rest."""
    for name, grid in outputs.tables.items():
        frame = result.frames[f"{TABLE}{name}"]
        for row in frame.rows:
            ids = dict(zip(frame.columns, row, strict=True))
            for column, of in grid.of.items():
                if of == [NONE]:
                    result.links.count_nobody(ids[column])
                elif ids[column] in values and all(ids[other] in values for other in of):
                    _follow(result, values, [ids[column]], [ids[other] for other in of])
    for name, grid in outputs.data.items():
        frame = result.frames[f"{FIGURE}{name}"]
        for place in range(len(frame.rows)):
            for column, of in grid.of.items():
                _declare_cell(result, f"{FIGURE}{name}", place, column, [] if of == [NONE] else of)


def _declare_cell(result: Result, name: str, place: int, column: str, of: list[str]) -> None:
    """Declare a cell of a figure's data by the cells of counts in its row, and the rest of a denominator."""
    frame, links = result.frames[name], result.links
    row = frame.rows[place]
    counts = [row[frame.columns.index(other)] for other in of]
    if not all(isinstance(count, int | float) for count in counts):
        return
    names = [links.hide(f"{name} {place} {other}", float(n)) for other, n in zip(of, counts, strict=True)]
    for other, hidden in zip(of, names, strict=True):
        links.show(name, place, frame.columns.index(other), hidden)
    unit = frame.units[frame.columns.index(column)].partition(" ")[0]
    if unit == "proportion" and len(counts) == 2 and 0 <= counts[0] <= counts[1]:
        rest = links.hide(f"{name} {place} {of[1]} without {of[0]}", float(counts[1] - counts[0]))
        links.add_up(names[1], [names[0], rest])
    links.follow([], names, places=[(name, place, frame.columns.index(column))], near=True)


def undeclared(result: Result, outputs: Outputs, program: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each number, column and figure of protected data that does not say on which counts it
    rests.
    """
    for row in outputs.lists.get("numbers.csv", []):
        if row["unit"] != "count" and not row.get("of"):
            yield EvidentiaError(
                f"the number '{row['id']}' is of protected data, and does not say on which counts of people"
                " it rests",
                where=where_of(row, program),
                remedy=(
                    'name them (of=["n.yes", "n.all"]; a column "of" in numbers.csv), or write of="none" if'
                    " it tells nothing of people"
                ),
            )
    for folder, grids in (("tables", outputs.tables), ("figures", outputs.data)):
        for name, grid in grids.items():
            frame = result.frames[f"{TABLE if folder == 'tables' else FIGURE}{name}"]
            for column, unit in zip(frame.columns, frame.units, strict=True):
                if unit and unit.split()[0] not in ("count", "text", "date") and column not in grid.of:
                    yield EvidentiaError(
                        f"the column '{column}' is of protected data, and does not say on which counts it"
                        " rests",
                        where=f"{folder}/{name}.csv, written by {program}",
                        remedy=(
                            f"name the columns of counts in the same row: of={{'{column}': ['yes', 'all']}};"
                            " docs/scripts.md"
                        ),
                    )
    for name in outputs.drawings:
        if name.removesuffix(".narrow") not in outputs.data:
            yield EvidentiaError(
                f"the figure '{name}' is of protected data, and what it shows is not given",
                where=f"figures/{name}, written by {program}",
                remedy=(
                    f"give its data (a third argument of figure(); figures/{name}.csv), so that small counts"
                    " are seen"
                ),
            )
