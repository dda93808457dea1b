"""Numbers that say what a model leaves in its residuals: the tests, and the correlogram as a frame."""

from __future__ import annotations

import numpy as np

from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.its import diagnostics
from evidentia.designs.its.fit import Array, Fit
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.lines import cell
from evidentia.designs.its.series import Series


def add_diagnostics(result: Result, labels: Labels, plain: Fit, fit: Fit, series: Series, lags: int) -> None:
    """Add the tests of the residuals, and the correlogram as a frame."""
    what = labels.outcome
    _add_order_one(result, labels, plain, series.n)
    _add_correlogram(result, labels, plain.residuals, series.n)
    result.add(
        "dispersion",
        plain.dispersion,
        "coefficient",
        translate("{what}: dispersion", what=what),
        translate("Pearson's chi-squared over n - k"),
    )
    result.add(
        "newey_west.lags",
        lags,
        "count",
        translate("{what}: lags of Newey–West", what=what),
        basis=labels.lags_basis,
    )


def _add_order_one(result: Result, labels: Labels, plain: Fit, n: int) -> None:
    """Add the tests against autocorrelation of order 1."""
    what, residuals, X = labels.outcome, plain.residuals, plain.working
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


def _add_correlogram(result: Result, labels: Labels, residuals: Array, n: int) -> None:
    """Add the correlogram as a frame, its first lag, and the test of its first lags together."""
    what = labels.outcome
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
            [lag, cell(a), cell(p), limit]
            for lag, (a, p) in enumerate(zip(acf.tolist(), pacf.tolist(), strict=True), 1)
        ],
    )
