"""Logistic regression by maximum likelihood, without penalty, by Newton's method on an orthogonal basis.

The basis makes the fit independent of the covariates' scale: an income in pounds or in millions gives the
same propensities to the last digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidentia.designs.ipw.arrays import Array

STEP = 1e-10  # a Newton step of less than this, in units of the linear predictor, ends the search
LEAST_GAIN = 1e-12  # of the log-likelihood, where a limit is accepted
MOST_STEPS = 100
SUSPECT = 25.0  # a linear predictor beyond this may be on its way to infinity
TOLERANCE = 1e-9  # a column that the others explain up to this share of its length adds nothing


@dataclass(frozen=True)
class Basis:
    """An orthogonal basis of the space that some columns span.

    Attributes
    ----------
    matrix : array of shape (rows, rank)
        Columns with mean square 1.
    kept : list of int
        Columns that make up the space; each of the others is a combination of those before it.
    """

    matrix: Array
    kept: list[int]


def basis(columns: Array) -> Basis:
    """Return the basis, from the first column on, as a sequence of projections done twice."""
    rows, count = columns.shape
    out = np.empty((rows, min(count, rows)))
    kept: list[int] = []
    for index in range(count):
        column = columns[:, index]
        largest = np.abs(column).max(initial=0.0)
        if largest == 0.0 or len(kept) == rows:
            continue
        rest = column / largest
        size = np.sqrt(rest @ rest)
        done = out[:, : len(kept)]
        for _ in range(2):
            rest = rest - done @ (done.T @ rest) / rows
        length = np.sqrt(rest @ rest)
        if length > TOLERANCE * size:
            out[:, len(kept)] = rest * (np.sqrt(rows) / length)
            kept.append(index)
    return Basis(out[:, : len(kept)].copy() if len(kept) < count else out, kept)


@dataclass(frozen=True)
class Fit:
    """A fitted model.

    Attributes
    ----------
    coefficients : array
        On the basis.
    linear : array
        Linear predictor by row.
    information : array of shape (rank, rank)
        The negative second derivative of the log-likelihood.
    score : array of shape (rows, rank)
        Each row's contribution to the first derivative.
    """

    coefficients: Array
    linear: Array
    information: Array
    score: Array

    def influence(self) -> Array:
        """Return each row's influence on the coefficients, of shape (rows, rank)."""
        return np.asarray(np.linalg.solve(self.information, self.score.T).T, dtype=float)


class NoFit(Exception):
    """The likelihood has no maximum: some combination of the columns tells the two outcomes apart."""


def expit(linear: Array) -> Array:
    """Return 1 / (1 + exp(-linear)), without overflow."""
    half = np.exp(-np.abs(linear))
    return np.where(linear >= 0, 1.0, half) / (1.0 + half)


def _minus_log_likelihood(linear: Array, outcome: Array) -> float:
    return float(np.logaddexp(0.0, linear).sum() - outcome @ linear)


def fit(matrix: Array, outcome: Array, *, limit: bool = False) -> Fit:
    """Fit a logistic regression.

    Parameters
    ----------
    matrix : array of shape (rows, rank)
        An orthogonal basis.
    outcome : array
        0 and 1.
    limit : bool
        Accept separated outcomes, and stop when the likelihood no longer grows: predictions then come as near
        to 0 and 1 as the likelihood can tell.

    Raises
    ------
    NoFit
        If the outcomes are separated, and `limit` does not accept it.
    """
    coefficients = np.zeros(matrix.shape[1])
    linear = np.zeros(len(outcome))
    loss = _minus_log_likelihood(linear, outcome)
    checked = False
    for _ in range(MOST_STEPS):
        share = expit(linear)
        information = (matrix * (share * (1 - share))[:, None]).T @ matrix
        try:
            step = np.linalg.solve(information, matrix.T @ (outcome - share))
        except np.linalg.LinAlgError:
            if limit:
                break
            raise NoFit from None
        size = 1.0
        while True:
            moved = matrix @ (coefficients + size * step)
            new_loss = _minus_log_likelihood(moved, outcome)
            if new_loss <= loss + 1e-9 * abs(loss) or size < 1e-6:
                break
            size /= 2
        gained = loss - new_loss
        coefficients, linear, loss = coefficients + size * step, moved, new_loss
        if limit and gained < LEAST_GAIN * (abs(loss) + 0.1):
            break
        if not limit and not checked and np.abs(linear).max() > SUSPECT:
            checked = True
            if separates(matrix, outcome) is not None:
                raise NoFit
        if np.abs(step).max() < STEP:
            break
    else:
        if not limit:
            raise NoFit
    share = expit(linear)
    information = (matrix * (share * (1 - share))[:, None]).T @ matrix
    return Fit(coefficients, linear, information, matrix * (outcome - share)[:, None])


def separates(matrix: Array, outcome: Array) -> Array | None:
    """Return coefficients that separate the outcomes, completely or but for ties, or None if there are none.

    A linear programme finds out (Konis 2007): the largest sum of margins with no margin below 0.
    """
    from scipy.optimize import linprog

    signed = matrix * np.where(outcome > 0.5, 1.0, -1.0)[:, None]
    signed = np.unique(signed.round(12), axis=0)
    found = linprog(
        -signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1), method="highs"
    )
    if found.x is None or (signed @ found.x).max() < 1e-4:
        return None
    return np.asarray(found.x, dtype=float)
