"""What a program wrote, read and checked: every fault of it in one run, each with its place.

::

    numbers.csv        id, value, unit, label; and, if need be, formula, se, df, of, people
    tables/<name>.csv  and tables/<name>.units.csv with column, unit, of
    figures/<name>.svg or .png, its data in figures/<name>.csv, and figures/<name>.units.csv
    figures/<name>.narrow.svg or .png, the same drawing for phones
    totals.csv         total, parts: which counts of people add up
    notes.csv          kind, text, about
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from evidentia.core.drawing import drawing_of
from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.text import decoded

NAME = re.compile(r"[A-Za-z][\w-]*")
DRAWINGS = ("svg", "png", "narrow.svg", "narrow.png")
MOST_ROWS, MOST_COLUMNS = 2_000, 100
"""Of a table: more are records, not aggregates."""

_LISTS = {
    "numbers.csv": (
        ("id", "value", "unit", "label"),
        ("formula", "se", "df", "of", "people", "line"),
    ),
    "totals.csv": (("total", "parts"), ()),
    "notes.csv": (("kind", "text"), ("about",)),
}
_UNITS = ("column", "unit", "of")
NONE = "none"
"""What ``of`` says of a number that tells no count of people, such as a price or a number of months."""


@dataclass(frozen=True)
class Grid:
    """A table as it was written.

    Attributes
    ----------
    columns : list of str
    rows : list of list of str
    units : dict of str to str
        Column to its unit and decimal places.
    of : dict of str to list of str
        Column to the columns of counts in the same row on which it rests.
    """

    columns: list[str]
    rows: list[list[str]]
    units: Mapping[str, str] = field(default_factory=dict)
    of: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass
class Outputs:
    """All that a program wrote.

    Attributes
    ----------
    lists : dict of str to list of dict
        Rows of numbers.csv, totals.csv and notes.csv.
    tables, data : dict of str to Grid
        Tables, and the data of figures, by name.
    drawings : dict of str to str
        SVG text by name; of a drawing for phones, by the name with ``.narrow``.
    faults : list of EvidentiaError
    """

    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    tables: dict[str, Grid] = field(default_factory=dict)
    data: dict[str, Grid] = field(default_factory=dict)
    drawings: dict[str, str] = field(default_factory=dict)
    faults: list[EvidentiaError] = field(default_factory=list)


def read_outputs(files: Mapping[str, bytes], program: str) -> Outputs:
    """Return what a program wrote; what is wrong is in `Outputs.faults`."""
    found = Outputs()
    for path, content in files.items():
        where = f"{path}, written by {program}"
        try:
            _take(found, files, path, content, where)
        except EvidentiaError as fault:
            found.faults.append(fault)
    if not (found.lists.get("numbers.csv") or found.tables or found.drawings) and not found.faults:
        found.faults.append(
            EvidentiaError(
                "the program gives nothing: no number, no table, no figure",
                where=program,
                remedy="write numbers.csv with the columns id, value, unit and label into the output folder",
            )
        )
    return found


def _take(found: Outputs, files: Mapping[str, bytes], path: str, content: bytes, where: str) -> None:
    parts = PurePosixPath(path)
    folder, name, ending = parts.parent.as_posix(), parts.name.partition(".")[0], parts.name.partition(".")[2]
    if path in _LISTS:
        found.lists[path] = list(_listed(content, path, where))
    elif folder in ("tables", "figures") and ending in ("csv", "units.csv") and NAME.fullmatch(name):
        if ending == "csv":
            grids = found.tables if folder == "tables" else found.data
            grids[name] = _grid(content, files.get(f"{folder}/{name}.units.csv"), where)
    elif folder == "figures" and ending in DRAWINGS and NAME.fullmatch(name):
        drawing = path.removeprefix("figures/").rpartition(".")[0]
        if drawing in found.drawings:
            raise EvidentiaError(f"the figure '{drawing}' is given twice, as .svg and as .png", where=where)
        if drawing != name and not any(f"figures/{name}.{kind}" in files for kind in DRAWINGS[:2]):
            raise EvidentiaError(
                f"the figure '{name}' is drawn for phones alone",
                where=where,
                remedy=f"write figures/{name}.svg too, for wider screens and paper",
            )
        found.drawings[drawing] = drawing_of(content, ending.rpartition(".")[2], where)
    else:
        raise EvidentiaError(
            f"the program wrote {path}, which is no output that is known",
            where=where,
            remedy=(
                "write numbers.csv, tables/<name>.csv and figures/<name>.svg or .png, each name of letters,"
                " digits, _ and -; and keep other files in the folder for temporary ones (TMPDIR)"
            ),
        )


def _rows(content: bytes, where: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(decoded(content, where, "write it as UTF-8")), strict=True))
    except csv.Error as error:
        raise EvidentiaError(
            f"not CSV: {error}",
            where=where,
            remedy="write commas between cells (R: write.csv, not write.csv2), and quote cells that hold one",
        ) from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise EvidentiaError("the file is empty", where=where, remedy="write a header and a row, or no file")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            raise EvidentiaError(
                f"row {number} has {len(row)} cells, and the header {len(rows[0])}",
                where=where,
                remedy="write as many cells in each row, and quote those that hold a comma",
            )
    return rows


def _listed(content: bytes, path: str, where: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a list with fixed columns, by column; ``row`` is their number."""
    needed, further = _LISTS[path]
    header, *rows = _rows(content, where)
    header = [name.strip() for name in header]
    for name in header:
        if not name:
            raise EvidentiaError(
                "a column has no name",
                where=where,
                remedy="take it out (R: write.csv(..., row.names = FALSE))",
            )
        if name not in (*needed, *further):
            raise EvidentiaError(
                f"unknown column '{name}'", where=where, remedy=did_you_mean(name, (*needed, *further))
            )
    if missing := [name for name in needed if name not in header]:
        raise EvidentiaError(
            f"the column '{missing[0]}' is missing",
            where=where,
            remedy=f"write the columns {', '.join(needed)}",
        )
    for number, row in enumerate(rows, 2):
        yield {name: _na(cell) for name, cell in zip(header, row, strict=True)} | {"row": str(number)}


def _na(cell: str) -> str:
    """Return a cell; what R and Python write for a missing value is nothing."""
    return "" if cell.strip() in ("NA", "NaN", "nan") else cell.strip()


def _grid(content: bytes, units: bytes | None, where: str) -> Grid:
    header, *rows = _rows(content, where)
    if len(rows) > MOST_ROWS or len(header) > MOST_COLUMNS:
        raise EvidentiaError(
            f"it has {len(rows):,} rows and {len(header)} columns, as records have and aggregates have not",
            where=where,
            remedy=(
                f"give counts, shares or means of groups: up to {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            ),
        )
    if not all(name.strip() for name in header) or len(set(header)) < len(header):
        raise EvidentiaError(
            "a column has no name, or two have the same",
            where=where,
            remedy="name each column (R: write.csv(..., row.names = FALSE))",
        )
    said = _said(units, where) if units is not None else []
    for column, _, of in said:
        for name in (column, *(() if of == [NONE] else of)):
            if name not in header:
                raise EvidentiaError(
                    f"there is no column '{name}'", where=where, remedy=did_you_mean(name, header)
                )
    if not rows:
        raise EvidentiaError("it has no rows", where=where, remedy="write a row at least, or no file")
    cells = [[_na(cell) for cell in row] for row in rows]
    return Grid(header, cells, {c: unit for c, unit, _ in said if unit}, {c: of for c, _, of in said if of})


def _said(content: bytes, where: str) -> list[tuple[str, str, list[str]]]:
    """Return what is said of columns: unit, and the counts on which they rest."""
    header, *rows = _rows(content, where)
    if not {"column", "unit"} <= set(header) <= set(_UNITS):
        raise EvidentiaError(
            f"the units of columns are given as {', '.join(header)}",
            where=where,
            remedy="write column, unit and of",
        )
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    return [(row["column"], row["unit"].strip(), row.get("of", "").split()) for row in cells]


def where_of(row: Mapping[str, str], program: str) -> str:
    """Return where a row of numbers.csv is from: the program's line, where it is known."""
    line = row.get("line", "")
    return f"{program}, line {line}" if line else f"numbers.csv, row {row['row']}, written by {program}"


def line_in(text: str, id: str) -> int:
    """Return the line of a program that holds an id in quotation marks, or its beginning; 0 if none does."""
    names = [id, *(id.rsplit(".", count)[0] for count in range(1, id.count(".") + 1))]
    lines = text.splitlines()
    for name in names:
        quoted = re.compile(rf"""["']{re.escape(name)}["']""")
        for number, line in enumerate(lines, 1):
            if quoted.search(line):
                return number
    return 0


ENDLESS = re.compile(r"[-+]?inf(inity)?", re.IGNORECASE)
"""A cell that programs write where a number was divided by 0."""


def is_number(cells: Sequence[str]) -> bool:
    """Tell whether all cells that are filled are numbers, and any is."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(
        re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", cell) for cell in filled
    )
