"""Faults of columns: kinds of values that are mixed, and codes that stand for categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.cleaning import same
from evidentia.data.columns import DATE, ID, MIXED, NUMBER, may_be_codes
from evidentia.data.ids import id_texts
from evidentia.data.number_marks import numbers_of
from evidentia.data.table import DataTable
from evidentia.data.word_faults import of_words

TOTALS = {"total", "totals", "grand total", "subtotal", "sub-total", "sum", "mean", "average"}
"""What a row below a table is called that adds it up, in the form of `same`."""


def mixed_columns(table: DataTable, columns: Iterable[str]) -> list[EvidentiaError]:
    """Return a fault for each of some columns in which numbers and words stand side by side."""
    faults = []
    for name in dict.fromkeys(columns):
        if table.role(name) != MIXED:
            continue
        raw = table.frame[name]
        values = numbers_of(raw).astype(float)
        wrong = raw[raw.notna() & (values.isna() | values.abs().eq(float("inf")))]
        counts = Counter(map(str, wrong))
        shown = ", ".join(f"'{word}' ({count})" for word, count in counts.most_common(5))
        first, last = table.frame.index[0], table.frame.index[-1]
        alone = {first: "units or a second line of headings", last: "a total or a note"}
        what = alone.get(wrong.index[0], "") if len(wrong) == 1 else ""
        faults.append(
            EvidentiaError(
                f"the column '{name}' holds numbers and words: {shown}",
                where=table.where(wrong.index, name),
                remedy=f"{f'if the row holds {what}, take it out; ' if what else ''}{of_words(wrong, name)}",
            )
        )
    return faults


def coded_columns(table: DataTable, columns: Iterable[str]) -> list[EvidentiaError]:
    """Return a fault for each of some columns that nobody described and that may hold codes.

    A slope over codes 1, 2, 3, ... of regions or of ethnic groups means nothing, so the author says what
    they are.
    """
    return [
        EvidentiaError(
            f"the whole numbers from 1 to {table.frame[name].nunique()} may be codes of categories",
            where=table.where(column=name),
            remedy=(
                f'say what they are in data/datapackage.json: {{"name": "{name}", "type": "string"}} for'
                ' categories, "integer" for amounts'
            ),
        )
        for name in dict.fromkeys(columns)
        if table.role(name) == NUMBER
        and not table.columns[name].described
        and may_be_codes(table.frame[name].dropna().astype(float))
    ]


def names_alike(table: DataTable, column: str) -> list[EvidentiaError]:
    """Return faults for a column that names units: a row of totals, and names that differ only by case or
    blanks.
    """
    cells = id_texts(table.frame[column]).dropna()
    forms = {name: same(name) for name in cells.unique()}
    faults = [
        EvidentiaError(
            f"'{name}' is a total and no record of its own",
            where=table.where(cells.index[cells == name], column),
            remedy="take it out, or name the rows that are meant in config.yaml, beside the path (where)",
        )
        for name, form in forms.items()
        if form in TOTALS and len(forms) > 1
    ]
    return [*faults, *spelt_apart(table, [column])]


def spelt_apart(table: DataTable, columns: Iterable[str]) -> list[EvidentiaError]:
    """Return a fault for each of some columns of words in which one name is written in several ways, which
    would count as several groups.
    """
    faults = []
    for column in dict.fromkeys(columns):
        if pd.api.types.is_numeric_dtype(table.frame[column].dtype):
            continue
        cells = id_texts(table.frame[column])
        by_form: dict[str, list[str]] = {}
        for name in cells.value_counts().index:  # the usual way first
            by_form.setdefault(same(name), []).append(name)
        apart = [names for names in by_form.values() if len(names) > 1]
        if apart:
            pairs = [" and ".join(map(repr, names)) for names in apart]
            shown = "; ".join(pairs[:3]) + (f"; and {len(pairs) - 3} more" if len(pairs) > 3 else "")
            others = [name for names in apart for name in names[1:]]
            faults.append(
                EvidentiaError(
                    f"{shown} seem to be one, and differ by capitals, blanks or signs",
                    where=table.where(cells.index[cells.isin(others)], column),
                    remedy="write each name in one way",
                )
            )
    return faults


def covariate_faults(
    table: DataTable, columns: Iterable[str], *, coded: Iterable[str] | None = None
) -> list[EvidentiaError]:
    """Return what is wrong with columns that people are compared by: numbers and words side by side, codes
    that nobody described, dates, ids, one word written in several ways.

    Parameters
    ----------
    table : DataTable
    columns : iterable of str
    coded : iterable of str, optional
        Those among them that enter a model as they are; all unless given.
    """
    columns = list(dict.fromkeys(columns))
    dates = [
        EvidentiaError(
            f"the column '{name}' holds dates, each of which would be a group of its own",
            where=table.where(column=name),
            remedy="give a number in its place, such as age in years or days since the start",
        )
        for name in columns
        if table.role(name) == DATE
    ]
    ids = [
        EvidentiaError(
            f"the column '{name}' holds ids, or numbers with zeros before them",
            where=table.where(column=name),
            remedy=(
                "people cannot be compared by ids; of amounts say so in data/datapackage.json:"
                f' {{"name": "{name}", "type": "integer"}}'
            ),
        )
        for name in columns
        if table.role(name) == ID
    ]
    words = [name for name in columns if table.role(name) not in (MIXED, DATE, ID)]
    return [
        *mixed_columns(table, columns),
        *coded_columns(table, columns if coded is None else coded),
        *dates,
        *ids,
        *spelt_apart(table, words),
    ]


def outcome_codes(outcome: pd.Series[Any], column: str, table: DataTable) -> Iterator[EvidentiaError]:
    """Yield a fault for an outcome that seems to be a code: two values that are not 1 and 0, or 1 and 0 with
    a third for "not known".
    """
    values = sorted(outcome.unique())
    third = [value for value in values if value not in (0, 1)]
    if (
        len(values) < 2
        or not third
        or any(value % 1 for value in values)
        or outcome.abs().eq(float("inf")).any()
    ):
        return
    if len(values) <= 2 or (
        {0, 1} <= set(values) and len(third) <= 2 and all(abs(value) >= 8 or value < 0 for value in third)
    ):
        shown = ", ".join(f"{value:g}" for value in values)
        rows = outcome.index[outcome.isin(third)] if len(values) > 2 else []
        missing = ", ".join(f'"{value:g}"' for value in third)
        yield EvidentiaError(
            f"the outcome has the values {shown}, which may be codes",
            where=table.where(rows, column),
            remedy="code it as 1 and 0"
            + (
                f", and declare what is not known in data/datapackage.json (missingValues: {missing})"
                if len(values) > 2
                else ""
            )
            + "; or, if they are amounts, say outcome_type: continuous",
        )
