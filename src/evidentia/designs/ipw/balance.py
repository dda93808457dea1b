"""How alike two groups are on a variable: means, standardised mean difference, variance ratio,
Kolmogorov-Smirnov.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evidentia.designs.ipw.arrays import Array, Mask


@dataclass(frozen=True)
class Balance:
    """One variable compared between the groups, unweighted or weighted.

    Attributes
    ----------
    treated, comparator : float
        Means.
    smd : float
        Difference of the means over the pooled standard deviation of the unweighted sample; NaN if that is 0.
    variance_ratio : float
        Treated over comparator; NaN for a variable with two values.
    ks : float
        Largest distance between the two cumulative distributions.
    """

    treated: float
    comparator: float
    smd: float
    variance_ratio: float
    ks: float


def two_valued(values: Array) -> bool:
    """Tell whether a variable has no more than two values."""
    return bool(np.isin(values, (values.min(), values.max())).all())


def pooled_deviation(values: Array, treated: Mask) -> float:
    """Return the square root of the mean of the groups' variances: n - 1 below, p(1-p) for a variable with
    two values.
    """
    below = 0 if two_valued(values) else 1
    return math.sqrt((values[treated].var(ddof=below) + values[~treated].var(ddof=below)) / 2)


def compare(values: Array, treated: Mask, weights: Array, deviation: float) -> Balance:
    """Compare a variable between the groups.

    Parameters
    ----------
    values : array
    treated : array of bool
    weights : array
        Ones for the unweighted comparison.
    deviation : float
        `pooled_deviation` of the unweighted sample.
    """
    parts = [(values[group], weights[group] / weights[group].sum()) for group in (treated, ~treated)]
    means = [float(part @ share) for part, share in parts]
    variances = [_variance(part, share, mean) for (part, share), mean in zip(parts, means, strict=True)]
    both_spread = variances[1] > 0 and not two_valued(values)
    return Balance(
        means[0],
        means[1],
        (means[0] - means[1]) / deviation if deviation > 0 else math.nan,
        variances[0] / variances[1] if both_spread else math.nan,
        _distance(values, treated, weights),
    )


def _variance(values: Array, shares: Array, mean: float) -> float:
    """Return the unbiased variance under weights that sum to 1."""
    left = 1 - float(shares @ shares)
    return float(shares @ (values - mean) ** 2) / left if left > 0 else 0.0


def _distance(values: Array, treated: Mask, weights: Array) -> float:
    """Return the largest distance between the weighted cumulative distributions."""
    order = np.argsort(values, kind="stable")
    signed = np.where(treated, weights / weights[treated].sum(), -weights / weights[~treated].sum())[order]
    ends = np.append(np.diff(values[order]) > 0, True)
    return float(np.abs(np.cumsum(signed)[ends]).max())
