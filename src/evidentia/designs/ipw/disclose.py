"""How the groups' counts of people add up, and which numbers give them away: for `evidentia.disclosure`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import numpy as np

from evidentia.core.links import FEW, Compute
from evidentia.core.results import Result
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.model import Model
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.ipw.values import OUTCOME, declare_values
from evidentia.designs.ipw.variables import Variable

GROUPS = ("treated", "comparator")
WHEN = ("unweighted", "weighted")
WEIGHTED = (
    "max_weight",
    "ess.",
    "weight_propensity.",
    "mean_weighted.",
    "smd_weighted.",
    "variance_ratio_weighted.",
    "ks_weighted.",
)

Bars = dict[tuple[str, float, float], str]
"""The cell of each bar of the picture of overlap, by group and bounds."""


def declare(result: Result, settings: IpwSettings, sample: Sample, model: Model) -> None:
    """Declare the counts of an analysis, those that no number prints included.

    Whatever is computed from the outcomes of a group tells how many of it had the outcome, weighted or not:
    weights are near to each other more often than not, and a share under one estimand gives that under
    another.
    """
    links = result.links
    links.count_nobody(*(f"ess.{group}" for group in GROUPS))
    masks = {"treated": sample.treated, "comparator": ~sample.treated}
    rows = sample.table.frame.index.to_numpy()
    for group, mask in masks.items():
        links.who(f"n.{group}", sample.table.path, rows[mask])
    _flow(result)
    everyone = next(number.value for number in result.numbers if number.id == "flow.people.all")
    if everyone == len(rows):
        links.who("flow.people.all", sample.table.path, rows)
    values = model.weights[settings.estimand].values
    alike = {group for group, mask in masks.items() if np.ptp(values[mask]) == 0}
    for group in GROUPS:
        links.follow([f"ess.{group}"], [f"n.{group}"], near=group not in alike)
    _outcome(result, settings, sample, masks, alike)
    _variables(result, sample, masks)
    _patterns(result, sample, model, masks, _bars(result))
    for when in WHEN:
        links.largest(f"largest_smd.{when}", [f"smd_{when}.{variable.id}" for variable in sample.variables])


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
    treated = {str(row[0]): row[2] for row in rows}
    if "follow_up" in treated:  # a mean of whole days tells of how many people it is
        lags = links.hide("lag.people", treated["analysed"] + treated["follow_up"])
        links.add_up(lags, ["flow.analysed.treated", "flow.follow_up.treated"])
        links.follow(["lag.mean"], [lags], near=True)


def _bars(result: Result) -> Bars:
    """Declare that the bars of the picture of overlap add up to the group, and return their cells by group
    and bounds.
    """
    links, cells = result.links, Bars()
    for row, (group, low, high, people) in enumerate(result.frames["propensity"].rows):
        cells[group, low, high] = links.hide(f"propensity.{low:.2f}.{group}", people)
        links.show("propensity", row, 3, cells[group, low, high])
    for group in GROUPS:
        links.add_up(f"n.{group}", [cell for (own, _, _), cell in cells.items() if own == group])
    return cells


def _patterns(
    result: Result,
    sample: Sample,
    model: Model,
    masks: Mapping[str, Mask],
    bars: Mapping[tuple[str, float, float], str],
) -> None:
    """Declare the kinds of people that the propensity knows, where these are few: all that is weighted tells
    how many there are.
    """
    links = result.links
    kinds, kind = np.unique(sample.terms.matrix, axis=0, return_inverse=True)
    if len(kinds) > FEW:
        return
    kind, rows = kind.ravel(), sample.table.frame.index.to_numpy()
    cells: dict[str, list[str]] = {group: [] for group in masks}
    for place in range(len(kinds)):
        for group, mask in masks.items():
            mine = mask & (kind == place)
            cells[group].append(links.hide(f"kind.{place + 1}.{group}", int(mine.sum())))
            links.who(cells[group][-1], sample.table.path, rows[mine], "propensity")
    for group, own in cells.items():
        links.add_up(f"n.{group}", own)
        edges = [(low, high, cell) for (of, low, high), cell in bars.items() if of == group]
        for low, high, cell in edges:
            last = high == edges[-1][1]
            inside = [
                name
                for place, name in enumerate(own)
                if low <= model.propensity[kind == place][0]
                and (last or model.propensity[kind == place][0] < high)
            ]
            if sum(links.hidden[name] for name in inside) == links.hidden[cell]:
                links.add_up(cell, inside)
    every = [*cells["treated"], *cells["comparator"]]
    rows_of = range(len(result.frames["balance"].rows))
    links.follow(
        _starting(result, WEIGHTED), every, places=[("balance", row, 4) for row in rows_of], near=True
    )
    if len(kinds) * len(np.unique(sample.outcome)) <= FEW:
        links.follow(_starting(result, OUTCOME), every, near=True)


def _starting(result: Result, starts: Iterable[str]) -> list[str]:
    return [number.id for number in result.numbers if number.id.startswith(tuple(starts))]


def _split(
    result: Result, sample: Sample, stem: str, column: str, values: Array, masks: Mapping[str, Mask]
) -> dict[str, tuple[str, str]]:
    """Declare those of each group who have a 1 and those who have a 0, and return the two cells' names by
    group.
    """
    links, cells, rows = result.links, dict[str, tuple[str, str]](), sample.table.frame.index.to_numpy()
    for group, mask in masks.items():
        pair = []
        for word, who in (("yes", values == 1), ("no", values != 1)):
            pair.append(links.hide(f"{stem}.{word}.{group}", int((mask & who).sum())))
            links.who(pair[-1], sample.table.path, rows[mask & who], column)
        cells[group] = (pair[0], pair[1])
        links.add_up(f"n.{group}", pair)
    return cells


def _share(id: str, part: str, whole: str) -> Compute:
    return lambda counts: {id: counts[part] / counts[whole] if counts[whole] else None}


def _outcome(
    result: Result, settings: IpwSettings, sample: Sample, masks: Mapping[str, Mask], alike: set[str]
) -> None:
    """Declare those who had the outcome, and what gives them away."""
    links = result.links
    if not sample.binary:
        declare_values(result, sample, "outcome", settings.outcome, sample.outcome, masks)
        return
    cells = _split(result, sample, "outcome", settings.outcome, sample.outcome, masks)
    for group, (yes, _) in cells.items():
        share, n = f"outcome_unweighted.{group}", f"n.{group}"
        links.follow([share], (yes, n), _share(share, yes, n))
        links.follow([f"outcome.{group}"], (yes, n), near=group not in alike)
    every = [cell for pair in cells.values() for cell in pair]
    crude, exact = (
        _starting(result, ["effect_crude."]),
        [f"effect_{settings.estimand.lower()}.", "effect."] if alike else [],
    )
    links.follow([*crude, *_starting(result, exact)], every)
    effects = [id for id in _starting(result, OUTCOME) if not id.startswith(("outcome", "effect_crude."))]
    links.follow(effects, [*every, *(f"n.{group}" for group in GROUPS)], near=True)


def _variables(result: Result, sample: Sample, masks: Mapping[str, Mask]) -> None:
    """Declare the counts behind shares of people with a characteristic; the levels of one column add up to
    the group.
    """
    rows = {row[0]: place for place, row in enumerate(result.frames["balance"].rows)}
    for column, group_of in groupby(sample.variables, key=lambda variable: variable.column):
        levels = []
        for variable in group_of:
            if variable.unit == "proportion":
                levels.append(variable)
            else:
                declare_values(result, sample, variable.id, column, variable.values, masks, rows[variable.id])
        cells = {
            variable.id: _split(result, sample, f"has.{variable.id}", column, variable.values, masks)
            for variable in levels
        }
        for variable in levels:
            _variable(result, variable, cells[variable.id], rows[variable.id])
        if len(levels) > 1:
            for group in masks:
                result.links.add_up(f"n.{group}", [pair[group][0] for pair in cells.values()])


def _variable(result: Result, variable: Variable, cells: dict[str, tuple[str, str]], row: int) -> None:
    links, yes = result.links, [pair[0] for pair in cells.values()]
    for group, (cell, _) in cells.items():
        id, n = f"mean_unweighted.{variable.id}.{group}", f"n.{group}"
        links.follow([id], (cell, n), _share(id, cell, n))
        links.follow([f"mean_weighted.{variable.id}.{group}"], [cell])
    links.follow(list(_distances(variable)), yes, places=[("balance", row, column) for column in (3, 4)])


def _distances(variable: Variable) -> Iterator[str]:
    for measure in ("smd", "ks"):
        for when in WHEN:
            yield f"{measure}_{when}.{variable.id}"
