"""Tables read from CSV, Parquet or Excel and checked: against a Table Schema, or for what a design asks of a column."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.cells import Cells, read_cells
from evidentia.data.package import Field, Schema

MOST = 10  # faults of one kind that are said one by one


@dataclass(frozen=True)
class DataTable:
    """A data file as a frame, with what an error message and the ledger need to know of it.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a record, typed after the schema; the index is the row in the file (in CSV and Excel the header
        is row 1, in Parquet the first record is).
    path : str
        Path relative to the evaluation folder.
    sha256 : str
        Hash of the bytes that were read.
    minimum_cell : int
        The data set's disclosure policy: a count of people from 1 to one below this is not published.
    rounding : int
        And the counts that are published are rounded to the nearest multiple of this.
    """

    frame: pd.DataFrame
    path: str
    sha256: str
    minimum_cell: int = 0
    rounding: int = 0

    def where(self, rows: Iterable[Any] = (), column: str = "") -> str:
        """Say where something stands: file, rows as the file counts them, and column."""
        numbers = [str(row) for row in rows]
        shown = ", ".join(numbers[:MOST]) + (f" and {len(numbers) - MOST} more" if len(numbers) > MOST else "")
        row = f", row{'s' if len(numbers) > 1 else ''} {shown}" if numbers else ""
        return f"{self.path}{row}{f', column {column}' if column else ''}"

    def require(self, *columns: str) -> None:
        """Raise unless every column is there."""
        for column in columns:
            if column not in self.frame.columns:
                raise EvidentiaError(f"the column '{column}' is missing", where=self.path, remedy=did_you_mean(column, self.frame.columns))

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
        values = pd.to_numeric(raw, errors="coerce").astype(float)
        wrong = raw[(values.isna() & raw.notna()) | values.isin([float("inf"), float("-inf")])]
        if len(wrong):
            raise EvidentiaError(
                f"'{wrong.iloc[0]}' is not a number", where=self.where(wrong.index, column), remedy="give numbers, or leave the cell empty"
            )
        if not missing and values.isna().any():
            raise EvidentiaError(
                "a value is missing", where=self.where(values.index[values.isna()], column), remedy="fill it in, or take the row out"
            )
        return values


def read_table(folder: Path | str, path: str, schema: Schema | None) -> DataTable:
    """Read a file and check it against its Table Schema, if there is one.

    Raises
    ------
    EvidentiaError
        Or `Problems`: names file, row, column, value and what is allowed.
    """
    cells = read_cells(Path(folder) / path, path, schema)
    frame = _typed(cells, path, schema) if schema and schema.fields else _infer(cells.frame)
    return DataTable(frame, path, cells.sha256)


def _infer(raw: pd.DataFrame) -> pd.DataFrame:
    """Turn columns that hold only numbers into numbers; empty cells are missing."""
    frame = raw.copy()
    for name in frame.columns:
        column = frame[name].str.strip()
        column = column.where(column != "")
        numbers = pd.to_numeric(column, errors="coerce")
        frame[name] = numbers if column.notna().any() and numbers.notna().sum() == column.notna().sum() else column.astype(object)
    return frame


def _typed(cells: Cells, path: str, schema: Schema) -> pd.DataFrame:
    raw = cells.frame
    names = [field.name for field in schema.fields]
    absent = [name for name in names if name not in raw.columns]
    if absent:
        spare = [name for name in raw.columns if name not in names]
        raise EvidentiaError(
            f"the column '{absent[0]}' is missing", where=path, remedy=f"add it, or rename a column; {did_you_mean(absent[0], spare)}"
        )
    unknown = [name for name in raw.columns if name not in names]
    if unknown:
        raise EvidentiaError(
            f"the column '{unknown[0]}' is not in the schema",
            where=f"{path}{cells.header}",
            remedy=f"take it out, or describe it in data/datapackage.json; {did_you_mean(unknown[0], names)}",
        )
    faults: list[EvidentiaError] = []
    columns = {}
    for field in schema.fields:
        text = raw[field.name]
        text = text.where(~text.isin(schema.missing_values))
        columns[field.name], wrong = _convert(text, field.type)
        faults += _listed(text[wrong], path, field.name, f"is not {_ARTICLES[field.type]}", f"give {_FORMS[field.type]}")
    raise_all(faults)
    frame = pd.DataFrame(columns, index=raw.index)
    raise_all(_constraint_faults(frame, path, schema))
    return frame


_ARTICLES = {
    "string": "a text", "any": "a value", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "date": "a date", "yearmonth": "a month", "year": "a year",
}  # fmt: skip
_FORMS = {
    "string": "a text", "any": "a value", "integer": "a whole number such as 12", "number": "a number such as 12.5",
    "boolean": "true or false", "date": "a date such as 2019-03-31", "yearmonth": "a month such as 2019-03", "year": "a year such as 2019",
}  # fmt: skip


def _convert(text: pd.Series[Any], kind: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return the typed column and a mask of cells that are not of the type."""
    filled = text.notna()
    if kind in ("integer", "number", "year"):
        values = pd.to_numeric(text, errors="coerce").astype(float)
        wrong = filled & values.isna() | values.isin([float("inf"), float("-inf")])
        if kind != "number":
            wrong |= filled & ~wrong & (values % 1 != 0)
            if not (wrong.any() or values.isna().any()):
                values = values.astype("int64")
        return values, wrong
    if kind == "boolean":
        known = {"true": True, "false": False, "1": True, "0": False}
        values = text.str.lower().map(known)
        return values, filled & values.isna()
    if kind in ("date", "yearmonth"):
        values = pd.to_datetime(text, format="%Y-%m-%d" if kind == "date" else "%Y-%m", errors="coerce")
        return values, filled & values.isna()
    return text.astype(object), ~filled & filled


def _constraint_faults(frame: pd.DataFrame, path: str, schema: Schema) -> list[EvidentiaError]:
    """Check the constraints with pandera and say what it found in our words."""
    faults: list[EvidentiaError] = []
    with _without_hypothesis():
        import pandera.pandas as pa

        checks = pa.DataFrameSchema({field.name: _pandera_column(field) for field in schema.fields}, unique=None)
        try:
            checks.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as error:
            for (column, check), group in error.failure_cases.groupby(["column", "check"], sort=False):
                field = next(item for item in schema.fields if item.name == column)
                values = pd.Series(list(group["failure_case"]), index=list(group["index"]), dtype=object)
                faults += _listed(values, path, str(column), *_constraint_words(field, str(check)))
    if schema.primary_key:
        faults += _key_faults(frame, path, list(schema.primary_key))
    return faults


@contextmanager
def _without_hypothesis() -> Iterator[None]:
    """Let pandera find no hypothesis: where it is installed, pandera loads it for tests that are never run here, which takes longer."""
    absent = sys.modules.setdefault("hypothesis", None) is None  # type: ignore[arg-type]
    try:
        yield
    finally:
        if absent:
            del sys.modules["hypothesis"]


def _pandera_column(field: Field) -> Any:
    import pandera.pandas as pa

    rules = field.constraints
    checks = []
    if "enum" in rules:
        checks.append(pa.Check.isin(rules["enum"], error="enum"))
    if "minimum" in rules:
        checks.append(pa.Check.ge(_bound(field, rules["minimum"]), error="minimum"))
    if "maximum" in rules:
        checks.append(pa.Check.le(_bound(field, rules["maximum"]), error="maximum"))
    if "pattern" in rules:
        checks.append(pa.Check.str_matches(f"^(?:{rules['pattern']})$", error="pattern"))
    if "minLength" in rules or "maxLength" in rules:
        checks.append(pa.Check.str_length(rules.get("minLength"), rules.get("maxLength"), error="length"))
    return pa.Column(checks=checks, nullable=not rules.get("required", False), unique=bool(rules.get("unique", False)))


def _bound(field: Field, value: Any) -> Any:
    return pd.Timestamp(value) if field.type in ("date", "yearmonth") else value


def _constraint_words(field: Field, check: str) -> tuple[str, str]:
    """Return what is wrong with a value and what is allowed, for a constraint that failed."""
    rules = field.constraints
    if check.startswith("not_nullable"):
        return "is missing", "fill it in"
    if check.startswith("field_uniqueness"):
        return "stands more than once", "each value may stand once only"
    if check == "enum":
        return "is not an allowed value", "allowed: " + ", ".join(map(str, rules["enum"]))
    if check == "minimum":
        return "is too small", f"allowed: {rules['minimum']} or more"
    if check == "maximum":
        return "is too large", f"allowed: {rules['maximum']} or less"
    if check == "pattern":
        return "has the wrong form", f"allowed: text that matches {rules['pattern']}"
    return "is too short or too long", f"allowed: {rules.get('minLength', 0)} to {rules.get('maxLength', 'any number of')} characters"


def _key_faults(frame: pd.DataFrame, path: str, key: Sequence[str]) -> Iterator[EvidentiaError]:
    doubled = frame[frame.duplicated(list(key), keep=False)]
    for values, group in list(doubled.groupby(list(key), sort=False))[:MOST]:
        rows = ", ".join(str(row) for row in list(group.index)[:MOST])
        named = ", ".join(f"{name} {value}" for name, value in zip(key, values, strict=True))
        yield EvidentiaError(f"the record with {named} stands {len(group)} times", where=f"{path}, rows {rows}", remedy="keep one of them")


def _listed(values: pd.Series[Any], path: str, column: str, wrong: str, remedy: str) -> list[EvidentiaError]:
    """One fault for each value up to `MOST`, and one that counts the rest."""
    faults = [
        EvidentiaError(
            f"{'a value' if _absent(value) else repr(str(value))} {wrong}", where=f"{path}, row {row}, column {column}", remedy=remedy
        )
        for row, value in list(values.items())[:MOST]
    ]
    if len(values) > MOST:
        faults.append(EvidentiaError(f"{len(values) - MOST} more values of this kind", where=f"{path}, column {column}", remedy=remedy))
    return faults


def _absent(value: Any) -> bool:
    return value is None or value != value
