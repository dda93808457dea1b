"""Statistics of an estimate from its standard error, by the normal distribution or Student's t."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from scipy import special

STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")
NOT_AVAILABLE = dict.fromkeys(STATISTICS, math.nan)
NOISE = 1e-12  # a standard error below this share of the outcome's scale is rounding noise


def quantile(probability: float, df: float = math.inf) -> float:
    """Return a quantile of Student's t, or of the normal distribution for infinite df."""
    return NormalDist().inv_cdf(probability) if math.isinf(df) else float(special.stdtrit(df, probability))


def two_sided(statistic: float, df: float = math.inf) -> float:
    """Return the two-sided p-value of a statistic."""
    return (
        math.erfc(abs(statistic) / math.sqrt(2))
        if math.isinf(df)
        else 2 * float(special.stdtr(df, -abs(statistic)))
    )


def scale_of(outcome: np.typing.NDArray[np.float64]) -> float:
    """Return the scale of an outcome, against which a standard error may be noise."""
    return float(np.abs(outcome).max(initial=0.0)) or 1.0


def wald(
    estimate: float, error: float, confidence: float, df: float = math.inf, scale: float = 0.0
) -> dict[str, float]:
    """Return an estimate with its standard error, interval and p-value.

    Parameters
    ----------
    estimate, error : float
    confidence : float
    df : float
        Degrees of freedom of Student's t; infinite for the normal distribution.
    scale : float
        Of the outcome; an error that is noise beside it is no standard error, and all but the estimate is
        NaN. An estimate that is noise is 0.
    """
    if abs(estimate) <= NOISE * scale:
        estimate = 0.0
    if not (error > NOISE * scale and math.isfinite(error) and df > 0):
        return NOT_AVAILABLE | {"estimate": estimate}
    reach = quantile(0.5 + confidence / 2, df) * error
    values = (estimate, error, estimate - reach, estimate + reach, two_sided(estimate / error, df))
    return dict(zip(STATISTICS, values, strict=True))
