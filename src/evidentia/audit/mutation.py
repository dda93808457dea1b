"""Random changes of single cells of the data."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidentia.config.model import Config

KINDS = 20  # a column with more different texts holds words or names, not categories


@dataclass(frozen=True)
class Mutation:
    """One changed cell.

    Attributes
    ----------
    path : str
    row : int
        In the file; the header is row 1.
    column, before, after : str
    """

    path: str
    row: int
    column: str
    before: str
    after: str


def mutations(config: Config, folder: Path, number: int, seed: int) -> Iterator[Mutation]:
    """Yield random changes of cells of the data: each file is as likely as the next, each of its cells as well."""
    chance = random.Random(seed)
    files = {dataset.path: _read(folder / dataset.path) for dataset in config.data.values()}
    open_columns = {path: _columns(rows) for path, rows in files.items()}
    paths = sorted(path for path, columns in open_columns.items() if columns)
    while number and paths:
        path = chance.choice(paths)
        rows, column = files[path], chance.choice(open_columns[path])
        row = chance.randrange(1, len(rows))
        after = _other(rows[row][column], sorted({other[column] for other in rows[1:]}), chance)
        if after != rows[row][column]:
            yield Mutation(path, row + 1, rows[0][column], rows[row][column], after)
            number -= 1


def _read(path: Path) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    return [row for row in rows if row]


def _columns(rows: list[list[str]]) -> list[int]:
    """Return the columns of numbers and of categories; texts and names are words, which are not under test."""
    cells = {place: {row[place] for row in rows[1:] if len(row) > place} - {""} for place in range(len(rows[0]))}
    return [place for place, found in cells.items() if found and (all(map(_is_number, found)) or 1 < len(found) <= KINDS)]


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False


def _other(cell: str, seen: list[str], chance: random.Random) -> str:
    """Return another value for a cell: a number changed by a tenth or more, or another category of the column."""
    if not _is_number(cell) or len(seen) <= 2:
        return chance.choice(seen)
    changed = float(cell) * chance.choice((0.5, 0.9, 1.1, 1.5, 2.0))
    places = len(cell.partition(".")[2])
    text = f"{changed:.{places}f}"
    return text if text != cell else f"{float(cell) + 10**-places:.{places}f}"


def write_mutant(path: Path, mutation: Mutation) -> None:
    """Write a data file anew with the changed cell."""
    rows = _read(path)
    rows[mutation.row - 1][rows[0].index(mutation.column)] = mutation.after
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
