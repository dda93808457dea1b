"""What the figures and the table of the design ``did`` display (no pandas, no matplotlib)."""

from __future__ import annotations

import re
from typing import Any

from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows
from evidentia.core.units import NBSP
from evidentia.designs.did.settings import CohortsFigure, DidSettings, EffectsTable, EventStudyFigure

P_VALUE = "p\N{NON-BREAKING HYPHEN}value"


def unit_of(result: Result) -> str:
    """Return the unit of the effects."""
    return next(number.unit for number in result.numbers if number.id == "effect.estimate")


def said(k: int) -> str:
    """Return periods since the start in words."""
    return "First treated period" if k == 0 else f"{abs(k)} {'after' if k > 0 else 'before'}"


def event_study_data(settings: EventStudyFigure, analysis: DidSettings, result: Result) -> Frame:
    """Return the effect by periods since the start, with its limits, and those for all periods at once where
    there are any.
    """
    frame, unit = result.frames["events"], unit_of(result)
    percent = f"{analysis.confidence * 100:g}%"
    names = ["Periods since the start", "Effect", f"Lower {percent} limit", f"Upper {percent} limit"]
    bands = any(row[4] is not None for row in frame.rows)
    if bands:
        names += ["Lower limit for all periods at once", "Upper limit for all periods at once"]
    rows = [[said(row[0]), *row[1 : len(names)]] for row in frame.rows]
    return Frame(names, rows, ["text", *[f"{unit} 3dp" if unit == "mean" else unit] * (len(names) - 1)])


def cohorts_data(settings: CohortsFigure, analysis: DidSettings, result: Result) -> Frame:
    """Return the mean outcome by group and period."""
    rows = [[row[1], row[2], row[5]] for row in result.frames["cohorts"].rows]
    unit = "proportion 1dp" if unit_of(result) == "percentage_points" else "mean 2dp"
    return Frame(["Group", "Period", f"{analysis.named}, mean"], rows, ["text", "text", unit])


def effects_rows(settings: EffectsTable, analysis: DidSettings, result: Result) -> Rows:
    """Return the effects with interval and p-value: overall, by group, by periods since the start."""
    unit, of = unit_of(result), settings.analysis
    spec = "plain 1dp" if unit == "percentage_points" else "plain 3dp"
    named: list[tuple[str, str]] = []
    if "overall" in settings.parts:
        named += [
            ("effect_cs", "All treated"),
            ("effect_event", "Mean over periods since the start"),
            ("two_way", "Two-way fixed effects"),
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
        interval = (Ref(f"{of}.{id}.ci_low", spec), f"{NBSP}to{NBSP}", Ref(f"{of}.{id}.ci_high", spec))
        rows.append([label, Ref(f"{of}.{id}.estimate", spec), interval, Ref(f"{of}.{id}.p_value")])
    scale = ", percentage points" if unit == "percentage_points" else ""
    return Rows(["Effect", f"Estimate{scale}", f"{analysis.confidence * 100:g}% interval", P_VALUE], rows)


def since(k: int) -> str:
    """Return periods since the start, after a comma."""
    if k == 0:
        return "in the first treated period"
    return f"{abs(k)} period{'s' if abs(k) > 1 else ''} {'after' if k > 0 else 'before'} the start"


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
