"""The arithmetic of cost and benefit, for one set of assumptions or for many drawn ones at a time.

Source: HM Treasury, The Green Book (2022), chapters 5 and 6 and annex A6; the shares are those of the cost
benefit model of the Greater Manchester Combined Authority (supplementary guidance to the Green Book, 2014).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evidentia.designs.cost_benefit.settings import Benefit, CostBenefitSettings

Values = Any
"""A number, or an array with one value a draw."""


def discount_factors(rate: float, horizon: int) -> np.ndarray:
    """Return what a pound of each year from 0 to the horizon is worth in year 0."""
    return (1 + rate) ** -np.arange(horizon + 1, dtype=float)


def yearly(benefit: Benefit, assumed: Mapping[str, Values], horizon: int) -> np.ndarray:
    """Return the undiscounted benefit of each year, its last axis the years from 0 to the horizon.

    Parameters
    ----------
    benefit : Benefit
        For its lag and the years that it lasts.
    assumed : mapping
        Values of ``effect`` and of each assumption, in the order of draws if they are arrays.
    horizon : int
    """
    whole = (
        np.asarray(assumed["effect"], dtype=float)
        * assumed["unit_cost"]
        * assumed["population"]
        * (1 - np.asarray(assumed["deadweight"]))
        * assumed["attribution"]
        * (1 - np.asarray(assumed["optimism_bias"]))
    )
    since = np.arange(horizon + 1) - benefit.lag
    there = (since >= 0) & (since < (benefit.years if benefit.years is not None else horizon + 1))
    kept = (1 - np.asarray(assumed["drop_off"], dtype=float)[..., None]) ** np.where(there, since, 0)
    return np.asarray(whole)[..., None] * kept * there


def cost_by_year(settings: CostBenefitSettings, deflate: Mapping[int, float]) -> np.ndarray:
    """Return the undiscounted costs of each year in prices of the price year; `deflate` has the factor of
    each other price year.
    """
    totals = np.zeros(settings.horizon + 1)
    for cost in settings.costs.values():
        factor = deflate.get(cost.price_year or settings.price_year, 1.0)
        for year, amount in cost.amounts.items():
            totals[year - settings.price_year] += amount * factor
    return totals


@dataclass(frozen=True)
class Appraisal:
    """Present values; each a number, or an array with one value a draw.

    Attributes
    ----------
    costs : float
    benefits : dict of str to number
        By benefit.
    fiscal : number
        Benefits to public money alone.
    """

    costs: float
    benefits: dict[str, Values]
    fiscal: Values

    @property
    def total(self) -> Values:
        """All benefits."""
        return sum(self.benefits.values())

    @property
    def net(self) -> Values:
        """Net present value."""
        return self.total - self.costs

    @property
    def ratio(self) -> Values:
        """Benefits for each pound of cost."""
        return self.total / self.costs

    @property
    def fiscal_return(self) -> Values:
        """Fiscal benefits for each pound of cost."""
        return self.fiscal / self.costs


def appraise(
    settings: CostBenefitSettings, assumed: Mapping[str, Mapping[str, Values]], deflate: Mapping[int, float]
) -> Appraisal:
    """Return the present values under some assumptions.

    Parameters
    ----------
    settings : CostBenefitSettings
    assumed : mapping of str to mapping
        By benefit: its effect and assumptions.
    deflate : mapping of int to float
        Factor to the price year, by the year of other prices.
    """
    factors = discount_factors(settings.discount_rate, settings.horizon)
    worth = {
        name: yearly(one, assumed[name], settings.horizon) @ factors
        for name, one in settings.benefits.items()
    }
    fiscal = sum((worth[name] for name, one in settings.benefits.items() if one.kind == "fiscal"), start=0.0)
    return Appraisal(float(cost_by_year(settings, deflate) @ factors), worth, fiscal)


def payback(
    settings: CostBenefitSettings, assumed: Mapping[str, Mapping[str, Values]], deflate: Mapping[int, float]
) -> int | None:
    """Return the first year from 0 by whose end discounted benefits have met all discounted costs so far and
    to come; None if none has.
    """
    factors = discount_factors(settings.discount_rate, settings.horizon)
    flows = (
        sum(yearly(one, assumed[name], settings.horizon) for name, one in settings.benefits.items()) * factors
    )
    costs = float(cost_by_year(settings, deflate) @ factors)
    met = np.nonzero(np.cumsum(flows) >= costs * (1 - 1e-12))[0]
    return int(met[0]) if len(met) else None
