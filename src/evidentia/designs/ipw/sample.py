"""The sample: treatment, outcome, the propensity's terms and the variables to compare, read and checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.column_checks import covariate_faults, outcome_codes
from evidentia.data.ids import id_texts
from evidentia.data.people import clusters_of, person_faults
from evidentia.data.table import DataTable
from evidentia.data.word_faults import two_words
from evidentia.designs.inference.clusters import Clusters
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.ipw.terms import (
    Terms,
    complete,
    from_covariates,
    from_formula,
)
from evidentia.designs.ipw.variables import Variable, constant, distinct, variables_of


@dataclass(frozen=True)
class Sample:
    """What the estimators need of the data.

    Attributes
    ----------
    treated : array of bool
    outcome : array
    binary : bool
        The outcome is 0 or 1.
    terms : Terms
    variables : list of Variable
    table : DataTable
        For messages.
    clusters : Clusters or None
        Which people belong together.
    """

    treated: Mask
    outcome: Array
    binary: bool
    terms: Terms
    variables: list[Variable]
    table: DataTable
    clusters: Clusters | None = None


def read_sample(settings: IpwSettings, table: DataTable) -> Sample:
    """Read the columns that the settings name.

    Parameters
    ----------
    settings : IpwSettings
    table : DataTable
        One row a person.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a column that is not there, a missing value, a treatment that is neither 1 nor 0,
        an outcome that is not of its type, a covariate with one value, fewer than 2 people in a group.
    """
    also = [name for name in (settings.cluster, settings.id) if name]
    table.require(settings.treatment, settings.outcome, *settings.covariates, *settings.balance, *also)
    if not len(table.frame):
        raise EvidentiaError(
            "there are no people to compare", where=table.path, remedy="give at least 2 in each group"
        )
    coded = [] if settings.propensity.strip() else settings.covariates
    raise_all(covariate_faults(table, [*settings.covariates, *settings.balance], coded=coded))
    roles = {
        settings.treatment: "treatment",
        settings.outcome: "outcome",
        settings.cluster: "cluster",
        settings.id: "id",
    }
    complete(
        table, [settings.treatment, settings.outcome, *also, *settings.covariates, *settings.balance], roles
    )
    _once(settings.id, table)
    treated = _treatment(settings, table)
    outcome, binary = _outcome(settings, table)
    if settings.propensity.strip():
        terms = from_formula(table, settings.propensity)
    else:
        terms = from_covariates(table, list(dict.fromkeys(settings.covariates)))
    compared = list(dict.fromkeys(settings.balance or settings.covariates or terms.variables))
    raise_all(constant(list(dict.fromkeys([*terms.variables, *compared])), table))
    variables = [
        item for column in compared for item in variables_of(column, settings, table, terms.categories)
    ]
    distinct(variables, table)
    return Sample(treated, outcome, binary, terms, variables, table, _clusters(settings.cluster, table))


def _once(column: str, table: DataTable) -> None:
    """Raise if a person stands more than once."""
    if column:
        keep = "keep one row a person; if each row is a different occasion, name the person as 'cluster'"
        raise_all(person_faults(table, column, id_texts(table.frame[column]), keep=keep))


def _clusters(column: str, table: DataTable) -> Clusters | None:
    if not column:
        return None
    codes, found = pd.factorize(clusters_of(table, column))
    return Clusters(codes.astype(np.intp), len(found))


def _treatment(settings: IpwSettings, table: DataTable) -> Mask:
    values = table.binary(settings.treatment)
    wrong = ~values.isin([0, 1])
    if wrong.any():
        found = list(dict.fromkeys(str(value) for value in table.frame[settings.treatment][wrong]))
        raise EvidentiaError(
            f"the treatment is neither 1 (treated) nor 0 (comparator), but {', '.join(map(repr, found[:5]))}",
            where=table.where(table.frame.index[wrong], settings.treatment),
            remedy="code it as 1 and 0,"
            + (
                two_words(table.frame[settings.treatment], settings.treatment)
                or " and take a third group out, or give it an analysis of its own"
            ),
        )
    treated = values.to_numpy(dtype=float) == 1
    for group, count in (("treated", int(treated.sum())), ("comparator", int((~treated).sum()))):
        if count < 2:
            raise EvidentiaError(
                f"there {'is' if count == 1 else 'are'} {count} in the {group} group; an effect needs at"
                " least 2 in each",
                where=table.where(column=settings.treatment),
                remedy=f"check that {settings.treatment} is 1 for the treated and 0 for the comparators",
            )
    return treated


def _outcome(settings: IpwSettings, table: DataTable) -> tuple[Array, bool]:
    """Return the outcome and whether it is binary."""
    answers = table.binary(settings.outcome)
    outcome = answers if answers.notna().all() else table.numeric(settings.outcome)
    other = ~outcome.isin([0, 1])
    if settings.outcome_type is None:
        raise_all(outcome_codes(outcome, settings.outcome, table))
    if settings.outcome_type == "binary" and other.any():
        found = list(dict.fromkeys(f"{value:g}" for value in outcome[other]))
        raise EvidentiaError(
            f"the outcome is not binary: it holds {', '.join(found[:5])}",
            where=table.where(table.frame.index[other], settings.outcome),
            remedy="code it as 1 and 0, or set outcome_type: continuous",
        )
    if not np.isfinite(outcome).all():
        raise EvidentiaError(
            "the outcome is infinite",
            where=table.where(outcome.index[~np.isfinite(outcome)], settings.outcome),
        )
    return outcome.to_numpy(), settings.outcome_type == "binary" or (
        settings.outcome_type is None and not other.any()
    )
