"""How many units and periods a difference in differences has, and their plain means."""

from __future__ import annotations

import math

from evidentia.core.language import later, translate
from evidentia.core.results import Result
from evidentia.designs.did.panel import Panel, part_of_id
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.settings import DidSettings

SIDES = {"treated": later("treated group"), "comparator": later("comparator group")}


def group_id(panel: Panel, group: int) -> str:
    """Return the id of the effect on the units that start in a period."""
    return f"group.{part_of_id(panel.periods.label(group))}"


def add_sizes(result: Result, settings: DidSettings, panel: Panel) -> None:
    """Report how many units, treated and not, how many periods, and who is left out."""
    units, who = panel.units["first"], settings.units[:1].upper() + settings.units[1:]
    result.add("n.units", len(units), "count", translate("{who} analysed", who=who))
    result.add(
        "n.treated", int((units != NEVER).sum()), "count", translate("{who} treated in some period", who=who)
    )
    result.add(
        "n.comparators", int((units == NEVER).sum()), "count", translate("{who} never treated", who=who)
    )
    result.add("n.periods", len(panel.times), "count", translate("Periods"))
    result.add("n.groups", len(panel.groups), "count", translate("Groups that start in different periods"))
    result.add(
        "n.observations", len(panel.frame), "count", translate("{who} times periods with an outcome", who=who)
    )
    result.add(
        "n.incomplete",
        panel.incomplete,
        "count",
        translate("{who} left out, without a value in some period", who=who),
    )
    result.add(
        "n.always_treated",
        panel.always,
        "count",
        translate("{who} left out, treated from the first period on", who=who),
    )
    if settings.cluster:
        result.add("n.clusters", int(panel.frame["cluster"].nunique()), "count", translate("Clusters"))
    for group in panel.groups:
        label = translate("{who} first treated in {label}", who=who, label=panel.periods.label(group))
        result.add(f"{group_id(panel, group)}.n", int((units == group).sum()), "count", label)
    result.add("period.first", panel.periods.label(panel.times[0]), "text", translate("First period"))
    result.add("period.last", panel.periods.label(panel.times[-1]), "text", translate("Last period"))
    result.add(
        "confidence",
        settings.confidence,
        "proportion",
        translate("Confidence level of the intervals"),
        basis="configured",
    )


def level_unit(settings: DidSettings, panel: Panel) -> str:
    """Return the unit of the outcome's means."""
    return settings.outcome_unit or ("proportion" if panel.binary else "mean")


def add_means(result: Result, settings: DidSettings, panel: Panel) -> None:
    """Report the four means of the case of two periods, with their standard errors."""
    if len(panel.times) > 2:
        return
    unit = level_unit(settings, panel)
    for group, chosen in (
        ("treated", panel.frame["first"] != NEVER),
        ("comparator", panel.frame["first"] == NEVER),
    ):
        for when, time in zip(("before", "after"), panel.times, strict=True):
            values = panel.frame.loc[chosen & (panel.frame["time"] == time), "y"]
            label = translate(
                "{named}, mean, {group}, {when}",
                named=settings.named,
                group=translate(SIDES[group]),
                when=translate("before" if when == "before" else "after"),
            )
            result.add(f"mean.{group}.{when}", values.mean(), unit, label)
            spread = float(values.sem()) if len(values) > 1 and values.nunique() > 1 else math.nan
            result.add(
                f"mean_se.{group}.{when}",
                spread,
                unit,
                translate("{label}, standard error", label=label),
                translate("standard deviation / root of the number"),
            )


def spread(panel: Panel) -> float:
    """Return the standard deviation of the outcome in the periods before any unit starts, within groups and
    periods: what a synthesis divides the effect by.
    """
    before = panel.frame[panel.frame["time"] < min(panel.groups)]
    cells = before.groupby(["first", "time"])["y"]
    degrees = len(before) - cells.ngroups
    squares = float(((before["y"] - cells.transform("mean")) ** 2).sum())
    return math.sqrt(squares / degrees) if degrees > 0 and squares > 0 else math.nan
