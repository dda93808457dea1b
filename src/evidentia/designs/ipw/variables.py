"""What is compared between the groups: columns of numbers, and levels of categories."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.ipw.arrays import Array
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.ipw.terms import (
    categories_among,
    levels,
)


@dataclass(frozen=True)
class Variable:
    """A variable to compare between the groups: a column of numbers, or one level of a category.

    Attributes
    ----------
    id : str
        Part of number ids: the column's name, and the level's after ``_``.
    label : str
    values : array
    unit : str
        ``proportion`` for 0 and 1, otherwise ``mean``.
    column : str
        In the data.
    """

    id: str
    label: str
    values: Array
    unit: str
    column: str


def constant(columns: list[str], table: DataTable) -> list[EvidentiaError]:
    """Return a fault for each covariate that has one value only."""
    return [
        EvidentiaError(
            f"the covariate '{column}' has one value only, {table.frame[column].iloc[0]}",
            where=table.where(column=column),
            remedy="take it out of the covariates; what does not vary cannot be compared",
        )
        for column in columns
        if table.frame[column].nunique() == 1
    ]


def variables_of(
    column: str, settings: IpwSettings, table: DataTable, categories: set[str]
) -> list[Variable]:
    """Return a column as one variable, or as one for each of its levels."""
    label = settings.label(column)
    if column not in categories and not categories_among(table, [column]):
        values = table.numeric(column).to_numpy()
        return [
            Variable(
                safe(column),
                label,
                values,
                "proportion" if np.isin(values, (0.0, 1.0)).all() else "mean",
                column,
            )
        ]
    return [
        Variable(
            safe(f"{column}_{level}"),
            f"{label}: {level}",
            (table.frame[column] == level).to_numpy(dtype=float),
            "proportion",
            column,
        )
        for level in levels(table.frame[column])
    ]


def safe(name: str) -> str:
    """Return a name as a part of a number id: letters, digits, ``_`` and ``-``."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name.strip()) or "_"


def distinct(variables: list[Variable], table: DataTable) -> None:
    """Raise if two variables would have one id."""
    seen: dict[str, str] = {}
    for variable in variables:
        if variable.id in seen:
            raise EvidentiaError(
                f"'{seen[variable.id]}' and '{variable.label}' would both have the number id '{variable.id}'",
                where=table.path,
                remedy="rename a column or a level",
            )
        seen[variable.id] = variable.label
