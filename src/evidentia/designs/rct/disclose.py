"""How a trial's counts of people add up, and which numbers give them away: for `evidentia.disclosure`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evidentia.core.links import Compute
from evidentia.core.results import Result
from evidentia.designs.inference.column_moments import Array, declare_few
from evidentia.designs.rct.people import Trial
from evidentia.designs.rct.settings import RctSettings

STEPS = ("assigned", "lost", "without_baseline", "n")
EFFECTS = ("effect", "hedges_g", "risk_ratio", "icc", "minimum_detectable")


def declare(result: Result, settings: RctSettings, trial: Trial) -> None:
    """Declare the counts of a trial, those that no number prints included."""
    links, rows = result.links, trial.table.frame.index.to_numpy()
    ids = [number.id for number in result.numbers]
    links.count_nobody(*(id for id in ids if id.startswith("clusters.")))
    links.add_up("assessed", ("excluded", "assigned_overall"))  # the first two as config.yaml states them
    for row, arm in enumerate(trial.arms):
        assigned, lost, without, analysed = (f"{step}.{arm.key}" for step in STEPS)
        links.add_up(assigned, (lost, without, analysed))
        links.who(analysed, trial.table.path, rows[arm.assigned & trial.analysed])
        links.who(assigned, trial.table.path, rows[arm.assigned])
        links.follow(
            [f"attrition.{arm.key}"], (lost, assigned), _share(f"attrition.{arm.key}", lost, assigned)
        )
        for column, step in enumerate((assigned, lost, without, analysed), start=2):
            links.show("flow", row, column, step)
    for step in ("assigned", "lost"):
        links.add_up(f"{step}_overall", [f"{step}.{arm.key}" for arm in trial.arms])
    links.follow(
        ["attrition_overall"],
        ("lost_overall", "assigned_overall"),
        _share("attrition_overall", "lost_overall", "assigned_overall"),
    )
    links.follow(["padlock.attrition"], ("lost_overall", "assigned_overall"), near=True)
    links.who("assigned_overall", trial.table.path, rows)
    _columns(result, settings, trial, ids)


def _columns(result: Result, settings: RctSettings, trial: Trial, ids: list[str]) -> None:
    """Declare what the numbers of outcome and baseline tell of those analysed: how many they are, because
    data have few decimals and limits by Student's t tell people, and of columns with few values more.
    """
    rows = trial.table.frame.index.to_numpy()
    masks = {f"n.{arm.key}": arm.assigned & trial.analysed for arm in trial.arms}
    for arm in trial.arms:
        own = [id for id in ids if id.startswith(("outcome", "mean.")) and id.endswith(f".{arm.key}")]
        result.links.follow(own, [f"n.{arm.key}"], near=True)
    both = [id for id in ids if id.startswith((*EFFECTS, "smd.")) and not id.endswith("_design")]
    result.links.follow(both, masks, near=True)

    def groups(values: Array) -> dict[str, tuple[Array, NDArray[np.int64]]]:
        return {name: (values[mask], rows[mask]) for name, mask in masks.items()}

    means = [id for id in ids if id.startswith("outcome.") or id == "effect_unadjusted.estimate"]
    rest = [id for id in ids if id.startswith((*EFFECTS, "outcome_sd.")) and id not in means]
    declare_few(result, groups(trial.outcome), settings.outcome, trial.table.path, means, rest)
    for one in trial.variables:
        means, rest = ([id for id in ids if id.startswith(f"{stem}.{one.id}.")] for stem in ("mean", "smd"))
        declare_few(result, groups(one.values), one.id, trial.table.path, means, rest)


def _share(id: str, part: str, whole: str) -> Compute:
    def compute(counts: Mapping[str, float]) -> dict[str, float | None]:
        return {id: counts[part] / counts[whole] if counts[whole] else None}

    return compute
