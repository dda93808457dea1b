"""Tables read from data files and checked: against a Table Schema, or for what a design asks of a column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, nearest, raise_all
from evidentia.data.cells import Cells
from evidentia.data.cleaning import same
from evidentia.data.columns import Column
from evidentia.data.constraints import MOST, constraint_faults, key_faults
from evidentia.data.described import inferred_columns, typed_columns
from evidentia.data.fields import Schema
from evidentia.data.ids import shortened
from evidentia.data.number_marks import numbers_of
from evidentia.data.prepared import Prepared
from evidentia.data.readers import read_cells
from evidentia.data.source import PLAIN, Source
from evidentia.data.symbols import LOW, official
from evidentia.data.word_faults import no_numbers, of_words

_YES_NO = {"1": 1, "0": 0, "true": 1, "false": 0, "yes": 1, "no": 0, "1.0": 1, "0.0": 0}


@dataclass(frozen=True)
class DataTable:
    """A data file as a frame, with what an error message and the ledger need to know of it.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a record, typed after the schema; the index is the row in the file (as a spreadsheet counts,
        or the record's number where a format has no header row).
    path : str
        Path relative to the evaluation folder.
    sha256 : str
        Hash of the bytes that were read.
    minimum_cell : int
        The data set's disclosure policy: a count of people from 1 to one below this is not published.
    rounding : int
        And the counts that are published are rounded to the nearest multiple of this.
    columns : dict of str to Column
        What each column is.
    prepared : Prepared or None
        How a program made it, if one did.
    id : str
        The column that names a record, as config.yaml says.
    cells : Cells or None
        What was read: rows left out, labels, levels.
    """

    frame: pd.DataFrame
    path: str
    sha256: str
    minimum_cell: int = 0
    rounding: int = 0
    columns: dict[str, Column] = field(default_factory=dict, compare=False)
    prepared: Prepared | None = field(default=None, compare=False)
    id: str = field(default="", compare=False)
    cells: Cells | None = field(default=None, compare=False)

    def where(self, rows: Iterable[Any] = (), column: str = "") -> str:
        """Say where something stands: file, rows as the file counts them, and column."""
        numbers = [str(row) for row in rows]
        shown = ", ".join(numbers[:MOST]) + (
            f" and {len(numbers) - MOST} more" if len(numbers) > MOST else ""
        )
        row = f", row{'s' if len(numbers) > 1 else ''} {shown}" if numbers else ""
        return f"{self.path}{row}{f', column {column}' if column else ''}"

    def require(self, *columns: str) -> None:
        """Raise unless every column is there; all that are missing are named in one go."""
        raise_all(
            EvidentiaError(
                f"the column '{column}' is missing", where=self.path, remedy=self.instead_of(column, columns)
            )
            for column in dict.fromkeys(columns)
            if column not in self.frame.columns
        )

    def instead_of(self, column: str, used: Iterable[str] = ()) -> str:
        """Return what to do about a column that is missing: the columns that nothing uses, before a name that
        is only similar.
        """
        spare = [str(name) for name in self.frame.columns if name not in set(used)]
        close = nearest(column, spare)
        shown = ", ".join(spare[:12]) + (", ..." if len(spare) > 12 else "")
        if not spare:
            return "the file has no other column"
        guess = f"; did you mean '{close}'?" if close and _digits(close) == _digits(column) else ""
        return f"columns that are there and not used: {shown}{guess}"

    def role(self, column: str) -> str:
        """Return what a column is, such as ``mixed``; empty where the table was not read from a file."""
        return self.columns[column].role if column in self.columns else ""

    def numeric(self, column: str, *, missing: bool = False) -> pd.Series[Any]:
        """Return a column as floats.

        Parameters
        ----------
        column : str
            Its name.
        missing : bool
            Let empty cells through as NaN; otherwise they are an error.
        """
        self.require(column)
        raw = self.frame[column]
        values = numbers_of(raw).astype(float)
        wrong = raw[(values.isna() & raw.notna()) | values.isin([float("inf"), float("-inf")])]
        if len(wrong):
            raise EvidentiaError(
                no_numbers(wrong),
                where=self.where(wrong.index, column),
                remedy=of_words(wrong, column, alone=not values.notna().any()),
            )
        if not missing and values.isna().any():
            raise EvidentiaError(
                "a value is missing",
                where=self.where(values.index[values.isna()], column),
                remedy="fill it in, or take the row out",
            )
        return values

    def amounts(self, column: str) -> pd.Series[Any]:
        """Return a column as floats, NaN where a cell is empty; in a file of official statistics symbols such
        as c and x are missing, and "low" is 0.
        """
        if self.cells is not None and self.cells.layout == "ees":
            return self.official(column)[0]
        return self.numeric(column, missing=True)

    def official(self, column: str) -> tuple[pd.Series[float], pd.Series[Any], pd.Series[bool]]:
        """Return a column of published numbers, the symbols that stand in it, and which cells are
        percentages.

        Raises
        ------
        EvidentiaError
            For a word that is neither a number nor a known symbol.
        """
        self.require(column)
        values, symbols, percent = official(self.frame[column])
        known = self.columns.get(column)
        if (
            known and known.symbols is not None
        ):  # the schema declares them missing; "low" is a value all the same
            _, marks, _ = official(known.symbols.where(known.symbols != "", None).reindex(self.frame.index))
            values, symbols = values.mask(marks == LOW, 0.0), symbols.where(marks == "", marks)
        raw = self.frame[column]
        wrong = raw[values.isna() & raw.notna() & (symbols == "")]
        if len(wrong):
            raise EvidentiaError(
                no_numbers(wrong), where=self.where(wrong.index, column), remedy=of_words(wrong, column)
            )
        return values, symbols, percent

    def lost_digits(self, column: str) -> list[EvidentiaError]:
        """Return a fault for ids that a spreadsheet has shortened: several of them may look like one."""
        written = self.cells.frame.get(column) if self.cells is not None else None
        if written is None or not shortened(written):
            return []
        what = f"the ids have lost digits in a spreadsheet, which shows long numbers as {written.iloc[0]}"
        remedy = "export the file again without opening it in a spreadsheet, or with the column as text"
        return [EvidentiaError(what, where=self.where(column=column), remedy=remedy)]

    def binary(self, column: str) -> pd.Series[Any]:
        """Return a column of 1 and 0, yes and no, or true and false as floats; NaN for anything else."""
        self.require(column)
        raw = self.frame[column]
        known = {value: _YES_NO.get(same(str(value))) for value in raw.dropna().unique()}
        return raw.map(known).astype(float)


def _digits(name: str) -> str:
    return "".join(sign for sign in name if sign.isdigit())


def read_table(
    folder: Path | str,
    path: str,
    schema: Schema | None,
    source: Source = PLAIN,
    *,
    minimum_cell: int = 0,
    rounding: int = 0,
    prepared: Prepared | None = None,
) -> DataTable:
    """Read a file and check it against its Table Schema, if there is one.

    Parameters
    ----------
    folder : path
        The evaluation folder.
    path : str
        Relative to it.
    schema : Schema, optional
    source : Source
        What config.yaml says of reading the file.
    minimum_cell, rounding : int
        The data set's disclosure policy.
    prepared : Prepared, optional
        How a program made it.

    Raises
    ------
    EvidentiaError
        Or `Problems`: names file, row, column, value and what is allowed.
    """
    cells = read_cells(Path(folder) / path, path, schema, source)
    source = source.over(schema.source) if schema else source
    if schema and schema.fields:
        schema = schema.renamed(dict(source.rename))
        columns = typed_columns(cells, path, schema, source)
        frame = pd.DataFrame(
            {name: column.values for name, column in columns.items()}, index=cells.frame.index
        )
        raise_all(constraint_faults(frame, path, schema.within(frame.columns)))
    else:
        columns = inferred_columns(cells, source)
        frame = pd.DataFrame(
            {name: column.values for name, column in columns.items()}, index=cells.frame.index
        )
    table = DataTable(frame, path, cells.sha256, minimum_cell, rounding, columns, prepared, source.id, cells)
    if source.id:
        _check_id(table, source.id)
    return table


def _check_id(table: DataTable, id: str) -> None:
    """Raise for a record without an id, or one that stands more than once."""
    table.require(id)
    values = table.frame[id]
    raise_all(table.lost_digits(id))
    if values.isna().any():
        raise EvidentiaError(
            "a record has no id",
            where=table.where(values.index[values.isna()], id),
            remedy="give each record its id",
        )
    raise_all(key_faults(table.frame, table.path, [id]))
