"""Families of generalised linear models: link, variance and deviance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from evidentia.designs.its.fit import Array


@dataclass(frozen=True)
class Family:
    """Link and variance of a family; every function takes arrays.

    Attributes
    ----------
    mean : callable
        Of the linear predictor, for one trial.
    slope : callable
        Derivative of the mean by the linear predictor, from the mean.
    variance : callable
        Of one trial, from its mean.
    deviance : callable
        Twice the distance of outcome and mean in log-likelihood, by period; takes trials too.
    """

    mean: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    variance: Callable[[Array], Array]
    deviance: Callable[[Array, Array, Array], Array]


def _poisson_deviance(y: Array, mean: Array, trials: Array) -> Array:
    value: Array = 2 * (special.xlogy(y, y / mean) - (y - mean))
    return value


def _binomial_deviance(y: Array, mean: Array, trials: Array) -> Array:
    rest = trials - y
    value: Array = 2 * (
        special.xlogy(y, y / (trials * mean)) + special.xlogy(rest, rest / (trials * (1 - mean)))
    )
    return value


_LOG = Family(np.exp, lambda mean: mean, lambda mean: mean, _poisson_deviance)


LOGIT = Family(
    special.expit, lambda mean: mean * (1 - mean), lambda mean: mean * (1 - mean), _binomial_deviance
)


def negative_binomial(theta: float) -> Family:
    """Return the family NB2 with a given theta: variance mean + mean²/theta."""

    def deviance(y: Array, mean: Array, trials: Array) -> Array:
        value: Array = 2 * (special.xlogy(y, y / mean) - (y + theta) * np.log((y + theta) / (mean + theta)))
        return value

    return Family(np.exp, lambda mean: mean, lambda mean: mean + mean**2 / theta, deviance)


def family(name: str, theta: float = np.inf) -> Family:
    """Return the family of a setting."""
    if name == "quasibinomial":
        return LOGIT
    return negative_binomial(theta) if np.isfinite(theta) else _LOG
