"""Reliability, paired change, its standardised size, and the reliable change index."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from evidentia.designs.inference.clusters import Clusters, root
from evidentia.designs.inference.wald import NOT_AVAILABLE, scale_of, wald

Array = NDArray[np.float64]
RELIABLE = 1.96  # beyond which a change is more than the measure's own error (Jacobson and Truax 1991)


def alpha(answers: Array) -> float:
    """Return Cronbach's alpha of those who answered all items; NaN for fewer than 2 people or scores that do
    not vary.
    """
    complete = answers[~np.isnan(answers).any(axis=1)]
    k = complete.shape[1]
    if len(complete) < 2 or k < 2:
        return math.nan
    total = float(complete.sum(axis=1).var(ddof=1))
    return k / (k - 1) * (1 - float(complete.var(axis=0, ddof=1).sum()) / total) if total > 0 else math.nan


def change(before: Array, after: Array, confidence: float, clusters: Clusters | None) -> dict[str, float]:
    """Return the mean change with Student's t for pairs, or by cluster with t on clusters less one."""
    difference = after - before
    n, mean = len(difference), float(np.mean(difference))
    if clusters is not None:
        error = root((difference - mean) / n, clusters) if clusters.number > 1 else math.nan
        return wald(mean, error, confidence, clusters.number - 1, scale_of(np.concatenate([before, after])))
    error = float(difference.std(ddof=1)) / math.sqrt(n) if n > 1 else math.nan
    return wald(mean, error, confidence, n - 1, scale_of(np.concatenate([before, after])))


def paired_g(
    before: Array, after: Array, confidence: float, found: dict[str, float], clusters: Clusters | None
) -> dict[str, float]:
    """Return Hedges' g of a paired change over the standard deviation within times (Borenstein and others
    2009, chapter 4).

    d is the change over √((s₁² + s₂²)/2), its variance (1/n + d²/(2n)) 2(1 − r), and J = 1 − 3/(4(n − 1) −
    1). With clusters the first term is the squared error of the change by cluster over the variance.
    """
    n = len(before)
    within = math.sqrt((float(before.var(ddof=1)) + float(after.var(ddof=1))) / 2) if n > 2 else 0.0
    if not within > 0 or np.ptp(before) == 0 or np.ptp(after) == 0 or not found["se"] > 0:
        return dict(NOT_AVAILABLE)
    r = float(np.corrcoef(before, after)[0, 1])
    d, factor = found["estimate"] / within, 1 - 3 / (4 * (n - 1) - 1)
    first = (found["se"] / within) ** 2 if clusters is not None else 2 * (1 - r) / n
    variance = first + d * d * (1 - r) / n
    df = clusters.number - 1 if clusters is not None else math.inf
    return wald(factor * d, factor * math.sqrt(variance), confidence, df)


def reliable_difference(spread: float, reliability: float) -> float:
    """Return the change beyond which it is reliable: 1.96 × √2 × s √(1 − r); NaN without a usable
    reliability.
    """
    if not (0 < reliability < 1 and spread > 0):
        return math.nan
    return RELIABLE * math.sqrt(2) * spread * math.sqrt(1 - reliability)
