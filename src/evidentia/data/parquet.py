"""Data from Parquet files: flat columns only, read by Arrow."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.core.text import refuse_cells
from evidentia.data.cells import Cells
from evidentia.data.header import check_header, names_of
from evidentia.data.limits import check_size
from evidentia.data.source import Source

EXACT = 2**53  # whole numbers beyond this have no exact floating point form
_INDEX = re.compile(r"__index_level_\d+__")


def read_parquet(data: bytes, sha256: str, path: str, months: set[str], source: Source) -> Cells:
    """Return the cells of a Parquet file; the first record is row 1.

    Raises
    ------
    EvidentiaError
        If it is no Parquet file, is too large, has nested columns (lists, structs, maps), or columns of
        bytes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        check_size(file.metadata.num_rows, len(file.schema_arrow.names), path)
        fields = [item for item in file.schema_arrow if not _INDEX.fullmatch(item.name)]
        nested = [item.name for item in fields if pa.types.is_nested(item.type)]
        table = None if nested else file.read([item.name for item in fields])
        if table is not None:
            table.validate(full=True)
    except EvidentiaError:
        raise
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise EvidentiaError(
            "not a Parquet file, or a damaged one",
            where=path,
            remedy=f"write it again ({type(error).__name__}: {_short(error)})",
        ) from None
    if table is None:
        some = ", ".join(f"'{name}'" for name in nested[:5])
        raise EvidentiaError(
            f"{'a column is' if len(nested) == 1 else 'columns are'} nested (list, struct or map): {some}",
            where=path,
            remedy=(
                "give flat columns, one value a cell: spread a list over rows or columns, and a struct over"
                " columns"
            ),
        )
    header = names_of(table.column_names)
    check_header(header, path)
    index = pd.RangeIndex(1, table.num_rows + 1, name="row")
    columns = {
        name: _column(table.column(place), f"{path}, column {name}", name in months)
        for place, name in enumerate(header)
    }
    frame = pd.DataFrame({name: values.set_axis(index) for name, values in columns.items()}, index=index)
    texts = {name: frame[name] for name in header if not pd.api.types.is_numeric_dtype(frame[name].dtype)}
    refuse_cells(
        {
            name: zip(column.index, column, strict=True)
            for name, column in texts.items()
            if column.dtype == "str"
        },
        path,
    )
    return Cells(frame, sha256, 0, stored_dates=True)


def _column(values: Any, where: str, month: bool) -> pd.Series[Any]:
    """Return a column of numbers as numbers, of times with a zone as such, and any other as texts."""
    import pyarrow as pa

    kind = values.type
    if pa.types.is_dictionary(kind):
        return _column(values.cast(kind.value_type), where, month)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        raise EvidentiaError("a column holds bytes, not text", where=where, remedy="write it as text")
    if pa.types.is_floating(kind):
        return values.cast(pa.float64()).to_pandas()
    if pa.types.is_integer(kind):
        return _whole(values)
    if pa.types.is_boolean(kind):
        return values.to_pandas().map({True: "true", False: "false"}).astype(object).fillna("")
    if pa.types.is_timestamp(kind) and kind.tz:
        return values.cast(pa.timestamp("us", tz=kind.tz), safe=False).to_pandas()
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _dates(values.cast(pa.timestamp("us"), safe=False).to_pandas(), month)
    if pa.types.is_null(kind):
        return pd.Series([""] * len(values), dtype=object)
    return values.cast(pa.string()).to_pandas().astype("str").fillna("")


def _whole(values: Any) -> pd.Series[Any]:
    """Return whole numbers, as texts where there are gaps and a number has no exact floating point form."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not values.null_count:
        return values.to_pandas()
    ends = pc.min_max(values).as_py()
    if ends["min"] is not None and max(abs(ends["min"]), abs(ends["max"])) > EXACT:
        return values.cast(pa.string()).to_pandas().astype("str").fillna("")
    return values.cast(pa.float64()).to_pandas()


def _dates(stamps: pd.Series[Any], month: bool) -> pd.Series[Any]:
    """Return dates as texts: days where no time is given, months where all are the first of one and a month
    is asked for.
    """
    filled = stamps.dropna()
    midnight = (filled == filled.dt.normalize()).all()
    first = month and midnight and (filled.dt.day == 1).all()
    form = "%Y-%m" if first else "%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M:%S"
    return stamps.dt.strftime(form).astype(object).fillna("")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or "no details"
