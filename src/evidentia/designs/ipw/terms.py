"""The propensity model's terms: columns of numbers from a list of covariates or from a formula."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.column_checks import mixed_columns
from evidentia.data.table import DataTable
from evidentia.designs.ipw.arrays import Array
from evidentia.designs.ipw.formula import refuse_other_code

INTERCEPT = "Intercept"


@dataclass(frozen=True)
class Terms:
    """The columns of the propensity model.

    Attributes
    ----------
    matrix : array of shape (people, terms)
    names : list of str
        Of the terms; the intercept, if there is one, is called `INTERCEPT`.
    variables : list of str
        Columns of the data that they are made of, in the order of their first use.
    categories : set of str
        Those of the variables that enter as categories.
    """

    matrix: Array
    names: list[str]
    variables: list[str]
    categories: set[str]


def is_text(column: pd.Series[Any]) -> bool:
    """Tell whether a column holds text, so that it enters as categories."""
    return not pd.api.types.is_numeric_dtype(column)


def levels(column: pd.Series[Any]) -> list[Any]:
    """Return the values of a column in order; whole numbers as integers."""
    values = sorted(column.dropna().unique(), key=lambda value: (isinstance(value, str), value))
    return [int(value) if isinstance(value, float) and value.is_integer() else value for value in values]


def from_covariates(table: DataTable, covariates: Sequence[str]) -> Terms:
    """Return an intercept and a term for each covariate; a text column gives one for each level but the
    first.
    """
    names, columns = [INTERCEPT], [np.ones(len(table.frame))]
    for name in covariates:
        if name in categories_among(table, [name]):
            for level in levels(table.frame[name])[1:]:
                names.append(f"{name}[{level}]")
                columns.append((table.frame[name] == level).to_numpy(dtype=float))
        else:
            names.append(name)
            columns.append(table.numeric(name).to_numpy())
    return Terms(np.column_stack(columns), names, list(covariates), categories_among(table, covariates))


def categories_among(table: DataTable, names: Sequence[str]) -> set[str]:
    """Return the columns among `names` that hold text.

    A column of many numbers with a few other values is a column of numbers with faults in it, and an error.
    """
    table.require(*names)
    raise_all(mixed_columns(table, names))
    text = {name for name in names if is_text(table.frame[name])}
    for name in text:
        numbers = pd.to_numeric(table.frame[name], errors="coerce")
        if (
            numbers.nunique() > 10
            and numbers.notna().mean() > 0.9
            and table.frame[name].map(type).eq(str).any()
        ):
            table.numeric(name)
    return text


def complete(table: DataTable, columns: Sequence[str], roles: dict[str, str]) -> None:
    """Raise if a value is missing, for every column at once; `roles` says which column is no covariate."""
    faults = []
    for column in dict.fromkeys(columns):
        absent = table.frame[column].isna()
        if absent.any():
            faults.append(
                EvidentiaError(
                    f"the {roles.get(column, 'covariate')} is missing for {int(absent.sum())} of"
                    f" {len(absent)} people",
                    where=table.where(table.frame.index[absent], column),
                    remedy="fill it in, or take the rows out; nobody is left out without your saying so",
                )
            )
    raise_all(faults)


def from_formula(table: DataTable, formula: str) -> Terms:
    """Return the terms of a formula, through formulaic.

    Parameters
    ----------
    table : DataTable
    formula : str
        Right-hand side, such as ``"age + I(age**2) + C(sex)"``.
    """
    from formulaic import Formula
    from formulaic.errors import FormulaicError

    where = "config.yaml, key propensity"
    try:
        parsed = Formula(formula)
    except (FormulaicError, SyntaxError) as error:
        raise EvidentiaError(
            f"the formula '{formula}' cannot be read: {_first_line(error)}", where=where, remedy=_HOW
        ) from None
    if not hasattr(parsed, "required_variables") or type(parsed).__name__ == "StructuredFormula":
        raise EvidentiaError(
            f"the formula '{formula}' has more than a right-hand side",
            where=where,
            remedy="leave out the outcome, ~ and |",
        )
    factors = [factor.expr for term in parsed for factor in term.factors]
    for factor in (factor for term in parsed for factor in term.factors):
        if factor.eval_method.value == "python":  # the others are names and numbers, which are looked up
            refuse_other_code(factor.expr, where)
    found = [_names(expression, table.frame.columns) for expression in factors]
    for unknown in (name for _, names in found for name in names):
        raise EvidentiaError(
            f"the formula '{formula}' has the term '{unknown}', which the data {table.path} lack",
            where=where,
            remedy=did_you_mean(unknown, table.frame.columns),
        )
    variables = list(dict.fromkeys(name for names, _ in found for name in names))
    complete(table, variables, {})
    frame = _ready(table, variables)
    try:
        with np.errstate(all="ignore"):
            built = parsed.get_model_matrix(frame, context={}, na_action="ignore", output="pandas")
    except (FormulaicError, TypeError, ValueError, KeyError) as error:
        remedy = "write a power as I(age**2)" if "^" in formula else _HOW
        raise EvidentiaError(
            f"the formula '{formula}' cannot be computed: {_first_line(error)}", where=where, remedy=remedy
        ) from None
    matrix = built.to_numpy(dtype=float)
    _all_finite(matrix, list(built.columns), table, formula)
    wrapped = {
        name
        for expression in factors
        if re.match(r"C\(", expression)
        for name in _names(expression, table.frame.columns)[0]
    }
    plain = {
        name
        for expression in factors
        if not re.match(r"C\(", expression)
        for name in _names(expression, table.frame.columns)[0]
    }
    many = {name for name in wrapped - plain if frame[name].nunique() > 2}
    return Terms(
        matrix, [str(name) for name in built.columns], variables, categories_among(table, variables) | many
    )


_HOW = "write for example age + I(age**2) + C(sex) + age:C(sex)"


def _first_line(error: BaseException) -> str:
    lines = [
        line
        for line in re.sub(r"\x1b\[[\d;]*m|[\u29da\u29db]", "", str(error)).strip().splitlines()
        if line.strip()
    ]
    return lines[0] if lines else type(error).__name__


def _names(expression: str, columns: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the columns that a factor of a formula uses, and the names that are no
    column and no function.
    """
    if expression in columns:
        return [expression], []
    quoted = re.findall(r"`([^`]+)`", expression)
    bare = re.sub(r"`[^`]+`", "0", expression)
    try:
        tree = ast.parse(bare.strip("{} "), mode="eval")
    except SyntaxError:
        return [name for name in quoted if name in columns], [
            name for name in [*quoted, expression] if name not in columns
        ]
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    owners = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    texts = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Q"
        and isinstance(node.args[0], ast.Constant)
    ]
    used = [
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called | owners
    ]
    named = list(dict.fromkeys([*quoted, *map(str, texts), *used]))
    builtin = {"contr", "True", "False", "None"}
    return [name for name in named if name in columns], [
        name for name in named if name not in columns and name not in builtin
    ]


def _ready(table: DataTable, variables: Sequence[str]) -> pd.DataFrame:
    """Return the variables with numbers as numbers."""
    text = categories_among(table, variables)
    return pd.DataFrame(
        {
            name: table.frame[name].astype(object) if name in text else table.numeric(name)
            for name in variables
        }
    )


def _all_finite(matrix: Array, names: list[str], table: DataTable, formula: str) -> None:
    """Raise if a term has a value that is no number, such as the logarithm of 0."""
    wrong = ~np.isfinite(matrix)
    if wrong.any():
        column = int(np.flatnonzero(wrong.any(axis=0))[0])
        raise EvidentiaError(
            f"the term '{names[column]}' of the formula '{formula}' is no number for"
            f" {int(wrong[:, column].sum())} people",
            where=table.where(table.frame.index[wrong[:, column]]),
            remedy="correct the values, or choose a term that is defined for all",
        )
