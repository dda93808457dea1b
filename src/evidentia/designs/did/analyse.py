"""Analysis of the design ``did``."""

from __future__ import annotations

from typing import Any

from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.did.described import add_means, add_sizes, group_id, level_unit, spread
from evidentia.designs.did.disclose import declare
from evidentia.designs.did.display import since
from evidentia.designs.did.estimates import Estimates, estimate, event_id
from evidentia.designs.did.notes import add_notes
from evidentia.designs.did.panel import Panel, part_of_id, read_panel
from evidentia.designs.did.periods import NEVER
from evidentia.designs.did.settings import DidSettings
from evidentia.designs.did.two_way import TwoWay, two_way

CALLAWAY = later("Callaway and Sant'Anna (2021), {how}; standard error from influences by {by}")
BEFORE = later("Wald test that the effects before the start are all 0, by group and period")
TWO_WAY = later("two-way fixed effects; standard error by {by}, t with G-1 degrees of freedom")


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
    add_sizes(result, settings, panel)
    add_means(result, settings, panel)
    result.add(
        "outcome_sd",
        spread(panel),
        "mean",
        translate(
            "{named}: standard deviation between {units} before any start",
            named=settings.named,
            units=settings.units,
        ),
        translate("within groups and periods"),
    )
    _effects(result, settings, panel, found, older)
    _parts(result, settings, panel, found)
    _frames(result, panel, found)
    add_notes(result, settings, panel, found, older)
    declare(result, settings, panel)
    return result


def group_label(panel: Panel, group: int) -> str:
    """Return a group in words."""
    if group == NEVER:
        return translate("Never treated")
    return translate("First treated {period}", period=panel.periods.label(group))


def _effects(result: Result, settings: DidSettings, panel: Panel, found: Estimates, older: TwoWay) -> None:
    """Report the effects over all treated units, and the test of the time before the start."""
    unit, label, newer = effect_unit(settings, panel), effect_label(settings), _how(settings, panel)
    old = translate(TWO_WAY, by=translate("cluster" if settings.cluster else "unit"))
    chosen, how = (older.effect, old) if settings.estimator == "two_way" else (found.overall, newer)
    result.add_estimate("effect", chosen, unit, label, how)
    result.add_estimate(
        "effect_cs",
        found.overall,
        unit,
        translate("{label}, over all treated {units} and periods", label=label, units=settings.units),
        newer,
    )
    result.add_estimate(
        "effect_event",
        found.by_event,
        unit,
        translate("{label}, mean over periods since the start", label=label),
        newer,
    )
    result.add_estimate(
        "two_way", older.effect, unit, translate("{label}, two-way fixed effects", label=label), old
    )
    words = translate("Weight of comparisons with units treated already, in the two-way estimate")
    result.add(
        "two_way.forbidden",
        older.forbidden,
        "proportion",
        words,
        translate("Goodman-Bacon's (2021) decomposition, without covariates"),
    )
    if found.bootstrapped:
        words = translate(
            "multiplier bootstrap, {replicates} replicates", replicates=settings.bootstrap.replicates
        )
        result.add_estimate(
            "effect_bootstrap", found.bootstrapped, unit, translate("{label}, bootstrap", label=label), words
        )
        replicates = settings.bootstrap.replicates
        result.add(
            "bootstrap.replicates", replicates, "count", translate("Bootstrap replicates"), basis="configured"
        )
    for name, value, of, words in zip(
        ("statistic", "df", "p_value"),
        found.pre_trend,
        ("coefficient", "coefficient", "p_value"),
        (later("statistic"), later("degrees of freedom"), later("p-value")),
        strict=True,
    ):
        result.add(
            f"pre_trend.{name}",
            value,
            of,
            translate("Test of the time before the start, {words}", words=translate(words)),
            translate(BEFORE),
        )


def _parts(result: Result, settings: DidSettings, panel: Panel, found: Estimates) -> None:
    """Report the effects by periods since the start, with bands where there are any, and by group."""
    unit, label, how = effect_unit(settings, panel), effect_label(settings), _how(settings, panel)
    for k, statistics in found.events.items():
        words = f"{label}, {since(k)}"
        result.add_estimate(event_id(k), statistics, unit, words, how)
        for end, value in zip(("low", "high"), found.bands.get(k, ()), strict=False):
            result.add(
                f"{event_id(k)}.band_{end}",
                value,
                unit,
                translate(
                    "{words}, lower limit for all periods at once"
                    if end == "low"
                    else "{words}, upper limit for all periods at once",
                    words=words,
                ),
                translate("multiplier bootstrap"),
            )
    for group, statistics in found.groups.items():
        words = translate(
            "{label}, {units} first treated in {period}",
            label=label,
            units=settings.units,
            period=panel.periods.label(group),
        )
        result.add_estimate(group_id(panel, group), statistics, unit, words, how)


def effect_unit(settings: DidSettings, panel: Panel) -> str:
    """Return the unit of the effects."""
    return "percentage_points" if level_unit(settings, panel) == "proportion" else "mean"


def effect_label(settings: DidSettings) -> str:
    """Return the effect in words."""
    return translate("Effect on {outcome}", outcome=settings.named[:1].lower() + settings.named[1:])


def _how(settings: DidSettings, panel: Panel) -> str:
    """Return in words how the effects are estimated."""
    how = translate(
        "units not yet treated for comparison"
        if settings.comparison == "not_yet_treated"
        else "units never treated for comparison"
    )
    robust = translate(", doubly robust") if panel.covariates else ""
    by = translate("cluster" if settings.cluster else "unit")
    return translate(CALLAWAY, by=by, how=f"{how}{robust}")


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
