"""The bootstrap of a weighted effect: people are drawn again, propensities are fitted again, many replicates
at once.

A replicate is a row of counts, how often each person (or each cluster, with all its people) was drawn. The
Newton steps of a batch of replicates are a few matrix products over blocks of people that stay in the
processor's cache. Each replicate draws from a stream of its own, spawned from the seed, so that more
replicates change none of the first.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evidentia.designs.inference.clusters import Clusters
from evidentia.designs.ipw.arrays import Array, Mask

BATCH = 64  # replicates
BLOCK = 2048  # people
MOST_STEPS = 25
STEP = 1e-7  # after a Newton step of this size the next would be of its square


def replicate_effects(
    matrix: Array,
    start: Array,
    treated: Mask,
    outcome: Array,
    estimand: str,
    replicates: int,
    seed: int,
    clusters: Clusters | None = None,
) -> Array:
    """Return the effect in each replicate; NaN where the propensity of a replicate has no fit.

    Parameters
    ----------
    matrix : array of shape (people, rank)
        The propensity's basis.
    start : array
        Coefficients of the whole sample, from which each replicate's search starts.
    treated : array of bool
    outcome : array
    estimand : str
    replicates : int
        How many.
    seed : int
    clusters : Clusters or None
        Whole clusters are drawn, where people belong together.
    """
    people = len(outcome)
    order = np.argsort(~treated, kind="stable")
    matrix, outcome, number = np.ascontiguousarray(matrix[order]), outcome[order], int(treated.sum())
    place = np.empty(people, dtype=np.int64)
    place[order] = np.arange(people)
    effects = [np.empty(0)]
    for first in range(0, replicates, BATCH):
        batch = range(first, min(first + BATCH, replicates))
        counts = np.empty((len(batch), people))
        for row, replicate in enumerate(batch):
            random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate,)))
            if clusters is None:
                counts[row] = np.bincount(place[random.integers(0, people, people)], minlength=people)
            else:
                drawn = np.bincount(
                    random.integers(0, clusters.number, clusters.number), minlength=clusters.number
                )
                counts[row] = drawn[clusters.codes[order]]
        coefficients = _fit(matrix, counts, start, number)
        effects.append(_effects(matrix, counts, coefficients, number, outcome, estimand))
    return np.concatenate(effects)


def _blocks(people: int) -> Iterator[slice]:
    for first in range(0, people, BLOCK):
        yield slice(first, min(first + BLOCK, people))


def _fit(matrix: Array, counts: Array, start: Array, number: int) -> Array:
    """Return the coefficients of each replicate; NaN for those without a fit."""
    size, rank = len(counts), matrix.shape[1]
    observed = counts[:, :number] @ matrix[:number]
    found = np.full((size, rank), np.nan)
    active = np.arange(size)
    current = np.tile(start, (size, 1))
    for _ in range(MOST_STEPS):
        gradient, information = _derivatives(
            matrix, counts if len(active) == size else counts[active], current
        )
        step, good = _solve(information, observed[active] - gradient)
        current = current + step
        moved = np.abs(step).max(axis=1)
        good &= np.isfinite(moved)
        done = good & (moved < STEP)
        found[active[done]] = current[done]
        going = good & ~done
        active, current = active[going], current[going]
        if not len(active):
            break
    return found


def _derivatives(matrix: Array, counts: Array, coefficients: Array) -> tuple[Array, Array]:
    """Return the expected score, and the information, of each replicate."""
    size, rank = len(counts), matrix.shape[1]
    rows, columns = np.triu_indices(rank)
    gradient, packed = np.zeros((size, rank)), np.zeros((size, len(rows)))
    for block in _blocks(len(matrix)):
        part = matrix[block]
        share = _negative_exponential(coefficients, part)
        share += 1.0
        np.reciprocal(share, out=share)
        expected = counts[:, block] * share
        gradient += expected @ part
        np.subtract(1.0, share, out=share)
        expected *= share
        packed += expected @ (part[:, rows] * part[:, columns])
    information = np.empty((size, rank, rank))
    information[:, rows, columns] = packed
    information[:, columns, rows] = packed
    return gradient, information


def _negative_exponential(coefficients: Array, part: Array) -> Array:
    """Return exp(-linear predictor), kept within what a float can hold."""
    linear = coefficients @ part.T
    np.negative(linear, out=linear)
    np.clip(linear, -700.0, 700.0, out=linear)
    return np.exp(linear, out=linear)


def _solve(information: Array, gap: Array) -> tuple[Array, Mask]:
    """Return the Newton step of each replicate, and which could be computed."""
    try:
        steps = np.linalg.solve(information, gap[:, :, None])[:, :, 0].astype(float)
        return steps, np.ones(len(gap), dtype=np.bool_)
    except np.linalg.LinAlgError:
        good = np.linalg.cond(information) < 1e14
        steps = np.zeros_like(gap)
        steps[good] = np.linalg.solve(information[good], gap[good][:, :, None])[:, :, 0]
        return steps, good


def _effects(
    matrix: Array, counts: Array, coefficients: Array, number: int, outcome: Array, estimand: str
) -> Array:
    """Return the difference of weighted means of each replicate."""
    sums = np.zeros((4, len(counts)))  # weights and weighted outcomes, treated and comparator
    for block in _blocks(len(matrix)):
        other = _negative_exponential(coefficients, matrix[block])  # odds of being a comparator
        boundary = min(max(number - block.start, 0), other.shape[1])
        for index, part in ((0, slice(0, boundary)), (2, slice(boundary, None))):
            odds = other[:, part] if index == 0 else 1.0 / other[:, part]
            mine = counts[:, block][:, part] * _weights(odds, estimand, "ATT" if index == 0 else "ATC")
            sums[index] += mine.sum(axis=1)
            sums[index + 1] += mine @ outcome[block][part]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[1] / sums[0] - sums[3] / sums[2])


def _weights(odds: Array, estimand: str, own: str) -> Array | float:
    """Return one group's weights from the odds of being in the other; `own` is the estimand in which they are
    1.
    """
    if estimand == "ATE":
        return 1.0 + odds
    if estimand == "ATO":
        return odds / (1.0 + odds)
    return 1.0 if estimand == own else odds
