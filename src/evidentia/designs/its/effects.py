"""The terms of segmented regression, its fitted lines and its counterfactual, each with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidentia.designs.its.fit import (
    INTERCEPT,
    LEVEL,
    PRE_SLOPE,
    SLOPE,
    Array,
    Fit,
    Problem,
    combination,
    quantile,
    wald,
    without_intervention,
)  # fmt: skip
from evidentia.designs.its.glm import Family, family

Statistics = dict[str, float]


def weights(n_post: int) -> dict[str, Array]:
    """Return each term that is linear in the coefficients as weights of intercept, slope, jump and change of slope."""
    unit = np.eye(4)
    last = unit[LEVEL] + (n_post - 1) * unit[SLOPE]
    total = n_post * unit[LEVEL] + n_post * (n_post - 1) / 2 * unit[SLOPE]
    return {
        "intercept": unit[INTERCEPT],
        "pre_slope": unit[PRE_SLOPE],
        "level_change": unit[LEVEL],
        "slope_change": unit[SLOPE],
        "post_slope": unit[PRE_SLOPE] + unit[SLOPE],
        "effect_last": last,
        "effect_cumulative": total,
        "effect_mean": total / n_post,
    }


def terms(problem: Problem, fit: Fit, n_post: int, confidence: float) -> dict[str, Statistics]:
    """Return every term with its statistics.

    On a log or logit link all terms but two are on the scale of the link, with ``ratio`` and its limits
    beside them: their exponentials. ``effect_cumulative`` and ``effect_mean`` are there on the scale of
    the outcome, sum and mean over the post periods of fitted minus counterfactual, with standard errors
    by the delta method; the ratio of ``effect_cumulative`` is that of the two sums.
    """
    linear = weights(n_post)
    if problem.family == "gaussian":
        return {name: combination(fit, row, confidence) for name, row in linear.items()}
    found = {}
    for name in ("intercept", "pre_slope", "level_change", "slope_change", "post_slope", "effect_last"):
        statistics = combination(fit, linear[name], confidence)
        found[name] = statistics | _ratio(statistics)
    found["effect_cumulative"], found["effect_mean"] = _in_all(problem, fit, n_post, confidence)
    return found


def _ratio(statistics: Statistics) -> Statistics:
    keys = {"ratio": "estimate", "ratio_ci_low": "ci_low", "ratio_ci_high": "ci_high"}
    with np.errstate(over="ignore"):
        return {name: float(np.exp(statistics[key])) for name, key in keys.items()}


def _in_all(problem: Problem, fit: Fit, n_post: int, confidence: float) -> tuple[Statistics, Statistics]:
    """Return the sum over the post periods of fitted minus counterfactual, and its mean."""
    rows = np.arange(len(problem.y) - n_post, len(problem.y))
    fitted, slope = _total(problem.at(rows, problem.X[rows]), fit)
    other, other_slope = _total(problem.at(rows, without_intervention(problem.X[rows])), fit)
    gradient = slope - other_slope
    se = float(np.sqrt(gradient @ fit.cov @ gradient))
    total = wald(fitted - other, se, fit.df, confidence)
    relative = slope / fitted - other_slope / other
    ratio = wald(float(np.log(fitted / other)), float(np.sqrt(relative @ fit.cov @ relative)), fit.df, confidence)
    return total | _ratio(ratio), wald((fitted - other) / n_post, se / n_post, fit.df, confidence)


def _total(problem: Problem, fit: Fit) -> tuple[float, Array]:
    """Return the expected outcome of all periods of a problem, and its gradient by the coefficients."""
    kind = _family(problem, fit)
    mean = kind.mean(problem.X @ fit.beta + problem.offset)
    return float(np.sum(problem.trials * mean)), problem.X.T @ (problem.trials * kind.slope(mean))


def _family(problem: Problem, fit: Fit) -> Family:
    return family(problem.family, fit.extra.get("theta", np.inf))


def weighted_total(fit: Fit, n_post: int, denominator: Array, confidence: float) -> Statistics:
    """Return a gaussian share's effect over all post periods as a count: the sum of denominator times effect."""
    since = np.arange(n_post)
    total = np.zeros(4)
    total[[LEVEL, SLOPE]] = denominator[-n_post:].sum(), (denominator[-n_post:] * since).sum()
    return combination(fit, total, confidence)


@dataclass(frozen=True)
class Line:
    """Expected outcome by period, with the limits of its confidence interval."""

    mean: Array
    low: Array
    high: Array


def line(problem: Problem, fit: Fit, X: Array, offset: Array | float, confidence: float) -> Line:
    """Return the expected outcome of one trial for a design, with limits that are symmetric on the scale of the link."""
    size = X.shape[1]
    eta = X @ fit.beta[:size] + offset
    reach = quantile((1 + confidence) / 2, fit.df) * np.sqrt(np.einsum("ij,jk,ik->i", X, fit.cov[:size, :size], X))
    if problem.family == "gaussian":
        return Line(eta, eta - reach, eta + reach)
    mean = _family(problem, fit).mean
    return Line(mean(eta), mean(eta - reach), mean(eta + reach))
