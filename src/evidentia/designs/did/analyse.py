"""Analysis of the design ``did``."""

from __future__ import annotations

import math
from typing import Any

from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.did.disclose import declare
from evidentia.designs.did.display import since
from evidentia.designs.did.estimates import Estimates, estimate, event_id
from evidentia.designs.did.notes import add_notes
from evidentia.designs.did.panel import Panel, part_of_id, read_panel
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.settings import DidSettings
from evidentia.designs.did.two_way import TwoWay, two_way

CALLAWAY = "Callaway and Sant'Anna (2021), {how}; standard error from influences by {by}"
BEFORE = "Wald test that the effects before the start are all 0, by group and period"
TWO_WAY = "two-way fixed effects; standard error by {by}, t with G-1 degrees of freedom"


def analyse(settings: DidSettings, tables: dict[str, DataTable]) -> Result:
    """Estimate what a treatment changed, from the changes of treated units beside those of others.

    Parameters
    ----------
    settings : DidSettings
    tables : dict of str to DataTable
        One row for each unit and period.

    Raises
    ------
    EvidentiaError
        Or `Problems`; see `read_panel` and `estimate`.
    """
    panel = read_panel(settings, tables[settings.data])
    found, older = estimate(settings, panel), two_way(settings, panel)
    result = Result()
    _sizes(result, settings, panel)
    _means(result, settings, panel)
    result.add(
        "outcome_sd",
        _spread(panel),
        "mean",
        f"{settings.named}: standard deviation between {settings.units} before any start",
        "within groups and periods",
    )
    _effects(result, settings, panel, found, older)
    _parts(result, settings, panel, found)
    _frames(result, panel, found)
    add_notes(result, settings, panel, found, older)
    declare(result, settings, panel)
    return result


def group_id(panel: Panel, group: int) -> str:
    """Return the id of the effect on the units that start in a period."""
    return f"group.{part_of_id(panel.periods.label(group))}"


def group_label(panel: Panel, group: int) -> str:
    """Return a group in words."""
    return "Never treated" if group == NEVER else f"First treated {panel.periods.label(group)}"


def _sizes(result: Result, settings: DidSettings, panel: Panel) -> None:
    """Report how many units, treated and not, how many periods, and who is left out."""
    units, who = panel.units["first"], settings.units[:1].upper() + settings.units[1:]
    result.add("n.units", len(units), "count", f"{who} analysed")
    result.add("n.treated", int((units != NEVER).sum()), "count", f"{who} treated in some period")
    result.add("n.comparators", int((units == NEVER).sum()), "count", f"{who} never treated")
    result.add("n.periods", len(panel.times), "count", "Periods")
    result.add("n.groups", len(panel.groups), "count", "Groups that start in different periods")
    result.add("n.observations", len(panel.frame), "count", f"{who} times periods with an outcome")
    result.add("n.incomplete", panel.incomplete, "count", f"{who} left out, without a value in some period")
    result.add("n.always_treated", panel.always, "count", f"{who} left out, treated from the first period on")
    if settings.cluster:
        result.add("n.clusters", int(panel.frame["cluster"].nunique()), "count", "Clusters")
    for group in panel.groups:
        label = f"{who} first treated in {panel.periods.label(group)}"
        result.add(f"{group_id(panel, group)}.n", int((units == group).sum()), "count", label)
    result.add("period.first", panel.periods.label(panel.times[0]), "text", "First period")
    result.add("period.last", panel.periods.label(panel.times[-1]), "text", "Last period")
    result.add(
        "confidence",
        settings.confidence,
        "proportion",
        "Confidence level of the intervals",
        basis="configured",
    )


def level_unit(settings: DidSettings, panel: Panel) -> str:
    """Return the unit of the outcome's means."""
    return settings.outcome_unit or ("proportion" if panel.binary else "mean")


def _means(result: Result, settings: DidSettings, panel: Panel) -> None:
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
            label = f"{settings.named}, mean, {group} group, {when}"
            result.add(f"mean.{group}.{when}", values.mean(), unit, label)
            spread = float(values.sem()) if len(values) > 1 and values.nunique() > 1 else math.nan
            result.add(
                f"mean_se.{group}.{when}",
                spread,
                unit,
                f"{label}, standard error",
                "standard deviation / root of the number",
            )


def _spread(panel: Panel) -> float:
    """Return the standard deviation of the outcome in the periods before any unit starts, within groups and
    periods: what a synthesis divides the effect by.
    """
    before = panel.frame[panel.frame["time"] < min(panel.groups)]
    cells = before.groupby(["first", "time"])["y"]
    degrees = len(before) - cells.ngroups
    squares = float(((before["y"] - cells.transform("mean")) ** 2).sum())
    return math.sqrt(squares / degrees) if degrees > 0 and squares > 0 else math.nan


def _effects(result: Result, settings: DidSettings, panel: Panel, found: Estimates, older: TwoWay) -> None:
    """Report the effects over all treated units, and the test of the time before the start."""
    unit, label, newer = effect_unit(settings, panel), effect_label(settings), _how(settings, panel)
    old = TWO_WAY.format(by="cluster" if settings.cluster else "unit")
    chosen, how = (older.effect, old) if settings.estimator == "two_way" else (found.overall, newer)
    result.add_estimate("effect", chosen, unit, label, how)
    result.add_estimate(
        "effect_cs", found.overall, unit, f"{label}, over all treated {settings.units} and periods", newer
    )
    result.add_estimate(
        "effect_event", found.by_event, unit, f"{label}, mean over periods since the start", newer
    )
    result.add_estimate("two_way", older.effect, unit, f"{label}, two-way fixed effects", old)
    words = "Weight of comparisons with units treated already, in the two-way estimate"
    result.add(
        "two_way.forbidden",
        older.forbidden,
        "proportion",
        words,
        "Goodman-Bacon's (2021) decomposition, without covariates",
    )
    if found.bootstrapped:
        words = f"multiplier bootstrap, {settings.bootstrap.replicates} replicates"
        result.add_estimate("effect_bootstrap", found.bootstrapped, unit, f"{label}, bootstrap", words)
        replicates = settings.bootstrap.replicates
        result.add("bootstrap.replicates", replicates, "count", "Bootstrap replicates", basis="configured")
    for name, value, of, words in zip(
        ("statistic", "df", "p_value"),
        found.pre_trend,
        ("coefficient", "coefficient", "p_value"),
        ("statistic", "degrees of freedom", "p-value"),
        strict=True,
    ):
        result.add(f"pre_trend.{name}", value, of, f"Test of the time before the start, {words}", BEFORE)


def _parts(result: Result, settings: DidSettings, panel: Panel, found: Estimates) -> None:
    """Report the effects by periods since the start, with bands where there are any, and by group."""
    unit, label, how = effect_unit(settings, panel), effect_label(settings), _how(settings, panel)
    for k, statistics in found.events.items():
        words = f"{label}, {since(k)}"
        result.add_estimate(event_id(k), statistics, unit, words, how)
        for end, value in zip(("low", "high"), found.bands.get(k, ()), strict=False):
            which = "lower" if end == "low" else "upper"
            result.add(
                f"{event_id(k)}.band_{end}",
                value,
                unit,
                f"{words}, {which} limit for all periods at once",
                "multiplier bootstrap",
            )
    for group, statistics in found.groups.items():
        words = f"{label}, {settings.units} first treated in {panel.periods.label(group)}"
        result.add_estimate(group_id(panel, group), statistics, unit, words, how)


def effect_unit(settings: DidSettings, panel: Panel) -> str:
    """Return the unit of the effects."""
    return "percentage_points" if level_unit(settings, panel) == "proportion" else "mean"


def effect_label(settings: DidSettings) -> str:
    """Return the effect in words."""
    return f"Effect on {settings.named[:1].lower()}{settings.named[1:]}"


def _how(settings: DidSettings, panel: Panel) -> str:
    """Return in words how the effects are estimated."""
    compared = "not yet treated" if settings.comparison == "not_yet_treated" else "never treated"
    robust = ", doubly robust" if panel.covariates else ""
    return CALLAWAY.format(
        by="cluster" if settings.cluster else "unit", how=f"{compared} units for comparison{robust}"
    )


def _frames(result: Result, panel: Panel, found: Estimates) -> None:
    """Hand on what the figures show: effects by time, and means by group and period."""
    rows: list[list[Any]] = []
    for k, one in sorted(found.events.items()):
        rows.append(
            [
                k,
                *(_cell(one[name]) for name in ("estimate", "ci_low", "ci_high")),
                *found.bands.get(k, (None, None)),
            ]
        )
    result.frames["events"] = Frame(["time", "estimate", "ci_low", "ci_high", "band_low", "band_high"], rows)
    means = panel.frame.groupby(["first", "time"])["y"].agg(["mean", "size"])
    cells = [
        [
            part_of_id(panel.periods.label(group)) if group != NEVER else "never",
            group_label(panel, group),
            panel.periods.label(time),
            int(group) if group != NEVER else None,
            int(time),
            float(mean),
            int(size),
        ]
        for (group, time), (mean, size) in zip(means.index, means.to_numpy(), strict=True)
    ]
    result.frames["cohorts"] = Frame(["group", "label", "period", "start", "place", "mean", "units"], cells)


def _cell(value: float) -> float | None:
    return None if value != value else float(value)
