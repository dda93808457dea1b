"""What a reader needs to judge a result: residuals, lines with intervals, and how much hangs on choices."""

from __future__ import annotations

from typing import Any

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.its import diagnostics, sensitivity
from evidentia.designs.its.effects import Line, line
from evidentia.designs.its.fit import Array, Fit, Problem, without_intervention
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.series import Series


def add_diagnostics(result: Result, labels: Labels, plain: Fit, fit: Fit, series: Series, lags: int) -> None:
    """Add the tests of the residuals, and the correlogram as a frame."""
    what, n = labels.outcome, series.n
    residuals, X = plain.residuals, plain.working
    statistic, p_value = diagnostics.durbin_watson(residuals, X)
    result.add(
        "durbin_watson.statistic",
        statistic,
        "coefficient",
        translate("{what}: Durbin–Watson statistic", what=what),
        labels.residuals,
    )
    how = translate("exact") if n < diagnostics.EXACT_BELOW else translate("normal approximation")
    words = translate(
        "{residuals}; against positive autocorrelation; {how}", residuals=labels.residuals, how=how
    )
    result.add(
        "durbin_watson.p_value",
        p_value,
        "p_value",
        translate("{what}: Durbin–Watson test, p-value", what=what),
        words,
    )
    statistic, p_value = diagnostics.breusch_godfrey(residuals, X)
    words = translate(
        "{residuals}; order 1, chi-squared, lags before the first period filled with 0",
        residuals=labels.residuals,
    )
    result.add(
        "breusch_godfrey.statistic",
        statistic,
        "coefficient",
        translate("{what}: Breusch–Godfrey statistic", what=what),
        words,
    )
    result.add(
        "breusch_godfrey.p_value",
        p_value,
        "p_value",
        translate("{what}: Breusch–Godfrey test, p-value", what=what),
        words,
    )
    acf = diagnostics.autocorrelation(residuals, diagnostics.correlogram_lags(n))
    tested = acf[: diagnostics.ljung_box_lags(n)]
    statistic, p_value = diagnostics.ljung_box(tested, n)
    words = translate("{residuals}; lags 1 to {value}", residuals=labels.residuals, value=len(tested))
    result.add(
        "ljung_box.lags", len(tested), "count", translate("{what}: lags of the Ljung–Box test", what=what)
    )
    result.add(
        "ljung_box.statistic",
        statistic,
        "coefficient",
        translate("{what}: Ljung–Box statistic", what=what),
        words,
    )
    result.add(
        "ljung_box.p_value",
        p_value,
        "p_value",
        translate("{what}: Ljung–Box test, p-value", what=what),
        words,
    )
    result.add(
        "acf_1",
        acf[0],
        "coefficient",
        translate("{what}: autocorrelation of the residuals at lag 1", what=what),
        labels.residuals,
    )
    pacf = diagnostics.partial_autocorrelation(acf)
    limit = float(1.96 / np.sqrt(n))
    result.frames["correlogram"] = Frame(
        ["lag", "acf", "pacf", "limit"],
        [
            [lag, _cell(a), _cell(p), limit]
            for lag, (a, p) in enumerate(zip(acf.tolist(), pacf.tolist(), strict=True), 1)
        ],
    )
    result.add(
        "dispersion",
        plain.dispersion,
        "coefficient",
        f"{what}: dispersion",
        translate("Pearson's chi-squared over n - k"),
    )
    result.add(
        "newey_west.lags",
        lags,
        "count",
        translate("{what}: lags of Newey–West", what=what),
        basis=labels.lags_basis,
    )


def _cell(value: float) -> float | None:
    return None if value != value else value


def add_spread(result: Result, labels: Labels, problem: Problem, plain: Fit, series: Series) -> None:
    """Add the spread about each segment's line, and whether it differs between them."""
    offset = 0.0 if series.denominator is not None else problem.offset
    fitted = line(problem, plain, problem.X, offset, labels.settings.confidence).mean
    before, after = diagnostics.spread(labels.observed(series) - fitted, series.n_pre)
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
                    label + labels.limits.get(f"ratio{suffix}", ""),
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
            [_cell(float(values[i])) for values in (other.mean, other.low, other.high)]
            if i >= series.n_pre
            else [None] * 3
        )
        own = [_cell(float(values[i])) for values in (observed, fitted.mean, fitted.low, fitted.high)]
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


def add_sensitivity(
    result: Result, labels: Labels, problem: Problem, fit: Fit, series: Series, lags: int
) -> None:
    """Add the smallest effects that could have been found, the placebo, and the
    results without each period.
    """
    settings, spacing = labels.settings, series.spacing
    result.add(
        "confidence",
        settings.confidence,
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
        size = sensitivity.minimum_detectable(se, fit.df) if isinstance(se, float) else None
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
    out = sensitivity.leave_one_out(problem, fit, settings.errors, lags, settings.confidence)
    for term in ("level_change", "slope_change"):
        for name, pick in {"min": np.nanmin, "max": np.nanmax}.items():
            label = translate(
                "{term}: smallest without one {noun}"
                if name == "min"
                else "{term}: largest without one {noun}",
                term=labels.term(term),
                noun=translate(spacing.noun),
            )
            result.add(f"leave_one_out.{term}.{name}", _picked(pick, out[term]), labels.unit(term), label)
        label = translate(
            "{value}: smallest p-value without one {noun}",
            value=labels.term(term),
            noun=translate(spacing.noun),
        )
        result.add(
            f"leave_one_out.{term}.least_p_value", _picked(np.nanmin, out[f"{term}_p"]), "p_value", label
        )
    columns = zip(series.labels, *(out[name].tolist() for name in out), strict=True)
    result.frames["leave_one_out"] = Frame(["period", *out], [list(row) for row in columns])
    split = series.n_placebo
    if split is None:
        split = sensitivity.placebo_split(series.n_pre, settings.fourier, spacing.season)
    if split is not None:
        _placebo(result, labels, problem, series, split, lags)


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
