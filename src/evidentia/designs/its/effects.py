"""The terms of segmented regression, its fitted lines and its counterfactual, each with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidentia.designs.inference.wald import quantile, wald
from evidentia.designs.its.families import Family, family
from evidentia.designs.its.fit import (
    INTERCEPT,
    LEVEL,
    PRE_SLOPE,
    SLOPE,
    Array,
    Fit,
    Problem,
    combination,
    without_intervention,
)

Statistics = dict[str, float]


def weights(problem: Problem, n_post: int) -> dict[str, Array]:
    """Return each term that is linear in the coefficients as weights of intercept, slope, jumps and changes
    of slope.
    """
    size = LEVEL + 2 * problem.breaks
    unit, effect = np.eye(size), problem.X[-n_post:, :size].copy()
    effect[:, :LEVEL] = 0
    found = {"intercept": unit[INTERCEPT], "pre_slope": unit[PRE_SLOPE]}
    slope = unit[PRE_SLOPE]
    for place, ending in enumerate(endings(problem.breaks)):
        level, change = unit[LEVEL + 2 * place], unit[SLOPE + 2 * place]
        slope = slope + change
        found |= {
            f"level_change{ending}": level,
            f"slope_change{ending}": change,
            f"post_slope{ending}": slope,
        }
    total = effect.sum(axis=0)
    return found | {"effect_last": effect[-1], "effect_cumulative": total, "effect_mean": total / n_post}


def endings(breaks: int) -> list[str]:
    """Return what is added to a term's name for each intervention."""
    return ["", *(f"_{place}" for place in range(2, breaks + 1))]


def terms(problem: Problem, fit: Fit, n_post: int, confidence: float) -> dict[str, Statistics]:
    """Return every term with its statistics.

    On a log or logit link all terms but two are on the scale of the link, with ``ratio`` and its limits
    beside them: their exponentials. ``effect_cumulative`` and ``effect_mean`` are there on the scale of
    the outcome, sum and mean over the post periods of fitted minus counterfactual, with standard errors
    by the delta method; the ratio of ``effect_cumulative`` is that of the two sums.
    """
    linear = weights(problem, n_post)
    if problem.family == "gaussian":
        return {name: combination(fit, row, confidence) for name, row in linear.items()}
    found = {}
    for name in [name for name in linear if name not in ("effect_cumulative", "effect_mean")]:
        statistics = combination(fit, linear[name], confidence)
        found[name] = statistics | ratio_of(statistics)
    found["effect_cumulative"], found["effect_mean"] = _in_all(problem, fit, n_post, confidence)
    return found


def ratio_of(statistics: Statistics) -> Statistics:
    """Return an estimate on a log scale and its limits as ratios."""
    keys = {"ratio": "estimate", "ratio_ci_low": "ci_low", "ratio_ci_high": "ci_high"}
    with np.errstate(over="ignore"):
        return {name: float(np.exp(statistics[key])) for name, key in keys.items()}


def _in_all(problem: Problem, fit: Fit, n_post: int, confidence: float) -> tuple[Statistics, Statistics]:
    """Return the sum over the post periods of fitted minus counterfactual, and its mean."""
    rows = np.arange(len(problem.y) - n_post, len(problem.y))
    fitted, slope = _total(problem.at(rows, problem.X[rows]), fit)
    other, other_slope = _total(problem.at(rows, without_intervention(problem.X[rows], problem.breaks)), fit)
    gradient = slope - other_slope
    se = float(np.sqrt(gradient @ fit.cov @ gradient))
    total = wald(fitted - other, se, confidence, fit.df, fit.scale)
    relative = slope / fitted - other_slope / other
    ratio = wald(
        float(np.log(fitted / other)),
        float(np.sqrt(relative @ fit.cov @ relative)),
        confidence,
        fit.df,
        fit.scale,
    )
    return total | ratio_of(ratio), wald(
        (fitted - other) / n_post, se / n_post, confidence, fit.df, fit.scale
    )


def _total(problem: Problem, fit: Fit) -> tuple[float, Array]:
    """Return the expected outcome of all periods of a problem, and its gradient by the coefficients."""
    kind = _family(problem, fit)
    mean = kind.mean(problem.X @ fit.beta + problem.offset)
    return float(np.sum(problem.trials * mean)), problem.X.T @ (problem.trials * kind.slope(mean))


def _family(problem: Problem, fit: Fit) -> Family:
    return family(problem.family, fit.extra.get("theta", np.inf))


def weighted_total(
    problem: Problem, fit: Fit, n_post: int, denominator: Array, confidence: float
) -> Statistics:
    """Return a gaussian share's effect over all post periods as a count: the sum of
    denominator times effect.
    """
    size = LEVEL + 2 * problem.breaks
    total = denominator[-n_post:] @ problem.X[-n_post:, :size]
    total[:LEVEL] = 0
    return combination(fit, total, confidence)


@dataclass(frozen=True)
class Line:
    """Expected outcome by period, with the limits of its confidence interval."""

    mean: Array
    low: Array
    high: Array


def line(problem: Problem, fit: Fit, X: Array, offset: Array | float, confidence: float) -> Line:
    """Return the expected outcome of one trial for a design, with limits that are symmetric on the scale of
    the link.
    """
    size = X.shape[1]
    eta = X @ fit.beta[:size] + offset
    reach = quantile((1 + confidence) / 2, fit.df) * np.sqrt(
        np.einsum("ij,jk,ik->i", X, fit.cov[:size, :size], X)
    )
    if problem.family == "gaussian":
        return Line(eta, eta - reach, eta + reach)
    mean = _family(problem, fit).mean
    return Line(mean(eta), mean(eta - reach), mean(eta + reach))
