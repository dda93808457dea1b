"""The test of the time before the start, as ``att_gt`` of the R package did makes it: all effects before the
start are 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidentia.designs.did.panel import Panel
from evidentia.designs.did.periods import NEVER
from evidentia.designs.inference.clusters import Clusters

Array = NDArray[np.float64]
Test = tuple[float, int, float]
CLUSTERS_EACH = 3  # for each effect that is tested, or the test is not made
UNTESTED: Test = (np.nan, 0, np.nan)


def pre_trend_test(
    panel: Panel, comparison: str, cells: dict[tuple[int, int], float], *, by_cluster: bool
) -> Test:
    """Return Wald's statistic, degrees of freedom and p-value of the effects on each group in each period
    before its start.

    Parameters
    ----------
    panel : Panel
        Balanced.
    comparison : {"never_treated", "not_yet_treated"}
    cells : dict of (group, period) to float
        The effects.
    by_cluster : bool
        Whether influences are summed by cluster, with the factor G/(G-1).
    """
    before = sorted(cell for cell, effect in cells.items() if cell[1] < cell[0] and np.isfinite(effect))
    number = panel.units["cluster"].nunique()
    if not before or not panel.balanced or number < CLUSTERS_EACH * len(before):
        return np.nan, len(before), np.nan
    units = panel.units
    outcome = panel.frame["y"].to_numpy(dtype=float).reshape(len(units), -1)
    first = units["first"].to_numpy()
    influences = np.column_stack(
        [_influence(panel, outcome, first, comparison, group, time) for group, time in before]
    )
    factor = 1.0
    if by_cluster:
        codes = np.unique(units["cluster"], return_inverse=True)[1].ravel()
        clusters = Clusters(codes, int(codes.max()) + 1)
        influences = np.column_stack([clusters.sums(column) for column in influences.T])
        factor = clusters.factor
    return wald_test(np.array([cells[cell] for cell in before]), influences.T @ influences * factor, number)


def wald_test(effects: Array, covariance: Any, clusters: int) -> Test:
    """Return the statistic, degrees of freedom and p-value of effects that are all 0.

    There is none where the effects are not independent, or where there are few clusters for so many: their
    covariances are then hardly known, and the test finds differences where there are none.
    """
    from scipy import stats

    matrix = np.asarray(covariance, dtype=float)
    if clusters < CLUSTERS_EACH * len(effects) or not (
        np.isfinite(matrix).all() and np.isfinite(effects).all()
    ):
        return np.nan, len(effects), np.nan
    size = np.sqrt(np.diag(matrix))
    if (size <= 1e-12).any() or np.linalg.cond(matrix / np.outer(size, size)) > 1e10:
        return np.nan, len(effects), np.nan
    statistic = float(effects @ np.linalg.solve(matrix, effects))
    return statistic, len(effects), float(stats.chi2.sf(statistic, len(effects)))


def _influence(panel: Panel, outcome: Array, first: Any, comparison: str, group: int, time: int) -> Array:
    """Return each unit's influence on the effect on a group in a period before its start, against the period
    before.
    """
    place = panel.times.index(time)
    change = outcome[:, place] - outcome[:, place - 1]
    treated = first == group
    others = first == NEVER
    if comparison == "not_yet_treated":
        others |= (first > time) & ~treated
    used = treated | others
    values = (
        panel.frame[panel.covariates]
        .to_numpy(dtype=float)
        .reshape(len(first), len(panel.times), -1)[:, place - 1]
    )
    X = np.column_stack([np.ones(len(first)), values])
    result = np.zeros(len(first))
    result[used] = doubly_robust_influence(change[used], treated[used].astype(float), X[used])
    return result


def doubly_robust_influence(change: Array, D: Array, X: Array) -> Array:
    """Return influences on the doubly robust estimate of Sant'Anna and Zhao (2020), divided by the number of
    units.

    The logit and the regression among comparators count as estimated; without covariates it is the difference
    of mean changes.
    """
    n = len(D)
    propensity = _propensity(D, X)
    weights = np.where(D > 0, 0.0, propensity / (1 - propensity))
    own = X * (1 - D)[:, None]
    beta = np.linalg.lstsq(own, change * (1 - D), rcond=None)[0]
    rest = change - X @ beta
    regression = own * rest[:, None] @ np.linalg.pinv(own.T @ X / n)
    logit = (
        X
        * (D - propensity)[:, None]
        @ np.linalg.pinv((X * (propensity * (1 - propensity))[:, None]).T @ X / n)
    )
    treated, others = D.mean(), weights.mean()
    first, second = float(D @ rest) / n / treated, float(weights @ rest) / n / others
    of_treated = (D * (rest - first) - regression @ (D @ X / n)) / treated
    moved = (weights * (rest - second)) @ X / n
    of_others = (weights * (rest - second) + logit @ moved - regression @ (weights @ X / n)) / others
    return np.asarray((of_treated - of_others) / n)


def _propensity(D: Array, X: Array) -> Array:
    """Return the probability of being treated by a logit; NaN where covariates tell the treated apart."""
    import warnings

    import statsmodels.api as sm

    if X.shape[1] == 1:
        return np.full(len(D), D.mean())
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        fitted = np.asarray(sm.GLM(D, X, family=sm.families.Binomial()).fit(tol=1e-12).fittedvalues)
    return np.where(np.ptp(fitted) < 1 - 1e-9, fitted, np.nan)
