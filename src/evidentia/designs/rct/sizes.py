"""Standardised sizes: Hedges' g by total variance, the smallest effect that could be found, and the EEF's
bands.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from evidentia.designs.inference.clusters import Clusters
from evidentia.designs.inference.wald import NOT_AVAILABLE, quantile
from evidentia.designs.rct.settings import Planned

ATTRITION_BANDS = (0.10, 0.20, 0.30, 0.40, 0.50)
"""Upper limits for 5, 4, 3, 2 and 1 padlocks, as appendices of reports of the Education Endowment Foundation
print its classification of 2019 (0-10%, 11-20% and so on); the document itself was not at hand.
"""
POWER_BANDS = (0.2, 0.3, 0.4, 0.5, 0.6)
"""Likewise of the smallest detectable effect: up to 0.2, then 0.21-0.29, 0.30-0.39 and so on, so that a limit
after the first belongs to the band below.
"""


def correction(df: float) -> float:
    """Return Hedges' exact factor for small samples (Hedges 1981): Γ(df/2) / (√(df/2) Γ((df − 1)/2))."""
    if not df > 1:
        return math.nan
    return math.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / math.sqrt(df / 2)


def freedom(people: int, arms: int, clusters: Clusters | None, icc: float) -> float:
    """Return the degrees of freedom of a total variance: people less arms, fewer with clusters (Hedges 2007,
    for equal sizes).
    """
    N = people - arms + 2  # the formula is for two arms
    if clusters is None or not icc > 0:
        return N - 2.0
    n = people / clusters.number
    above = ((N - 2) - 2 * (n - 1) * icc) ** 2
    return above / ((N - 2) * (1 - icc) ** 2 + n * (N - 2 * n) * icc**2 + 2 * (N - 2 * n) * icc * (1 - icc))


def hedges_g(effect: dict[str, float], variance: float, df: float) -> dict[str, float]:
    """Return a difference over the root of the total variance, with the limits of its interval divided
    likewise, as the EEF does.
    """
    if not variance > 0:
        return dict(NOT_AVAILABLE)
    factor = correction(df) / math.sqrt(variance)
    return {
        name: value if name == "p_value" else value * factor for name, value in effect.items() if name != "df"
    }


def detectable(error: float, df: float, confidence: float, power: float = 0.8) -> float:
    """Return the smallest effect that a test would find with some power, from the error of its estimate."""
    if not (df > 0 and error > 0):
        return math.nan
    return (quantile(0.5 + confidence / 2, df) + quantile(power, df)) * error


def detectable_at_design(planned: Planned, confidence: float) -> float:
    """Return the smallest standardised effect of a plan with half of the units in each arm (Bloom 2007)."""
    between = planned.icc if planned.size > 1 else 1.0
    within = 1 - between if planned.size > 1 else 0.0
    variance = (
        4
        * (between * (1 - planned.r2_unit) + within * (1 - planned.r2_within) / planned.size)
        / planned.units
    )
    return detectable(math.sqrt(variance), planned.units - 2, confidence, planned.power)


def padlocks(value: float, bands: tuple[float, ...]) -> float:
    """Return how many of five padlocks a value reaches: 5 up to the first limit, 0 beyond the last."""
    return math.nan if math.isnan(value) else float(np.sum(np.asarray(bands) >= value - 1e-12))


def power_padlocks(value: float) -> float:
    """Return how many of five padlocks a smallest detectable effect reaches, to two decimals."""
    if math.isnan(value):
        return math.nan
    rounded, (first, *rest) = round(value, 2), POWER_BANDS
    return float((rounded <= first) + sum(rounded < limit for limit in rest))
