"""Many draws of effects and assumptions: intervals for what follows from them, and how far each moves the
result alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from evidentia.designs.cost_benefit.effects import Effect
from evidentia.designs.cost_benefit.model import Appraisal, appraise
from evidentia.designs.cost_benefit.settings import ASSUMPTIONS, CostBenefitSettings

Assumed = dict[str, dict[str, Any]]


def central(
    settings: CostBenefitSettings, effects: Mapping[str, Effect], deflate: Mapping[int, float]
) -> Assumed:
    """Return the effects, each positive where it went as is wanted, and the assumptions of config.yaml,
    pounds in price year's prices.
    """
    return {
        name: {
            "effect": benefit.sign * effects[name].estimate,
            **{one: getattr(benefit, one) * _prices(settings, name, one, deflate) for one in ASSUMPTIONS},
        }
        for name, benefit in settings.benefits.items()
    }


def _prices(settings: CostBenefitSettings, name: str, assumption: str, deflate: Mapping[int, float]) -> float:
    """Return the factor that brings an assumption of a benefit to the price year's prices: 1 for all but unit
    costs.
    """
    year = settings.benefits[name].unit_cost_year if assumption == "unit_cost" else None
    return deflate.get(year, 1.0) if year is not None else 1.0


def drawn(
    settings: CostBenefitSettings, effects: Mapping[str, Effect], deflate: Mapping[int, float]
) -> Assumed:
    """Return draws: an effect from a normal distribution with its standard error, an assumption from a
    triangle over its range.

    An effect that several benefits value is drawn once. A draw against the direction that is wanted counts
    as a loss.
    """
    random = np.random.Generator(np.random.PCG64(settings.seed))
    assumed = central(settings, effects, deflate)
    normal: dict[Any, np.ndarray] = {}
    for name, benefit in settings.benefits.items():
        effect = effects[name]
        key = benefit.effect if isinstance(benefit.effect, str) else name
        if key not in normal:
            normal[key] = random.standard_normal(settings.draws)
        assumed[name]["effect"] = benefit.sign * (effect.estimate + (effect.se or 0.0) * normal[key])
        for one in ASSUMPTIONS:  # in a fixed order, whatever the order of config.yaml
            if one in benefit.ranges:
                low, high = benefit.ranges[one]
                triangle = random.triangular(low, getattr(benefit, one), high, settings.draws)
                assumed[name][one] = triangle * _prices(settings, name, one, deflate)
    return assumed


def statistics(
    settings: CostBenefitSettings, estimate: float, draws: Any, threshold: float
) -> dict[str, Any]:
    """Return an estimate with the standard deviation and percentiles of its draws, and a two-sided p-value
    against a threshold.

    Without draws there is the estimate alone: what has not been simulated is not certain.
    """
    if not settings.draws or np.ndim(draws) == 0 or float(np.ptp(draws)) == 0.0:
        return {"estimate": estimate, "se": None, "ci_low": None, "ci_high": None, "p_value": None}
    tail = (1 - settings.confidence) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    below = (np.count_nonzero(draws <= threshold) + 1) / (settings.draws + 1)  # never 0: the draws are finite
    above = (np.count_nonzero(draws >= threshold) + 1) / (settings.draws + 1)
    return {
        "estimate": estimate,
        "se": float(np.std(draws, ddof=1)),
        "ci_low": float(low),
        "ci_high": float(high),
        "p_value": float(min(1.0, 2 * min(below, above))),
    }


def switching(appraisal: Appraisal, assumed: Assumed, name: str) -> float | None:
    """Return the size of an effect at which the net present value is 0, all else as assumed; None if it is
    worth nothing at any size.
    """
    worth, size = float(appraisal.benefits[name]), float(assumed[name]["effect"])
    if worth == 0 or size == 0:
        return None
    return size * (appraisal.costs - (float(appraisal.total) - worth)) / worth


def swings(
    settings: CostBenefitSettings, effects: Mapping[str, Effect], deflate: Mapping[int, float]
) -> list[list[Any]]:
    """Return, for each effect and assumption that is uncertain, the net present values at its ends, the
    widest first.

    Returns
    -------
    list of [benefit, what, low value, high value, net present value at low, and at high]
    """
    rows: list[list[Any]] = []
    for name, benefit in settings.benefits.items():
        effect = effects[name]
        ends: dict[str, tuple[float, float]] = {}
        if effect.ci_low is not None and effect.ci_high is not None:
            first, last = benefit.sign * effect.ci_low, benefit.sign * effect.ci_high
            ends["effect"] = (min(first, last), max(first, last))
        ends |= {one: benefit.ranges[one] for one in ASSUMPTIONS if one in benefit.ranges}
        for what, values in ends.items():
            nets = []
            for value in values:
                assumed = central(settings, effects, deflate)
                assumed[name][what] = value * _prices(settings, name, what, deflate)
                nets.append(float(appraise(settings, assumed, deflate).net))
            rows.append([name, what, *values, *nets])
    return sorted(rows, key=lambda row: (-abs(row[5] - row[4]), row[0], row[1]))
