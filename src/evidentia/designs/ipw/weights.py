"""Weights by estimand, on the scale of 1/p, with their derivatives; the effective sample size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.logit import expit


@dataclass(frozen=True)
class Weights:
    """Weights of one estimand.

    Attributes
    ----------
    values : array
        By person: ATE 1/p and 1/(1-p); ATT 1 and p/(1-p); ATC (1-p)/p and 1; ATO 1-p and p.
    slopes : array
        Their derivatives by the linear predictor of the propensity.
    """

    values: Array
    slopes: Array


def weights(linear: Array, treated: Mask, estimand: str) -> Weights:
    """Return the weights of an estimand.

    Parameters
    ----------
    linear : array
        Linear predictor of the propensity p; p/(1-p) is its exponential.
    treated : array of bool
    estimand : str
    """
    if estimand == "ATO":
        share = expit(linear)
        slope = share * expit(-linear)
        return Weights(np.where(treated, expit(-linear), share), np.where(treated, -slope, slope))
    with np.errstate(over="ignore"):
        odds = np.exp(np.where(treated, -linear, linear))  # of the other group
    sign = np.where(treated, -1.0, 1.0)
    if estimand == "ATE":
        return Weights(1.0 + odds, sign * odds)
    fixed = treated if estimand == "ATT" else ~treated
    return Weights(np.where(fixed, 1.0, odds), np.where(fixed, 0.0, sign * odds))


def effective_size(values: Array) -> float:
    """Return Kish's effective sample size, (sum of w)² over the sum of w²."""
    scaled = values / values.max()
    return float(scaled.sum() ** 2 / (scaled @ scaled))
