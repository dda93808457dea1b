"""One reader for each kind of data file, used by analysis, scan, mutation and comparison alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.core.text import read_bytes
from evidentia.data import kinds
from evidentia.data.cells import Cells, LeftOut
from evidentia.data.choose import choose
from evidentia.data.cleaning import clean_column
from evidentia.data.dates import days_of_stamps
from evidentia.data.ees import check_layout
from evidentia.data.exports import of_export, refuse_export
from evidentia.data.fields import Schema
from evidentia.data.source import PLAIN, Source


def read_cells(
    file: Path, path: str, schema: Schema | None = None, source: Source = PLAIN, *, whole: bool = False
) -> Cells:
    """Read a file after its kind, without rows that are empty and signs that cannot be seen.

    Parameters
    ----------
    file : Path
    path : str
        As named in the evaluation folder, for messages.
    schema : Schema, optional
        Tells months from days where the file stores dates.
    source : Source
        What config.yaml says of reading it; what it does not say, the schema's resource may.
    whole : bool
        Keep every row and column under its own name, also those that an analysis never sees.
    """
    source = source.over(schema.source) if schema else source
    data, sha256 = read_bytes(file, path)
    cells = _cleaned(_of_kind(data, sha256, path, schema, source), path, source)
    described = bool(source.select or (schema and schema.fields))
    cells = cells if whole else _arranged(cells, path, source, described=described)
    if not len(cells.frame):
        raise EvidentiaError("the file has a header and no rows", where=path, remedy="give at least one row")
    return cells


def _of_kind(data: bytes, sha256: str, path: str, schema: Schema | None, source: Source) -> Cells:
    kind = kinds.kind_of(data, path)
    months = {item.name for item in schema.fields if item.type == "yearmonth"} if schema else set()
    if kind == kinds.ZIP:
        from evidentia.data.archive import member_of

        inside, name = member_of(data, path, source.member)
        return replace(_of_kind(inside, sha256, name, schema, source), sha256=sha256)
    if kind == kinds.PARQUET:
        from evidentia.data.parquet import read_parquet

        return read_parquet(data, sha256, path, months, source)
    if kind == kinds.EXCEL:
        from evidentia.data.workbook import read_sheet

        return read_sheet(data, sha256, path, months, source)
    if kind == kinds.SHEETS:
        from evidentia.data.sheets import read_other_sheet

        return read_other_sheet(data, sha256, path, months, source)
    if kind in (kinds.SPSS, kinds.STATA):
        from evidentia.data.statistical import read_statistical

        return read_statistical(data, sha256, path, kind, source)
    from evidentia.data.delimited import read_delimited

    return read_delimited(data, sha256, path, source)


def _cleaned(cells: Cells, path: str, source: Source) -> Cells:
    """Return the cells without unseen signs and empty rows, and times with a zone as days."""
    columns, count = {}, 0
    for name in cells.frame.columns:
        column, odd = clean_column(cells.frame[name])
        columns[name] = days_of_stamps(column, source.timezone, path)
        count += odd
    frame = pd.DataFrame(columns, index=cells.frame.index)
    empty = pd.Series(True, index=frame.index)
    for name in frame.columns:
        empty &= frame[name].isna() | (frame[name] == "")
        if not empty.any():
            break
    if not empty.any():
        return replace(cells, frame=frame, cleaned=count)
    left = (*cells.left_out, LeftOut("empty rows", list(frame.index[empty])))
    return replace(cells, frame=frame[~empty], cleaned=count, left_out=left)


def _arranged(cells: Cells, path: str, source: Source, *, described: bool) -> Cells:
    """Return the cells as an analysis sees them: in the layout that is named, selected and renamed."""
    cells = replace(cells, layout=source.format)
    if source.format == "ees":
        check_layout(cells.frame, f"{path}{cells.header}")
    elif source.format:
        cells = of_export(cells, path, source)
    else:
        refuse_export(cells.frame, path, described=described)
    return choose(cells, path, source) if source.where or source.select or source.rename else cells
