"""Tests of what a model leaves in its residuals: autocorrelation, and a spread that differs between the
segments.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from evidentia.designs.its.fit import Array, least_squares

EXACT_BELOW = 100  # periods; from here on lmtest, too, takes the normal approximation


def vanish(residuals: Array) -> bool:
    """Tell whether residuals are rounding noise, of which nothing can be tested."""
    return float(residuals @ residuals) < 1e-18 * len(residuals)


def durbin_watson(residuals: Array, X: Array) -> tuple[float, float]:
    """Return the Durbin-Watson statistic and its p-value against positive autocorrelation, as
    ``lmtest::dwtest``.

    The p-value is exact for normal errors in series of fewer than 100 periods: the chance that a sum of
    squares with weights (eigenvalue - statistic) falls below 0. From 100 on it rests on a normal
    distribution with the statistic's own mean and variance.
    """
    n, k = X.shape
    if vanish(residuals):
        return float("nan"), float("nan")
    statistic = float(np.sum(np.diff(residuals) ** 2) / (residuals @ residuals))
    if n < EXACT_BELOW:
        outside = np.diff(np.linalg.qr(X, mode="complete")[0][:, k:], axis=0)
        return statistic, _chance_below_zero(np.linalg.eigvalsh(outside.T @ outside) - statistic)
    Q = np.linalg.qr(X)[0]
    differences = np.diff(Q, axis=0)
    inside = differences.T @ differences
    second = np.diff(differences, axis=0, prepend=0, append=0)
    m = n - k
    mean = (2 * (n - 1) - np.trace(inside)) / m
    squares = 2 * (3 * n - 4) - 2 * np.sum(second**2) + np.sum(inside**2)
    variance = 2 * (squares - m * mean**2) / (m * (m + 2))
    return statistic, float(special.ndtr((statistic - mean) / np.sqrt(variance)))


def _chance_below_zero(eigenvalues: Array) -> float:
    """Return P(sum of eigenvalue times squared normal < 0), by Imhof's integral.

    Over the logarithm of its variable the integrand is smooth and dies out exponentially on both sides,
    so that the trapezoidal rule is exact to rounding.
    """
    scaled = eigenvalues / np.abs(eigenvalues).max()
    step = 0.1
    u = scaled[:, None] * np.exp(np.arange(-40, 40, step))
    integrand = np.sin(0.5 * np.arctan(u).sum(axis=0)) * np.exp(-0.25 * np.log1p(u**2).sum(axis=0))
    return float(np.clip(0.5 - step * integrand.sum() / np.pi, 0, 1))


def breusch_godfrey(residuals: Array, X: Array, order: int = 1) -> tuple[float, float]:
    """Return the Breusch-Godfrey statistic and its p-value (chi-squared), lags filled with 0 as
    ``lmtest::bgtest`` does.
    """
    n = len(residuals)
    if vanish(residuals):
        return float("nan"), float("nan")
    lagged = [np.concatenate([np.zeros(lag), residuals[:-lag]]) for lag in range(1, order + 1)]
    wide = np.column_stack([X, *lagged])
    fitted = wide @ least_squares(residuals, wide)[0]
    statistic = n * float(fitted @ fitted) / float(residuals @ residuals)
    return statistic, float(special.chdtrc(order, statistic))


def autocorrelation(residuals: Array, lags: int) -> Array:
    """Return the autocorrelation at lags 1, 2, ..., about the mean and over n, as R's ``acf``."""
    if vanish(residuals):
        return np.full(lags, np.nan)
    centred = residuals - residuals.mean()
    return np.array([centred[lag:] @ centred[:-lag] for lag in range(1, lags + 1)]) / (centred @ centred)


def partial_autocorrelation(acf: Array) -> Array:
    """Return the partial autocorrelation at the same lags, by the Durbin-Levinson
    recursion, as R's ``pacf``.
    """
    partial = [float(acf[0])]
    before = np.array([acf[0]])
    for lag in range(1, len(acf)):
        value = (acf[lag] - before @ acf[:lag][::-1]) / (1 - before @ acf[:lag])
        before = np.append(before - value * before[::-1], value)
        partial.append(float(value))
    return np.array(partial)


def ljung_box(acf: Array, n: int) -> tuple[float, float]:
    """Return the Ljung-Box statistic over the lags given and its p-value, as R's ``Box.test(type =
    "Ljung")``.
    """
    statistic = float(n * (n + 2) * np.sum(acf**2 / (n - np.arange(1, len(acf) + 1))))
    return statistic, float(special.chdtrc(len(acf), statistic))


def ljung_box_lags(n: int) -> int:
    """Return the number of lags for Ljung-Box: 10, or a fifth of a shorter series."""
    return max(1, min(10, n // 5))


def correlogram_lags(n: int) -> int:
    """Return the number of lags for a correlogram, as R: 10 log10(n)."""
    return max(1, min(n - 2, int(10 * np.log10(n))))


def spread(residuals: Array, n_pre: int) -> tuple[float, float]:
    """Return the standard deviation of the residuals about each segment's line, over periods - 2."""
    parts = residuals[:n_pre], residuals[n_pre:]
    before, after = (float(np.sqrt(part @ part / (len(part) - 2))) for part in parts)
    return before, after


def variance_ratio(before: float, after: float, n_pre: int, n_post: int) -> float:
    """Return the two-sided p-value of the F test that both segments vary alike, as R's ``var.test``."""
    lower = float(special.fdtr(n_post - 2, n_pre - 2, (after / before) ** 2))
    return 2 * min(lower, 1 - lower)
