"""The people of a trial, read and checked: arms, outcomes, clusters, and what is adjusted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.column_checks import covariate_faults, names_alike, outcome_codes, spelt_apart
from evidentia.data.ids import id_texts
from evidentia.data.people import clusters_of, person_faults
from evidentia.data.table import DataTable
from evidentia.data.word_faults import two_words
from evidentia.designs.inference.clusters import Array, Clusters
from evidentia.designs.rct.checks import arm_faults, clusters_across_arms
from evidentia.designs.rct.settings import RctSettings, key_of

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Arm:
    """An arm: its value in the data, its part of ids, its name for readers, and who was assigned to it."""

    level: str
    key: str
    label: str
    assigned: Mask


@dataclass(frozen=True)
class Variable:
    """A column, or one of its levels, before the trial."""

    id: str
    column: str
    label: str
    unit: str
    values: Array


@dataclass(frozen=True)
class Trial:
    """All who were assigned, row by row.

    Attributes
    ----------
    arms : list of Arm
        The control arm first.
    outcome : array
        NaN where it is not known.
    variables : list of Variable
        Baseline and covariates.
    strata : array
        A column for each stratum but the first.
    clusters : Clusters or None
    known, analysed : array of bool
        Who has an outcome, and who has all that the analysis needs.
    """

    table: DataTable
    arms: list[Arm]
    outcome: Array
    variables: list[Variable]
    strata: Array
    clusters: Clusters | None
    known: Mask
    analysed: Mask

    def adjusting(self) -> Array:
        """Return what the difference is adjusted for, one row a person analysed; of levels all but each
        column's first.
        """
        seen, columns = set[str](), []
        for variable in self.variables:
            if variable.unit == "proportion" and variable.column not in seen:
                seen.add(variable.column)
                continue
            columns.append(variable.values[self.analysed])
        rows = int(self.analysed.sum())
        own = np.column_stack(columns) if columns else np.empty((rows, 0))
        return np.column_stack([own, self.strata[self.analysed]])

    def clusters_of(self, mask: Mask) -> Clusters | None:
        """Return the clusters of some people, counted anew."""
        if self.clusters is None:
            return None
        codes, found = pd.factorize(self.clusters.codes[mask])
        return Clusters(codes.astype(np.intp), len(found))


def read_trial(settings: RctSettings, table: DataTable) -> Trial:
    """Return the people of a trial.

    Raises
    ------
    EvidentiaError
        Or `Problems`: somebody without an arm or twice, an unknown arm, an arm without outcome, a cluster in
        two arms.
    """
    needed = [
        settings.arm,
        settings.outcome,
        settings.baseline,
        settings.cluster,
        settings.id,
        *settings.covariates,
        *settings.strata,
    ]
    table.require(*filter(None, needed))
    raise_all(names_alike(table, settings.arm))
    levels = id_texts(table.frame[settings.arm])
    faults = [*arm_faults(settings, table, levels), *spelt_apart(table, settings.strata)]
    if settings.id:
        faults += person_faults(table, settings.id, id_texts(table.frame[settings.id]))
    raise_all(faults)
    listed = [
        settings.control,
        *(level for level in settings.arms or sorted(levels.unique()) if level != settings.control),
    ]
    arms = [
        Arm(level, key_of(level), settings.arms.get(level, level), (levels == level).to_numpy())
        for level in listed
    ]
    outcome = _outcome(settings, table)
    clusters = _clusters(settings, table)
    known = ~np.isnan(outcome)
    raise_all([*_no_outcome(settings, table, arms, known), *clusters_across_arms(settings, table, levels)])
    if "outcome_type" not in settings.model_fields_set:
        amounts = pd.Series(outcome, index=table.frame.index).dropna()
        raise_all(outcome_codes(amounts, settings.outcome, table))
    adjusted = [*filter(None, [settings.baseline]), *settings.covariates]
    raise_all(covariate_faults(table, adjusted, coded=settings.covariates))
    variables = [one for name in adjusted for one in _variables(table, name, settings.labels.get(name, ""))]
    strata, given = _strata(settings, table)
    complete = known & given & np.all([~np.isnan(one.values) for one in variables] or [known], axis=0)
    for arm in arms:
        if not (complete & arm.assigned).any():
            raise EvidentiaError(
                f"nobody of the arm '{arm.level}' has both an outcome and all that it is adjusted for",
                where=table.where(
                    column=", ".join(
                        filter(None, [settings.baseline, *settings.covariates, *settings.strata])
                    )
                ),
                remedy="fill in the baseline, or adjust for fewer columns",
            )
    return Trial(table, arms, outcome, variables, strata, clusters, known, complete)


def _outcome(settings: RctSettings, table: DataTable) -> Array:
    if settings.outcome_type == "continuous":
        return table.numeric(settings.outcome, missing=True).to_numpy(dtype=float)
    raw, values = table.frame[settings.outcome], table.binary(settings.outcome)
    wrong = raw[raw.notna() & values.isna()]
    if len(wrong):
        raise EvidentiaError(
            f"'{wrong.iloc[0]}' is neither yes nor no",
            where=table.where(wrong.index, settings.outcome),
            remedy=(
                "give 1 or 0, yes or no, true or false, or leave the cell empty; or say outcome_type:"
                f" continuous{two_words(raw, settings.outcome)}"
            ),
        )
    return values.to_numpy(dtype=float)


def _no_outcome(
    settings: RctSettings, table: DataTable, arms: list[Arm], known: Mask
) -> Iterator[EvidentiaError]:
    for arm in arms:
        if not (known & arm.assigned).any():
            yield EvidentiaError(
                f"nobody of the arm '{arm.level}' has an outcome",
                where=table.where(table.frame.index[arm.assigned], settings.outcome),
                remedy="fill in the outcomes of the arm; an arm without outcomes cannot be compared",
            )


def _clusters(settings: RctSettings, table: DataTable) -> Clusters | None:
    if not settings.cluster:
        return None
    codes, found = pd.factorize(clusters_of(table, settings.cluster))
    return Clusters(codes.astype(np.intp), len(found))


def _variables(table: DataTable, column: str, label: str) -> Iterator[Variable]:
    """Yield a column of numbers as it is, and one of categories level by level."""
    raw = table.frame[column]
    label = label or column.replace("_", " ").capitalize()
    if pd.api.types.is_numeric_dtype(raw.dtype) and not pd.api.types.is_bool_dtype(raw.dtype):
        yield Variable(
            key_of(column), column, label, "mean", table.numeric(column, missing=True).to_numpy(dtype=float)
        )
        return
    texts = id_texts(raw)
    levels = sorted(texts.dropna().unique())
    if len(levels) > 30:
        raise EvidentiaError(
            f"the column '{column}' holds {len(levels)} different words",
            where=table.where(column=column),
            remedy="adjust for a column of numbers, or one of up to 30 categories",
        )
    for level in levels:
        values = (texts == level).to_numpy(dtype=float)
        values[texts.isna().to_numpy()] = np.nan
        yield Variable(f"{key_of(column)}_{key_of(level)}", column, f"{label}: {level}", "proportion", values)


def _strata(settings: RctSettings, table: DataTable) -> tuple[Array, Mask]:
    """Return a column for each value of the strata but the first, and who has all of them."""
    given, columns = np.ones(len(table.frame), dtype=bool), []
    for column in settings.strata:
        texts = id_texts(table.frame[column])
        given &= texts.notna().to_numpy()
        columns += [(texts == level).to_numpy(dtype=float) for level in sorted(texts.dropna().unique())[1:]]
    return np.column_stack(columns) if columns else np.empty((len(given), 0)), given
