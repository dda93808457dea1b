"""What the figures and tables of the design ``rct`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.formats import SUPPRESSED
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows, between
from evidentia.core.units import UNITS
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

STEPS = (later("Assigned"), later("Outcome not known"), later("Baseline not known"), later("Analysed"))
WAYS = {
    "_cr2": later("least squares"),
    "_mixed": later("mixed model"),
    "": later("adjusted"),
    "_unadjusted": later("not adjusted"),
}


def flow_data(settings: TrialFlowFigure, analysis: RctSettings, result: Result) -> Frame:
    """Return a row for each step before the arms, and one for each step of each arm."""
    rows: list[list[Any]] = []
    if analysis.flow.assessed is not None:
        rows += [[translate("All"), translate("Assessed"), analysis.flow.assessed]]
        rows += [
            [translate("All"), translate("Excluded: {reason}", reason=reason), count]
            for reason, count in analysis.flow.excluded.items()
        ]
    for _, label, *counts in result.frames["flow"].rows:
        rows += [
            [label, translate(step), SUPPRESSED if count is None else count]
            for step, count in zip(STEPS, counts, strict=True)
        ]
    return Frame([translate("Arm"), translate("Step"), translate("People")], rows, ["", "", "count"])


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
                        f"{label}: {translate(words)}",
                        *(values[f"{stem}.{name}"] for name in ("estimate", "ci_low", "ci_high")),
                    ]
                )
    return Frame(
        [translate("Arm"), translate("Difference"), translate("Lower limit"), translate("Upper limit")],
        rows,
        ["", unit, unit, unit],
    )


def baseline_rows(settings: BaselineTable, analysis: RctSettings, result: Result) -> Rows:
    """Return a row for each variable: mean by arm, and the standardised difference of each arm from the
    control.
    """
    of, arms = settings.analysis, [(row[0], row[1]) for row in result.frames["flow"].rows]
    header = [
        translate("Before the trial"),
        *(label for _, label in arms),
        *(translate("Standardised difference, {label}", label=label) for _, label in arms[1:]),
    ]
    if len(arms) == 2:
        header[-1] = translate("Standardised difference")
    rows: list[list[Cell]] = [
        [translate("People"), *(Ref(f"{of}.n.{key}") for key, _ in arms), *("–" for _ in arms[1:])]
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
    words = translate(", percentage points") if unit == "percentage_points" else ""
    return Rows(
        [
            translate("Arm"),
            translate("Difference") + words,
            translate("Interval"),
            translate("p\N{NON-BREAKING HYPHEN}value"),
            translate("Hedges’ g"),
            translate("Interval of g"),
        ],
        rows,
    )


def _interval(stem: str, spec: str) -> Cell:
    return between(Ref(f"{stem}.ci_low", spec), Ref(f"{stem}.ci_high", spec))


def breakdown_rows(settings: BreakdownTable, analysis: RctSettings, result: Result) -> Rows:
    """Return a row for each group of people: people by arm, difference, interval and p-value."""
    needs_breakdown(result, settings.analysis)
    unit = next(number.unit for number in result.numbers if number.id == "effect.estimate")
    labels = [row[1] for row in result.frames["flow"].rows]
    sides = [labels[1], labels[0]] if len(labels) == 2 else ["People, arm", f"People, {labels[0]}"]
    return effect_rows(settings.analysis, result, sides, unit, translate("Difference"))


def security_rows(settings: SecurityTable, analysis: RctSettings, result: Result) -> Rows:
    """Return the EEF's criteria with what the data show, and what people have to judge."""
    of, known = settings.analysis, {number.id for number in result.numbers}
    judge = translate("For a reader to judge")
    what = (
        translate("Clusters assigned at random")
        if analysis.cluster and analysis.randomised == "clusters"
        else translate("People assigned at random")
    )
    rows: list[list[Cell]] = [[translate("Design"), what, judge]]
    planned: list[Cell] = [translate("Not given"), judge]
    if "minimum_detectable_design" in known:
        planned = [
            Ref(f"{of}.minimum_detectable_design", "2dp plain"),
            (Ref(f"{of}.padlock.power", "0dp plain"), translate(" of "), Ref(f"{of}.padlock.most")),
        ]
    rows.append([translate("Smallest detectable effect, at design"), *planned])
    rows.append(
        [
            translate("Smallest detectable effect, at analysis"),
            Ref(f"{of}.minimum_detectable", "2dp plain"),
            translate("Not rated"),
        ]
    )
    rows.append(
        [
            translate("Attrition"),
            Ref(f"{of}.attrition_overall", "0dp"),
            (Ref(f"{of}.padlock.attrition", "0dp plain"), translate(" of "), Ref(f"{of}.padlock.most")),
        ]
    )
    for key, label, *_ in result.frames["flow"].rows:
        rows.append(
            [
                translate("Attrition, {label}", label=label),
                Ref(f"{of}.attrition.{key}", "0dp"),
                translate("Not rated"),
            ]
        )
    for id, label in result.frames["baseline"].rows[:1]:
        first = result.frames["effects"].rows[0][0]
        rows.append(
            [
                translate("Balance: {label}", label=label),
                (Ref(f"{of}.smd.{id}.{first}", "2dp plain"), translate(" standard deviations")),
                judge,
            ]
        )
    rows.append([translate("Other threats to validity"), translate("Not in the data"), judge])
    return Rows(
        [translate("Criterion"), translate("What the data show"), translate("Padlocks")], rows, text_columns=3
    )
