"""How much a result hangs on choices and on single periods, and how large an effect the series could have
shown.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.designs.inference.wald import quantile
from evidentia.designs.its.effects import Statistics, terms
from evidentia.designs.its.fit import LEVEL, SLOPE, Array, Fit, Problem, combination, full_rank, segments
from evidentia.designs.its.glm import glm
from evidentia.designs.its.linear import ar1, ols

POWER, LEVEL_OF_TEST = 0.8, 0.05
SHORTEST_PLACEBO = 8  # periods before the intervention: 2 segments of 4


def fit_model(problem: Problem, errors: str, lags: int, near: Fit | None = None) -> Fit:
    """Fit a problem with standard errors of the kind asked for; `near` is a fit of almost the same problem to
    start from.
    """
    hac = lags if errors == "newey_west" else None
    if problem.family != "gaussian":
        return glm(problem, hac, near)
    return (
        ar1(problem.y, problem.X, problem.times)
        if errors == "ar1"
        else ols(problem.y, problem.X, hac, problem.times)
    )


def minimum_detectable(se: float, df: float) -> float:
    """Return the smallest effect that a two-sided test at 5% would find with 80% power.

    The usual multiple of the standard error, the sum of two quantiles of the test's own distribution
    (Bloom 1995): 2.8 for the normal, 2.95 for Student's t with 20 degrees of freedom.
    """
    return (quantile(1 - LEVEL_OF_TEST / 2, df) + quantile(POWER, df)) * se


def placebo(
    problem: Problem,
    n_pre: int,
    split: int,
    pairs: int,
    season: float | None,
    errors: str,
    lags: int,
    confidence: float,
) -> dict[str, Statistics]:
    """Return the terms of the pre segment alone, as if its period at `split` had been the intervention."""
    rows = np.arange(n_pre)
    times = np.arange(1.0, n_pre + 1) if problem.times is None else problem.times[:n_pre]
    part = replace(problem.at(rows, segments(times, [times[split]], pairs, season)), breaks=1)
    if not full_rank(part.X):
        raise EvidentiaError("the season cannot be told from the trend in the pre segment alone")
    return terms(part, fit_model(part, errors, min(lags, n_pre - 1)), n_pre - split, confidence)


def placebo_split(n_pre: int, pairs: int, season: float | None) -> int | None:
    """Return the middle of the pre segment, or None if that is too short to be split."""
    room = SHORTEST_PLACEBO if not pairs or season is None else max(SHORTEST_PLACEBO, int(2 * season))
    return n_pre // 2 if n_pre >= room else None


def leave_one_out(
    problem: Problem, whole: Fit, errors: str, lags: int, confidence: float
) -> dict[str, Array]:
    """Fit the series again without each of its periods in turn, from the fit of the whole.

    The others keep their place in time. Under AR(1) the period gets a coefficient of its own, which
    gives the same likelihood as leaving it out but keeps the distance between its neighbours.

    Returns
    -------
    dict of str to array
        Estimates of ``level_change`` and ``slope_change`` by period left out, and their p-values as
        ``<term>_p``; NaN where the model without that period cannot be fitted.
    """
    n = len(problem.y)
    found = {
        name: np.full(n, np.nan)
        for name in ("level_change", "level_change_p", "slope_change", "slope_change_p")
    }
    for period in range(n):
        if errors == "ar1":
            own = (np.arange(n) == period).astype(float)
            part = problem.at(np.arange(n), np.column_stack([problem.X, own]))
        else:
            rows = np.delete(np.arange(n), period)
            part = problem.at(rows, problem.X[rows])
        if not full_rank(part.X):
            continue
        try:
            fit = fit_model(part, errors, min(lags, n - 2), whole)
        except EvidentiaError:
            continue
        for name, place in (("level_change", LEVEL), ("slope_change", SLOPE)):
            statistics = combination(fit, np.eye(4)[place], confidence)
            found[name][period], found[f"{name}_p"][period] = statistics["estimate"], statistics["p_value"]
    return found
