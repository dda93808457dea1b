"""Frames of results as tables of Quarto Markdown."""

from __future__ import annotations

from typing import Any

from evidentia.compose.markup import escape, pipe_table
from evidentia.core.formats import SUPPRESSED, printed
from evidentia.core.results import Frame


def frame_table(frame: Frame) -> str:
    """Return a frame as a pipe table, each column printed after its unit."""
    texts = next(
        (index for index, unit in enumerate(frame.units) if unit not in ("", "text")), len(frame.columns)
    )
    rows = [
        [escape(_shown(cell, unit)) for cell, unit in zip(row, frame.units, strict=True)]
        for row in frame.rows
    ]
    return pipe_table([escape(name) for name in frame.columns], rows, text_columns=max(texts, 1))


def _shown(cell: Any, unit: str) -> str:
    if not unit or cell in (
        SUPPRESSED,
        "",
    ):  # None in a column with a unit is a gap, which is said; "" has nothing to say
        return "" if cell is None else str(cell)
    kind, _, spec = unit.partition(" ")
    return printed(cell, kind, spec)
