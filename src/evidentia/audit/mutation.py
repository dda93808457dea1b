"""Random changes of single cells of the data, in whatever format they are."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from evidentia.config.data import Dataset
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import write_whole
from evidentia.core.text import decoded
from evidentia.data.cells import Cells
from evidentia.data.package import load_package
from evidentia.data.readers import read_cells

KINDS = 20  # a column with more different texts holds words or names, not categories
TEXT, PARQUET, EXCEL = (".csv", ".tsv", ".tab", ".txt"), (".parquet", ".pq"), (".xlsx",)


@dataclass(frozen=True)
class Mutation:
    """One changed cell.

    Attributes
    ----------
    path : str
    row : int
        As the file counts.
    column, before, after : str
    """

    path: str
    row: int
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        before, after = self.before or "nothing", self.after or "nothing"
        return f"{self.path}, row {self.row}, {self.column}: {before} to {after}"


def can_change(path: str) -> bool:
    """Tell whether a single cell of a file can be written anew in its format."""
    return path.lower().endswith((*TEXT, *PARQUET, *EXCEL))


def not_changed(config: Config) -> list[str]:
    """Return the data files whose format allows no single cell to be written anew; nothing tries them."""
    return sorted({dataset.path for dataset in config.data.values() if not can_change(dataset.path)})


def mutations(config: Config, folder: Path, number: int, seed: int) -> Iterator[Mutation]:
    """Yield random changes of cells of the data: each file is as likely as the next, each of its cells as
    well.

    Raises
    ------
    EvidentiaError
        If no data set has a cell that can be changed, or one cannot be read.
    """
    chance = random.Random(seed)
    files = {
        dataset.path: _read(dataset, folder).texts()
        for dataset in config.data.values()
        if not dataset.run and can_change(dataset.path)
    }
    open_columns = {path: _columns(cells) for path, cells in files.items()}
    paths = sorted(path for path, columns in open_columns.items() if columns)
    if not paths:
        raise EvidentiaError(
            "no data set has a cell that can be changed",
            where="config.yaml, key data",
            remedy=f"files that can be changed end in {', '.join((*TEXT, *PARQUET, *EXCEL))}",
        )
    while number and paths:
        path = chance.choice(paths)
        cells, column = files[path], chance.choice(open_columns[path])
        row = chance.choice(list(cells.index))
        before = cells.at[row, column]
        after = _other(before, sorted(set(cells[column])), chance)
        if after != before:
            yield Mutation(path, int(row), column, before, after)
            number -= 1


def _read(dataset: Dataset, folder: Path) -> Cells:
    schema = load_package(folder).schema(dataset.path)
    return read_cells(folder / dataset.path, dataset.path, schema, dataset.source, whole=True)


def _columns(cells: pd.DataFrame) -> list[str]:
    """Return the columns of numbers and of categories; texts and names are words,
    which are not under test.
    """
    seen = {name: set(cells[name]) - {""} for name in cells.columns}
    return [
        name
        for name, found in seen.items()
        if found and (all(map(_is_number, found)) or 1 < len(found) <= KINDS)
    ]


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False


def _other(cell: str, seen: list[str], chance: random.Random) -> str:
    """Return another value for a cell: a number changed by a tenth or more, or another category of the
    column.
    """
    if not _is_number(cell) or len(seen) <= 2:
        return chance.choice(seen)
    changed = float(cell) * chance.choice((0.5, 0.9, 1.1, 1.5, 2.0))
    places = len(cell.partition(".")[2])
    text = f"{changed:.{places}f}"
    return text if text != cell else f"{float(cell) + 10**-places:.{places}f}"


def write_mutant(folder: Path, config: Config, mutation: Mutation) -> None:
    """Write a data file of a folder anew with the changed cell, in the file's own format."""
    dataset = next(item for item in config.data.values() if item.path == mutation.path)
    file = folder / mutation.path
    if mutation.path.lower().endswith(PARQUET):
        write_whole(file, _parquet(file.read_bytes(), mutation))
    elif mutation.path.lower().endswith(EXCEL):
        write_whole(file, _workbook(file.read_bytes(), _read(dataset, folder), dataset.sheet, mutation))
    else:
        write_whole(file, _text(file.read_bytes(), _read(dataset, folder), dataset, mutation))


def _text(data: bytes, cells: Cells, dataset: Dataset, mutation: Mutation) -> str:
    text = data.decode(dataset.encoding) if dataset.encoding else decoded(data, mutation.path, "")
    delimiter = dataset.delimiter.replace("\\t", "\t") or (
        "\t" if mutation.path.lower().endswith((".tsv", ".tab")) else ","
    )
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    rows[mutation.row - 1][list(cells.frame.columns).index(mutation.column)] = mutation.after
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", delimiter=delimiter).writerows(rows)
    return out.getvalue()


def _value(text: str, like: Any) -> Any:
    """Return a text as a value of the kind of another."""
    if isinstance(like, bool):
        return text == "true"
    if isinstance(like, int | float) and _is_number(text):
        return float(text) if "." in text or isinstance(like, float) else int(text)
    return text or None


def _parquet(data: bytes, mutation: Mutation) -> bytes:
    """Return a Parquet file with the changed cell; a number that its column cannot hold makes it a column of
    other numbers.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(pa.BufferReader(data))
    place = next(number for number, name in enumerate(table.column_names) if name.strip() == mutation.column)
    values = table.column(place).to_pylist()
    like = next((value for value in values if value is not None), "")
    values[mutation.row - 1] = _value(mutation.after, like)
    kind = table.schema.field(place).type
    try:
        changed = pa.array(values, type=kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        changed = pa.array([None if value is None else str(value) for value in values])
    sink = pa.BufferOutputStream()
    pq.write_table(table.set_column(place, table.column_names[place], changed), sink)
    return sink.getvalue().to_pybytes()


def _workbook(data: bytes, cells: Cells, sheet: str, mutation: Mutation) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    page = book[sheet] if sheet else book.worksheets[0]
    cell = page.cell(mutation.row, list(cells.frame.columns).index(mutation.column) + 1)
    cell.value = _value(mutation.after, cell.value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
