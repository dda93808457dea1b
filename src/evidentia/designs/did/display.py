"""What the figures and the table of the design ``did`` display (no pandas, no matplotlib)."""

from __future__ import annotations

import re
from typing import Any

from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows, between
from evidentia.designs.did.settings import CohortsFigure, DidSettings, EffectsTable, EventStudyFigure

P_VALUE = later("p\N{NON-BREAKING HYPHEN}value")


def unit_of(result: Result) -> str:
    """Return the unit of the effects."""
    return next(number.unit for number in result.numbers if number.id == "effect.estimate")


def period_label(k: int) -> str:
    """Return periods since the start in words."""
    return (
        translate("First treated period")
        if k == 0
        else translate("{periods} after" if k > 0 else "{periods} before", periods=abs(k))
    )


def event_study_data(settings: EventStudyFigure, analysis: DidSettings, result: Result) -> Frame:
    """Return the effect by periods since the start, with its limits, and those for all periods at once where
    there are any.
    """
    frame, unit = result.frames["events"], unit_of(result)
    percent = f"{analysis.confidence * 100:g}%"
    names = [
        translate("Periods since the start"),
        translate("Effect"),
        translate("Lower {percent} limit", percent=percent),
        translate("Upper {percent} limit", percent=percent),
    ]
    bands = any(row[4] is not None for row in frame.rows)
    if bands:
        names += [
            translate("Lower limit for all periods at once"),
            translate("Upper limit for all periods at once"),
        ]
    rows = [[period_label(row[0]), *row[1 : len(names)]] for row in frame.rows]
    return Frame(names, rows, ["text", *[f"{unit} 3dp" if unit == "mean" else unit] * (len(names) - 1)])


def cohorts_data(settings: CohortsFigure, analysis: DidSettings, result: Result) -> Frame:
    """Return the mean outcome by group and period."""
    rows = [[row[1], row[2], row[5]] for row in result.frames["cohorts"].rows]
    unit = "proportion 1dp" if unit_of(result) == "percentage_points" else "mean 2dp"
    return Frame(
        [translate("Group"), translate("Period"), translate("{named}, mean", named=analysis.named)],
        rows,
        ["text", "text", unit],
    )


def effects_rows(settings: EffectsTable, analysis: DidSettings, result: Result) -> Rows:
    """Return the effects with interval and p-value: overall, by group, by periods since the start."""
    unit, of = unit_of(result), settings.analysis
    spec = "plain 1dp" if unit == "percentage_points" else "plain 3dp"
    named: list[tuple[str, str]] = []
    if "overall" in settings.parts:
        named += [
            ("effect_cs", translate("All treated")),
            ("effect_event", translate("Mean over periods since the start")),
            ("two_way", translate("Two-way fixed effects")),
        ]
    if "groups" in settings.parts:
        have = [number.id for number in result.numbers if re.fullmatch(r"group\.\w+\.estimate", number.id)]
        labels = {row[0]: row[1] for row in result.frames["cohorts"].rows}
        named += [(id.removesuffix(".estimate"), labels[id.split(".")[1]]) for id in have]
    if "events" in settings.parts:
        named += [
            (f"event.{k}" if k >= 0 else f"event.m{-k}", since(k)[:1].upper() + since(k)[1:])
            for k in result.frames["events"].column("time")
        ]
    rows: list[list[Cell]] = []
    for id, label in named:
        interval = between(Ref(f"{of}.{id}.ci_low", spec), Ref(f"{of}.{id}.ci_high", spec))
        rows.append([label, Ref(f"{of}.{id}.estimate", spec), interval, Ref(f"{of}.{id}.p_value")])
    scale = translate(", percentage points") if unit == "percentage_points" else ""
    interval = translate("{percent} interval", percent=f"{analysis.confidence * 100:g}%")
    return Rows([translate("Effect"), translate("Estimate") + scale, interval, translate(P_VALUE)], rows)


def since(k: int) -> str:
    """Return periods since the start, after a comma."""
    if k == 0:
        return translate("in the first treated period")
    number = abs(k)
    if number == 1:
        return translate("1 period after the start") if k > 0 else translate("1 period before the start")
    if k > 0:
        return translate("{number} periods after the start", number=number)
    return translate("{number} periods before the start", number=number)


def starts(result: Result) -> dict[str, Any]:
    """Return, by group, its label, the place of its start and its means by place."""
    groups: dict[str, Any] = {}
    for group, label, period, start, place, mean, _ in result.frames["cohorts"].rows:
        one = groups.setdefault(
            group, {"label": label, "start": start, "periods": [], "places": [], "means": []}
        )
        one["periods"].append(period)
        one["places"].append(place)
        one["means"].append(mean)
    return groups
