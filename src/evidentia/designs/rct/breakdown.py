"""The effect of a trial by group: one model of all groups, with an effect of the arms in each."""

from __future__ import annotations

import numpy as np

from evidentia.core.language import later, translate
from evidentia.core.results import Result
from evidentia.designs.breakdown import report
from evidentia.designs.breakdown.groups import Group, Split, read_splits
from evidentia.designs.breakdown.linear import NO_TEST, Least
from evidentia.designs.inference.clusters import Array
from evidentia.designs.inference.wald import NOT_AVAILABLE
from evidentia.designs.rct.models import independent_columns
from evidentia.designs.rct.people import Mask, Trial
from evidentia.designs.rct.settings import RctSettings

HOW = later("least squares with the arms' effect in each group, {errors} standard errors")


def add_breakdown(result: Result, settings: RctSettings, trial: Trial, endings: dict[str, str]) -> None:
    """Report each arm's difference from the control arm by group, and whether the groups differ."""
    if not settings.breakdown:
        return
    splits = read_splits(trial.table, settings.breakdown, labels=settings.labels)
    rows: list[list[str]] = []
    without: dict[str, str] = {}
    for split in splits:
        for group in [*split.groups, Group("not_known", translate("Not known"), split.unknown)]:
            for arm in trial.arms if group.mask.any() else ():
                count = int((group.mask & arm.assigned & trial.analysed).sum())
                label = translate(
                    "{of}, {of2}: people analysed, {of3}", of=split.label, of2=group.label, of3=arm.label
                )
                result.add(f"{split.stem(group)}.n.{arm.key}", count, "count", label)
        for place, ending in enumerate(endings.values()):
            rows += _effects(result, settings, trial, split, place, ending, without)
    result.frames["breakdown"] = report.frame_of(rows)
    report.add_notes(result, splits, without)
    _declare(result, settings, trial, splits, list(endings.values()))


def _why_not(settings: RctSettings, trial: Trial, group: Group, place: int) -> str:
    """Return why a group has no estimate; empty if it has one."""
    sides = [group.mask & arm.assigned & trial.analysed for arm in (trial.arms[place + 1], trial.arms[0])]
    why = report.few(int(side.sum()) for side in sides)
    if not why and any(np.ptp(trial.outcome[side]) == 0 for side in sides):
        why = "all of an arm have the same outcome"
    if not why and trial.clusters is not None and min(trial.clusters.holding(s).sum() for s in sides) < 2:
        why = f"an arm has one {settings.cluster}"
    return why


def _effects(
    result: Result,
    settings: RctSettings,
    trial: Trial,
    split: Split,
    place: int,
    ending: str,
    without: dict[str, str],
) -> list[list[str]]:
    """Report the effect of one arm in each group and the test; return rows of the table."""
    arm, control = trial.arms[place + 1], trial.arms[0]
    label = translate(
        "{label}, {of} minus {label2}", label=settings.label, of=arm.label, label2=control.label
    )
    unit = "percentage_points" if settings.outcome_type == "binary" else settings.unit
    why = {group.key: _why_not(settings, trial, group, place) for group in split.groups}
    used = [group for group in split.groups if not why[group.key]]
    who = trial.analysed & (arm.assigned | control.assigned)
    who &= np.any([group.mask for group in used], axis=0) if used else np.zeros_like(who)
    model, directions = _model(settings, trial, used, who, place) if used else (None, {})
    errors = "CR2" if settings.cluster else settings.errors
    how, name, rows = translate(HOW, errors=errors), split.label, list[list[str]]()
    for group in split.groups:
        found = dict(NOT_AVAILABLE)
        if model and group.key in directions:
            found = model.estimate(directions[group.key], settings.confidence)
        else:
            without[f"{name}, {group.label}"] = why[group.key]
        stem = split.stem(group)
        result.add_estimate(f"{stem}.effect{ending}", found, unit, f"{label}, {name}: {group.label}", how)
        counts = " ".join(f"{stem}.n.{one.key}" for one in (arm, control))
        rows.append([name, group.label, f"{stem}.effect{ending}", counts])
    test = model.alike(list(directions.values())) if model else NO_TEST
    stem = f"{split.interaction}{ending}"
    report.add_test(
        result, stem, test, translate("{label}: whether it differs by {name}", label=label, name=name.lower())
    )
    return [*rows, [name, translate("Interaction"), stem, ""]]


def _model(
    settings: RctSettings, trial: Trial, used: list[Group], who: Mask, place: int
) -> tuple[Least, dict[str, Array]]:
    """Return the model of some groups, and the direction of the effect in each."""
    groups = np.column_stack([group.mask[who].astype(float) for group in used])
    treated = trial.arms[place + 1].assigned[who].astype(float)
    extra = trial.adjusting()[who[trial.analysed]]
    X = np.column_stack([groups, groups * treated[:, None], extra - extra.mean(axis=0)])
    X = X[:, independent_columns(X)]
    directions = {group.key: np.zeros(X.shape[1]) for group in used}
    for number, group in enumerate(used):
        directions[group.key][len(used) + number] = 1.0
    least = Least(trial.outcome[who], X, trial.clusters_of(who), settings.errors == "classical")
    return least, directions


def _declare(
    result: Result, settings: RctSettings, trial: Trial, splits: list[Split], endings: list[str]
) -> None:
    """Declare the people of each group, and what its numbers tell of them."""
    rows, path = trial.table.frame.index.to_numpy(), trial.table.path
    for split in splits:
        groups = [*split.groups, *([Group("not_known", "", split.unknown)] if split.unknown.any() else [])]
        every: list[str] = []
        for arm in trial.arms:
            counts = [f"{split.stem(group)}.n.{arm.key}" for group in groups]
            result.links.add_up(f"n.{arm.key}", counts)
            for group, count in zip(groups, counts, strict=True):
                mask = group.mask & arm.assigned & trial.analysed
                told = [id for e in endings for id in report.estimates_of(f"{split.stem(group)}.effect{e}")]
                told = told if group in split.groups else []
                every += report.declare_group(
                    result, count, trial.outcome[mask], rows[mask], settings.outcome, path, told
                )
            names = {
                value: f"value.{settings.outcome}.{value:g}.n.{arm.key}" for value in np.unique(trial.outcome)
            }
            report.declare_whole(result, counts, names)
        tests = [id for ending in endings for id in report.tests_of(f"{split.interaction}{ending}")]
        result.links.follow(tests, every, near=True)
