"""Whether the method carries the result of a weighting: what stands in the ledger as notes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.designs.inference.clusters import FEW
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.estimates import (
    ALONE,
    MOST_FAILED,
    Estimates,
    degrees_of_freedom,
    smallest_effective,
)
from evidentia.designs.ipw.model import Model
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.settings import ESTIMANDS, IpwSettings
from evidentia.designs.ipw.weights import effective_size

BALANCED = 0.1  # of a standardised mean difference; below this a variable is commonly called balanced
FEW_PEOPLE = (
    20  # in a group; normal intervals of 15 people hold the truth in 91% of samples where they say 95%
)
SMALL_PART = 0.2  # of a group, that its effective sample should reach
MANY_OUTSIDE = 0.1  # of a group, with a propensity that nobody in the other group has
NAMED, LONGEST = 5, 40  # clusters that a note names, and letters of a name
WORDS = {"treated": "treated", "comparator": "comparator"}


def add_notes(result: Result, settings: IpwSettings, sample: Sample, model: Model, found: Estimates) -> None:
    """Add the notes on the effects of a weighting, and the share of people outside the other group's
    propensities.
    """
    weighted = [stem for stem in found.effects if stem != "effect_crude"]
    weighted += ["outcome", *(["risk_ratio", "evalue"] if found.ratio else [])]
    every = [*weighted, "effect_crude"]
    masks = {"treated": sample.treated, "comparator": ~sample.treated}
    few = [group for group, mask in masks.items() if mask.sum() < FEW_PEOPLE]
    if few:
        names = translate(" and the ").join(translate("{group} group", group=group) for group in few)
        result.note(
            "few_people",
            translate(
                "fewer than {FEW_PEOPLE} people in the {names}: intervals are narrower than they should be",
                FEW_PEOPLE=FEW_PEOPLE,
                names=names,
            ),
            every,
        )
    elif found.failed > MOST_FAILED:
        words = "most bootstrap replicates have no propensity model: there is no standard error"
        own = ["effect"] if settings.errors == "bootstrap" else []
        result.note("few_people", words, ["effect_bootstrap", *own])
    values = model.weights[settings.estimand].values
    small = [group for group, mask in masks.items() if effective_size(values[mask]) < SMALL_PART * mask.sum()]
    if small:
        what = translate(
            "less than {SMALL_PART} of the people in the {value}",
            SMALL_PART=f"{SMALL_PART:.0%}",
            value=" and the ".join(f"{group} group" for group in small),
        )
        result.note(
            "small_effective_sample", translate("the effective sample is {what}", what=what), weighted
        )
    _balance(result, weighted)
    _overlap(result, masks, model.propensity, sample.table.minimum_cell, weighted)
    if found.alike:
        _alike(result, sample, every)
    elif degrees_of_freedom(sample):
        _without_error(result, settings, sample, model, found)
    directions = {np.sign(found.effects[f"effect_{name.lower()}"]["estimate"]) for name in ESTIMANDS}
    if {-1.0, 1.0} <= directions:
        stems = [
            "effect",
            *(f"effect_{name.lower()}" for name in ESTIMANDS),
            *(["risk_ratio"] if found.ratio else []),
        ]
        result.note(
            "estimands_differ_in_sign",
            translate("the effect is positive under some of ATE, ATT, ATC and ATO and negative under others"),
            stems,
        )
    if sample.clusters is not None:
        _clusters(result, settings, sample, every)


def _balance(result: Result, about: list[str]) -> None:
    """Add a note if weighting leaves the groups unlike, or makes them less alike."""
    largest = {number.id: number.value for number in result.numbers if number.id.startswith("largest_smd.")}
    before, after = (_size(largest[f"largest_smd.{when}"]) for when in ("unweighted", "weighted"))
    if after >= BALANCED:
        rows = result.frames["balance"].rows
        names = ", ".join(row[1] for row in rows if row[4] is not None and abs(row[4]) >= BALANCED)
        result.note(
            "balance_not_reached",
            translate(
                "after weighting the groups differ by {BALANCED} standard deviations or more in: {names}",
                BALANCED=f"{BALANCED:g}",
                names=names,
            ),
            about,
        )
    elif after > before + 1e-9:
        result.note(
            "balance_not_reached", translate("the groups are less alike after weighting than before"), about
        )


def _size(value: Any) -> float:
    return float(value) if value is not None else 0.0


def _overlap(
    result: Result, masks: dict[str, Mask], propensity: Array, minimum_cell: int, about: list[str]
) -> None:
    """Report the share of each group whose propensity lies outside the range of the other's; add a note where
    it is large.
    """
    many = []
    for (group, mask), other in zip(masks.items(), reversed(masks.values()), strict=True):
        low, high = propensity[other].min(), propensity[other].max()
        outside = int(((propensity[mask] < low) | (propensity[mask] > high)).sum())
        people = int(mask.sum())
        cell = result.links.hide(f"overlap.people_outside.{group}", outside)
        rest = result.links.hide(f"overlap.people_inside.{group}", people - outside)
        result.links.add_up(f"n.{group}", (cell, rest))
        id = f"overlap.outside.{group}"
        words = translate(
            "Share of the {group} group whose propensity nobody in the other group has", group=group
        )
        result.add(
            id,
            outside / people,
            "proportion",
            words,
            translate("below the least or above the greatest propensity of the other group"),
        )
        result.links.follow([id], (cell, f"n.{group}"))
        if (
            outside > MANY_OUTSIDE * people and outside >= minimum_cell
        ):  # a note on fewer people would tell of them
            many.append(group)
    if many:
        names = translate(" and the ").join(translate("{group} group", group=group) for group in many)
        words = (
            f"over {MANY_OUTSIDE:.0%} of the {names} have a propensity that nobody in the other group has"
            " (overlap.outside)"
        )
        result.note("poor_overlap", words, about)


def _alike(result: Result, sample: Sample, about: list[str]) -> None:
    if sample.binary:
        words = translate(
            "the outcomes of a group are all alike: intervals are Newcombe's for differences and the score"
            " interval for the ratio"
        )
    else:
        words = translate("the outcomes of a group are all alike: its share of the standard error is 0")
    result.note("no_variation", words, about)


def _without_error(
    result: Result, settings: IpwSettings, sample: Sample, model: Model, found: Estimates
) -> None:
    """Add notes on effects without a standard error: weights fall on too few, or it is rounding noise."""
    missing = [
        stem
        for stem, values in found.effects.items()
        if np.isnan(values["se"]) and np.isfinite(values["estimate"]) and stem != "effect_bootstrap"
    ]
    on_few = [name for name in ESTIMANDS if smallest_effective(model.weights[name].values, sample) < ALONE]
    of_few = {f"effect_{name.lower()}" for name in on_few}
    if settings.estimand in on_few:
        of_few |= {*missing, "effect_bootstrap"} - {f"effect_{name.lower()}" for name in ESTIMANDS}
        of_few -= {"effect_crude"}
    about = [stem for stem in missing if stem in of_few]
    if about:
        words = (
            f"for {', '.join(on_few)} the weights of a group are worth fewer than {ALONE} people, so that"
            " there is no standard error"
        )
        result.note("small_effective_sample", words, about)
    exact = [stem for stem in missing if stem not in of_few]
    if exact:
        words = "the outcomes lie on the lines of a model, so that there is no standard error"
        result.note("no_variation", words, exact)


def _clusters(result: Result, settings: IpwSettings, sample: Sample, about: list[str]) -> None:
    """Report the number of clusters, and add notes where they are few or hold people of both groups here and
    there.
    """
    clusters = sample.clusters
    assert clusters is not None
    result.add(
        "n.clusters", clusters.number, "count", translate("Clusters ({cluster})", cluster=settings.cluster)
    )
    result.links.count_nobody("n.clusters")
    if not degrees_of_freedom(sample):
        result.note(
            "few_clusters",
            translate("a whole group is in one cluster, so that there is no standard error"),
            about,
        )
    elif clusters.number < FEW:
        result.note(
            "few_clusters",
            f"{clusters.number} clusters, fewer than {FEW}: read effect_cr2 beside the effect",
            about,
        )
    both = clusters.holding(sample.treated) & clusters.holding(~sample.treated)
    if 0 < both.sum() < clusters.number / 2:
        words = translate(
            "{value} of {number} clusters hold people of both groups, the others of one",
            value=int(both.sum()),
            number=clusters.number,
        )
        if (
            sample.table.minimum_cell <= 1 and sample.table.rounding <= 1
        ):  # names and rows of protected people are not told
            words += f": {_mixed(result, settings, sample)}"
        result.note("arms_in_clusters", words, about)


def _mixed(result: Result, settings: IpwSettings, sample: Sample) -> str:
    """Return the names of clusters that hold both groups, at most a few, and say in which rows their smaller
    group stands.
    """
    groups = pd.Series(np.where(sample.treated, "treated", "comparator"), sample.table.frame.index)
    names = sample.table.frame[settings.cluster]
    mixed = [(name, part) for name, part in groups.groupby(names, sort=True) if part.nunique() > 1]
    for name, part in mixed[:NAMED]:
        smaller = part.value_counts().idxmin()
        where = sample.table.where(part.index[part == smaller], settings.treatment)
        result.messages.append(
            translate(
                "{where}: of the {smaller} group, in the cluster {value} with people of the other",
                where=where,
                smaller=smaller,
                value=_short(name),
            )
        )
    more = translate(" and {value} more", value=len(mixed) - NAMED) if len(mixed) > NAMED else ""
    return ", ".join(_short(name) for name, _ in mixed[:NAMED]) + more


def _short(name: Any) -> str:
    text = str(name)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
