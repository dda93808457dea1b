"""Intervals of proportions, their differences and ratios, that hold at 0 and 1 too.

They need nothing beyond the standard library, so that a rule which uses them starts quickly. Counts and
numbers of people may be effective ones of weighted samples, and so no integers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

LARGEST_RATIO = 1e9  # beyond which a limit of a ratio counts as infinite


def quantile(confidence: float) -> float:
    """Return the normal quantile of a two-sided interval."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(count: float, n: float, confidence: float) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion (without correction for continuity); NaN for an empty
    sample.
    """
    return _wilson(count, n, quantile(confidence))


def _wilson(count: float, n: float, z: float) -> tuple[float, float]:
    if n == 0:
        return math.nan, math.nan
    share = count / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = centre - reach, centre + reach
    return (0.0 if count == 0 else max(low, 0.0)), (1.0 if count == n else min(high, 1.0))


def newcombe(
    first: float, n_1: float, second: float, n_2: float, confidence: float, correlation: float = 0.0
) -> tuple[float, float]:
    """Return Newcombe's hybrid score interval of a difference of two shares, first minus second.

    Parameters
    ----------
    first, second : float
        Shares.
    n_1, n_2 : float
        People.
    confidence : float
    correlation : float
        Of the two shares; that of the paired answers where the samples are the same people (Newcombe 1998b).
    """
    return _newcombe(first, n_1, second, n_2, quantile(confidence), correlation)


def _newcombe(
    first: float, n_1: float, second: float, n_2: float, z: float, correlation: float
) -> tuple[float, float]:
    low_1, high_1 = _wilson(first * n_1, n_1, z)
    low_2, high_2 = _wilson(second * n_2, n_2, z)
    below = _joint(first - low_1, high_2 - second, correlation)
    above = _joint(high_1 - first, second - low_2, correlation)
    return first - second - below, first - second + above


def _joint(one: float, other: float, correlation: float) -> float:
    return math.sqrt(max(one * one - 2 * correlation * one * other + other * other, 0.0))


def newcombe_p_value(first: float, n_1: float, second: float, n_2: float) -> float:
    """Return the two-sided p-value at which Newcombe's interval of a difference ends at 0."""
    if first == second:
        return 1.0

    def reaches(z: float) -> bool:
        low, high = _newcombe(first, n_1, second, n_2, z, 0.0)
        return low <= 0 <= high

    return math.erfc(_first_true(reaches, 0.0, 40.0) / math.sqrt(2))


def _first_true(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Return where a condition that stays true begins to hold, by bisection."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def paired_correlation(both: int, lost: int, gained: int, neither: int) -> float:
    """Return the correlation of paired answers as Newcombe's interval takes it: shrunk where positive, 0
    without variation.
    """
    product = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    cross = both * neither - lost * gained
    if not product:
        return 0.0
    return (max(cross - (both + lost + gained + neither) / 2, 0.0) if cross > 0 else cross) / math.sqrt(
        product
    )


def score_ratio(
    count_1: float, n_1: float, count_2: float, n_2: float, confidence: float
) -> tuple[float, float]:
    """Return the score interval of a ratio of two shares (Koopman 1984); 0 and infinity are possible limits.

    A limit is where the score statistic, with the shares most likely under that ratio, reaches the quantile.
    """
    if not count_1 and not count_2:
        return 0.0, math.inf
    bound = quantile(confidence) ** 2

    def outside(log_ratio: float) -> bool:
        return _score(math.exp(log_ratio), count_1, n_1, count_2, n_2) > bound

    far = math.log(LARGEST_RATIO)
    estimate = math.log(count_1 * n_2 / (count_2 * n_1)) if count_1 and count_2 else -far if count_2 else far
    low = -_first_true(lambda place: outside(-place), -estimate, far) if count_1 else -math.inf
    high = _first_true(outside, estimate, far) if count_2 else math.inf
    return math.exp(low), math.exp(high)


def score_p_value(count_1: float, n_1: float, count_2: float, n_2: float) -> float:
    """Return the p-value of the score test that two shares are alike."""
    return math.erfc(math.sqrt(_score(1.0, count_1, n_1, count_2, n_2) / 2))


def _score(ratio: float, count_1: float, n_1: float, count_2: float, n_2: float) -> float:
    """Return the score statistic of a ratio of shares."""
    a, b, c = (n_1 + n_2) * ratio, -(n_1 * ratio + count_1 + n_2 + count_2 * ratio), count_1 + count_2
    second = 2 * c / (-b + math.sqrt(max(b * b - 4 * a * c, 0.0)))
    second = min(second, 1.0, 1 / ratio)
    first = ratio * second
    variance = first * (1 - first) / n_1 + ratio * ratio * second * (1 - second) / n_2
    gap = count_1 / n_1 - ratio * count_2 / n_2
    return gap * gap / variance if variance > 0 else 0.0 if abs(gap) < 1e-12 else math.inf
