"""What the figures and tables of the design ``script`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.formats import SUPPRESSED, missing
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows
from evidentia.designs.script.settings import ScriptFigure, ScriptSettings, ScriptTable

TABLE, FIGURE = "table.", "figure."
NARROW = ".narrow"
"""Ends the name of a drawing for phones."""


def drawn(result: Result) -> dict[str, str]:
    """Return the drawings of a program by name, but for those for phones."""
    return {name: svg for name, svg in result.drawings.items() if not name.endswith(NARROW)}


def figure_data(settings: ScriptFigure, analysis: ScriptSettings, result: Result) -> Frame:
    """Return the data of a figure; those of one whose program gives none have no column."""
    name = named(settings.name, settings.caption, drawn(result), "figure", analysis)
    frame = result.frames.get(f"{FIGURE}{name}")
    if frame is None:
        return Frame([], [])
    _check(settings.header, frame.columns)
    _check(settings.units, frame.columns)
    units = [settings.units.get(name, unit) for name, unit in zip(frame.columns, frame.units, strict=True)]
    rows = [
        [
            SUPPRESSED if cell is None else None if cell == missing() and unit else cell
            for cell, unit in zip(row, units, strict=True)
        ]
        for row in frame.rows
    ]
    return Frame([settings.header.get(name, name) for name in frame.columns], rows, units)


def table_rows(settings: ScriptTable, analysis: ScriptSettings, result: Result) -> Rows:
    """Return a table of the program, each of its numbers from the ledger."""
    tables = {
        name.removeprefix(TABLE): frame for name, frame in result.frames.items() if name.startswith(TABLE)
    }
    frame = tables[named(settings.name, settings.caption, tables, "table", analysis)]
    for given in (settings.columns, settings.header, settings.units):
        _check(given, frame.columns)
    ids = {number.id for number in result.numbers}
    shown = [frame.columns.index(name) for name in settings.columns or frame.columns]
    specs = [
        _spec(settings.units.get(name, ""), unit)
        for name, unit in zip(frame.columns, frame.units, strict=True)
    ]
    rows: list[list[Cell]] = [
        [
            (
                Ref(f"{settings.analysis}.{row[place]}", specs[place])
                if row[place] in ids and place
                else str(row[place])
            )
            for place in shown
        ]
        for row in frame.rows
    ]
    header = [settings.header.get(frame.columns[place], frame.columns[place]) for place in shown]
    return Rows(header, rows, min(settings.text_columns, len(header)))


def named(name: str, caption: str, known: Mapping[str, Any], what: str, analysis: ScriptSettings) -> str:
    """Return the name of an exhibit that the program gives; the only one, if it gives no other and none is
    named.
    """
    found = name or (next(iter(known)) if len(known) == 1 else "")
    if found not in known:
        said = f"no {what} '{name}'" if name else f"{len(known)} {what}s, and none is named"
        raise EvidentiaError(
            f"the program {analysis.run} gives {said}",
            where=f"config.yaml, {what}s: {caption}",
            remedy=f"write name: ...; {did_you_mean(name, known)}",
        )
    return found


def _spec(given: str, own: str) -> str:
    """Return the format of a column: that of config.yaml, else the program's, without the unit's name."""
    unit = own.partition(" ")[0]
    words = (given or own).split()
    return " ".join(word for word in words if word != unit)


def _check(given: Iterable[str], columns: list[str]) -> None:
    for name in given:
        if name not in columns:
            raise EvidentiaError(
                f"there is no column '{name}'", where="config.yaml", remedy=did_you_mean(name, columns)
            )
