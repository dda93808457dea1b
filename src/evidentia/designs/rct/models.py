"""Differences between arms: analysis of covariance with robust errors, by cluster, and a mixed model."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from statsmodels.regression.mixed_linear_model import MixedLM

from evidentia.core.errors import EvidentiaError
from evidentia.designs.inference.clusters import Array, Clusters, cr2
from evidentia.designs.inference.wald import NOISE, NOT_AVAILABLE, scale_of, wald
from evidentia.designs.rct.people import Trial

NEGLIGIBLE = (
    1e-9  # of a column's length that the columns before it leave; below this it says nothing of its own
)

LEAST_SHARE = 1e-7  # of the variance between clusters; below it the search has run to its bound of 0


@dataclass(frozen=True)
class Matrix:
    """The design matrix of those analysed; the last columns are the arms other than the control."""

    y: Array
    X: Array
    arms: int
    clusters: Clusters | None

    def contrast(self, arm: int) -> Array:
        """Return the contrast of an arm (from 0) with the control."""
        found = np.zeros(self.X.shape[1])
        found[self.X.shape[1] - self.arms + arm] = 1.0
        return found


def matrix(trial: Trial, *, adjusted: bool = True) -> Matrix:
    """Return the matrix with an intercept, what is adjusted for, centred, and the arms.

    Columns that others before them give are left out.

    Raises
    ------
    EvidentiaError
        If the arms are no different from what is adjusted for, or people are no more than columns.
    """
    who = trial.analysed
    rows = int(who.sum())
    extra = trial.adjusting() if adjusted else np.empty((rows, 0))
    extra = extra - extra.mean(axis=0)
    arms = np.column_stack([arm.assigned[who].astype(float) for arm in trial.arms[1:]])
    X = np.column_stack([np.ones(rows), extra, arms])
    kept = independent_columns(X)
    if not kept[-arms.shape[1] :].all():
        raise EvidentiaError(
            "the arms cannot be told apart from what they are adjusted for",
            where=trial.table.path,
            remedy="take out the covariate or stratum that has one value in an arm and another in the rest",
        )
    if rows <= kept.sum():
        alone = kept.sum() == 1 + arms.shape[1]
        raise EvidentiaError(
            f"{rows} people cannot carry {int(kept.sum())} coefficients",
            where=trial.table.path,
            remedy="compare arms of several people each" if alone else "adjust for fewer columns",
        )
    return Matrix(trial.outcome[who], X[:, kept], arms.shape[1], trial.clusters_of(who))


def independent_columns(X: Array) -> np.typing.NDArray[np.bool_]:
    """Tell which columns those before them do not give."""
    lengths = np.linalg.norm(X, axis=0)
    scaled = X / np.where(lengths > 0, lengths, 1.0)
    left = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))
    return np.concatenate([left, np.zeros(X.shape[1] - len(left))]) > NEGLIGIBLE


def constant_arm(trial: Trial) -> bool:
    """Tell whether the outcome is the same for all of an arm, so that its spread is not known."""
    return any(float(np.ptp(trial.outcome[trial.analysed & arm.assigned])) == 0.0 for arm in trial.arms)


def on_the_lines(data: Matrix) -> bool:
    """Tell whether all outcomes lie on the lines of the model but for rounding, so that no error is known."""
    beta, *_ = np.linalg.lstsq(data.X, data.y, rcond=None)
    return bool(np.std(data.y - data.X @ beta) <= NOISE * scale_of(data.y))


def ancova(data: Matrix, arm: int, confidence: float, *, classical: bool = False) -> dict[str, float]:
    """Return a difference by least squares; errors HC2, as ``vcovHC(type = "HC2")`` of the R package
    sandwich, or classical, as if the outcome varied alike in all arms; t with n − k df.
    """
    inverse = np.linalg.inv(data.X.T @ data.X)
    beta = inverse @ (data.X.T @ data.y)
    residuals = data.y - data.X @ beta
    df = len(data.y) - data.X.shape[1]
    if on_the_lines(data):
        return wald(float(data.contrast(arm) @ beta), 0.0, confidence, df, scale_of(data.y)) | {"df": df}
    if classical:
        contrast = data.contrast(arm)
        variance = float(residuals @ residuals / df * (contrast @ inverse @ contrast))
    else:
        leverage = np.einsum("ij,jk,ik->i", data.X, inverse, data.X)
        direction = data.X @ (inverse @ data.contrast(arm))
        free = 1 - leverage > 1e-10  # a person whom a column of their own fits exactly has no residual
        variance = float(np.sum(direction[free] ** 2 * residuals[free] ** 2 / (1 - leverage[free])))
    return wald(float(data.contrast(arm) @ beta), math.sqrt(variance), confidence, df, scale_of(data.y)) | {
        "df": df
    }


def by_cluster(data: Matrix, arm: int, confidence: float) -> dict[str, float]:
    """Return a difference by least squares with CR2 errors and Satterthwaite's degrees of freedom."""
    assert data.clusters is not None
    estimate, error, df = cr2(data.y, data.X, np.ones(len(data.y)), data.clusters, data.contrast(arm))
    return wald(estimate, error, confidence, df, scale_of(data.y)) | {"df": df}


def mixed(data: Matrix, arm: int, confidence: float, df: float) -> dict[str, float]:
    """Return a difference by a linear model with a random intercept by cluster (REML); no value where it does
    not converge.
    """
    fit = _fit_mixed(data)
    if fit is None:
        return NOT_AVAILABLE
    contrast = data.contrast(arm)
    error = math.sqrt(
        float(contrast @ _covariance(data, float(fit.cov_re[0, 0]), float(fit.scale)) @ contrast)
    )
    return wald(float(contrast @ fit.fe_params), error, confidence, df, scale_of(data.y))


def _covariance(data: Matrix, between: float, within: float) -> Array:
    """Return the covariance of the coefficients given the variances, (X'V⁻¹X)⁻¹, as ``lme`` of the R package
    nlme.
    """
    assert data.clusters is not None
    sizes = np.bincount(data.clusters.codes, minlength=data.clusters.number)
    sums = np.column_stack([data.clusters.sums(column) for column in data.X.T])
    shrunk = between / (within + sizes * between)
    information = (data.X.T @ data.X - (sums * shrunk[:, None]).T @ sums) / within
    return np.asarray(np.linalg.inv(information), dtype=float)


@dataclass(frozen=True)
class Components:
    """Variance between clusters and within, of the outcome given the arm alone."""

    between: float
    within: float

    @property
    def total(self) -> float:
        """Their sum."""
        return self.between + self.within

    @property
    def icc(self) -> float:
        """Share of the variance that lies between clusters."""
        return self.between / self.total if self.total > 0 else math.nan


def components(trial: Trial) -> Components:
    """Return the variance of the outcome within arms: pooled, and with clusters that of a mixed model of the
    arms alone.
    """
    data = matrix(trial, adjusted=False)
    if on_the_lines(data):
        return Components(0.0, 0.0)
    beta, *_ = np.linalg.lstsq(data.X, data.y, rcond=None)
    residuals = data.y - data.X @ beta
    if data.clusters is None:
        return Components(0.0, float(residuals @ residuals) / (len(data.y) - data.X.shape[1]))
    between = _between_clusters(data)
    if between < 1:
        return Components(math.nan, math.nan)
    if alike_in_clusters(data):  # all of the variance lies between clusters
        one_each = np.unique(data.clusters.codes, return_index=True)[1]
        beta, *_ = np.linalg.lstsq(data.X[one_each], data.y[one_each], rcond=None)
        gaps = data.y[one_each] - data.X[one_each] @ beta
        return Components(float(gaps @ gaps) / between, 0.0)
    fit = _fit_mixed(data)
    if fit is None:
        return Components(math.nan, math.nan)
    found = Components(float(fit.cov_re[0, 0]), float(fit.scale))
    return found if found.icc > LEAST_SHARE else Components(0.0, found.total)


def _between_clusters(data: Matrix) -> int:
    """Return how many differences between clusters the arms leave: 0 where each arm is one cluster."""
    assert data.clusters is not None
    of_clusters = np.eye(data.clusters.number)[data.clusters.codes]
    both = np.column_stack([data.X, of_clusters])
    return int(np.linalg.matrix_rank(both)) - int(np.linalg.matrix_rank(data.X))


def alike_in_clusters(data: Matrix) -> bool:
    """Tell whether people of one cluster have outcomes on the same lines but for rounding, so that the
    likelihood of a mixed model has no maximum.
    """
    if data.clusters is None:
        return False
    sizes = data.clusters.sums(np.ones(len(data.y)))

    def within(values: Array) -> Array:
        return values - (data.clusters.sums(values) / sizes)[data.clusters.codes]  # type: ignore[union-attr]

    X, y = np.column_stack([within(column) for column in data.X.T]), within(data.y)
    beta, *_ = np.linalg.lstsq(X, y, rcond=None)
    return bool(np.std(y - X @ beta) <= NOISE * scale_of(data.y)) and data.clusters.number < len(data.y)


def _fit_mixed(data: Matrix) -> Any:
    """Return statsmodels' fit, or None: the outcome does not vary, in all or within clusters, or the
    likelihood has no maximum that is found.
    """
    assert data.clusters is not None
    if on_the_lines(data) or alike_in_clusters(data) or data.clusters.number == len(data.y):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance of 0 between clusters is said by the icc
        try:
            fit = MixedLM(data.y, data.X, data.clusters.codes).fit(
                reml=True, method=["bfgs", "lbfgs", "powell"]
            )
        except np.linalg.LinAlgError:
            return None
    return fit if fit.converged else None
