"""Effects from weights, with standard errors from influence functions.

Each estimator gives a value and the influence of each person on it; the variance is the sum of squared
influences, without a small-sample factor, which is M-estimation (Stefanski and Boos 2002); of people in
clusters, the sum over clusters of squared sums, with the factor G/(G-1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evidentia.designs.inference.clusters import Clusters, root
from evidentia.designs.inference.wald import wald
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.logit import Fit, expit, fit
from evidentia.designs.ipw.weights import Weights


@dataclass(frozen=True)
class Means:
    """The weighted mean of an outcome in each group, and each person's influence on it."""

    treated: float
    comparator: float
    influence_treated: Array
    influence_comparator: Array
    clusters: Clusters | None = None

    @property
    def difference(self) -> float:
        """Treated minus comparator."""
        return self.treated - self.comparator

    @property
    def standard_error(self) -> float:
        """Of the difference."""
        return root(self.influence_treated - self.influence_comparator, self.clusters)


def weighted_means(
    weights: Weights,
    treated: Mask,
    outcome: Array,
    influence: Array | None,
    matrix: Array,
    clusters: Clusters | None = None,
) -> Means:
    """Return the weighted means of the outcome.

    Parameters
    ----------
    weights : Weights
        Normalised within each group here.
    treated : array of bool
    outcome : array
    influence : array or None
        Each person's influence on the propensity's coefficients; None takes the weights as known.
    matrix : array
        The propensity's basis.
    clusters : Clusters or None
    """
    parts = []
    for group in (treated, ~treated):
        mine = np.where(group, weights.values, 0.0)
        total = mine.sum()
        mean = float(mine @ outcome / total)
        own = mine * (outcome - mean)
        if influence is not None:
            own = own + influence @ (matrix.T @ np.where(group, weights.slopes * (outcome - mean), 0.0))
        parts.append((mean, own / total))
    return Means(parts[0][0], parts[1][0], parts[0][1], parts[1][1], clusters)


def augmented(
    propensity: Fit,
    matrix: Array,
    weights: Weights,
    estimand: str,
    treated: Mask,
    outcome: Array,
    binary: bool,
    clusters: Clusters | None = None,
) -> tuple[float, float] | None:
    """Return the doubly robust (augmented) effect and its standard error.

    An outcome model for each group, logistic for a binary outcome and linear for a continuous one, on the
    propensity's terms; all models are stacked with the effect. None if a group is too small for its model.
    """
    models = []
    for group in (treated, ~treated):
        model = _outcome_model(matrix, group, outcome, binary)
        if model is None:
            return None
        models.append(model)
    share = expit(propensity.linear)
    target, target_slope = _target(estimand, share, treated)
    gap = models[0].mean - models[1].mean
    part_1, part_0 = (
        np.where(treated, outcome - models[0].mean, 0.0),
        np.where(treated, 0.0, outcome - models[1].mean),
    )
    total = target.sum()
    effect = float((target * gap + weights.values * (part_1 - part_0)).sum() / total)
    own = target * (gap - effect) + weights.values * (part_1 - part_0)
    own = own + propensity.influence() @ (
        matrix.T @ (target_slope * (gap - effect) + weights.slopes * (part_1 - part_0))
    )
    for model, sign, group in zip(models, (1.0, -1.0), (treated, ~treated), strict=True):
        own = own + model.influence @ (
            matrix.T @ (sign * (target - np.where(group, weights.values, 0.0)) * model.slope)
        )
    return effect, root(own / total, clusters)


@dataclass(frozen=True)
class _OutcomeModel:
    mean: Array  # predicted for everyone
    slope: Array  # its derivative by the linear predictor
    influence: Array  # of each person on the coefficients, 0 outside the group


def _outcome_model(matrix: Array, group: Mask, outcome: Array, binary: bool) -> _OutcomeModel | None:
    mine = matrix[group]
    influence = np.zeros_like(matrix)
    if len(mine) <= matrix.shape[1] or np.linalg.matrix_rank(mine) < matrix.shape[1]:
        return None
    if binary:
        model = fit(mine, outcome[group], limit=True)
        mean = expit(matrix @ model.coefficients)
        influence[group] = model.score @ np.linalg.pinv(model.information, rcond=1e-10, hermitian=True)
        return _OutcomeModel(mean, mean * (1 - mean), influence)
    information = mine.T @ mine
    coefficients = np.linalg.solve(information, mine.T @ outcome[group])
    mean = matrix @ coefficients
    influence[group] = np.linalg.solve(information, (mine * (outcome - mean)[group, None]).T).T
    return _OutcomeModel(mean, np.ones_like(mean), influence)


def _target(estimand: str, share: Array, treated: Mask) -> tuple[Array, Array]:
    """Return how much each person counts in an estimand's population, and the derivative by the linear
    predictor.
    """
    none = np.zeros_like(share)
    if estimand == "ATE":
        return np.ones_like(share), none
    if estimand == "ATO":
        return share * (1 - share), share * (1 - share) * (1 - 2 * share)
    return (treated if estimand == "ATT" else ~treated).astype(float), none


def risk_ratio(means: Means, confidence: float, df: float = math.inf) -> dict[str, float]:
    """Return the ratio of two shares above 0; interval and p-value on the log scale, by the delta method."""
    ratio = means.treated / means.comparator
    error = root(
        means.influence_treated / means.treated - means.influence_comparator / means.comparator,
        means.clusters,
    )
    log = wald(math.log(ratio), error, confidence, df, scale=1.0)
    return {
        "estimate": ratio,
        "se": ratio * log["se"],
        "se_log": log["se"],
        "ci_low": math.exp(log["ci_low"]),
        "ci_high": math.exp(log["ci_high"]),
        "p_value": log["p_value"],
    }


def e_values(ratio: dict[str, float]) -> tuple[float, float]:
    """Return the E-values of a risk ratio and of the limit of its interval that is nearer to 1 (VanderWeele
    and Ding 2017).
    """
    estimate = ratio["estimate"]
    near = ratio["ci_high"] if estimate < 1 else ratio["ci_low"]
    crosses = (estimate < 1) != (near < 1) or near == 1
    return _e_value(estimate), math.nan if math.isnan(near) else 1.0 if crosses else _e_value(near)


def _e_value(ratio: float) -> float:
    if math.isnan(ratio) or ratio <= 0:
        return math.nan
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))
