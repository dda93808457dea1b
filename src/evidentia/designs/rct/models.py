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
from evidentia.designs.inference.wald import NOT_AVAILABLE, scale_of, wald
from evidentia.designs.rct.people import Trial

NEGLIGIBLE = (
    1e-9  # of a column's length that the columns before it leave; below this it says nothing of its own
)


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
        raise EvidentiaError(
            f"{rows} people cannot carry {int(kept.sum())} coefficients",
            where=trial.table.path,
            remedy="adjust for fewer columns",
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


def ancova(data: Matrix, arm: int, confidence: float, *, classical: bool = False) -> dict[str, float]:
    """Return a difference by least squares; errors HC2, as ``vcovHC(type = "HC2")`` of the R package
    sandwich, or classical, as if the outcome varied alike in all arms; t with n − k df.
    """
    inverse = np.linalg.inv(data.X.T @ data.X)
    beta = inverse @ (data.X.T @ data.y)
    residuals = data.y - data.X @ beta
    df = len(data.y) - data.X.shape[1]
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
    if data.clusters is not None:
        fit = _fit_mixed(data)
        return (
            Components(float(fit.cov_re[0, 0]), float(fit.scale))
            if fit is not None
            else Components(math.nan, math.nan)
        )
    beta, *_ = np.linalg.lstsq(data.X, data.y, rcond=None)
    residuals = data.y - data.X @ beta
    return Components(0.0, float(residuals @ residuals) / (len(data.y) - data.X.shape[1]))


def _fit_mixed(data: Matrix) -> Any:
    """Return statsmodels' fit, or None: the outcome does not vary, or the likelihood has no maximum that is
    found.
    """
    assert data.clusters is not None
    beta, *_ = np.linalg.lstsq(data.X, data.y, rcond=None)
    if np.std(data.y - data.X @ beta) <= 1e-12 * scale_of(data.y) or data.clusters.number == len(data.y):
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
