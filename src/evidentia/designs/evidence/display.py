"""What the figures and tables of the design ``evidence`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from typing import Any

from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.synthetic import synthetic_mark
from evidentia.core.tables import Cell, Link, Ref, Rests, Rows
from evidentia.designs.evidence.settings import (
    EvidenceGridFigure,
    EvidenceGridTable,
    EvidenceReasonsTable,
    EvidenceSettings,
)

WORDS = (
    (later("Practice feature"), later("Outcome"), later("Practice features"), later("Outcomes")),
    (later("positive"), later("mixed"), later("negative"), later("no change"), later("no evidence")),
    (later("Positive"), later("Mixed"), later("Negative"), later("No change"), later("No evidence")),
    (later("strong"), later("moderate"), later("weak"), later("none")),
)
"""The kinds, directions and strengths of `EvidenceSettings`, as they are printed."""


def grid_data(settings: EvidenceGridFigure, analysis: EvidenceSettings, result: Result) -> Frame:
    """Return every cell of the grid in words: kind, item, source, direction, strength, reason."""
    frame = result.frames["evidence"]
    keys = ("kind", "name", "source_name", "direction", "strength", "reason", "condition")
    synthetic = synthetic_conditions(result)
    rows = [
        [translate(_capital(kind)), *_said(cells), synthetic_mark() if condition in synthetic else ""]
        for kind, *cells, condition in _columns(frame, keys)
    ]
    return Frame(
        [
            translate("Kind"),
            translate("Item"),
            translate("Source"),
            translate("Direction"),
            translate("Strength"),
            translate("Reason"),
            translate("Records"),
        ],
        rows,
        [""] * len(keys),
    )


def _said(cells: list[Any]) -> list[Any]:
    """Return name, source, direction, strength and reason, in the language of the report."""
    name, source, direction, strength, *rest = cells
    return [name, source, translate(direction), translate(strength), *rest]


def synthetic_conditions(result: Result) -> set[str]:
    """Return the conditions that read numbers from synthetic records."""
    return {condition.text for condition in result.conditions if condition.synthetic}


def grid_rows(settings: EvidenceGridTable, analysis: EvidenceSettings, result: Result) -> Rows:
    """Return a row an item: what each source says, and how many sources say anything."""
    frame = result.frames["evidence"]
    cells = {
        (item, source): _judged(way, strength, condition)
        for item, source, way, strength, condition in _columns(
            frame, ("item", "source", "direction", "strength", "condition")
        )
    }
    rows: list[list[Cell]] = []
    for item, (_, name) in analysis.items(settings.part).items():
        judged = [cells[item, source] for source in analysis.sources]
        rows.append([name, *judged, Ref(f"{settings.analysis}.{item}.sources")])
    return Rows(
        [settings.heading, *analysis.sources.values(), translate("Sources with evidence")],
        rows,
        text_columns=1 + len(analysis.sources),
    )


def reasons_rows(settings: EvidenceReasonsTable, analysis: EvidenceSettings, result: Result) -> Rows:
    """Return a row a judgement: item, source, direction with strength, and the reason with the sections that
    tell of it.
    """
    rows: list[list[Cell]] = []
    items = analysis.items(settings.part)
    keys = ("item", "name", "source_name", "direction", "strength", "reason", "sections", "condition")
    for item, name, source, direction, strength, reason, sections, condition in _columns(
        result.frames["evidence"], keys
    ):
        if item in items and (settings.without_evidence or strength != "none"):
            links: list[Link | str] = [
                part for section in sections.split() for part in (", ", Link(section))
            ][1:]
            cell = (f"{reason.rstrip('.')} (", *links, ")") if links else reason
            rows.append([name, source, _judged(direction, strength, condition), cell])
    return Rows(
        [
            settings.heading,
            translate("Source"),
            translate("Direction and strength"),
            translate("Reason, and where"),
        ],
        rows,
        text_columns=4,
    )


def verdict(direction: str, strength: str) -> str:
    """Return a judgement in words: Positive, strong; No evidence."""
    words = translate(_capital(direction))
    return words if strength == "none" else f"{words}, {translate(strength)}"


def _judged(direction: str, strength: str, condition: str) -> Cell:
    """Return a judgement as a cell, which says so if the condition that it rests on
    reads synthetic numbers.
    """
    words = verdict(direction, strength)
    return (words, Rests(condition)) if condition else words


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _columns(frame: Frame, names: tuple[str, ...]) -> list[list[str]]:
    places = [frame.columns.index(name) for name in names]
    return [[row[place] for place in places] for row in frame.rows]
