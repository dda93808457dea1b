"""The lines that a model draws, with intervals: at the ends of segments, and by period as a frame."""

from __future__ import annotations

from typing import Any

from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.inference.wald import NOISE, scale_of
from evidentia.designs.its import diagnostics
from evidentia.designs.its.effects import Line, line
from evidentia.designs.its.fit import Array, Fit, Problem, without_intervention
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.series import Series


def cell(value: float) -> float | None:
    """Return a value as a frame has it: none for what is no number."""
    return None if value != value else value


def add_spread(result: Result, labels: Labels, problem: Problem, plain: Fit, series: Series) -> None:
    """Add the spread about each segment's line, and whether it differs between them."""
    offset = 0.0 if series.denominator is not None else problem.offset
    fitted = line(problem, plain, problem.X, offset, labels.settings.confidence).mean
    observed = labels.observed(series)
    found = diagnostics.spread(observed - fitted, series.n_pre)
    before, after = (value if value > NOISE * scale_of(observed) else 0.0 for value in found)
    words = translate("standard deviation of observed minus fitted (without AR(1)), over periods - 2")
    result.add(
        "spread.pre",
        before,
        labels.change,
        translate("{outcome}: spread about the line before the intervention", outcome=labels.outcome),
        words,
    )
    result.add(
        "spread.post",
        after,
        labels.change,
        translate("{outcome}: spread about the line after the intervention", outcome=labels.outcome),
        words,
    )
    if problem.family == "gaussian" and not labels.settings.fourier and min(before, after) > 0:
        p_value = diagnostics.variance_ratio(before, after, series.n_pre, series.n_post)
        words = translate("two-sided F test of the two residual variances")
        result.add(
            "spread.p_value",
            p_value,
            "p_value",
            translate("{outcome}: test that the spread is the same, p-value", outcome=labels.outcome),
            words,
        )


def add_lines(result: Result, labels: Labels, problem: Problem, fit: Fit, series: Series) -> None:
    """Add fitted and expected values at the ends of the segments, and the series as a frame."""
    confidence = labels.settings.confidence
    offset = 0.0 if series.denominator is not None else problem.offset
    observed = labels.observed(series)
    fitted = line(problem, fit, problem.X, offset, confidence)
    other = line(problem, fit, without_intervention(problem.X, problem.breaks), offset, confidence)
    places = {
        "pre_first": 0,
        "pre_last": series.n_pre - 1,
        "post_first": series.n_pre,
        "post_last": series.n - 1,
    }
    for name, place in places.items():
        period = series.labels[place]
        result.add(
            f"fitted.{name}",
            fitted.mean[place],
            labels.level,
            translate("{outcome}: fitted value, {period}", outcome=labels.outcome, period=period),
        )
        if name.startswith("post"):
            label = f"{labels.outcome}: counterfactual, {period}"
            for suffix, values in {"": other.mean, "_ci_low": other.low, "_ci_high": other.high}.items():
                result.add(
                    f"counterfactual.{name}{suffix}",
                    values[place],
                    labels.level,
                    label + (translate(labels.limits[f"ratio{suffix}"]) if suffix else ""),
                )
    add_frames(result, series, observed, fitted, other)


def add_frames(result: Result, series: Series, observed: Array, fitted: Line, other: Line) -> None:
    """Add what figures show: the series by period, the counterfactual only from the intervention on; where
    interventions are.
    """
    result.frames["interventions"] = Frame(["place"], [[float(start)] for start in series.starts])
    rows: list[list[Any]] = []
    for i, label in enumerate(series.labels):
        expected = (
            [cell(float(values[i])) for values in (other.mean, other.low, other.high)]
            if i >= series.n_pre
            else [None] * 3
        )
        own = [cell(float(values[i])) for values in (observed, fitted.mean, fitted.low, fitted.high)]
        side = "after" if i >= series.n_pre else "before"
        rows.append(
            [label, side, *own, *expected, float(observed[i] - fitted.mean[i]), float(series.places[i])]
        )
    names = [
        "fitted",
        "fitted_low",
        "fitted_high",
        "counterfactual",
        "counterfactual_low",
        "counterfactual_high",
        "residual",
        "place",
    ]
    result.frames["series"] = Frame(["period", "segment", "observed", *names], rows)
