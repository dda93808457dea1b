"""What every model of a series shares: its design, its fit, and inference on combinations of coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from evidentia.designs.inference.wald import wald

Array = npt.NDArray[np.float64]
INTERCEPT, PRE_SLOPE, LEVEL, SLOPE = range(4)
"""Places of the coefficients; those of further interventions and harmonics follow."""


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
    times : array or None
        Place of each period in time, from 1; None if no period is left out.
    breaks : int
        Interventions.
    """

    y: Array
    X: Array
    family: str = "gaussian"
    offset: Array = field(default_factory=lambda: np.zeros(1))
    trials: Array = field(default_factory=lambda: np.ones(1))
    times: Array | None = None
    breaks: int = 1

    @property
    def scale(self) -> float:
        """Scale of the estimates, beside which an error may be noise."""
        return float(np.abs(self.y).max()) if self.family == "gaussian" else 1.0

    def at(self, rows: npt.NDArray[np.intp], X: Array) -> Problem:
        """Return the problem of some of the periods, with a design of their own."""
        offset, trials = (
            np.broadcast_to(values, self.y.shape)[rows] for values in (self.offset, self.trials)
        )
        times = None if self.times is None else self.times[rows]
        return replace(self, y=self.y[rows], X=X, offset=offset, trials=trials, times=times)


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
    scale : float
        Of the outcome; a standard error that is noise beside it is none.
    """

    beta: Array
    cov: Array
    df: float
    residuals: Array
    working: Array
    dispersion: float
    extra: dict[str, float] = field(default_factory=dict)
    scale: float = 0.0

    @property
    def distribution(self) -> str:
        """Distribution behind p-values and intervals, in words."""
        return (
            "the normal distribution"
            if np.isinf(self.df)
            else f"Student's t with {self.df:g} degrees of freedom"
        )


def design(n: int, n_pre: int, pairs: int = 0, season: float | None = None) -> Array:
    """Return the design of segmented regression of periods without gaps, with one intervention after `n_pre`
    of `n`.
    """
    return segments(np.arange(1.0, n + 1), [n_pre + 1], pairs, season)


def segments(t: Array, starts: Sequence[float], pairs: int = 0, season: float | None = None) -> Array:
    """Return the design of segmented regression.

    Parameters
    ----------
    t : array
        Place of each period in time.
    starts : sequence of float
        Place of the first period of each intervention.
    pairs : int
        Harmonics of the season, each a sine and a cosine.
    season : float, optional
        Periods in a season.

    Returns
    -------
    array
        Columns 1, t, for each intervention D (1 from its first period on) and periods since then (0, 1, 2,
        ...), and the harmonics; the sine of a harmonic of two periods is 0 throughout and left out.
    """
    columns = [np.ones(len(t)), t]
    for start in starts:
        columns += [(t >= start).astype(float), np.maximum(t - start, 0.0)]
    for pair in range(1, pairs + 1):
        assert season
        angle = 2 * np.pi * pair * t / season
        columns += [np.cos(angle)] if 2 * pair == season else [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def full_rank(X: Array) -> bool:
    """Tell whether every coefficient can be estimated."""
    return X.shape[0] > X.shape[1] == int(np.linalg.matrix_rank(X))


def without_intervention(X: Array, breaks: int = 1) -> Array:
    """Return the design of the counterfactual: no jumps, and the earliest slope."""
    other = X.copy()
    other[:, LEVEL : LEVEL + 2 * breaks] = 0
    return other


def least_squares(y: Array, X: Array) -> tuple[Array, Array]:
    """Return the coefficients and the inverse of X'X, through a QR decomposition."""
    Q, R = np.linalg.qr(X)
    root = np.linalg.inv(R)
    return root @ (Q.T @ y), root @ root.T


def newey_west(scores: Array, bread: Array, lags: int, times: Array | None = None) -> Array:
    """Return the Newey-West covariance with Bartlett weights 1 - l/(L+1) and the factor n/(n-k).

    Parameters
    ----------
    scores : array
        Estimating functions, one row a period; for OLS, the regressors times the residual.
    bread : array
        Inverse of the information, without dispersion.
    lags : int
        L.
    times : array, optional
        Place of each row in time, where periods are left out, so that lags count time; rows of one time are
        added up.
    """
    n, k = scores.shape
    if times is not None:
        place = (times - times.min()).astype(int)
        scattered = np.zeros((int(place.max()) + 1, k))
        np.add.at(scattered, place, scores)
        scores = scattered
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (cross + cross.T)
    return bread @ meat @ bread * n / (n - k)


def default_lags(n: int) -> int:
    """Return the usual number of lags of Newey-West, 4(n/100)^(2/9) rounded down."""
    return int(4 * (n / 100) ** (2 / 9))


def combination(fit: Fit, weights: Array, confidence: float) -> dict[str, float]:
    """Return the statistics of a linear combination of the coefficients; `weights` may stop before the last
    ones.
    """
    size = len(weights)
    error = float(np.sqrt(np.maximum(weights @ fit.cov[:size, :size] @ weights, 0.0)))
    return wald(float(weights @ fit.beta[:size]), error, confidence, fit.df, fit.scale)
