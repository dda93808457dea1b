"""Columns typed after a Table Schema, or by their content where there is none, with every fault of a file in
one go.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.cells import Cells, as_texts
from evidentia.data.columns import Column, infer, typed
from evidentia.data.constraints import listed
from evidentia.data.dates import how_to_write
from evidentia.data.fields import Field, Schema
from evidentia.data.source import Source


def inferred_columns(cells: Cells, source: Source) -> dict[str, Column]:
    """Return the columns of a file without a schema."""
    return {name: infer(_pointed(cells.frame[name], source.decimal)) for name in cells.frame.columns}


def _pointed(cells: pd.Series[Any], decimal: str) -> pd.Series[Any]:
    """Return a column with a point before decimals, where every filled cell is then a number."""
    if decimal in ("", ".") or pd.api.types.is_numeric_dtype(cells.dtype):
        return cells
    pointed = cells.str.replace(decimal, ".", regex=False)
    filled = pointed[pointed != ""]
    return (
        pointed
        if pd.to_numeric(filled, errors="coerce").notna().all()
        and not cells.str.contains(".", regex=False).any()
        else cells
    )


def typed_columns(cells: Cells, path: str, schema: Schema, source: Source) -> dict[str, Column]:
    """Return the columns after their fields, or say of all of them what is wrong."""
    raw = cells.frame
    raise_all(_names_fit(cells, path, schema, source))
    faults: list[EvidentiaError] = []
    columns = {}
    for item in schema.fields:
        if item.name not in raw.columns:
            continue
        written = raw[item.name]
        if item.name in cells.coded and item.type in ("integer", "number", "year"):
            written = cells.coded[item.name]
        column = typed(
            written, item, schema.missing_values, stored_dates=cells.stored_dates, decimal=source.decimal
        )
        columns[item.name] = replace(column, described=True)
        if column.wrong is not None and column.wrong.any():
            texts = as_texts(written)[column.wrong]
            faults += listed(texts, path, item.name, f"is not {_ARTICLES[item.type]}", _form(item, texts))
    raise_all(faults)
    described = {item.name for item in schema.fields}
    return columns | {name: infer(raw[name]) for name in raw.columns if name not in described}


def _names_fit(cells: Cells, path: str, schema: Schema, source: Source) -> list[EvidentiaError]:
    """Return a fault for each field without a column, and one for all columns without a field."""
    names = [item.name for item in schema.fields]
    kept = cells.frame.columns
    may_lack = source.select or schema.match in ("superset", "partial")
    absent = [] if may_lack else [name for name in names if name not in kept]
    spare = [str(name) for name in kept if name not in names]
    faults = [
        EvidentiaError(
            f"the column '{name}' is missing",
            where=path,
            remedy=f"add it, or rename a column; {did_you_mean(name, spare)}",
        )
        for name in absent
    ]
    if spare and not source.select and schema.match not in ("subset", "partial"):
        one = len(spare) == 1
        faults.append(
            EvidentiaError(
                (
                    f"the column '{spare[0]}' is not in the schema"
                    if one
                    else f"{len(spare)} columns are not in the schema: {', '.join(spare)}"
                ),
                where=f"{path}{cells.header}",
                remedy=(
                    f"describe {'it' if one else 'them'} in data/datapackage.json; or keep only what is used"
                    f" in config.yaml: select: [{', '.join(name for name in names if name in kept)}]; or say"
                    ' in the schema that it describes some columns only: "fieldsMatch": ["subset"]'
                )
                + (f"; {did_you_mean(spare[0], names)}" if one else ""),
            )
        )
    return faults


_ARTICLES = {
    "string": "a text",
    "any": "a value",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date",
    "datetime": "a time",
    "yearmonth": "a month",
    "year": "a year",
}
_FORMS = {
    "string": "a text",
    "any": "a value",
    "integer": "a whole number such as 12",
    "number": "a number such as 12.5",
    "boolean": "true or false",
    "date": "a date such as 2019-03-31",
    "datetime": "a time such as 2019-03-31T14:05:00",
    "yearmonth": "a month such as 2019-03",
    "year": "a year such as 2019, or a financial year such as 2018/19 in every row",
}


def _form(item: Field, wrong: pd.Series[Any]) -> str:
    """Say how a cell of the field is to be written."""
    if item.type in ("date", "datetime", "yearmonth"):
        if item.format not in ("default", "excel"):
            return f"write it as the field's format says: {item.format}"
        return (
            how_to_write(list(wrong), item.name).replace("2019-03-31", "2019-03")
            if item.type == "yearmonth"
            else how_to_write(list(wrong), item.name)
        )
    if item.type == "boolean" and (item.true_values[0] != "true" or item.false_values[0] != "false"):
        return f"give {' or '.join((*item.true_values, *item.false_values))}"
    if item.type == "integer" and wrong.str.fullmatch(r"[-+]?\d{19,}").all():
        return "it has more digits than a number keeps: an id has the type string"
    if not item.bare and item.type in ("integer", "number"):
        return f"give {_FORMS[item.type]}, with the same sign beside all numbers, such as £ or %"
    return f"give {_FORMS[item.type]}"
