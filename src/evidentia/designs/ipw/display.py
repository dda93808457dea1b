"""What the figures and tables of the design ``ipw`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.formats import SUPPRESSED
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Ref, Rows
from evidentia.designs.breakdown.display import effect_rows, needs_breakdown
from evidentia.designs.ipw.settings import (
    ESTIMANDS,
    BalanceTable,
    BreakdownTable,
    EffectsFigure,
    EffectsTable,
    FlowFigure,
    IpwSettings,
    LoveFigure,
    OverlapFigure,
)

POPULATIONS = {
    "ATE": later("Everyone (ATE)"),
    "ATT": later("People like the treated (ATT)"),
    "ATC": later("People like the comparators (ATC)"),
    "ATO": later("People who could be in either group (ATO)"),
}
WITH = {
    "m_estimation": later("{who}"),
    "robust": later("{who}, weights taken as known"),
    "bootstrap": later("{who}, bootstrap"),
    "cr2": later("{who}, clusters by CR2"),
    "aipw": later("{who}, doubly robust (AIPW)"),
}


def breakdown_rows(settings: BreakdownTable, analysis: IpwSettings, result: Result) -> Rows:
    """Return a row for each group of people: people on both sides, effect, interval and p-value."""
    needs_breakdown(result, settings.analysis)
    unit = next(number.unit for number in result.numbers if number.id == "effect.estimate")
    sides = [analysis.groups.treated, analysis.groups.comparator]
    return effect_rows(settings.analysis, result, sides, unit, translate("Effect"))


def estimators(analysis: IpwSettings, result: Result) -> list[tuple[str, str]]:
    """Return the effects that a result holds, as id and label: the configured estimand by each estimator,
    then the others.
    """
    who = translate(POPULATIONS[analysis.estimand])
    own = f"effect_{analysis.estimand.lower()}"
    named = [
        (own, "m_estimation"),
        ("effect_robust", "robust"),
        ("effect_bootstrap", "bootstrap"),
        ("effect_cr2", "cr2"),
        ("effect_aipw", "aipw"),
    ]
    others = [
        (f"effect_{name.lower()}", translate(POPULATIONS[name]))
        for name in ESTIMANDS
        if name != analysis.estimand
    ]
    every = (
        [(id, translate(WITH[how], who=who)) for id, how in named]
        + others
        + [("effect_crude", translate("No weights (crude difference)"))]
    )
    held = {number.id for number in result.numbers}
    return [(id, label) for id, label in every if f"{id}.estimate" in held]


def unit_of_effect(result: Result) -> str:
    """Return the ledger's unit of the effect: percentage points for a binary outcome, mean otherwise."""
    return next(number.unit for number in result.numbers if number.id == "effect.estimate")


def flow_data(settings: FlowFigure, analysis: IpwSettings, result: Result) -> Frame:
    """Return how many people came in, were left out by reason, and are analysed; reasons that apply to nobody
    are left out.
    """
    rows = [
        [
            label if step in ("people", "analysed") else translate("Left out: ") + label,
            *(SUPPRESSED if cell is None else cell for cell in counts),
        ]
        for step, label, *counts in result.frames["flow"].rows
        if any(count != 0 for count in counts)
    ]
    return Frame(
        [translate("People"), analysis.groups.treated, analysis.groups.comparator],
        rows,
        ["", "count", "count"],
    )


def love_data(settings: LoveFigure, analysis: IpwSettings, result: Result) -> Frame:
    """Return the size of each standardised mean difference, before and after weighting."""
    balance, hidden = result.frames["balance"], {number.id for number in result.numbers if number.suppressed}
    sizes = [
        [
            SUPPRESSED if f"smd_{when}.{id}" in hidden else None if value is None else abs(value)
            for id, value in zip(balance.column("id"), balance.column(when), strict=True)
        ]
        for when in ("unweighted", "weighted")
    ]
    rows: list[list[Any]] = [list(row) for row in zip(balance.column("label"), *sizes, strict=True)]
    return Frame(
        [translate("Variable"), translate("Before weighting"), translate("After weighting")],
        rows,
        ["", "coefficient 3dp", "coefficient 3dp"],
    )


def overlap_data(settings: OverlapFigure, analysis: IpwSettings, result: Result) -> Frame:
    """Return how many people of each group have a propensity within bounds."""
    names = {"treated": analysis.groups.treated, "comparator": analysis.groups.comparator}
    rows = [
        [names[group], low, high, SUPPRESSED if people is None else people]
        for group, low, high, people in result.frames["propensity"].rows
    ]
    return Frame(
        [translate("Group"), translate("Propensity from"), translate("Propensity to"), translate("People")],
        rows,
        ["", "proportion", "proportion", "count"],
    )


def effects_data(settings: EffectsFigure, analysis: IpwSettings, result: Result) -> Frame:
    """Return the effect under each estimand and estimator, with its confidence interval."""
    values = {number.id: number.value for number in result.numbers}
    rows = [
        [label, *(values[f"{id}.{name}"] for name in ("estimate", "ci_low", "ci_high", "p_value"))]
        for id, label in estimators(analysis, result)
    ]
    spec = _spec(result)
    return Frame(
        _effect_header(analysis, result), rows, ["", *[f"{unit_of_effect(result)} {spec}"] * 3, "p_value"]
    )


def _spec(result: Result) -> str:
    return "plain 1dp" if unit_of_effect(result) == "percentage_points" else "plain 2dp"


def _effect_header(analysis: IpwSettings, result: Result) -> list[str]:
    unit = translate(" (percentage points)") if unit_of_effect(result) == "percentage_points" else ""
    return [
        translate("Effect for"),
        translate("Difference") + unit,
        translate("Lower limit"),
        translate("Upper limit"),
        translate("p-value"),
    ]


def balance_rows(settings: BalanceTable, analysis: IpwSettings, result: Result) -> Rows:
    """Return sample, means and outcome of both groups, before and after weighting."""
    stem, pair = settings.analysis, ("treated", "comparator")
    names = (analysis.groups.treated, analysis.groups.comparator)
    header = [
        translate("Measure"),
        *(
            translate(words, name=name)
            for words in (later("{name}, before weighting"), later("{name}, after weighting"))
            for name in names
        ),
    ]
    rows: list[list[str | Ref]] = [
        [
            translate("Sample (after weighting: effective size)"),
            *(Ref(f"{stem}.{size}.{group}") for size in ("n", "ess") for group in pair),
        ]
    ]
    balance = result.frames["balance"]
    for id, label in zip(balance.column("id"), balance.column("label"), strict=True):
        means = [
            Ref(f"{stem}.mean_{when}.{id}.{group}") for when in ("unweighted", "weighted") for group in pair
        ]
        rows.append([label, *means])
    outcome = [Ref(f"{stem}.{id}.{group}") for id in ("outcome_unweighted", "outcome") for group in pair]
    rows.append([analysis.label(analysis.outcome), *outcome])
    return Rows(header, rows)


def effects_rows(settings: EffectsTable, analysis: IpwSettings, result: Result) -> Rows:
    """Return the effect under each estimand and estimator."""
    spec = _spec(result)
    rows: list[list[str | Ref]] = [
        [
            label,
            *(Ref(f"{settings.analysis}.{id}.{name}", spec) for name in ("estimate", "ci_low", "ci_high")),
            Ref(f"{settings.analysis}.{id}.p_value"),
        ]
        for id, label in estimators(analysis, result)
    ]
    return Rows(_effect_header(analysis, result), rows)
