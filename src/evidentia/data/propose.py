"""What to write in config.yaml and in a schema for a file that somebody has just received."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.cells import as_texts
from evidentia.data.columns import DATE, EMPTY, ID, MIXED, NUMBER
from evidentia.data.dates import MOST, format_of, other_order
from evidentia.data.ees import FIXED, is_ees
from evidentia.data.number_marks import numbers_of
from evidentia.data.source import PLAIN, Source
from evidentia.data.survey_programs import EXPORTS, program_of
from evidentia.data.symbols import symbol_of
from evidentia.data.table import DataTable, read_table
from evidentia.data.word_faults import marked_field

FEW = 3  # words in a column of numbers that may be read as "missing"


def read_anything(file: Path) -> tuple[DataTable, Source]:
    """Read a file whatever it is: as a plain table, or in the layout that it shows.

    Parameters
    ----------
    file : Path

    Raises
    ------
    EvidentiaError
        If it is not read in any layout; the message says what to write.
    """
    try:
        table = read_table(file.parent, file.name, None)
        columns = table.frame.columns
        source = Source(format="ees" if is_ees(columns) else program_of(columns))
    except EvidentiaError as error:
        named = [name for name in EXPORTS if f"format: {name}" in error.remedy]
        if not named:
            raise
        source = Source(format=named[0])
    return (read_table(file.parent, file.name, None, source), source) if source != PLAIN else (table, source)


def proposal(table: DataTable, source: Source, path: str) -> tuple[str, dict[str, Any]]:
    """Return an entry for the section ``data`` of config.yaml, and a resource with a schema for
    data/datapackage.json.

    Parameters
    ----------
    table : DataTable
    source : Source
    path : str
        Where the file is to lie in the evaluation folder.
    """
    name = re.sub(r"\W+", "_", Path(path).stem).strip("_").lower() or "data"
    name = name if name[0].isalpha() else f"data_{name}"
    settings = [f"path: {path}"] + ([f"format: {source.format}"] if source.format else [])
    ids = [column for column in table.frame.columns if _names_records(table, column)]
    settings += [f"id: {ids[0]}"] if ids and source.format != "ees" else []
    entry = f"data:\n  {name}: {{{', '.join(settings)}}}"
    fields = [
        _field(table, column)
        for column in table.frame.columns
        if not (source.format == "ees" and column in FIXED)
    ]
    resource = {"name": name, "path": Path(path).relative_to("data").as_posix(), "schema": {"fields": fields}}
    return entry, resource


def _names_records(table: DataTable, column: str) -> bool:
    """Tell whether a column seems to name the records: an id by its form, each of its values once."""
    values = table.frame[column]
    likely = table.role(column) == ID or str(column).lower() in (
        "id",
        "person",
        "case",
        "respondent",
        "responseid",
        "ref",
    )
    return likely and bool(values.notna().all()) and not values.duplicated().any()


def _field(table: DataTable, name: str) -> dict[str, Any]:
    """Return the field that a column seems to be; what a person has to decide is said in its description."""
    column = table.columns[name]
    found: dict[str, Any] = {"name": str(name), "type": "string"}
    values = table.frame[name]
    cells = table.cells
    if cells is not None and name in cells.labels:
        found["title"] = cells.labels[name]
    if column.role == NUMBER:
        whole = pd.api.types.is_integer_dtype(values.dtype) or bool((values.dropna() % 1 == 0).all())
        found["type"] = "integer" if whole else "number"
    elif column.role == MIXED:
        found |= _mixed(values, name)
    elif column.role == DATE:
        found["type"] = (
            "date" if values.dropna().astype(str).str.fullmatch(r"\d{4}-\d\d-\d\d").all() else "string"
        )
    elif column.role != EMPTY:
        texts = [text for text in dict.fromkeys(as_texts(values)) if text][:MOST]
        form = format_of(texts) if column.role != ID else ""
        if form and form not in ("excel", "%Y%m%d"):
            found |= {"type": "date", "format": form}
            if other := other_order(texts, form):
                found["description"] = f"Decide: the day stands first, or the month ({other})?"
    return found


def _mixed(values: pd.Series[Any], name: str) -> dict[str, Any]:
    """Return what to write for numbers with words or signs among them, if one can tell."""
    texts = pd.Series([text for text in dict.fromkeys(as_texts(values)) if text], dtype=object)
    wrong = texts[numbers_of(texts).isna()]
    marked = marked_field(list(wrong), name)
    if marked and len(marked.get("missingValues", ())) <= FEW + 1:
        found = marked
    elif all(symbol_of(word) for word in wrong) or len(wrong) <= FEW:
        found = {"type": "number", "missingValues": ["", *wrong]}
    else:
        return {}
    missing = {"description": "Decide: do these words mean that a value is missing?"}
    return found | (missing if "missingValues" in found else {})
