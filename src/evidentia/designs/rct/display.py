"""What the figures and tables of the design ``rct`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.formats import SUPPRESSED
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows
from evidentia.core.units import NBSP, UNITS
from evidentia.designs.breakdown.display import effect_rows, needs_breakdown
from evidentia.designs.rct.settings import (
    BaselineTable,
    BreakdownTable,
    RctSettings,
    SecurityTable,
    TrialEffectsFigure,
    TrialFlowFigure,
    TrialTable,
)

STEPS = ("Assigned", "Outcome not known", "Baseline not known", "Analysed")
WAYS = {"_cr2": "least squares", "_mixed": "mixed model", "": "adjusted", "_unadjusted": "not adjusted"}


def flow_data(settings: TrialFlowFigure, analysis: RctSettings, result: Result) -> Frame:
    """Return a row for each step before the arms, and one for each step of each arm."""
    rows: list[list[Any]] = []
    if analysis.flow.assessed is not None:
        rows += [["All", "Assessed", analysis.flow.assessed]]
        rows += [["All", f"Excluded: {reason}", count] for reason, count in analysis.flow.excluded.items()]
    for _, label, *counts in result.frames["flow"].rows:
        rows += [
            [label, step, SUPPRESSED if count is None else count]
            for step, count in zip(STEPS, counts, strict=True)
        ]
    return Frame(["Arm", "Step", "People"], rows, ["", "", "count"])


def effects_data(settings: TrialEffectsFigure, analysis: RctSettings, result: Result) -> Frame:
    """Return a row for each arm and way to estimate: difference and its interval."""
    values = {number.id: number.value for number in result.numbers}
    unit = next(number.unit for number in result.numbers if number.id == "effect.estimate")
    rows = []
    for _, label, ending in result.frames["effects"].rows:
        for way, words in WAYS.items():
            stem = f"effect{way}{ending}"
            if f"{stem}.estimate" in values and not (way == "" and f"effect_cr2{ending}.estimate" in values):
                rows.append(
                    [
                        f"{label}: {words}",
                        *(values[f"{stem}.{name}"] for name in ("estimate", "ci_low", "ci_high")),
                    ]
                )
    return Frame(["Arm", "Difference", "Lower limit", "Upper limit"], rows, ["", unit, unit, unit])


def baseline_rows(settings: BaselineTable, analysis: RctSettings, result: Result) -> Rows:
    """Return a row for each variable: mean by arm, and the standardised difference of each arm from the
    control.
    """
    of, arms = settings.analysis, [(row[0], row[1]) for row in result.frames["flow"].rows]
    header = [
        "Before the trial",
        *(label for _, label in arms),
        *(f"Standardised difference, {label}" for _, label in arms[1:]),
    ]
    if len(arms) == 2:
        header[-1] = "Standardised difference"
    rows: list[list[Cell]] = [
        ["People", *(Ref(f"{of}.n.{key}") for key, _ in arms), *("–" for _ in arms[1:])]
    ]
    for id, label in result.frames["baseline"].rows:
        means = [Ref(f"{of}.mean.{id}.{key}") for key, _ in arms]
        rows.append([label, *means, *(Ref(f"{of}.smd.{id}.{key}", "2dp plain") for key, _ in arms[1:])])
    return Rows(header, rows)


def effects_rows(settings: TrialTable, analysis: RctSettings, result: Result) -> Rows:
    """Return a row for each arm: difference, interval, p-value, Hedges' g with its interval."""
    of = settings.analysis
    unit = next(number.unit for number in result.numbers if number.id == "effect.estimate")
    spec = f"plain {UNITS[unit].table_places}dp"
    rows: list[list[Cell]] = []
    for _, label, ending in result.frames["effects"].rows:
        effect, size = f"{of}.effect{ending}", f"{of}.hedges_g{ending}"
        rows.append(
            [
                label,
                Ref(f"{effect}.estimate", spec),
                _interval(effect, spec),
                Ref(f"{effect}.p_value"),
                Ref(f"{size}.estimate", "2dp plain"),
                _interval(size, "2dp plain"),
            ]
        )
    words = f", {UNITS[unit].label}" if unit == "percentage_points" else ""
    return Rows(
        [
            "Arm",
            f"Difference{words}",
            "Interval",
            "p\N{NON-BREAKING HYPHEN}value",
            "Hedges’ g",
            "Interval of g",
        ],
        rows,
    )


def _interval(stem: str, spec: str) -> Cell:
    return Ref(f"{stem}.ci_low", spec), f"{NBSP}to{NBSP}", Ref(f"{stem}.ci_high", spec)


def breakdown_rows(settings: BreakdownTable, analysis: RctSettings, result: Result) -> Rows:
    """Return a row for each group of people: people by arm, difference, interval and p-value."""
    needs_breakdown(result, settings.analysis)
    unit = next(number.unit for number in result.numbers if number.id == "effect.estimate")
    labels = [row[1] for row in result.frames["flow"].rows]
    sides = [labels[1], labels[0]] if len(labels) == 2 else ["People, arm", f"People, {labels[0]}"]
    return effect_rows(settings.analysis, result, sides, unit, "Difference")


def security_rows(settings: SecurityTable, analysis: RctSettings, result: Result) -> Rows:
    """Return the EEF's criteria with what the data show, and what people have to judge."""
    of, known = settings.analysis, {number.id for number in result.numbers}
    judge = "For a reader to judge"
    what = (
        f"{'Clusters' if analysis.cluster and analysis.randomised == 'clusters' else 'People'} assigned at"
        " random"
    )
    rows: list[list[Cell]] = [["Design", what, judge]]
    planned: list[Cell] = ["Not given", judge]
    if "minimum_detectable_design" in known:
        planned = [
            Ref(f"{of}.minimum_detectable_design", "2dp plain"),
            (Ref(f"{of}.padlock.power", "0dp plain"), " of ", Ref(f"{of}.padlock.most")),
        ]
    rows.append(["Smallest detectable effect, at design", *planned])
    rows.append(
        ["Smallest detectable effect, at analysis", Ref(f"{of}.minimum_detectable", "2dp plain"), "Not rated"]
    )
    rows.append(
        [
            "Attrition",
            Ref(f"{of}.attrition_overall", "0dp"),
            (Ref(f"{of}.padlock.attrition", "0dp plain"), " of ", Ref(f"{of}.padlock.most")),
        ]
    )
    for key, label, *_ in result.frames["flow"].rows:
        rows.append([f"Attrition, {label}", Ref(f"{of}.attrition.{key}", "0dp"), "Not rated"])
    for id, label in result.frames["baseline"].rows[:1]:
        first = result.frames["effects"].rows[0][0]
        rows.append(
            [f"Balance: {label}", (Ref(f"{of}.smd.{id}.{first}", "2dp plain"), " standard deviations"), judge]
        )
    rows.append(["Other threats to validity", "Not in the data", judge])
    return Rows(["Criterion", "What the data show", "Padlocks"], rows, text_columns=3)
