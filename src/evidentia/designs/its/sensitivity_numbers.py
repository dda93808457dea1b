"""Numbers that say how much a result hangs on choices and single periods, and what could have been found."""

from __future__ import annotations

from typing import Any

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.its import sensitivity
from evidentia.designs.its.fit import Array, Fit, Problem
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.series import Series


def add_sensitivity(
    result: Result, labels: Labels, problem: Problem, fit: Fit, series: Series, lags: int
) -> None:
    """Add the smallest effects that could have been found, the placebo, and the
    results without each period.
    """
    settings, spacing = labels.settings, series.spacing
    _add_detectable(result, labels, fit.df)
    _add_leave_one_out(
        result,
        labels,
        series,
        sensitivity.leave_one_out(problem, fit, settings.errors, lags, settings.confidence),
    )
    split = series.n_placebo
    if split is None:
        split = sensitivity.placebo_split(series.n_pre, settings.fourier, spacing.season)
    if split is not None:
        _placebo(result, labels, problem, series, split, lags)


def _add_detectable(result: Result, labels: Labels, df: float) -> None:
    """Add the confidence of all intervals, and the smallest effects that could have been found."""
    result.add(
        "confidence",
        labels.settings.confidence,
        "proportion",
        translate("{outcome}: confidence of all intervals", outcome=labels.outcome),
        basis="configured",
    )
    result.add(
        "minimum_detectable.power",
        sensitivity.POWER,
        "proportion",
        translate("{outcome}: power of the smallest detectable effects", outcome=labels.outcome),
        basis="configured",
    )
    result.add(
        "minimum_detectable.test_level",
        sensitivity.LEVEL_OF_TEST,
        "proportion",
        translate("{outcome}: level of the test behind them", outcome=labels.outcome),
        basis="configured",
    )
    for term in ("level_change", "slope_change", "effect_last", "effect_mean"):
        se = next(number.value for number in result.numbers if number.id == f"{term}.se")
        size = sensitivity.minimum_detectable(se, df) if isinstance(se, float) else None
        quantiles = translate(
            "{value} and {POWER}",
            value=f"{1 - sensitivity.LEVEL_OF_TEST / 2:g}",
            POWER=f"{sensitivity.POWER:g}",
        )
        words = translate(
            "sum of the quantiles {quantiles} of {distribution}, times the standard error",
            quantiles=quantiles,
            distribution=labels.distribution,
        )
        label = translate(
            "{value}: smallest that a two-sided test at 5% finds with 80% power", value=labels.term(term)
        )
        result.add(f"minimum_detectable.{term}", size, labels.unit(term), label, words)


def _add_leave_one_out(result: Result, labels: Labels, series: Series, out: dict[str, Array]) -> None:
    """Add the results without each period: the least and the greatest, and all of them as a frame."""
    noun = translate(series.spacing.noun)
    for term in ("level_change", "slope_change"):
        for name, pick in {"min": np.nanmin, "max": np.nanmax}.items():
            label = translate(
                "{term}: smallest without one {noun}"
                if name == "min"
                else "{term}: largest without one {noun}",
                term=labels.term(term),
                noun=noun,
            )
            result.add(f"leave_one_out.{term}.{name}", _picked(pick, out[term]), labels.unit(term), label)
        label = translate(
            "{value}: smallest p-value without one {noun}",
            value=labels.term(term),
            noun=noun,
        )
        result.add(
            f"leave_one_out.{term}.least_p_value", _picked(np.nanmin, out[f"{term}_p"]), "p_value", label
        )
    columns = zip(series.labels, *(out[name].tolist() for name in out), strict=True)
    result.frames["leave_one_out"] = Frame(["period", *out], [list(row) for row in columns])


def _picked(pick: Any, values: Array) -> float:
    return float(pick(values)) if np.isfinite(values).any() else float("nan")


def _placebo(result: Result, labels: Labels, problem: Problem, series: Series, split: int, lags: int) -> None:
    """Add the terms of the pre segment with its intervention put where nothing happened."""
    settings, label = labels.settings, series.labels[split]
    try:
        found = sensitivity.placebo(
            problem,
            series.n_pre,
            split,
            settings.fourier,
            series.spacing.season,
            settings.errors,
            lags,
            settings.confidence,
        )
    except EvidentiaError as fault:
        result.notes.append(f"no placebo: {fault.what}")
        return
    basis = "configured" if settings.placebo else "computed"
    result.add(
        "placebo.period",
        label,
        labels.period_unit,
        translate("{outcome}: period of the placebo intervention", outcome=labels.outcome),
        basis=basis,
    )
    for term in ("level_change", "slope_change"):
        statistics = {name: value for name, value in found[term].items() if not name.startswith("ratio")}
        words = translate(
            "{value}; the pre segment alone, split at {label}", value=labels.formula(term), label=label
        )
        result.add_estimate(
            f"placebo.{term}",
            statistics,
            labels.unit(term),
            translate("{value}, placebo at {label}", value=labels.term(term), label=label),
            words,
        )
