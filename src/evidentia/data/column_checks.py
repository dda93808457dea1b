"""Faults of columns: kinds of values that are mixed, and codes that stand for categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.cleaning import same
from evidentia.data.columns import MIXED, NUMBER, may_be_codes
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
    by_form: dict[str, list[str]] = {}
    for name, form in forms.items():
        by_form.setdefault(form, []).append(name)
    for names in by_form.values():
        if len(names) > 1:
            faults.append(
                EvidentiaError(
                    f"{' and '.join(map(repr, names))} seem to be one, and differ by capitals or blanks",
                    where=table.where(cells.index[cells.isin(names[1:])], column),
                    remedy="write the name in one way",
                )
            )
    return faults


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
