"""Where a group's outcomes are all 0 or all 1: intervals that hold there, from effective numbers of people.

The usual standard error takes such a group's share as certain. Newcombe's interval of the difference and the
score interval of the ratio do not. The numbers of people behind the difference are the effective ones of the
weights, behind the ratio the plain ones; both are divided by the design effect where people are in clusters.
"""

from __future__ import annotations

import math

import numpy as np

from evidentia.designs.inference.clusters import Clusters, root
from evidentia.designs.inference.proportions import newcombe, newcombe_p_value, score_p_value, score_ratio
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.effects import Means
from evidentia.designs.ipw.weights import effective_size

Shares = tuple[float, float, float, float]
"""Share and effective number of people, treated and comparators."""


def one_sided(treated: Mask, outcome: Array) -> bool:
    """Tell whether the outcomes of a group are all alike."""
    return bool(np.ptp(outcome[treated]) == 0 or np.ptp(outcome[~treated]) == 0)


def shares(means: Means, weights: Array, treated: Mask, outcome: Array) -> Shares:
    """Return each group's weighted share and effective number of people."""
    groups = (treated, ~treated)
    effects = [
        _design_effect(own, group, means.clusters)
        for own, group in zip(_influences(means), groups, strict=True)
    ]
    known = [effect for effect in effects if not math.isnan(effect)]
    found: list[float] = []
    for mean, group, effect in zip((means.treated, means.comparator), groups, effects, strict=True):
        alike = np.ptp(outcome[group]) == 0
        if math.isnan(effect):
            effect = max(known, default=_people_a_cluster(group, means.clusters))
        found += [
            float(outcome[group][0]) if alike else mean,
            effective_size(weights[group]) / max(effect, 1.0),
        ]
    return found[0], found[1], found[2], found[3]


def _influences(means: Means) -> tuple[Array, Array]:
    return means.influence_treated, means.influence_comparator


def _design_effect(influence: Array, group: Mask, clusters: Clusters | None) -> float:
    """Return how many times larger clusters make a variance; NaN if there is none to go by."""
    if clusters is None:
        return 1.0
    alone = root(influence, None)
    return (root(influence, clusters) / alone) ** 2 if alone > 1e-12 else math.nan


def _people_a_cluster(group: Mask, clusters: Clusters | None) -> float:
    return 1.0 if clusters is None else float(group.sum() / clusters.holding(group).sum())


def difference(found: dict[str, float], group_shares: Shares, confidence: float) -> dict[str, float]:
    """Return the statistics of an effect with Newcombe's interval, laid round the effect, and the p-value
    that goes with it.
    """
    low, high = newcombe(*group_shares, confidence)
    gap = group_shares[0] - group_shares[2]
    return found | {
        "ci_low": found["estimate"] + low - gap,
        "ci_high": found["estimate"] + high - gap,
        "p_value": newcombe_p_value(*group_shares),
    }


def ratio(weighted: Shares, plain: Shares, confidence: float) -> dict[str, float]:
    """Return a risk ratio of weighted shares with the score interval and test of plain ones; what is infinite
    or undefined is NaN.
    """
    first, n_1, second, n_2 = plain
    low, high = score_ratio(first * n_1, n_1, second * n_2, n_2, confidence)
    unknown = not first and not second
    return {
        "estimate": weighted[0] / weighted[2] if weighted[2] else math.nan,
        "se": math.nan,
        "se_log": math.nan,
        "ci_low": math.nan if unknown else low,
        "ci_high": high if math.isfinite(high) else math.nan,
        "p_value": math.nan if unknown else score_p_value(first * n_1, n_1, second * n_2, n_2),
    }
