"""Gaussian models of a series: OLS, Newey-West, and AR(1) by restricted maximum likelihood (REML)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from evidentia.designs.its.fit import Array, Fit, least_squares, newey_west

FARTHEST = 8.0  # atanh of the largest autocorrelation tried, 0.9999998


def ols(y: Array, X: Array, lags: int | None = None, times: Array | None = None) -> Fit:
    """Fit by ordinary least squares.

    Parameters
    ----------
    y, X : array
    lags : int, optional
        Takes the covariance from Newey-West with these lags.
    times : array, optional
        Place of each period in time, where some are left out.
    """
    n, k = X.shape
    beta, inverse = least_squares(y, X)
    residuals = y - X @ beta
    variance = float(residuals @ residuals) / (n - k)
    cov = variance * inverse if lags is None else newey_west(X * residuals[:, None], inverse, lags, times)
    return Fit(beta, cov, n - k, residuals, X, variance, {"sigma": variance**0.5}, float(np.abs(y).max()))


def ar1(y: Array, X: Array, times: Array | None = None) -> Fit:
    """Fit with errors of a first-order autoregression by REML, as ``nlme::gls`` with ``corAR1`` does.

    The residuals are observed minus fitted; `extra` holds ``phi`` and the standard deviation ``sigma``. A
    period that is left out of `times` gets a coefficient of its own, which keeps the distance between its
    neighbours (``form = ~ t``).
    """
    if times is not None:
        return _with_gaps(y, X, times)
    n, k = X.shape
    phi = reml_phi(y, X)
    white_y, white_X = (_whitened(values, phi) for values in (y, X))
    beta, inverse = least_squares(white_y, white_X)
    rest = white_y - white_X @ beta
    variance = float(rest @ rest) / (n - k)
    return Fit(
        beta,
        variance * inverse,
        n - k,
        y - X @ beta,
        X,
        variance,
        {"phi": phi, "sigma": variance**0.5},
        float(np.abs(y).max()),
    )


def _with_gaps(y: Array, X: Array, times: Array) -> Fit:
    k, place = X.shape[1], (times - times.min()).astype(int)
    gaps = np.setdiff1d(np.arange(place.max() + 1), place)
    whole_y, whole_X = np.zeros(place.max() + 1), np.zeros((place.max() + 1, k + len(gaps)))
    whole_y[place], whole_X[place, :k] = y, X
    whole_X[gaps, k + np.arange(len(gaps))] = 1
    fit = ar1(whole_y, whole_X)
    return replace(fit, beta=fit.beta[:k], cov=fit.cov[:k, :k], residuals=fit.residuals[place], working=X)


def reml_phi(y: Array, X: Array) -> float:
    """Return the autocorrelation that maximises the restricted likelihood, with the variance profiled out.

    With Z = (Q, e), where Q spans the columns of X and e is the part of y outside them, the likelihood at
    any phi needs only three small matrices, because the inverse correlation matrix of AR(1) is
    tridiagonal: Z'V⁻¹Z (1 - phi²) = Z'Z - phi C + phi² I, with C from neighbours and I without the ends.
    A grid finds the right hill, and the zero of the derivative its top.
    """
    n, k = X.shape
    Q, _ = np.linalg.qr(X)
    e = y - Q @ (Q.T @ y)
    size = np.linalg.norm(e)
    if size <= 1e-12 * np.linalg.norm(y):
        return 0.0
    Z = np.column_stack([Q, e / size])
    whole, inner, cross = Z.T @ Z, Z[1:-1].T @ Z[1:-1], Z[1:].T @ Z[:-1]
    cross = cross + cross.T

    def criterion(phi: Array) -> Array:
        G = whole - phi[:, None, None] * cross + phi[:, None, None] ** 2 * inner
        own, both = (np.linalg.slogdet(part)[1] for part in (G[:, :k, :k], G))
        value: Array = np.log1p(-(phi**2)) - (n - k) * (both - own) - own
        return value

    def derivative(phi: float) -> float:
        G, change = whole - phi * cross + phi**2 * inner, 2 * phi * inner - cross
        own = np.trace(np.linalg.solve(G[:k, :k], change[:k, :k]))
        both = np.trace(np.linalg.solve(G, change))
        return float(-2 * phi / (1 - phi**2) - (n - k) * (both - own) - own)

    grid = np.tanh(np.linspace(-FARTHEST, FARTHEST, 65))
    best = int(np.argmax(criterion(grid)))
    return zero(derivative, float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)]))


def zero(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function that falls through 0 between two places does so, or the end nearest to it.

    False position, with the weight of an end that stays twice halved (the Illinois rule).
    """
    at_low, at_high = function(low), function(high)
    if at_low <= 0 or at_high >= 0:
        return low if at_low <= 0 else high
    place, side = low, 0
    for _ in range(100):
        before, place = place, low + (high - low) * at_low / (at_low - at_high)
        value = function(place)
        if value == 0 or abs(place - before) < 1e-12:
            break
        if value > 0:
            low, at_low, at_high = place, value, at_high / 2 if side > 0 else at_high
        else:
            high, at_high, at_low = place, value, at_low / 2 if side < 0 else at_low
        side = 1 if value > 0 else -1
    return place


def _whitened(values: Array, phi: float) -> Array:
    """Return values turned so that AR(1) errors become independent, on the scale of the first period."""
    later = (values[1:] - phi * values[:-1]) / np.sqrt(1 - phi**2)
    return np.concatenate([values[:1], later])
