"""What the figure and the table of the design ``exclusions`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from evidentia.core.formats import SUPPRESSED
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows
from evidentia.designs.exclusions.settings import ExclusionsFigure, ExclusionsSettings, ExclusionsTable

NUMBERS = {"start": "n.start", "kept": "n.kept"}


def steps_data(settings: ExclusionsFigure, analysis: ExclusionsSettings, result: Result) -> Frame:
    """Return the steps with their numbers."""
    rows = [
        [step_label(row), SUPPRESSED if row[2] is None else row[2]] for row in result.frames["steps"].rows
    ]
    return Frame([translate("Step"), translate("Number")], rows, ["", "count"])


def step_label(row: list[str]) -> str:
    """Return a step in words."""
    return translate("Left out: {value}", value=row[1]) if row[0].startswith("left_out.") else row[1]


def steps_rows(settings: ExclusionsTable, analysis: ExclusionsSettings, result: Result) -> Rows:
    """Return the steps, each number from the ledger."""
    rows: list[list[Cell]] = [
        [step_label(row), Ref(f"{settings.analysis}.{NUMBERS.get(row[0], row[0])}")]
        for row in result.frames["steps"].rows
    ]
    return Rows([translate("Step"), translate("Number")], rows)
