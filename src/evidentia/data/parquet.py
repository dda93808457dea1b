"""Data from Parquet files: flat columns only, as the same texts that a CSV file would hold."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.cells import Cells, check_header, months_of
from evidentia.data.package import Schema
from evidentia.data.text import read_bytes, refuse_cells


def read_parquet(file: Path, path: str, schema: Schema | None) -> Cells:
    """Return the cells of a Parquet file; the first record is row 1.

    Raises
    ------
    EvidentiaError
        If it is no Parquet file, has nested columns (lists, structs, maps), or columns of bytes.
    """
    with warnings.catch_warnings():  # the library asks pandas for an option that pandas is giving up
        warnings.simplefilter("ignore")
        from fastparquet import ParquetFile
    data, hashed = read_bytes(file, path)
    try:
        source = ParquetFile(io.BytesIO(data))
        nested = [name for name, element in source.schema.root["children"].items() if element.num_children]
        frame = None if nested else source.to_pandas(index=False)
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise EvidentiaError(
            "not a Parquet file, or a damaged one", where=path, remedy=f"write it again ({type(error).__name__}: {_short(error)})"
        ) from None
    if frame is None:
        some = ", ".join(f"'{name}'" for name in nested[:5])
        raise EvidentiaError(
            f"{'a column is' if len(nested) == 1 else 'columns are'} nested (list, struct or map): {some}",
            where=path,
            remedy="give flat columns, one value a cell: spread a list over rows or columns, and a struct over columns",
        )
    frame.columns = pd.Index([str(name).strip() for name in frame.columns])
    check_header(list(frame.columns), path)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    months = months_of(schema)
    texts = pd.DataFrame({name: _texts(frame[name], path, name in months) for name in frame.columns}, index=frame.index, dtype=object)
    refuse_cells({name: texts[name].items() for name in texts.columns if frame[name].dtype == object}, path)
    return Cells(texts, hashed, header="")


def _texts(column: pd.Series[Any], path: str, month: bool) -> pd.Series[Any]:
    """Return a column as texts; empty where there is no value."""
    filled = column.notna()
    values = column[filled]
    if isinstance(column.dtype, pd.CategoricalDtype):
        values = values.astype(object)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        midnight = (values == values.dt.normalize()).all()
        form = "%Y-%m" if month and midnight and (values.dt.day == 1).all() else "%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M:%S"
        texts = values.dt.strftime(form)
    elif pd.api.types.is_bool_dtype(values.dtype) and len(values):
        texts = values.map({True: "true", False: "false"})
    else:
        for row, value in values.items():
            if isinstance(value, bytes):
                raise EvidentiaError(
                    "a column holds bytes, not text", where=f"{path}, row {row}, column {column.name}", remedy="write it as text"
                )
            break
        texts = values.map(str)
    return texts.astype(object).reindex(column.index, fill_value="")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or "no details"
