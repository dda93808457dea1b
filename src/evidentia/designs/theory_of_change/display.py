"""What the figure and the table of the design ``theory_of_change`` show (no matplotlib)."""

from __future__ import annotations

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Link, Rows
from evidentia.designs.theory_of_change.settings import (
    TheoryOfChangeFigure,
    TheoryOfChangeSettings,
    TheoryOfChangeTable,
)


def chosen(stages: list[str], result: Result) -> list[list[str]]:
    """Return the elements of the stages that a figure or table asks for."""
    rows = result.frames["elements"].rows
    known = list(dict.fromkeys(row[0] for row in rows))
    for stage in stages:
        if stage not in known:
            raise EvidentiaError(
                f"the Theory of Change has no stage '{stage}'", remedy=did_you_mean(stage, known)
            )
    return [row for row in rows if not stages or row[0] in stages]


def theory_data(settings: TheoryOfChangeFigure, analysis: TheoryOfChangeSettings, result: Result) -> Frame:
    """Return the elements in words: stage, element, where it comes from."""
    rows = [[name, text, origin] for _, name, text, origin, _, _ in chosen(settings.stages, result)]
    return Frame([translate("Stage"), translate("Element"), translate("Origin")], rows, ["", "", ""])


def theory_rows(settings: TheoryOfChangeTable, analysis: TheoryOfChangeSettings, result: Result) -> Rows:
    """Return a row an element: stage, element, where it comes from."""
    rows: list[list[Cell]] = []
    for _, name, text, origin, assembled, section in chosen(settings.stages, result):
        rows.append(
            [
                name,
                text,
                (translate("Assembled from ") if assembled else f"{origin}, ", Link(section))
                if section
                else origin,
            ]
        )
    return Rows(
        [translate("Stage"), translate("Element"), translate("Where it comes from")], rows, text_columns=3
    )
