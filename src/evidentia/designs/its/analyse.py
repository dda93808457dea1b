"""Analysis of the design ``its``: one series, its segmented regression, and what speaks for and against the
result.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import later, translate
from evidentia.core.results import Result
from evidentia.data.table import DataTable
from evidentia.designs.its import sensitivity
from evidentia.designs.its.control import add_controlled, control_problem
from evidentia.designs.its.described import describe
from evidentia.designs.its.diagnostic_numbers import add_diagnostics
from evidentia.designs.its.disclose import declare, safe_series
from evidentia.designs.its.effects import terms, weighted_total
from evidentia.designs.its.fit import Fit, Problem, default_lags, segments
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.lines import add_lines, add_spread
from evidentia.designs.its.notes import NEAR_ONE, add_notes, note_no_overdispersion
from evidentia.designs.its.sensitivity_numbers import add_sensitivity
from evidentia.designs.its.separated import Mask, add_separated, empty_periods
from evidentia.designs.its.series import Series, read_series
from evidentia.designs.its.settings import LOG_LINK, MODELS, ITSSettings

LAGS_COMPARED = (1, 2, 3)


def analyse(settings: ITSSettings, tables: dict[str, DataTable]) -> Result:
    """Fit the segmented regression and everything that a reader needs to judge it.

    Parameters
    ----------
    settings : ITSSettings
    tables : dict of str to DataTable
        The data set with one row a period.

    Raises
    ------
    EvidentiaError
        For faults of the data (see `read_series`), a series without variation, or a model that does
        not converge.
    """
    table = tables[settings.data]
    series = safe_series(read_series(settings, table), settings, table)
    problem = problem_of(settings, series)
    lags = default_lags(series.n) if settings.newey_west_lags is None else settings.newey_west_lags
    _check_events(problem, settings, table)
    empty = empty_periods(problem, series)
    if empty.any():
        return _separated(settings, problem, series, lags, empty)
    try:
        plain = sensitivity.fit_model(problem, "ols", lags)
    except EvidentiaError as fault:
        raise EvidentiaError(
            fault.what, where=table.where(column=settings.outcome), remedy=fault.remedy
        ) from None
    _check_variation(problem, plain, settings, table)
    fit = plain if settings.errors == "ols" else sensitivity.fit_model(problem, settings.errors, lags)
    result = Result(notes=list(series.notes))
    labels = Labels(settings, series, lags)
    describe(result, labels, series)
    _estimates(result, labels, problem, fit, series)
    if problem.family == "gaussian":
        _side_by_side(result, labels, problem, series, lags)
    add_diagnostics(result, labels, plain, fit, series, lags)
    add_spread(result, labels, problem, plain, series)
    add_lines(result, labels, problem, fit, series)
    add_sensitivity(result, labels, problem, fit, series, lags)
    if series.control is not None:
        _compare(result, labels, problem, series, lags)
    add_notes(result, labels, problem, fit)
    declare(result)
    return result


def _compare(result: Result, labels: Labels, problem: Problem, series: Series, lags: int) -> None:
    """Compare with the control series, if that has a model."""
    other = control_problem(problem, series)
    if empty_periods(other, series).any() or (problem.family in LOG_LINK and not other.y.any()):
        result.notes.append(
            "no comparison with the control series: nothing was counted in it on one side of the intervention"
        )
        return
    add_controlled(result, labels, problem, series, lags)


def _separated(settings: ITSSettings, problem: Problem, series: Series, lags: int, empty: Mask) -> Result:
    """Return what a count model can say where nothing was counted on one side of the intervention."""
    result, labels = Result(notes=list(series.notes)), Labels(settings, series, lags)
    describe(result, labels, series)
    fit = add_separated(result, labels, problem, series, empty)
    if fit:
        _add_extras(result, labels, fit)
        note_no_overdispersion(result, problem)
        add_diagnostics(result, labels, fit, fit, replace(series, outcome=series.outcome[~empty]), lags)
    if series.control is not None:
        result.notes.append(
            "no comparison with the control series: the change of the series itself has no finite estimate"
        )
    declare(result)
    return result


def problem_of(settings: ITSSettings, series: Series) -> Problem:
    """Return the series as numbers for its family."""
    X = segments(series.places, series.starts, settings.fourier, series.spacing.season)
    y, denominator, offset = series.outcome, series.denominator, series.offset
    logs, trials = np.zeros(series.n), np.ones(series.n)
    if settings.family == "gaussian" and denominator is not None:
        y = y / denominator
    elif settings.family in LOG_LINK:
        divisor = offset if denominator is None else denominator
        logs = logs if divisor is None else np.log(divisor)
    elif denominator is not None:
        trials = denominator
    return Problem(y, X, settings.family, logs, trials, series.times, len(series.starts))


def _check_events(problem: Problem, settings: ITSSettings, table: DataTable) -> None:
    """Raise if a count never happened, or always did, so that there is nothing to model."""
    if problem.family == "gaussian":
        return
    never, always = (
        not problem.y.any(),
        settings.family == "quasibinomial" and np.array_equal(problem.y, problem.trials),
    )
    if never or always:
        raise EvidentiaError(
            (
                "the outcome is 0 in every period"
                if never
                else "the outcome equals its denominator in every period"
            ),
            where=table.where(column=settings.outcome),
            remedy=(
                "check that the column holds what was counted; a series without any change has no model, and"
                " can be stated in words"
            ),
        )


def _check_variation(problem: Problem, fit: Fit, settings: ITSSettings, table: DataTable) -> None:
    """Raise if the points lie on the lines exactly: there is nothing to estimate an error from."""
    size = float(np.linalg.norm(problem.y))
    if problem.family == "gaussian" and float(np.linalg.norm(fit.residuals)) <= 1e-11 * size:
        raise EvidentiaError(
            "the outcome does not vary about its two lines, so no error can be estimated",
            where=table.where(column=settings.outcome),
            remedy="check that the column holds the observed outcome",
        )


def _estimates(result: Result, labels: Labels, problem: Problem, fit: Fit, series: Series) -> None:
    """Add every term under the model that config.yaml names, with ratios where the
    link is not the identity.
    """
    confidence = labels.settings.confidence
    found = terms(problem, fit, series.n_post, confidence)
    if problem.family == "gaussian" and series.denominator is not None:
        found["effect_cumulative_count"] = weighted_total(
            problem, fit, series.n_post, series.denominator, confidence
        )
    for term, statistics in found.items():
        ratios = {name: statistics.pop(name) for name in list(statistics) if name.startswith("ratio")}
        result.add_estimate(term, statistics, labels.unit(term), labels.term(term), labels.formula(term))
        for name, value in ratios.items():
            result.add(
                f"{term}.{name}",
                value,
                "ratio",
                f"{labels.ratio(term)}{labels.limits[name]}",
                labels.ratio_formula(term),
            )
    _add_extras(result, labels, fit)


def _add_extras(result: Result, labels: Labels, fit: Fit) -> None:
    """Add the parameters beside the coefficients."""
    for name, value in fit.extra.items():
        id, words = labels.extras[name]
        result.add(
            id,
            value if np.isfinite(value) else None,
            labels.level if name == "sigma" else "coefficient",
            words,
        )


def _side_by_side(result: Result, labels: Labels, problem: Problem, series: Series, lags: int) -> None:
    """Add every term under OLS, Newey-West and AR(1), and both changes under Newey-West with other lags."""
    confidence = labels.settings.confidence
    for errors, name in MODELS.items():
        other = sensitivity.fit_model(problem, errors, lags)
        for term, statistics in terms(problem, other, series.n_post, confidence).items():
            label = translate("{term}, by {name}", term=labels.term(term), name=name)
            result.add_estimate(
                f"{term}_{errors}", statistics, labels.unit(term), label, labels.formula(term, errors)
            )
        if errors == "ar1":
            if other.extra["phi"] > NEAR_ONE:
                result.notes.append(
                    "the autocorrelation of AR(1) is at its limit of 1: its intercept cannot be estimated"
                )
            result.add(
                "ar1.phi",
                other.extra["phi"],
                "coefficient",
                translate("{outcome}: autocorrelation of AR(1), by REML", outcome=labels.outcome),
            )
            result.add(
                "ar1.sigma",
                other.extra["sigma"],
                labels.change,
                translate("{outcome}: standard deviation of AR(1) errors, by REML", outcome=labels.outcome),
            )
    for lag in LAGS_COMPARED:
        if lag < series.n:
            other = sensitivity.fit_model(problem, "newey_west", lag)
            found = terms(problem, other, series.n_post, confidence)
            for term in ("level_change", "slope_change"):
                words = later("{term}, p-value by Newey–West with {lag} lags")
                words = later("{term}, p-value by Newey–West with {lag} lag") if lag == 1 else words
                label = translate(words, term=labels.term(term), lag=lag)
                result.add(f"{term}_newey_west_{lag}.p_value", found[term]["p_value"], "p_value", label)
