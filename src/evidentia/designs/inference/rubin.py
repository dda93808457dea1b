"""Rubin's rules: one estimate from those of several imputed data sets."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from evidentia.designs.inference.wald import NOT_AVAILABLE, wald


def rubin(
    estimates: Sequence[float], errors: Sequence[float], confidence: float, complete_df: float = math.inf
) -> dict[str, float]:
    """Return the pooled estimate with its statistics.

    Parameters
    ----------
    estimates, errors : sequence of float
        By imputed data set.
    confidence : float
    complete_df : float
        Degrees of freedom without missing values; Barnard and Rubin's (1999) are taken.
    """
    m, estimate = len(estimates), float(np.mean(estimates))
    within, between = float(np.mean(np.square(errors))), float(np.var(estimates, ddof=1))
    total = within + (1 + 1 / m) * between
    if not total > 0 or not math.isfinite(total):
        return NOT_AVAILABLE | {"estimate": estimate}
    share = (1 + 1 / m) * between / total
    df = (m - 1) / share**2 if share > 0 else math.inf
    if math.isfinite(complete_df):
        observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - share)
        df = 1 / (1 / df + 1 / observed) if math.isfinite(df) else observed
    return wald(estimate, math.sqrt(total), confidence, df)
