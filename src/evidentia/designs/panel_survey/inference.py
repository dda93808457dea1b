"""Proportions in one sample, in pairs, and in two samples that share some of their people.

The tests need nothing beyond the standard library, so that a rule which uses them starts quickly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Overlap:
    """Two samples of yes and no that share some people, in the letters of Derrick et al (2015).

    Attributes
    ----------
    both, lost, gained, neither : int
        People in both samples (a, b, c, d): yes twice, yes then no, no then yes, no twice.
    first_yes, first_no : int
        People in the first sample only (e, f).
    second_yes, second_no : int
        People in the second sample only (g, h).
    """

    both: int
    lost: int
    gained: int
    neither: int
    first_yes: int = 0
    first_no: int = 0
    second_yes: int = 0
    second_no: int = 0

    @property
    def pairs(self) -> int:
        """People in both samples."""
        return self.both + self.lost + self.gained + self.neither

    @property
    def first(self) -> tuple[int, int]:
        """Yes, and people, in the first sample."""
        return self.both + self.lost + self.first_yes, self.pairs + self.first_yes + self.first_no

    @property
    def second(self) -> tuple[int, int]:
        """Yes, and people, in the second sample."""
        return self.both + self.gained + self.second_yes, self.pairs + self.second_yes + self.second_no

    def paired(self) -> Overlap:
        """Return the people in both samples alone."""
        return Overlap(self.both, self.lost, self.gained, self.neither)


def quantile(confidence: float) -> float:
    """Return the normal quantile of a two-sided interval."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(count: int, n: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion (without correction for continuity); NaN for an empty sample."""
    if n == 0:
        return math.nan, math.nan
    z = quantile(confidence)
    share = count / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = centre - reach, centre + reach
    return (0.0 if count == 0 else max(low, 0.0)), (1.0 if count == n else min(high, 1.0))


def phi(table: Overlap) -> float:
    """Return the correlation of the paired answers; 0 where it is not defined."""
    a, b, c, d = table.both, table.lost, table.gained, table.neither
    product = (a + b) * (c + d) * (a + c) * (b + d)
    return (a * d - b * c) / math.sqrt(product) if product else 0.0


def partially_overlapping_z(table: Overlap, confidence: float) -> dict[str, float]:
    """Test a change of a proportion between two samples that share some people.

    The statistic is z8 of Derrick et al (2015), as in ``Prop.test`` of the R package Partiallyoverlapping:
    the difference over a standard error from the pooled proportion, less the covariance of the pairs. The
    interval uses that standard error too. Without pairs it is the usual pooled z test, with pairs alone a
    paired one.

    Returns
    -------
    dict of str to float
        ``estimate`` (second minus first), ``se``, ``ci_low``, ``ci_high``, ``p_value``, ``statistic``; NaN
        if a sample is empty. Where nobody's answer differs, p is 1 and there is no statistic.
    """
    (yes_1, n_1), (yes_2, n_2) = table.first, table.second
    if n_1 == 0 or n_2 == 0:
        return dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "p_value", "statistic"), math.nan)
    estimate = yes_2 / n_2 - yes_1 / n_1
    pooled = (yes_1 + yes_2) / (n_1 + n_2)
    variance = pooled * (1 - pooled) * (n_1 + n_2 - 2 * phi(table) * table.pairs) / (n_1 * n_2)
    se = math.sqrt(max(variance, 0.0))
    statistic = estimate / se if se else math.nan
    reach = quantile(confidence) * se
    return {
        "estimate": estimate,
        "se": se,
        "ci_low": estimate - reach,
        "ci_high": estimate + reach,
        "p_value": math.erfc(abs(statistic) / math.sqrt(2)) if se else 1.0,
        "statistic": statistic,
    }


def mcnemar_exact(lost: int, gained: int) -> float:
    """Return the two-sided exact p-value of a change in pairs: binomial on those who changed; 1 if nobody did."""
    changed = lost + gained
    tail, term = 0, 1
    for k in range(min(lost, gained) + 1):
        tail += term
        term = term * (changed - k) // (k + 1)
    return min(1.0, 2 * tail / 2**changed)
