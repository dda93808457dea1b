"""How the counts of units, who may be people, add up, and which numbers give them away: for
`evidentia.disclosure`.
"""

from __future__ import annotations

import numpy as np

from evidentia.core.links import FEW
from evidentia.core.results import Result
from evidentia.designs.did.panel import Panel, part_of_id
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.settings import DidSettings

EFFECTS = ("outcome_sd", "effect.", "effect_", "two_way.", "event.", "pre_trend.", "mean_se.")
STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")


def declare(result: Result, settings: DidSettings, panel: Panel) -> None:
    """Declare the counts of units by group; of outcomes with few values, how many of each group have each in
    each period.

    Every effect rests on every group, so it goes where the count of a group or of those with an outcome does.
    """
    links, units = result.links, panel.units
    links.count_nobody("n.periods", "n.groups", "n.clusters", "pre_trend.df")
    counts = {NEVER: "n.comparators"} | {
        group: f"group.{part_of_id(panel.periods.label(group))}.n" for group in panel.groups
    }
    for group, name in counts.items():
        links.who(name, panel.table.path, units.index[units["first"] == group])
    links.add_up("n.treated", [counts[group] for group in panel.groups])
    links.add_up("n.units", ["n.treated", "n.comparators"])
    cells = _outcomes(result, settings, panel, counts)
    _observations(result, panel, counts)
    known = [number.id for number in result.numbers]
    every = [*counts.values(), *(cell for own in cells.values() for cell in own)]
    effects = [
        id
        for id in known
        if id.startswith((*EFFECTS, "mean."))
        or (id.startswith("group.") and id.rsplit(".", 1)[1] in STATISTICS)
    ]
    frames = [
        ("events", row, column) for row in range(len(result.frames["events"].rows)) for column in range(1, 6)
    ]
    links.follow(effects, every, places=frames, near=True)
    _means(result, counts, cells)


def _outcomes(
    result: Result, settings: DidSettings, panel: Panel, counts: dict[int, str]
) -> dict[tuple[int, int], list[str]]:
    """Declare how many of each group have each value of the outcome in each period, where there are few
    values.
    """
    frame, links, units = panel.frame, result.links, panel.units["first"]
    values = np.unique(frame["y"])
    cells: dict[tuple[int, int], list[str]] = {}
    for (group, time), own in frame.groupby(["first", "time"]):
        size = counts[int(group)]
        if not panel.balanced:
            size = links.hide(f"{size}.in.{time}", len(own))
            links.who(size, panel.table.path, own.index)
            without = links.hide(f"{size}.without", int((units == group).sum()) - len(own))
            links.add_up(counts[int(group)], (size, without))
        if len(values) > FEW:
            cells[int(group), int(time)] = [size]
            continue
        names = []
        for value in values:
            names.append(links.hide(f"value.{value:g}.{group}.{time}", int((own["y"] == value).sum())))
            links.who(names[-1], panel.table.path, own.index[own["y"] == value], f"{settings.outcome} {time}")
        links.add_up(size, names)
        cells[int(group), int(time)] = names
    return cells


def _observations(result: Result, panel: Panel, counts: dict[int, str]) -> None:
    """Declare that units times periods tell how many units there are, or how many have a value."""
    links, number = result.links, "n.observations"
    if panel.balanced:
        links.follow([number], ["n.units"], lambda known: {number: known["n.units"] * len(panel.times)})
    else:
        links.add_up(number, [f"{size}.in.{time}" for size in counts.values() for time in panel.times])


def _means(result: Result, counts: dict[int, str], cells: dict[tuple[int, int], list[str]]) -> None:
    """Declare that the mean of a group tells its size and how many have each value."""
    links = result.links
    for row, (_, _, _, start, place, _, _) in enumerate(result.frames["cohorts"].rows):
        group = NEVER if start is None else start
        links.follow([], [counts[group], *cells[group, place]], places=[("cohorts", row, 5)], near=True)
        own = cells[group, place]
        links.show("cohorts", row, 6, own[0] if own[0].endswith(f".in.{place}") else counts[group])
