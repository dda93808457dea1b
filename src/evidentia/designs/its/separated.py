"""A count model of a series with no event on one side of its intervention: what can be said without finite
coefficients.

With no event after the intervention the change of level runs to minus infinity. Its upper limit, and that of
the ratio of all events to those expected, are where the model's likelihood, at its best over all other
coefficients, has fallen to half of one minus the confidence of what it is without events. Where the expected
number is known this is Garwood's exact limit (3.69 events for 95%), and the p-value is twice the chance of no
event.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Result
from evidentia.designs.inference.wald import NOT_AVAILABLE
from evidentia.designs.its.effects import Line, Statistics, line, ratio_of
from evidentia.designs.its.families import family
from evidentia.designs.its.fit import LEVEL, PRE_SLOPE, SLOPE, Fit, Problem, combination, full_rank
from evidentia.designs.its.glm import NORMAL, scoring
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.linear import zero
from evidentia.designs.its.lines import add_frames
from evidentia.designs.its.sensitivity import fit_model
from evidentia.designs.its.series import Series
from evidentia.designs.its.settings import LOG_LINK, TERMS, ITSSettings

FARTHEST = 50  # a logarithm of a ratio; beyond it there is no limit
LIMIT = (
    "upper limit where the likelihood, at its best over the other coefficients, falls to {half:g} of that"
    " without events"
)
WHY = {
    "after": (
        "no event from the intervention on: the change of level has no finite estimate, only an upper limit"
    ),
    "before": "no event before the intervention: nothing says what would have been expected without it",
}


def empty_side(problem: Problem, n_pre: int) -> str:
    """Return the side of the one intervention on which nothing was counted, ``before`` or ``after``; else
    nothing.
    """
    if problem.family not in LOG_LINK or problem.breaks > 1 or not problem.y.any():
        return ""
    return (
        ""
        if problem.y[:n_pre].any() and problem.y[n_pre:].any()
        else "after"
        if problem.y[:n_pre].any()
        else "before"
    )


def refuse_empty_stretch(problem: Problem, series: Series, settings: ITSSettings, where: str) -> None:
    """Raise where there are several interventions and no event between two of them, before the first or after
    the last.

    With one intervention the limit of a change compares the empty side with what the other led to expect.
    With several, what was to be expected of a stretch depends on which of the earlier changes would have
    lasted, and the settings do not say; one stretch beside another is a question with one intervention.
    """
    if problem.family not in LOG_LINK or problem.breaks < 2:
        return
    times = series.times if series.times is not None else np.arange(1, series.n + 1)
    stretch = np.searchsorted(np.asarray(series.starts), times, side="right")
    empty = [place for place in range(problem.breaks + 1) if not problem.y[stretch == place].any()]
    if not empty:
        return
    rows = np.flatnonzero(stretch == empty[0])
    first, last = series.labels[rows[0]], series.labels[rows[-1]]
    place = max(empty[0], 1)
    kept = np.flatnonzero((stretch == place - 1) | (stretch == place))
    left = [
        f"{series.labels[rows[0]]}..{series.labels[rows[-1]]}"
        for rows in (np.arange(kept[0]), np.arange(kept[-1] + 1, series.n))
        if len(rows)
    ]
    raise EvidentiaError(
        f"nothing was counted from {first} to {last}, so with several interventions the changes round this"
        " stretch have no finite estimates",
        where=where,
        remedy=(
            "ask of this stretch alone, which gives the upper limit:"
            f" intervention: {settings.intervention[place - 1]}, exclude: [{', '.join(left)}]"
        ),
    )


def one_side(problem: Problem, rows: np.typing.NDArray[np.intp]) -> Problem:
    """Return the periods of one side, with the columns of its own line."""
    return problem.at(rows, np.delete(problem.X[rows], [LEVEL, SLOPE], axis=1))


def add_separated(result: Result, labels: Labels, problem: Problem, series: Series, side: str) -> Fit | None:
    """Add the terms that can be had, the others without a value, and the lines; return the fit of the side
    with events.
    """
    n_pre, confidence = series.n_pre, labels.settings.confidence
    before, after = (one_side(problem, rows) for rows in np.split(np.arange(series.n), [n_pre]))
    whole = before if side == "after" else after
    fit = _fit(whole, labels)
    found: dict[str, Statistics] = {term: dict(NOT_AVAILABLE) for term in (*TERMS, "effect_mean")}
    if fit and side == "after":
        for place, term in enumerate(("intercept", "pre_slope")):
            found[term] = combination(fit, np.eye(len(fit.beta))[place], confidence)
        first = after.at(np.arange(1), after.X[:1])
        found["level_change"] |= _bounded(before, first, fit, confidence)
        total = _bounded(before, after, fit, confidence)
        expected = float(np.exp(after.X @ fit.beta + after.offset).sum())
        found["effect_cumulative"] |= {"estimate": -expected, "p_value": total["p_value"]}
    elif fit:
        found["post_slope"] = combination(fit, np.eye(len(fit.beta))[PRE_SLOPE], confidence)
    words = LIMIT.format(half=(1 - confidence) / 2)
    for term, statistics in found.items():
        limited = side == "after" and fit is not None and term in ("level_change", "effect_cumulative")
        own = fit.distribution if fit and np.isfinite(statistics["se"]) else words if limited else WHY[side]
        how = labels.formula(term).replace(labels.distribution, own)
        result.add_estimate(term, statistics, labels.unit(term), labels.term(term), how)
        ratios = ratio_of(statistics)
        if limited and fit:
            limit = (statistics if term == "level_change" else total)["ci_high"]
            ratios = {"ratio": 0.0, "ratio_ci_low": 0.0, "ratio_ci_high": float(np.exp(limit))}
        for name, value in ratios.items():
            result.add(f"{term}.{name}", value, "ratio", f"{labels.ratio(term)}{labels.limits[name]}", how)
    for term in ("level_change", "slope_change", "effect_last", "effect_mean"):
        result.add(
            f"minimum_detectable.{term}",
            np.nan,
            labels.unit(term),
            f"{labels.term(term)}: smallest detectable",
            WHY[side],
        )
    if fit:
        _add_lines(result, labels, series, problem, fit, side)
    why = WHY[side] if fit else f"{WHY[side]}; nor has the model of the other side finite coefficients"
    result.note("no_events", why, [*found, *(f"minimum_detectable.{term}" for term in found)])
    return fit


def _add_lines(result: Result, labels: Labels, series: Series, problem: Problem, fit: Fit, side: str) -> None:
    """Add the series as a frame: the line of the side with events, 0 on the other, and what was to be
    expected after.
    """
    n, start = series.n, series.n_pre
    offset = 0.0 if series.denominator is not None else problem.offset
    X = np.delete(problem.X, [LEVEL, SLOPE], axis=1)
    other = line(problem, fit, X, offset, labels.settings.confidence)
    ours = (np.arange(n) < start) == (side == "after")
    limits = zip((other.mean, other.low, other.high), (0.0, 0.0, np.nan), strict=True)
    fitted = Line(*(np.where(ours, values, rest) for values, rest in limits))
    if side == "before":
        other = Line(*(np.full(n, np.nan) for _ in range(3)))
    for place, name in ((start, "post_first"), (n - 1, "post_last")):
        label = f"{labels.outcome}: counterfactual, {series.labels[place]}"
        for suffix, values in {"": other.mean, "_ci_low": other.low, "_ci_high": other.high}.items():
            words = label + labels.limits.get(f"ratio{suffix}", "")
            result.add(
                f"counterfactual.{name}{suffix}",
                values[place],
                labels.level,
                words,
                "" if side == "after" else WHY[side],
            )
    add_frames(result, series, labels.observed(series), fitted, other)


def _fit(whole: Problem, labels: Labels) -> Fit | None:
    """Fit the side with events; None if its own model has no finite coefficients either."""
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
