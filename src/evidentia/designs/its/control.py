"""A controlled interrupted time series: how much more a series changed than one that had no intervention."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.inference.wald import wald
from evidentia.designs.its.effects import endings, line, ratio_of
from evidentia.designs.its.fit import LEVEL, PRE_SLOPE, SLOPE, Fit, Problem, combination
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.sensitivity import fit_model
from evidentia.designs.its.series import Series

STACKED = "both series in one model, in which each has its own level, slope and changes"
APART = "each series by AR(1); standard error of the difference as of independent series"


def add_controlled(result: Result, labels: Labels, problem: Problem, series: Series, lags: int) -> None:
    """Add the changes of the control series, and the differences of both series' changes and of their slopes
    before.
    """
    settings = labels.settings
    places = {"pre_slope": PRE_SLOPE}
    for k, ending in enumerate(endings(problem.breaks)):
        places |= {f"level_change{ending}": LEVEL + 2 * k, f"slope_change{ending}": SLOPE + 2 * k}
    other = control_problem(problem, series)
    _add_frame(result, labels, series, other, fit_model(other, settings.errors, lags))
    if settings.errors == "ar1":
        fits = fit_model(problem, "ar1", lags), fit_model(other, "ar1", lags)
        found = {term: _apart(*fits, place, settings.confidence) for term, place in places.items()}
        how = APART
    else:
        fit = fit_model(_stacked(problem, other), settings.errors, lags)
        found = {
            term: _contrasts(fit, place, problem.X.shape[1], settings.confidence)
            for term, place in places.items()
        }
        how = STACKED
    for term, (own, difference) in found.items():
        words = (
            translate("{value}, control series", value=labels.term(term)),
            translate("{value}, difference from the control series", value=labels.term(term)),
        )
        for stem, statistics, label in zip(("control", "controlled"), (own, difference), words, strict=True):
            result.add_estimate(f"{stem}.{term}", statistics, labels.unit(term), label, how)
            if labels.link != "identity":
                for name, value in ratio_of(statistics).items():
                    result.add(
                        f"{stem}.{term}.{name}",
                        value,
                        "ratio",
                        translate("{label}, as a ratio{value}", label=label, value=labels.limits[name]),
                    )


def _add_frame(result: Result, labels: Labels, series: Series, other: Problem, fit: Fit) -> None:
    """Add the control series by period with the lines of its own model, for the figure."""
    assert series.control is not None
    share = series.denominator is not None
    observed = (
        series.control / series.control_divisor
        if share and series.control_divisor is not None
        else series.control
    )
    fitted = line(other, fit, other.X, 0.0 if share else other.offset, labels.settings.confidence).mean
    rows = [
        [label, *pair] for label, *pair in zip(series.labels, observed.tolist(), fitted.tolist(), strict=True)
    ]
    result.frames["control"] = Frame(["period", "observed", "fitted"], rows)


def control_problem(problem: Problem, series: Series) -> Problem:
    """Return the problem of the control series."""
    assert series.control is not None
    y, divisor = series.control, series.control_divisor
    if problem.family == "gaussian":
        return replace(problem, y=y if divisor is None else y / divisor)
    ones = np.ones(len(y))
    if problem.family == "quasibinomial":
        return replace(problem, y=y, trials=ones if divisor is None else divisor)
    return replace(problem, y=y, offset=np.zeros(len(y)) if divisor is None else np.log(divisor))


def _stacked(problem: Problem, other: Problem) -> Problem:
    """Return both series as one problem: coefficients of the control series, then what the series adds to
    each.
    """
    n = len(problem.y)
    X = np.vstack([np.hstack([problem.X, problem.X]), np.hstack([problem.X, np.zeros_like(problem.X)])])
    offset, trials = (
        np.concatenate([np.broadcast_to(getattr(one, name), n) for one in (problem, other)])
        for name in ("offset", "trials")
    )
    times = np.arange(1.0, n + 1) if problem.times is None else problem.times
    return Problem(
        np.concatenate([problem.y, other.y]),
        X,
        problem.family,
        offset,
        trials,
        np.concatenate([times, times]),
    )


def _contrasts(
    fit: Fit, place: int, size: int, confidence: float
) -> tuple[dict[str, float], dict[str, float]]:
    own, difference = (combination(fit, row, confidence) for row in np.eye(2 * size)[[place, size + place]])
    return own, difference


def _apart(fit: Fit, other: Fit, place: int, confidence: float) -> tuple[dict[str, float], dict[str, float]]:
    row = np.eye(len(fit.beta))[place]
    error = float(np.sqrt(fit.cov[place, place] + other.cov[place, place]))
    estimate = float(fit.beta[place] - other.beta[place])
    return combination(other, row, confidence), wald(estimate, error, confidence, fit.df, fit.scale)
