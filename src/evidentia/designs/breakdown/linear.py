"""Whether effects differ between groups: by least squares with one model of all groups, or of estimates that
are independent of each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from evidentia.core.language import translate
from evidentia.designs.inference.clusters import Array, Clusters, cr2
from evidentia.designs.inference.wald import scale_of, wald

FREE = 1e-10  # of a residual's variance; a person whom a column of their own fits exactly has none


@dataclass(frozen=True)
class Test:
    """A test that all groups are alike: statistic, degrees of freedom (infinite ones of a chi-squared) and
    p-value; NaN where it cannot be had.
    """

    statistic: float
    df: float
    p_value: float
    how: str = ""


NO_TEST = Test(math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class Least:
    """Least squares whose contrasts are looked at.

    Errors are HC2 as ``vcovHC(type = "HC2")`` of the R package sandwich, with n − k degrees of freedom, or
    classical; with clusters CR2 with Satterthwaite's degrees of freedom.
    """

    y: Array
    X: Array
    clusters: Clusters | None = None
    classical: bool = False

    def contrast(self, direction: Array) -> tuple[float, float, float]:
        """Return a contrast's estimate, standard error and degrees of freedom."""
        if self.clusters is not None:
            return cr2(self.y, self.X, np.ones(len(self.y)), self.clusters, direction)
        inverse = np.linalg.inv(self.X.T @ self.X)
        beta = inverse @ (self.X.T @ self.y)
        residuals, df = self.y - self.X @ beta, len(self.y) - self.X.shape[1]
        if self.classical:
            variance = float(residuals @ residuals / df * (direction @ inverse @ direction))
        else:
            leverage = np.einsum("ij,jk,ik->i", self.X, inverse, self.X)
            pull = self.X @ (inverse @ direction)
            free = 1 - leverage > FREE
            variance = float(np.sum(pull[free] ** 2 * residuals[free] ** 2 / (1 - leverage[free])))
        return float(direction @ beta), math.sqrt(variance), df

    def estimate(self, direction: Array, confidence: float) -> dict[str, float]:
        """Return a contrast with its statistics."""
        estimate, error, df = self.contrast(direction)
        return wald(estimate, error, confidence, df, scale_of(self.y))

    def alike(self, directions: Sequence[Array]) -> Test:
        """Test that contrasts are all the same: t squared for two, else Wald's F with the fewest degrees of
        freedom of the differences.
        """
        rest = [direction - directions[0] for direction in directions[1:]]
        if not rest:
            return NO_TEST
        found = [self.contrast(one) for one in rest]
        values = np.array([one[0] for one in found])
        matrix = np.diag([one[1] ** 2 for one in found])
        for i in range(len(rest)):
            for j in range(i):  # Var(a + b) − Var(a − b) = 4 Cov(a, b)
                both = [self.contrast(rest[i] + sign * rest[j])[1] ** 2 for sign in (1, -1)]
                matrix[i, j] = matrix[j, i] = (both[0] - both[1]) / 4
        df = min(one[2] for one in found)
        if not (df > 0 and np.linalg.cond(matrix) < 1e12):
            return NO_TEST
        statistic = float(values @ np.linalg.solve(matrix, values)) / len(rest)
        how = translate(
            "Wald's F of the differences, {number} and {df} degrees of freedom",
            number=len(rest),
            df=f"{df:.4g}",
        )
        return Test(statistic, len(rest), float(special.fdtrc(len(rest), df, statistic)), how)


def independent(estimates: Sequence[float], errors: Sequence[float]) -> Test:
    """Test that estimates of separate people are all the same: Cochran's Q."""
    values, weights = np.asarray(estimates, dtype=float), np.asarray(errors, dtype=float) ** -2.0
    if len(values) < 2:
        return NO_TEST
    mean = float(weights @ values / weights.sum())
    q, df = float(weights @ (values - mean) ** 2), len(values) - 1
    how = "Cochran's Q of the groups, chi-squared with groups less one degrees of freedom"
    return Test(q, df, float(special.chdtrc(df, q)), how)
