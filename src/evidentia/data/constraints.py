"""The constraints of a Table Schema: what a typed column may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.core.years import as_beginning, financial_year, spelt
from evidentia.data.fields import Field, Schema
from evidentia.data.patterns import matches

MOST = 10  # faults of one kind that are said one by one


def constraint_faults(frame: pd.DataFrame, path: str, schema: Schema) -> Iterator[EvidentiaError]:
    """Yield a fault for each value that a constraint or the primary key forbids."""
    for field in schema.fields:
        for wrong, what, remedy in _broken(frame[field.name], field):
            yield from listed(frame[field.name][wrong], path, field.name, what, remedy)
    if schema.primary_key:
        yield from key_faults(frame, path, schema.primary_key)


def _broken(values: pd.Series[Any], field: Field) -> Iterator[tuple[pd.Series[bool], str, str]]:
    """Yield which values break a constraint of a field, what is wrong with them and what is allowed."""
    rules, filled = field.constraints, values.notna()
    sizes = values.map(financial_year) if field.type == "year" and values.dtype == object else values
    if rules.get("required"):
        yield ~filled, "is missing", "fill it in"
    if rules.get("unique"):
        yield (
            values.duplicated(keep=False) & filled,
            "stands more than once",
            "each value may stand once only",
        )
    if "enum" in rules:
        known = [item for value in rules["enum"] for item in {value, str(value), _spelt(value)}]
        yield (
            filled & ~values.isin(known),
            "is not an allowed value",
            "allowed: " + ", ".join(map(str, rules["enum"])),
        )
    if "minimum" in rules:
        yield (
            filled & (sizes < _bound(field, rules["minimum"])),
            "is too small",
            f"allowed: {rules['minimum']} or more",
        )
    if "maximum" in rules:
        yield (
            filled & (sizes > _bound(field, rules["maximum"])),
            "is too large",
            f"allowed: {rules['maximum']} or less",
        )
    if "pattern" in rules:
        pattern = rules["pattern"]
        told = values[filled].unique()
        fits = dict(zip(told, matches(pattern, [str(value) for value in told]), strict=True))
        yield (
            filled & ~values.map(fits).astype("boolean").fillna(True).astype(bool),
            "has the wrong form",
            f"allowed: text that matches {pattern}",
        )
    if "minLength" in rules or "maxLength" in rules:
        lengths = values[filled].astype(str).str.len().reindex(values.index)
        low, high = rules.get("minLength", 0), rules.get("maxLength", float("inf"))
        wrong = filled & ~lengths.between(low, high)
        yield (
            wrong,
            "is too short or too long",
            f"allowed: {low} to {rules.get('maxLength', 'any number of')} characters",
        )


def _spelt(value: Any) -> Any:
    begun = financial_year(str(value))
    return value if begun is None else spelt(begun)


def _bound(field: Field, value: Any) -> Any:
    if field.type == "year":
        value = as_beginning(value)
    return pd.Timestamp(value) if field.type in ("date", "datetime", "yearmonth") else float(value)


def key_faults(frame: pd.DataFrame, path: str, key: Sequence[str]) -> Iterator[EvidentiaError]:
    """Yield a fault for each record that stands more than once by the columns that name it."""
    doubled = frame[frame.duplicated(list(key), keep=False)]
    groups = list(doubled.groupby(list(key), sort=False))
    for values, group in groups[:MOST]:
        rows = ", ".join(str(row) for row in list(group.index)[:MOST])
        named = ", ".join(f"{name} {value}" for name, value in zip(key, values, strict=True))
        yield EvidentiaError(
            f"the record with {named} stands {len(group)} times",
            where=f"{path}, rows {rows}",
            remedy="keep one of them",
        )
    if len(groups) > MOST:
        yield EvidentiaError(
            f"{len(groups) - MOST} more records stand more than once", where=path, remedy="keep one of each"
        )


def listed(
    values: pd.Series[Any], path: str, column: str, wrong: str, remedy: str
) -> Iterator[EvidentiaError]:
    """Yield a fault for each value up to `MOST`, and one that counts the rest."""
    for row, value in list(values.items())[:MOST]:
        shown = "a value" if value is None or value != value else repr(_plain(value))
        yield EvidentiaError(f"{shown} {wrong}", where=f"{path}, row {row}, column {column}", remedy=remedy)
    if len(values) > MOST:
        yield EvidentiaError(
            f"{len(values) - MOST} more values of this kind", where=f"{path}, column {column}", remedy=remedy
        )


def _plain(value: Any) -> str:
    """Return a value as the file writes it: 700, not 700.0."""
    return (
        str(int(value))
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53
        else str(value)
    )
