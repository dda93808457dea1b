"""Missing outcomes and covariates by multiple imputation: chained equations with predictive mean matching,
through statsmodels.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.table import DataTable
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.ipw.terms import is_text

FIRST, BETWEEN = 10, 5  # rounds before the first imputed data set, and from one to the next


@dataclasses.dataclass(frozen=True)
class Imputed:
    """Data sets in which missing values are filled in, each in another way that the data allow.

    Attributes
    ----------
    tables : list of DataTable
    counts : dict of str to int
        Column to how many of its values are imputed; those with none are left out.
    outcome : array of bool
        Whose outcome is imputed.
    """

    tables: list[DataTable]
    counts: dict[str, int]
    outcome: Any


def impute(settings: IpwSettings, table: DataTable) -> Imputed:
    """Fill in missing values as often as the settings ask.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a column without any value, or a category of more than two levels with missing values.
    """
    from statsmodels.imputation.mice import MICEData

    assert settings.imputation is not None
    columns = _columns(settings, table)
    frame = table.frame[columns]
    counts = {name: int(missing) for name, missing in frame.isna().sum().items() if missing}
    outcome = frame[settings.outcome].isna().to_numpy()
    if not counts:
        return Imputed([table] * settings.imputation.m, {}, outcome)
    raise_all([*_faults(frame, table), *_unknown_in_a_group(settings, frame, table)])
    numbers, levels = _as_numbers(frame)
    chained = MICEData(numbers, rng=np.random.default_rng(settings.imputation.seed))
    tables = []
    for index in range(settings.imputation.m):
        try:
            chained.update_all(BETWEEN if index else FIRST)
        except np.linalg.LinAlgError:
            raise EvidentiaError(
                "the known values do not tell what the missing ones may be",
                where=table.where(column=", ".join(counts)),
                remedy="leave out columns that have few values, or that others give",
            ) from None
        filled = table.frame.copy()
        for name in counts:
            values = chained.data[_safe(columns.index(name))].to_numpy()
            filled[name] = [levels[name][int(value)] for value in values] if name in levels else values
        tables.append(dataclasses.replace(table, frame=filled))
    return Imputed(tables, counts, outcome)


def _columns(settings: IpwSettings, table: DataTable) -> list[str]:
    """Return the columns that the analysis reads and that may inform what is missing."""
    table.require(settings.treatment, settings.outcome, *settings.covariates, *settings.balance)
    named = [
        name
        for name in map(str, table.frame.columns)
        if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", settings.propensity)
    ]
    return list(
        dict.fromkeys([settings.treatment, settings.outcome, *settings.covariates, *settings.balance, *named])
    )


def _faults(frame: pd.DataFrame, table: DataTable) -> list[EvidentiaError]:
    faults = []
    for name in frame.columns:
        missing, where = frame[name].isna(), table.where(frame.index[frame[name].isna()], str(name))
        known = int((~missing).sum())
        if missing.any() and known <= len(frame.columns) + 1:
            many = f"{known} values, too few" if known else "no value"
            faults.append(
                EvidentiaError(
                    f"'{name}' has {many} to impute others from", where=where, remedy="leave the column out"
                )
            )
        elif missing.any() and is_text(frame[name]) and frame[name].nunique() > 2:
            remedy = "give those without a value a level of their own, such as unknown"
            what = f"'{name}' is a category of {frame[name].nunique()} levels, which is not imputed"
            faults.append(EvidentiaError(what, where=where, remedy=remedy))
    return faults


def _unknown_in_a_group(settings: IpwSettings, frame: pd.DataFrame, table: DataTable) -> list[EvidentiaError]:
    """Return a fault for each group of which no outcome, or no value of a covariate, is known: one that is
    imputed from the other group alone says nothing of how they differ.
    """
    return [
        EvidentiaError(
            f"no {'outcome' if name == settings.outcome else f'value of {name}'} is known of those with"
            f" {settings.treatment} = {value}",
            where=table.where(frame.index[frame[settings.treatment] == value], str(name)),
            remedy="an effect needs values of both groups; nothing can be imputed here",
        )
        for name, missing in frame.drop(columns=settings.treatment).isna().items()
        for value, alone in missing.groupby(frame[settings.treatment]).all().items()
        if alone and not missing.all()
    ]


def _as_numbers(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[Any]]]:
    """Return columns of numbers, named for a formula, and the levels of categories that were coded as 0 and
    1.
    """
    found: dict[str, Any] = {}
    levels: dict[str, list[Any]] = {}
    for place, name in enumerate(frame.columns):
        if not is_text(frame[name]):
            found[_safe(place)] = frame[name].astype(float)
            continue
        known = sorted(frame[name].dropna().unique(), key=str)
        if frame[name].isna().any():
            levels[str(name)] = known
        for index, level in enumerate(known[1:], start=1):
            coded = (frame[name] == level).astype(float).where(frame[name].notna())
            found[_safe(place) if len(known) == 2 else f"{_safe(place)}_{index}"] = coded
    return pd.DataFrame(found).reset_index(drop=True), levels


def _safe(place: int) -> str:
    return f"x{place}"
