"""What the figures and tables of the design ``synthesis`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows
from evidentia.core.units import UNITS
from evidentia.designs.synthesis.settings import (
    ForestFigure,
    ItemsTable,
    LeagueTable,
    MembersTable,
    PooledTable,
    SynthesisGridFigure,
    SynthesisSettings,
)

POOLED = {
    "fixed": later("Fixed effect"),
    "random": later("Random effects"),
    "hartung_knapp": later("Random effects, Hartung-Knapp interval"),
}
ROOM = 14  # members that a grid has columns for


def unit_of(result: Result) -> str:
    """Return the unit of the effects."""
    return str(result.frames["pooled"].rows[0][0])


def spec_of(unit: str) -> str:
    """Return the format in which effects are printed."""
    return f"plain {UNITS[unit].table_places}dp"


def drawn_effects(settings: ForestFigure, result: Result) -> list[list[Any]]:
    """Return the members' rows of a forest plot, in order; of more than there is room for, those that weigh
    most.
    """
    rows = result.frames["effects"].rows
    if len(rows) <= settings.most:
        return rows
    kept = sorted(rows, key=lambda row: -row[7])[: settings.most]
    return [row for row in rows if row in kept]


def forest_data(settings: ForestFigure, analysis: SynthesisSettings, result: Result) -> Frame:
    """Return each effect with its interval and weights, the pooled ones, and the prediction interval."""
    values = {number.id: number.value for number in result.numbers}
    rows: list[list[Any]] = [row[1:] for row in drawn_effects(settings, result)]
    for kind, name in POOLED.items():
        rows.append(
            [
                name,
                *(values[f"{kind}.{part}"] for part in ("estimate", "ci_low", "ci_high", "p_value")),
                "",
                "",
            ]
        )
    if values["prediction.ci_low"] is not None:
        rows.append(
            [
                translate("A further evaluation (prediction)"),
                "",
                values["prediction.ci_low"],
                values["prediction.ci_high"],
                "",
                "",
                "",
            ]
        )
    unit = unit_of(result)
    of_effect = f"{unit} {spec_of(unit)}"
    header = [
        translate("Evaluation"),
        _heading(unit),
        translate("Lower limit"),
        translate("Upper limit"),
        translate("p-value"),
        translate("Weight, fixed"),
        translate("Weight, random"),
    ]
    return Frame(
        header, rows, ["", of_effect, of_effect, of_effect, "p_value", "proportion 1dp", "proportion 1dp"]
    )


def _heading(unit: str) -> str:
    return (
        translate("Difference (percentage points)")
        if unit == "percentage_points"
        else translate("Difference")
    )


def grid_cells(settings: SynthesisGridFigure, result: Result) -> tuple[list[str], list[list[Any]]]:
    """Return the members that a grid shows, and the rows of its frame.

    Raises
    ------
    EvidentiaError
        If there are more members than columns, or a named one is not there.
    """
    rows = result.frames["grid"].rows
    known = list(dict.fromkeys(row[3] for row in rows))
    for name in settings.members:
        if name not in known:
            raise EvidentiaError(f"there is no member '{name}' in the grid", remedy=did_you_mean(name, known))
    chosen = settings.members or known
    if len(chosen) > ROOM:
        raise EvidentiaError(
            f"the grid has room for {ROOM} members, and there are {len(chosen)}",
            where=f"config.yaml, figure '{settings.caption}'",
            remedy="name the members of each figure in 'members', and make several figures",
        )
    return chosen, [row for row in rows if row[3] in chosen]


def grid_data(settings: SynthesisGridFigure, analysis: SynthesisSettings, result: Result) -> Frame:
    """Return a row an item and member: sources with evidence, and those that are positive."""
    _, cells = grid_cells(settings, result)
    rows = [
        [f"{kind[:1].upper()}{kind[1:]}", name, label, sources, positive]
        for kind, _, name, _, label, sources, positive in cells
    ]
    return Frame(
        [
            translate("Kind"),
            translate("Item"),
            translate("Evaluation"),
            translate("Sources with evidence"),
            translate("Of these positive"),
        ],
        rows,
        ["", "", "", "count", "count"],
    )


def members_rows(settings: MembersTable, analysis: SynthesisSettings, result: Result) -> Rows:
    """Return a row a member: name, whether it was built, numbers in its ledger."""
    rows: list[list[Cell]] = []
    for label, _, state, id in result.frames["members"].rows:
        rows.append([label, state, Ref(f"{settings.analysis}.member.{id}.numbers") if id else ""])
    return Rows(
        [translate("Evaluation"), translate("State"), translate("Numbers in its ledger")],
        rows,
        text_columns=2,
    )


def effects_rows(settings: PooledTable, analysis: SynthesisSettings, result: Result) -> Rows:
    """Return a row an effect: estimate, limits, p-value, weights; then the pooled effects."""
    unit = unit_of(result)
    rows: list[list[Cell]] = []
    for id, label, *_ in result.frames["effects"].rows:
        weights = [Ref(f"{settings.analysis}.weight_{kind}.{id}", "1dp") for kind in ("fixed", "random")]
        rows.append([label, *_effect(f"{settings.analysis}.effect.{id}", unit), *weights])
    for kind, name in POOLED.items():
        rows.append([translate(name), *_effect(f"{settings.analysis}.{kind}", unit), "", ""])
    return Rows(
        [
            translate("Evaluation"),
            _heading(unit),
            translate("Lower limit"),
            translate("Upper limit"),
            translate("p-value"),
            translate("Weight, fixed"),
            translate("Weight, random"),
        ],
        rows,
    )


def _effect(stem: str, unit: str) -> list[Cell]:
    return [
        *(Ref(f"{stem}.{name}", spec_of(unit)) for name in ("estimate", "ci_low", "ci_high")),
        Ref(f"{stem}.p_value"),
    ]


def items_rows(settings: ItemsTable, analysis: SynthesisSettings, result: Result) -> Rows:
    """Return a row an item: evaluations with evidence, with mostly positive
    evidence, and without evidence.
    """
    wanted = {"features": "practice feature", "outcomes": "outcome"}.get(settings.part)
    named = {item: name for kind, item, name, *_ in result.frames["grid"].rows if wanted in (None, kind)}
    rows: list[list[Cell]] = []
    for item, name in named.items():
        rows.append(
            [
                name,
                *(
                    Ref(f"{settings.analysis}.item.{item}.{part}")
                    for part in ("with_evidence", "positive", "without")
                ),
            ]
        )
    heading = translate((wanted or "item").capitalize())
    return Rows(
        [
            heading,
            translate("Evaluations with evidence"),
            translate("Of these mostly positive"),
            translate("Evaluations without evidence"),
        ],
        rows,
    )


def league_rows(settings: LeagueTable, analysis: SynthesisSettings, result: Result) -> Rows:
    """Return a row an analysis, the highest level first."""
    rows: list[list[Cell]] = []
    for member, label, name, design, _, why in result.frames["standards"].rows:
        rows.append([label, design, why, Ref(f"{settings.analysis}.standard.{member}.{name}")])
    return Rows(
        [
            translate("Evaluation"),
            translate("Design"),
            translate("What the level rests on"),
            translate("Level"),
        ],
        rows,
        text_columns=3,
    )
