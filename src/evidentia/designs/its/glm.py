"""Generalised linear models of a series: Poisson, quasi-Poisson, negative binomial and quasi-binomial, by
Fisher scoring.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from evidentia.core.errors import EvidentiaError
from evidentia.designs.inference.wald import NOISE, scale_of
from evidentia.designs.its.families import LOGIT, Family, family, negative_binomial
from evidentia.designs.its.fit import Array, Fit, Problem, least_squares, newey_west

NORMAL = ("poisson", "negative_binomial")  # the families whose dispersion is not estimated
STEPS = 100
QUICK_STEPS = (
    8  # of Newton's method for all parameters of the negative binomial, which needs 4 or 5 or does not suit
)
LEAST_EXPECTED = (
    1e-6  # events (in shares, other cases too) expected in a period; with fewer, the coefficients run away
)


def glm(problem: Problem, lags: int | None = None, near: Fit | None = None) -> Fit:
    """Fit a generalised linear model.

    Parameters
    ----------
    problem : Problem
    lags : int, optional
        Takes the covariance from Newey-West with these lags.
    near : Fit, optional
        A fit of almost the same problem, to start from.

    Returns
    -------
    Fit
        Normal for Poisson and the negative binomial, Student's t for the quasi families, whose covariance
        is scaled by Pearson's chi-squared over n - k. `extra` of the negative binomial holds ``theta``
        (infinite if the counts do not vary more than Poisson counts).
    """
    n, k = problem.X.shape
    kind = family(problem.family)
    beta = scoring(problem, kind, near.beta if near else _start(problem))
    extra = {}
    if problem.family == "negative_binomial":
        beta, theta = _with_theta(problem, beta, near)
        kind, extra = family(problem.family, theta), {"theta": theta}
    mean, root, pearson = _parts(problem, kind, beta)
    deviance = np.maximum(kind.deviance(problem.y, mean, problem.trials), 0)
    gap = problem.y - problem.trials * mean
    noise = np.abs(gap) <= NOISE * scale_of(problem.y)
    pearson = np.where(noise, 0.0, pearson)
    residuals = np.where(noise, 0.0, np.sign(gap) * np.sqrt(deviance))
    working = problem.X * root[:, None]
    dispersion = float(pearson @ pearson) / (n - k)
    _, inverse = least_squares(pearson, working)
    cov = inverse * (1 if problem.family in NORMAL else dispersion)
    if lags is not None:
        cov = newey_west(working * pearson[:, None], inverse, lags, problem.times)
    return Fit(
        beta,
        cov,
        np.inf if problem.family in NORMAL else n - k,
        residuals,
        working,
        dispersion,
        extra,
        problem.scale,
    )


def _parts(problem: Problem, kind: Family, beta: Array) -> tuple[Array, Array, Array]:
    """Return means, square roots of the weights, and Pearson residuals."""
    mean = kind.mean(problem.X @ beta + problem.offset)
    spread = np.sqrt(kind.variance(mean))
    trials = np.sqrt(problem.trials)
    return mean, trials * kind.slope(mean) / spread, (problem.y - problem.trials * mean) / (trials * spread)


def _start(problem: Problem) -> Array:
    """Return coefficients from a regression of the outcome, a little shrunk, on the scale of the link."""
    if problem.family == "quasibinomial":
        share = (problem.y + 0.5) / (problem.trials + 1)
        eta = special.logit(np.clip(share, 1e-6, 1 - 1e-6))
    else:
        eta = np.log(problem.y + 0.1 + 0.1 * problem.y.mean()) - problem.offset
    return least_squares(eta, problem.X)[0]


def scoring(problem: Problem, kind: Family, beta: Array, least: float = LEAST_EXPECTED) -> Array:
    """Return the coefficients of greatest likelihood, by Fisher scoring with halved steps where needed.

    Raises
    ------
    EvidentiaError
        If they run away: some period expects no more than `least`, as a share of the one that expects most.
    """

    def total(beta: Array) -> float:
        with np.errstate(all="ignore"):
            mean = kind.mean(problem.X @ beta + problem.offset)
            value = float(np.sum(kind.deviance(problem.y, mean, problem.trials)))
        return value if np.isfinite(value) else np.inf

    deviance = total(beta)
    for _ in range(STEPS):
        with np.errstate(all="ignore"):
            mean, root, pearson = _parts(problem, kind, beta)
            expected = (
                problem.trials * np.minimum(mean, 1 - mean) if kind is LOGIT else mean / min(1.0, mean.max())
            )
            if not (np.isfinite(pearson).all() and expected.min() > least):
                break
            Q, R = np.linalg.qr(problem.X * root[:, None])
            step = np.linalg.solve(R, Q.T @ pearson)
        while (moved := total(beta + step)) > deviance + 1e-9 * (1 + abs(deviance)) and np.abs(
            step
        ).max() > 1e-12:
            step = step / 2
        beta, deviance = beta + step, moved
        if np.max(np.abs(root[:, None] * problem.X * step)) < 1e-10 * max(1.0, float(root.max())):
            return beta
    raise EvidentiaError(
        f"the {problem.family} model does not converge",
        remedy=(
            "look for a segment whose outcomes are all 0 (or all equal to the denominator); family: gaussian"
            " can be fitted"
        ),
    )


def _with_theta(problem: Problem, beta: Array, near: Fit | None) -> tuple[Array, float]:
    """Return coefficients and theta of the negative binomial by maximum likelihood: each given the other,
    until both together.

    `beta` are the coefficients of the Poisson model; theta is infinite if the counts do not vary more than
    Poisson counts.
    """
    mean = np.exp(problem.X @ beta + problem.offset)
    excess = float(np.sum((problem.y - mean) ** 2 - problem.y))
    if excess <= 0:  # the likelihood falls as the variance rises above the mean
        return beta, np.inf
    if (
        near
        and np.isfinite(near.extra["theta"])
        and (together := _together(problem, near.beta, near.extra["theta"]))
    ):
        return together
    theta = float(np.sum(mean**2)) / excess
    for _ in range(STEPS):
        before = theta
        theta = _best_theta(problem.y, mean, theta)
        if together := _together(problem, beta, theta):
            return together
        beta = scoring(problem, negative_binomial(theta), beta)
        mean = np.exp(problem.X @ beta + problem.offset)
        if abs(theta - before) <= 1e-10 * theta:
            return beta, theta
    raise EvidentiaError("the negative binomial model does not converge", remedy="set family: quasipoisson")


def _together(problem: Problem, beta: Array, theta: float) -> tuple[Array, float] | None:
    """Return coefficients and theta by Newton's method on both at once, or None where it does not run
    straight to the top.

    Near the top it doubles the right digits with each step, where taking turns gains as many with each turn.
    """
    k, y = len(beta), problem.y
    place = np.append(beta, np.log(theta))
    for _ in range(QUICK_STEPS):
        with np.errstate(all="ignore"):
            theta, mean = float(np.exp(place[k])), np.exp(problem.X @ place[:k] + problem.offset)
            both = theta + mean
            first, second = _theta_slopes(y, mean, theta)
            beside = problem.X.T @ (theta * (y - mean) * mean / both**2)
            bend = np.empty((k + 1, k + 1))
            bend[:k, :k] = (problem.X.T * (theta * mean * (y + theta) / both**2)) @ problem.X
            bend[:k, k] = bend[k, :k] = -beside
            bend[k, k] = -second
            slope = np.append(problem.X.T @ (theta * (y - mean) / both), first)
        if not (np.isfinite(bend).all() and np.isfinite(slope).all()):
            return None
        try:
            root = np.linalg.cholesky(bend)  # of a hill's top only
        except np.linalg.LinAlgError:
            return None
        step = np.linalg.solve(root.T, np.linalg.solve(root, slope))
        place = place + step
        if float(step @ bend @ step) < 1e-20:
            return place[:k], float(np.exp(place[k]))
    return None


def _theta_slopes(y: Array, mean: Array, theta: float) -> tuple[float, float]:
    """Return the first and second derivative of the log-likelihood by the logarithm of theta."""
    both = theta + mean
    slope = float(
        np.sum(special.psi(theta + y) - special.psi(theta) + np.log(theta / both) + (mean - y) / both)
    )
    curve = special.zeta(2, theta + y) - special.zeta(2, theta) + 1 / theta - 2 / both + (y + theta) / both**2
    return theta * slope, theta * slope + theta**2 * float(np.sum(curve))


def _best_theta(y: Array, mean: Array, theta: float) -> float:
    """Return the theta of greatest likelihood for given means, by Newton's method on its logarithm."""
    for _ in range(STEPS):
        first, second = _theta_slopes(y, mean, theta)
        step = -first / second if second < 0 else np.sign(first)
        step = float(np.clip(step, -1, 1))
        theta = float(np.clip(theta * np.exp(step), 1e-8, 1e10))
        if abs(step) < 1e-12 or theta >= 1e10:
            break
    return theta
