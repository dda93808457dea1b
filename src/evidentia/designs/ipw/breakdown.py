"""The weighted effect by group of people: the whole analysis again among the people of each group."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from evidentia.core.errors import EvidentiaError, Problems
from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.data.table import DataTable
from evidentia.designs.breakdown import report
from evidentia.designs.breakdown.groups import Group, Mask, Split, read_splits
from evidentia.designs.breakdown.linear import NO_TEST, Test, independent
from evidentia.designs.inference.wald import NOT_AVAILABLE
from evidentia.designs.ipw.balance import compare, pooled_deviation
from evidentia.designs.ipw.estimates import estimate
from evidentia.designs.ipw.model import propensity_model
from evidentia.designs.ipw.sample import Sample, read_sample
from evidentia.designs.ipw.settings import IpwSettings

SIDES = ("treated", "comparator")
BALANCED = 0.1  # standardised mean difference
HOW = "difference of weighted means among the people of the group, with a propensity model of their own"


def add_breakdown(result: Result, settings: IpwSettings, sample: Sample, unit: str) -> None:
    """Report the effect by group, how far weighting makes each group's people alike, and whether the groups
    differ.
    """
    if not settings.breakdown:
        return
    splits = read_splits(sample.table, settings.breakdown, labels=settings.labels)
    rows: list[list[str]] = []
    without: dict[str, str] = {}
    for split in splits:
        rows += _split(result, settings, sample, split, unit, without)
    result.frames["breakdown"] = report.frame_of(rows)
    report.add_notes(result, splits, without)
    for split in splits:
        _declare(result, settings, sample, split)


def _sides(sample: Sample, group: Group) -> dict[str, Mask]:
    return {"treated": group.mask & sample.treated, "comparator": group.mask & ~sample.treated}


def _split(
    result: Result,
    settings: IpwSettings,
    sample: Sample,
    split: Split,
    unit: str,
    without: dict[str, str],
) -> list[list[str]]:
    """Report the effect in each group and the test; return rows of the table."""
    name, what, rows = split.label, settings.label(settings.outcome), list[list[str]]()
    estimates: list[float] = []
    errors: list[float] = []
    for group in [*split.groups, Group("not_known", translate("Not known"), split.unknown)]:
        stem, label = split.stem(group), f"{name}: {group.label}"
        for side, mask in _sides(sample, group).items() if group.mask.any() else ():
            who = getattr(settings.groups, side)
            result.add(f"{stem}.n.{side}", int(mask.sum()), "count", f"{label}: people, {who}")
        if group not in split.groups:
            continue
        found, why = _effect(result, settings, sample, group, split)
        if why:
            without[f"{name}, {group.label}"] = why
        if found["se"] == found["se"]:
            estimates.append(found["estimate"])
            errors.append(found["se"])
        result.add_estimate(
            f"{stem}.effect", found, unit, translate("Effect on {what}, {label}", what=what, label=label), HOW
        )
        rows.append([name, group.label, f"{stem}.effect", " ".join(f"{stem}.n.{side}" for side in SIDES)])
    test = _test(settings, sample, split, estimates, errors, without)
    report.add_test(
        result,
        split.interaction,
        test,
        translate("Effect on {what}: whether it differs by {value}", what=what, value=name.lower()),
    )
    return [*rows, [name, translate("Interaction"), split.interaction, ""]]


def _test(
    settings: IpwSettings,
    sample: Sample,
    split: Split,
    estimates: list[float],
    errors: list[float],
    without: dict[str, str],
) -> Test:
    """Return the test whether groups differ, which takes their people as independent of each other."""
    if sample.clusters is not None:
        held = np.sum([sample.clusters.holding(group.mask) for group in split.groups], axis=0)
        if held.max() > 1:
            without[f"{split.label}, interaction"] = translate(
                "people of one {cluster} are in several groups, so that these are not independent",
                cluster=settings.cluster,
            )
            return NO_TEST
    if len(estimates) < 2:
        without[f"{split.label}, interaction"] = "fewer than 2 groups have a standard error"
        return NO_TEST
    return independent(estimates, errors)


def _effect(
    result: Result, settings: IpwSettings, sample: Sample, group: Group, split: Split
) -> tuple[dict[str, float], str]:
    """Return the effect among the people of a group, or why there is none."""
    why = report.few(int(mask.sum()) for mask in _sides(sample, group).values())
    if why:
        return dict(NOT_AVAILABLE), why
    own = settings.model_copy(
        update={
            "breakdown": [],
            "covariates": [name for name in settings.covariates if name != split.column],
            "balance": [name for name in settings.balance if name != split.column],
            "bootstrap": settings.bootstrap.model_copy(update={"replicates": 0}),
            "standard_errors": None if settings.standard_errors == "bootstrap" else settings.standard_errors,
            "outcome_type": "binary" if sample.binary else "continuous",
        }
    )
    try:
        inside = read_sample(own, _only(sample.table, group.mask))
        model = propensity_model(inside)
        found = estimate(own, inside, model).effects["effect"]
    except (EvidentiaError, Problems) as fault:
        return dict(NOT_AVAILABLE), " ".join(str(fault).split("\n")[0].split())
    weights = model.weights[own.estimand].values
    worst = max((abs(_smd(inside, one.values, weights)) for one in inside.variables), default=0.0)
    stem = split.stem(group)
    label = f"{split.label}: {group.label}"
    result.add(
        f"{stem}.largest_smd",
        worst,
        "coefficient",
        translate("{label}: largest standardised mean difference, weighted", label=label),
    )
    if worst >= BALANCED:
        text = translate(
            "{label}: weighting leaves a standardised mean difference of {worst}",
            label=label,
            worst=f"{worst:.2f}",
        )
        result.note("balance_not_reached", text, [f"{stem}.effect", split.interaction])
    if found["ci_low"] == found["ci_low"]:
        return found, ""
    return found, "outcomes do not vary enough, or weights fall on too few, for a standard error"


def _smd(
    sample: Sample, values: np.typing.NDArray[np.float64], weights: np.typing.NDArray[np.float64]
) -> float:
    deviation = pooled_deviation(values, sample.treated)
    found = compare(values, sample.treated, weights, deviation).smd
    return 0.0 if math.isnan(found) else found


def _only(table: DataTable, mask: Mask) -> DataTable:
    """Return the table with some of its rows, which keep their numbers."""
    return dataclasses.replace(table, frame=table.frame[mask])


def _declare(result: Result, settings: IpwSettings, sample: Sample, split: Split) -> None:
    """Declare the people of each group, and what its numbers tell of them."""
    rows, path = sample.table.frame.index.to_numpy(), sample.table.path
    groups = [*split.groups, *([Group("not_known", "", split.unknown)] if split.unknown.any() else [])]
    every: list[str] = []
    for side in SIDES:
        result.links.add_up(f"n.{side}", [f"{split.stem(group)}.n.{side}" for group in groups])
    for group in groups:
        stem = split.stem(group)
        told = [*report.estimates_of(f"{stem}.effect"), f"{stem}.largest_smd"]
        known = {number.id for number in result.numbers}
        told = [id for id in told if id in known]
        for side, mask in _sides(sample, group).items():
            every += report.declare_group(
                result,
                f"{stem}.n.{side}",
                sample.outcome[mask],
                rows[mask],
                settings.outcome,
                path,
                told,
            )
    for side in SIDES:
        cells = (
            {1.0: f"outcome.yes.{side}", 0.0: f"outcome.no.{side}"}
            if sample.binary
            else {value: f"value.outcome.{value:g}.{side}" for value in np.unique(sample.outcome)}
        )
        report.declare_whole(result, [f"{split.stem(group)}.n.{side}" for group in groups], cells)
    result.links.follow(report.tests_of(split.interaction), every, near=True)
