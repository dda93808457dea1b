"""What every model of a series shares: its design, its fit, and inference on combinations of coefficients."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy import special

Array = npt.NDArray[np.float64]
STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")
INTERCEPT, PRE_SLOPE, LEVEL, SLOPE = range(4)
"""Places of the coefficients; harmonics follow."""


@dataclass(frozen=True)
class Problem:
    """Numbers to which a model is fitted.

    Attributes
    ----------
    y : array
        Outcome; a share for the gaussian family with a denominator.
    X : array
        `design` of the series.
    family : str
    offset : array
        On the scale of the linear predictor; 0 without one.
    trials : array
        Denominators of the binomial family; 1 elsewhere.
    """

    y: Array
    X: Array
    family: str = "gaussian"
    offset: Array = field(default_factory=lambda: np.zeros(1))
    trials: Array = field(default_factory=lambda: np.ones(1))

    def at(self, rows: npt.NDArray[np.intp], X: Array) -> Problem:
        """Return the problem of some of the periods, with a design of their own."""
        offset, trials = (np.broadcast_to(values, self.y.shape)[rows] for values in (self.offset, self.trials))
        return replace(self, y=self.y[rows], X=X, offset=offset, trials=trials)


@dataclass(frozen=True)
class Fit:
    """A fitted model.

    Attributes
    ----------
    beta, cov : array
        Coefficients and their covariance.
    df : float
        Degrees of freedom of Student's t; infinite for the normal distribution.
    residuals : array
        Deviance residuals; observed minus fitted for the gaussian family.
    working : array
        The design in the metric of the residuals: X, times the square root of the weights of a GLM.
    dispersion : float
        Pearson's chi-squared over n - k.
    extra : dict of str to float
        Parameters beside the coefficients, such as ``phi`` of AR(1).
    """

    beta: Array
    cov: Array
    df: float
    residuals: Array
    working: Array
    dispersion: float
    extra: dict[str, float] = field(default_factory=dict)


def design(n: int, n_pre: int, pairs: int = 0, season: float | None = None) -> Array:
    """Return the design of segmented regression.

    Parameters
    ----------
    n, n_pre : int
        Periods in all, and before the intervention.
    pairs : int
        Harmonics of the season, each a sine and a cosine.
    season : float, optional
        Periods in a season.

    Returns
    -------
    array
        Columns 1, t = 1..n, D (1 from the first post period on), periods since then (0, 1, 2, ...), and
        the harmonics; the sine of a harmonic of two periods is 0 throughout and left out.
    """
    t = np.arange(1.0, n + 1)
    post = t > n_pre
    columns = [np.ones(n), t, post.astype(float), np.where(post, t - n_pre - 1, 0.0)]
    for pair in range(1, pairs + 1):
        assert season
        angle = 2 * np.pi * pair * t / season
        columns += [np.cos(angle)] if 2 * pair == season else [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def full_rank(X: Array) -> bool:
    """Tell whether every coefficient can be estimated."""
    return X.shape[0] > X.shape[1] == int(np.linalg.matrix_rank(X))


def without_intervention(X: Array) -> Array:
    """Return the design of the counterfactual: no jump, and the earlier slope."""
    other = X.copy()
    other[:, [LEVEL, SLOPE]] = 0
    return other


def least_squares(y: Array, X: Array) -> tuple[Array, Array]:
    """Return the coefficients and the inverse of X'X, through a QR decomposition."""
    Q, R = np.linalg.qr(X)
    root = np.linalg.inv(R)
    return root @ (Q.T @ y), root @ root.T


def newey_west(scores: Array, bread: Array, lags: int) -> Array:
    """Return the Newey-West covariance with Bartlett weights 1 - l/(L+1) and the factor n/(n-k).

    Parameters
    ----------
    scores : array
        Estimating functions, one row a period; for OLS, the regressors times the residual.
    bread : array
        Inverse of the information, without dispersion.
    lags : int
        L.
    """
    n, k = scores.shape
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (cross + cross.T)
    return bread @ meat @ bread * n / (n - k)


def default_lags(n: int) -> int:
    """Return the usual number of lags of Newey-West, 4(n/100)^(2/9) rounded down."""
    return int(4 * (n / 100) ** (2 / 9))


def quantile(probability: float, df: float) -> float:
    """Return a quantile of Student's t, or of the normal distribution for infinite df."""
    return float(special.ndtri(probability) if np.isinf(df) else special.stdtrit(df, probability))


def wald(estimate: float, se: float, df: float, confidence: float) -> dict[str, float]:
    """Return the statistics of an estimate."""
    if not se > 0 or not np.isfinite(se):
        return {**dict.fromkeys(STATISTICS, np.nan), "estimate": estimate}
    statistic = -abs(estimate / se)
    tail = special.ndtr(statistic) if np.isinf(df) else special.stdtr(df, statistic)
    reach = quantile((1 + confidence) / 2, df) * se
    values = (estimate, se, estimate - reach, estimate + reach, 2 * tail)
    return dict(zip(STATISTICS, map(float, values), strict=True))


def combination(fit: Fit, weights: Array, confidence: float) -> dict[str, float]:
    """Return the statistics of a linear combination of the coefficients; `weights` may stop before the last ones."""
    size = len(weights)
    return wald(float(weights @ fit.beta[:size]), float(np.sqrt(weights @ fit.cov[:size, :size] @ weights)), fit.df, confidence)
