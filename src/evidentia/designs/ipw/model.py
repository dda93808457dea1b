"""The propensity model of a sample, fitted and checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.designs.ipw.arrays import Array
from evidentia.designs.ipw.logit import Fit, NoFit, basis, expit, fit
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.separation import REMEDY, separation
from evidentia.designs.ipw.settings import ESTIMANDS
from evidentia.designs.ipw.weights import Weights, weights


@dataclass(frozen=True)
class Model:
    """A fitted propensity model.

    Attributes
    ----------
    matrix : array
        Orthogonal basis of the terms.
    fit : Fit
    weights : dict of str to Weights
        By estimand.
    spare : list of str
        Terms that are a combination of others and so add nothing.
    """

    matrix: Array
    fit: Fit
    weights: dict[str, Weights]
    spare: list[str]

    @cached_property
    def influence(self) -> Array:
        """Each person's influence on the coefficients."""
        return self.fit.influence()

    @property
    def propensity(self) -> Array:
        """Each person's probability of being treated."""
        return expit(self.fit.linear)


def propensity_model(sample: Sample) -> Model:
    """Fit the propensity model and derive the weights of every estimand.

    Raises
    ------
    EvidentiaError
        If there are as many terms as people, if a combination of terms tells the groups apart, or if a
        weight would be 0 or infinite.
    """
    space = basis(sample.terms.matrix)
    people, rank = space.matrix.shape
    if rank >= people:
        raise EvidentiaError(
            f"the propensity model has {len(sample.terms.names)} terms for {people} people",
            where=sample.table.path,
            remedy="use fewer terms, or merge levels",
        )
    try:
        fitted = fit(space.matrix, sample.treated.astype(float))
    except NoFit:
        raise separation(sample.terms, space.kept, sample.treated, sample.table.path) from None
    every: dict[str, Weights] = {
        estimand: weights(fitted.linear, sample.treated, estimand) for estimand in ESTIMANDS
    }
    extreme = np.zeros(people, dtype=bool)
    for item in every.values():
        extreme |= ~np.isfinite(item.values) | (item.values <= 0)
    if extreme.any():
        raise EvidentiaError(
            f"the propensity of {int(extreme.sum())} people is so close to 0 or 1 that a weight is 0 or"
            " infinite",
            where=sample.table.where(sample.table.frame.index[extreme]),
            remedy=REMEDY,
        )
    spare = [name for index, name in enumerate(sample.terms.names) if index not in space.kept]
    return Model(space.matrix, fitted, every, spare)
