"""Proportions in one sample, in pairs, and in two samples that share some of their people.

The tests need nothing beyond the standard library, so that a rule which uses them starts quickly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidentia.designs.inference.proportions import newcombe, paired_correlation, quantile

NOISE = 1e-12  # of a variance, as a share of what it is without pairs, below which it is rounding noise


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
    paired one. Where a share is 0 or 1, or no answer differs, the interval is Newcombe's.

    Returns
    -------
    dict of str to float
        ``estimate`` (second minus first), ``se``, ``ci_low``, ``ci_high``, ``p_value``, ``statistic``; NaN
        if a sample is empty. Where nobody's answer differs, p is 1 and there are no standard error and
        statistic.
    """
    (yes_1, n_1), (yes_2, n_2) = table.first, table.second
    if n_1 == 0 or n_2 == 0:
        return dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "p_value", "statistic"), math.nan)
    first, second = yes_1 / n_1, yes_2 / n_2
    estimate = second - first
    pooled = (yes_1 + yes_2) / (n_1 + n_2)
    free = n_1 + n_2 - 2 * phi(table) * table.pairs
    varies = 0 < pooled < 1 and free > NOISE * (n_1 + n_2)
    se = math.sqrt(pooled * (1 - pooled) * free / (n_1 * n_2)) if varies else math.nan
    statistic = estimate / se
    low, high = estimate - quantile(confidence) * se, estimate + quantile(confidence) * se
    if at_edge(table):
        paired = paired_correlation(table.both, table.lost, table.gained, table.neither)
        low, high = newcombe(second, n_2, first, n_1, confidence, paired * table.pairs / math.sqrt(n_1 * n_2))
    return {
        "estimate": estimate,
        "se": se,
        "ci_low": low,
        "ci_high": high,
        "p_value": math.erfc(abs(statistic) / math.sqrt(2)) if varies else 1.0,
        "statistic": statistic,
    }


def at_edge(table: Overlap) -> bool:
    """Tell whether a share is 0 or 1, or no answer differs, so that the interval is Newcombe's."""
    (yes_1, n_1), (yes_2, n_2) = table.first, table.second
    alone = table.first_yes + table.first_no + table.second_yes + table.second_no
    return yes_1 in (0, n_1) or yes_2 in (0, n_2) or not table.lost + table.gained + alone


def mcnemar_exact(lost: int, gained: int) -> float:
    """Return the two-sided exact p-value of a change in pairs: binomial on those who changed; 1 if nobody
    did, which says nothing where there is no pair.
    """
    changed = lost + gained
    tail, term = 0, 1
    for k in range(min(lost, gained) + 1):
        tail += term
        term = term * (changed - k) // (k + 1)
    return min(1.0, 2 * tail / 2**changed)
