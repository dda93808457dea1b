"""How the groups' counts of people add up, and which numbers give them away: for `evidentia.disclosure`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import numpy as np

from evidentia.core.links import Compute
from evidentia.core.results import Result
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.model import Model
from evidentia.designs.ipw.sample import Sample, Variable
from evidentia.designs.ipw.settings import IpwSettings

GROUPS = ("treated", "comparator")
WHEN = ("unweighted", "weighted")
OWN = ("effect", "effect_robust", "effect_bootstrap", "effect_cr2", "effect_aipw", "risk_ratio", "evalue")


def declare(result: Result, settings: IpwSettings, sample: Sample, model: Model) -> None:
    """Declare the counts of an analysis, those that no number prints included.

    What rests on weights that differ from person to person gives no count away; where an estimand gives all of a
    group the same weight, that group's weighted mean is its plain one.
    """
    result.links.count_nobody(*(f"ess.{group}" for group in GROUPS))
    masks = {"treated": sample.treated, "comparator": ~sample.treated}
    _flow(result)
    _bars(result)
    values = model.weights[settings.estimand].values
    alike = [group for group, mask in masks.items() if np.ptp(values[mask]) == 0]
    if sample.binary:
        _outcome(result, settings, sample.outcome, masks, alike)
    _variables(result, sample, masks)


def _flow(result: Result) -> None:
    """Declare who came in, was left out for which reason, and is analysed, by group and together."""
    links, rows = result.links, result.frames["flow"].rows
    reasons = [str(row[0]) for row in rows[1:-1]]
    for column, group in enumerate(GROUPS, start=2):
        links.add_up(f"flow.analysed.{group}", [f"n.{group}"])
        links.add_up(f"flow.people.{group}", (f"flow.left_out.{group}", f"flow.analysed.{group}"))
        if reasons:
            links.add_up(f"flow.left_out.{group}", [f"flow.{reason}.{group}" for reason in reasons])
        for row, cells in enumerate(rows):
            links.show("flow", row, column, f"flow.{cells[0]}.{group}")
    for step in (*(str(row[0]) for row in rows), "left_out"):
        links.add_up(f"flow.{step}.all", [f"flow.{step}.{group}" for group in GROUPS])


def _bars(result: Result) -> None:
    """Declare that the bars of the picture of overlap add up to the group."""
    links, parts = result.links, dict[str, list[str]]()
    for row, (group, low, _, people) in enumerate(result.frames["propensity"].rows):
        cell = links.hide(f"propensity.{low:.2f}.{group}", people)
        links.show("propensity", row, 3, cell)
        parts.setdefault(group, []).append(cell)
    for group, cells in parts.items():
        links.add_up(f"n.{group}", cells)


def _split(result: Result, stem: str, values: Array, masks: Mapping[str, Mask]) -> dict[str, tuple[str, str]]:
    """Declare those of each group who have a 1 and those who have a 0, and return the two cells' names by group."""
    links, cells = result.links, {}
    for group, mask in masks.items():
        ones = int(values[mask].sum())
        cells[group] = links.hide(f"{stem}.yes.{group}", ones), links.hide(f"{stem}.no.{group}", int(mask.sum()) - ones)
        links.add_up(f"n.{group}", cells[group])
    return cells


def _share(id: str, part: str, whole: str) -> Compute:
    return lambda counts: {id: counts[part] / counts[whole] if counts[whole] else None}


def _outcome(result: Result, settings: IpwSettings, outcome: Array, masks: Mapping[str, Mask], alike: list[str]) -> None:
    """Declare those who had the outcome, and what gives them away."""
    links, cells = result.links, _split(result, "outcome", outcome, masks)
    for group, (yes, _) in cells.items():
        share, n = f"outcome_unweighted.{group}", f"n.{group}"
        links.follow([share], (yes, n), _share(share, yes, n))
    links.follow(_ids(result, "effect_crude."), [cell for pair in cells.values() for cell in pair])
    for group in alike:
        own = [*OWN, f"effect_{settings.estimand.lower()}"]
        links.follow([f"outcome.{group}", *(id for stem in own for id in _ids(result, f"{stem}."))], (cells[group][0], f"n.{group}"))


def _ids(result: Result, start: str) -> list[str]:
    return [number.id for number in result.numbers if number.id.startswith(start)]


def _variables(result: Result, sample: Sample, masks: Mapping[str, Mask]) -> None:
    """Declare the counts behind shares of people with a characteristic; the levels of one column add up to the group."""
    rows = {row[0]: place for place, row in enumerate(result.frames["balance"].rows)}
    for _, group_of in groupby(sample.variables, key=lambda variable: variable.column):
        levels = [variable for variable in group_of if variable.unit == "proportion"]
        cells = {variable.id: _split(result, f"has.{variable.id}", variable.values, masks) for variable in levels}
        for variable in levels:
            _variable(result, variable, cells[variable.id], rows[variable.id])
        if len(levels) > 1:
            for group in masks:
                result.links.add_up(f"n.{group}", [pair[group][0] for pair in cells.values()])
    _largest(result, sample)


def _variable(result: Result, variable: Variable, cells: dict[str, tuple[str, str]], row: int) -> None:
    links, yes = result.links, [pair[0] for pair in cells.values()]
    for group, (cell, _) in cells.items():
        id, n = f"mean_unweighted.{variable.id}.{group}", f"n.{group}"
        links.follow([id], (cell, n), _share(id, cell, n))
        links.follow([f"mean_weighted.{variable.id}.{group}"], [cell])
    numbers = [f"{measure}_{when}.{variable.id}" for measure in ("smd", "ks") for when in WHEN]
    links.follow(numbers, yes, places=[("balance", row, column) for column in (3, 4)])


def _largest(result: Result, sample: Sample) -> None:
    """Declare that the largest difference gives away what the variable's own does."""
    binary = {variable.id for variable in sample.variables if variable.unit == "proportion"}
    for column, when in enumerate(WHEN, start=3):
        sizes = [
            (abs(row[column]), row[0]) for row in result.frames["balance"].rows if row[column] is not None and row[column] == row[column]
        ]
        if sizes and max(sizes)[1] in binary:
            result.links.follow([f"largest_smd.{when}"], [f"has.{max(sizes)[1]}.yes.{group}" for group in GROUPS])
