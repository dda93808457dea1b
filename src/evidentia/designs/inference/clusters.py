"""People in clusters: variances from influences summed by cluster, and the bias-reduced CR2."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEW = 30  # clusters, below which a standard error by cluster is uncertain itself


@dataclass(frozen=True)
class Clusters:
    """Which cluster each person is in.

    Attributes
    ----------
    codes : array of int
        From 0.
    number : int
    """

    codes: NDArray[np.intp]
    number: int

    @property
    def factor(self) -> float:
        """G/(G-1)."""
        return self.number / (self.number - 1)

    def sums(self, values: Array) -> Array:
        """Return the sum of a value by cluster."""
        return np.bincount(self.codes, values, self.number).astype(float)

    def holding(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which clusters hold any of some people."""
        return np.bincount(self.codes[mask], minlength=self.number) > 0


def root(influence: Array, clusters: Clusters | None) -> float:
    """Return a standard error from the influence of each person on an estimate; by cluster with the factor
    G/(G-1).
    """
    if clusters is None:
        return math.sqrt(float(influence @ influence))
    sums = clusters.sums(influence)
    return math.sqrt(float(sums @ sums) * clusters.factor)


def cr2(
    y: Array, X: Array, weights: Array, clusters: Clusters, contrast: Array
) -> tuple[float, float, float]:
    """Return a contrast of weighted least squares with its bias-reduced standard error and degrees of
    freedom.

    Bell and McCaffrey's correction with independent errors of one variance as the working model, and
    Satterthwaite's degrees of freedom (Pustejovsky and Tipton 2018), as ``vcovCR(type = "CR2")`` of the R
    package clubSandwich.
    """
    M: Array = np.linalg.inv(X.T @ (X * weights[:, None])).astype(float)
    S = X.T @ (X * weights[:, None] ** 2)
    beta = M @ (X.T @ (weights * y))
    residuals = y - X @ beta
    order = np.argsort(clusters.codes, kind="stable")
    ends = np.searchsorted(clusters.codes[order], np.arange(1, clusters.number))
    used, g_g, u, v = [], [], [], []
    for rows in np.split(order, ends):
        g = _adjusted(X[rows], weights[rows], M, S, M @ contrast)
        used.append(float(g @ residuals[rows]))
        g_g.append(float(g @ g))
        u.append(X[rows].T @ g)
        v.append(X[rows].T @ (weights[rows] * g))
    U, V = np.array(u), np.array(v)
    cross = U @ (M @ S @ M) @ U.T - U @ M @ V.T - V @ M @ U.T
    cross[np.diag_indices(len(cross))] += g_g
    total = float(np.trace(cross))
    spread = float(np.sum(cross**2))
    return (
        float(contrast @ beta),
        math.sqrt(sum(value * value for value in used)),
        total**2 / spread if spread > 0 else math.nan,
    )


def _adjusted(X: Array, weights: Array, M: Array, S: Array, direction: Array) -> Array:
    """Return a cluster's weights of its residuals: A W X M c, with A the inverse root of the residuals'
    working covariance.

    That covariance is the identity less a matrix of low rank, so its root needs only the space of that
    matrix.
    """
    plain = weights * (X @ direction)
    WX = X * weights[:, None]
    Q, _ = np.linalg.qr(np.column_stack([X, WX]))
    QX, QWX = Q.T @ X, Q.T @ WX
    inner = np.eye(Q.shape[1]) - QX @ M @ QWX.T - QWX @ M @ QX.T + QX @ M @ S @ M @ QX.T
    values, vectors = np.linalg.eigh((inner + inner.T) / 2)
    inverse = np.where(values > 1e-10, 1 / np.sqrt(np.maximum(values, 1e-10)), 0.0)
    part = vectors.T @ (Q.T @ plain)
    return plain + Q @ (vectors @ ((inverse - 1) * part))
