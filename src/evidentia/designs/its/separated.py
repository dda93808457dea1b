"""A count model of a series with no event in a stretch before, between or after its interventions: what can
be said without finite coefficients.

With no event from an intervention on (up to the next) the change of level runs to minus infinity. Its upper
limit, and that of the ratio of all events to those expected, are where the model's likelihood, at its best
over all other coefficients, has fallen to half of one minus the confidence of what it is without events.
Where the expected number is known this is Garwood's exact limit (3.69 events for 95%), and the p-value is
twice the chance of no event. A stretch without events adds nothing else to the likelihood, so that the terms
of the others are those of a model without its periods; what such a model cannot tell has no value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.designs.inference.wald import NOT_AVAILABLE
from evidentia.designs.its.effects import Line, Statistics, endings, line, ratio_of, weights
from evidentia.designs.its.families import family
from evidentia.designs.its.fit import LEVEL, Array, Fit, Problem, combination, full_rank, without_intervention
from evidentia.designs.its.glm import NORMAL, scoring
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.linear import zero
from evidentia.designs.its.lines import add_frames
from evidentia.designs.its.sensitivity import fit_model
from evidentia.designs.its.series import Series
from evidentia.designs.its.settings import LOG_LINK

FARTHEST = 50  # a logarithm of a ratio; beyond it there is no limit
EXACT = 1e-8  # of a weight, below which it is one of the coefficients that there are
LIMIT = (
    "upper limit where the likelihood, at its best over the other coefficients, falls to {half:g} of that"
    " without events"
)
AFTER = "no event from the intervention on: the change of level has no finite estimate, only an upper limit"
BEFORE = "no event before the intervention: nothing says what would have been expected without it"
BETWEEN = "no event {spans}: what compares with these {noun}s has no finite estimate"
Mask = np.typing.NDArray[np.bool_]


@dataclass(frozen=True)
class Rest:
    """The periods of stretches with events, and how their coefficients are made of those of the whole series.

    Attributes
    ----------
    problem : Problem
        With the columns that these periods can tell apart.
    made_of : array
        Its coefficients are this times the whole's.
    """

    problem: Problem
    made_of: Array

    def weights(self, whole: Array) -> Array | None:
        """Return weights of its coefficients that are weights of the whole's, or None if there are none."""
        padded = np.zeros(self.made_of.shape[1])
        padded[: len(whole)] = whole
        found, *_ = np.linalg.lstsq(self.made_of.T, padded, rcond=None)
        exact = np.abs(self.made_of.T @ found - padded).max() <= EXACT * (1 + np.abs(padded).max())
        return np.asarray(found, dtype=float) if exact else None

    def design(self, whole: Array) -> Array | None:
        """Return rows of a design for its coefficients, or None if one of them needs others."""
        rows = [self.weights(row) for row in whole]
        return None if any(row is None for row in rows) else np.array(rows)


def empty_periods(problem: Problem, series: Series) -> Mask:
    """Tell which periods lie in a stretch between interventions, before or after them, without any event."""
    if problem.family not in LOG_LINK or not problem.y.any():
        return np.zeros(series.n, dtype=bool)
    stretch = np.searchsorted(np.asarray(series.starts), series.places, side="right")
    return np.asarray(np.bincount(stretch, problem.y, problem.breaks + 1)[stretch] == 0)


def rest_of(problem: Problem, series: Series, empty: Mask) -> Rest:
    """Return the periods with events as a problem of their own."""
    rows = np.flatnonzero(~empty)
    X, kept = problem.X[rows], list[int]()
    for column in range(X.shape[1]):
        if np.linalg.matrix_rank(X[:, [*kept, column]]) > len(kept):
            kept.append(column)
    made_of, *_ = np.linalg.lstsq(X[:, kept], X, rcond=None)
    timed = replace(problem, times=series.places) if np.diff(rows).max(initial=1) > 1 else problem
    return Rest(timed.at(rows, X[:, kept]), np.where(np.abs(made_of) > EXACT, made_of, 0.0))


def add_separated(
    result: Result, labels: Labels, problem: Problem, series: Series, empty: Mask
) -> Fit | None:
    """Add the terms that can be had, the others without a value, and the lines; return the fit of the periods
    with events.
    """
    confidence, rest = labels.settings.confidence, rest_of(problem, series, empty)
    fit, why = _fit(rest.problem, labels), _why(series, empty, problem.breaks)
    found: dict[str, Statistics] = {}
    for term, row in weights(problem, series.n_post).items():
        own = rest.weights(row) if fit and term not in ("effect_cumulative", "effect_mean") else None
        found[term] = combination(fit, own, confidence) if fit and own is not None else dict(NOT_AVAILABLE)
    limits = _limits(found, problem, series, empty, rest, fit, confidence) if fit else {}
    words = LIMIT.format(half=(1 - confidence) / 2)
    for term, statistics in found.items():
        own_words = fit.distribution if fit and np.isfinite(statistics["se"]) else why
        how = labels.formula(term).replace(labels.distribution, words if term in limits else own_words)
        result.add_estimate(term, statistics, labels.unit(term), labels.term(term), how)
        ratios = ratio_of(statistics)
        if term in limits:
            ratios = {"ratio": 0.0, "ratio_ci_low": 0.0, "ratio_ci_high": float(np.exp(limits[term]))}
        for name, value in ratios.items():
            result.add(f"{term}.{name}", value, "ratio", f"{labels.ratio(term)}{labels.limits[name]}", how)
    smallest = ("level_change", "slope_change", "effect_last", "effect_mean")
    for term in smallest:
        label = f"{labels.term(term)}: smallest detectable"
        result.add(f"minimum_detectable.{term}", np.nan, labels.unit(term), label, why)
    if fit:
        _add_lines(result, labels, series, problem, rest, fit, empty, why)
    said = why if fit else f"{why}; nor has the model of the other side finite coefficients"
    without = [term for term, statistics in found.items() if not np.isfinite(statistics["se"])]
    result.note("no_events", said, [*without, *(f"minimum_detectable.{term}" for term in smallest)])
    return fit


def _why(series: Series, empty: Mask, breaks: int) -> str:
    """Return in words which stretch has no event and what that means."""
    if breaks == 1:
        return BEFORE if empty[0] else AFTER
    rows = np.flatnonzero(empty)
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    spans = " and ".join(f"from {series.labels[run[0]]} to {series.labels[run[-1]]}" for run in runs)
    return BETWEEN.format(spans=spans, noun=series.spacing.noun)


def _limits(
    found: dict[str, Statistics],
    problem: Problem,
    series: Series,
    empty: Mask,
    rest: Rest,
    fit: Fit,
    confidence: float,
) -> dict[str, float]:
    """Put upper limit and p-value into the terms that run to minus infinity; return their limits as
    logarithms.
    """
    limits: dict[str, float] = {}
    for place, (start, ending) in enumerate(zip(series.starts, endings(problem.breaks), strict=True)):
        row = int(np.flatnonzero(series.places >= start)[0])
        before = problem.X[row].copy()
        before[LEVEL + 2 * place : LEVEL + 2 * place + 2] = 0
        own = rest.weights(before) if empty[row] else None
        if own is not None:
            bounded = _bounded(rest.problem, problem.at(np.array([row]), own[None]), fit, confidence)
            found[f"level_change{ending}"] |= bounded
            limits[f"level_change{ending}"] = bounded["ci_high"]
    post = np.arange(series.n_pre, series.n)
    expected = rest.design(without_intervention(problem.X[post], problem.breaks))
    if empty[post].all() and expected is not None:
        whole = problem.at(post, expected)
        total = _bounded(rest.problem, whole, fit, confidence)
        sum_of = float(np.exp(expected @ fit.beta + whole.offset).sum())
        found["effect_cumulative"] |= {"estimate": -sum_of, "p_value": total["p_value"]}
        limits["effect_cumulative"] = total["ci_high"]
    return limits


def _add_lines(
    result: Result,
    labels: Labels,
    series: Series,
    problem: Problem,
    rest: Rest,
    fit: Fit,
    empty: Mask,
    why: str,
) -> None:
    """Add the series as a frame: the lines of stretches with events, 0 in the others, and what was to be
    expected after.
    """
    confidence = labels.settings.confidence
    offset = np.broadcast_to(0.0 if series.denominator is not None else problem.offset, series.n)
    own = line(rest.problem, fit, rest.problem.X, offset[~empty], confidence)
    fitted = Line(*(np.full(series.n, value) for value in (0.0, 0.0, np.nan)))
    for values, ours in zip(
        (fitted.mean, fitted.low, fitted.high), (own.mean, own.low, own.high), strict=True
    ):
        values[~empty] = ours
    expected = rest.design(without_intervention(problem.X, problem.breaks))
    other = Line(*(np.full(series.n, np.nan) for _ in range(3)))
    if expected is not None:
        other = line(problem, fit, expected, offset, confidence)
    for place, name in ((series.n_pre, "post_first"), (series.n - 1, "post_last")):
        label = translate(
            "{outcome}: counterfactual, {period}", outcome=labels.outcome, period=series.labels[place]
        )
        how = "" if expected is not None else why
        for suffix, values in {"": other.mean, "_ci_low": other.low, "_ci_high": other.high}.items():
            limit = labels.limits.get(f"ratio{suffix}", "")
            words = label + (translate(limit) if limit else "")
            result.add(f"counterfactual.{name}{suffix}", values[place], labels.level, words, how)
    add_frames(result, series, labels.observed(series), fitted, other)


def _fit(whole: Problem, labels: Labels) -> Fit | None:
    """Fit the periods with events; None if their own model has no finite coefficients either."""
    try:
        return fit_model(whole, labels.settings.errors, labels.lags) if full_rank(whole.X) else None
    except EvidentiaError:
        return None


def _bounded(before: Problem, empty: Problem, fit: Fit, confidence: float) -> Statistics:
    """Return upper limit and p-value of the logarithm of the ratio of events to those expected in periods
    without any.
    """
    alone = _distance(before, fit)
    scale = 1.0 if before.family in NORMAL else max(1.0, fit.dispersion)  # never surer than Poisson
    both = replace(
        before,
        y=np.append(before.y, empty.y),
        X=np.vstack([before.X, empty.X]),
        trials=np.ones(len(before.y) + len(empty.y)),
        times=None,
    )
    started = np.broadcast_to(before.offset, before.y.shape)

    def fallen(shift: float) -> float:
        """Return by how much the log-likelihood is lower than without events expected."""
        shifted = replace(both, offset=np.append(started, empty.offset + shift))
        return (_distance(shifted, fit) - alone) / (2 * scale)

    most = float(-np.log((1 - confidence) / 2))
    high = -float(np.log(np.exp(empty.X @ fit.beta + empty.offset).sum()))  # where one event is expected
    try:
        while fallen(high) < most:
            high += 1
            if high > FARTHEST:
                return dict(NOT_AVAILABLE)
        limit = zero(lambda shift: most - fallen(shift), high - 1, high)
        return NOT_AVAILABLE | {"ci_high": limit, "p_value": min(1.0, 2 * float(np.exp(-fallen(0.0))))}
    except EvidentiaError:  # at some ratio the other coefficients have no best values
        return dict(NOT_AVAILABLE)


def _distance(problem: Problem, fit: Fit) -> float:
    """Return the least deviance of a problem, with the theta of a fit."""
    theta = fit.extra.get("theta", np.inf)
    kind = family(problem.family, theta)
    beta = scoring(problem, kind, fit.beta, least=0.0)
    mean = kind.mean(problem.X @ beta + problem.offset)
    return float(np.sum(kind.deviance(problem.y, mean, problem.trials)))
