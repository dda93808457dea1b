"""Pooling effects: fixed and random effects, heterogeneity and a prediction interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from evidentia.designs.ipw.arrays import Array

METHODS = {"paule_mandel": "pm", "dersimonian_laird": "dl"}
PRECISION = {"atol": 1e-6, "maxiter": 500}
"""Of Paule and Mandel's equation. A finer bound lets a rounding error below zero count as no variance at all.
"""


@dataclass(frozen=True)
class Pooled:
    """Effects put together.

    Attributes
    ----------
    fixed, random, hartung_knapp : dict of str to float
        estimate, se, ci_low, ci_high and p_value; the last two share the estimate.
    weights_fixed, weights_random : array
        Of each effect, adding up to 1.
    prediction : tuple of float
        Limits within which the effect of a further evaluation may lie; NaN for fewer than 3.
    q, degrees, q_p_value, i2, tau2 : float
        Cochran's Q with its test, the share of variation beyond chance, the variance between evaluations.
    """

    fixed: dict[str, float]
    random: dict[str, float]
    hartung_knapp: dict[str, float]
    weights_fixed: Array
    weights_random: Array
    prediction: tuple[float, float]
    q: float
    degrees: int
    q_p_value: float
    i2: float
    tau2: float


def pool(effects: Array, errors: Array, method: str, confidence: float) -> Pooled:
    """Combine at least 2 effects.

    Parameters
    ----------
    effects, errors : array
        Estimates and standard errors.
    method : str
        A key of `METHODS`.
    confidence : float

    Notes
    -----
    I² is (Q - df)/Q, not below 0. DerSimonian and Laird's variance is cut off at 0, as they define it. The
    prediction interval has k - 2 degrees of freedom (Higgins, Thompson and Spiegelhalter 2009). Hartung and
    Knapp's factor is not below 1 (metafor's ``test = "adhoc"``), so that their interval is never narrower
    than the others.
    """
    options = PRECISION if method == "paule_mandel" else {}
    with np.errstate(
        invalid="ignore", divide="ignore"
    ):  # of a negative variance, which statsmodels leaves in the moment estimate, and of effects that agree
        found = combine_effects(effects, errors**2, method_re=METHODS[method], **options)
    if found.tau2 < 0:
        found = combine_effects(effects, errors**2, method_re="pm", **PRECISION)
    degrees, q, tau2 = len(effects) - 1, max(0.0, float(found.q)), float(found.tau2)
    random, error = float(found.mean_effect_re), float(found.sd_eff_w_re)
    wide = np.sqrt(tau2 + error**2)
    reach = float(stats.t.ppf((1 + confidence) / 2, degrees - 1) * wide) if degrees > 1 else float("nan")
    return Pooled(
        _statistics(float(found.mean_effect_fe), float(found.sd_eff_w_fe), stats.norm, confidence),
        _statistics(random, error, stats.norm, confidence),
        _statistics(random, max(error, float(np.sqrt(found.var_hksj_re))), stats.t(degrees), confidence),
        np.asarray(found.weights_rel_fe, dtype=float),
        np.asarray(found.weights_rel_re, dtype=float),
        (random - reach, random + reach),
        q,
        degrees,
        float(stats.chi2.sf(q, degrees)),
        max(0.0, (q - degrees) / q) if q > 0 else 0.0,
        tau2,
    )


def _statistics(estimate: float, error: float, distribution: Any, confidence: float) -> dict[str, float]:
    reach = float(distribution.ppf((1 + confidence) / 2)) * error
    p_value = 2 * float(distribution.sf(abs(estimate) / error)) if error > 0 else float("nan")
    return {
        "estimate": estimate,
        "se": error,
        "ci_low": estimate - reach,
        "ci_high": estimate + reach,
        "p_value": p_value,
    }
