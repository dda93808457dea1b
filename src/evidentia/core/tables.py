"""What a table of the report holds: texts, numbers of the ledger, and references to other places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidentia.core.language import translate
from evidentia.core.units import NBSP


@dataclass(frozen=True)
class Ref:
    """A table's cell that prints a number of the ledger."""

    id: str
    spec: str = ""


@dataclass(frozen=True)
class Link:
    """A table's cell, or a part of one, that refers to a section, figure or table by its label."""

    label: str


@dataclass(frozen=True)
class Rests:
    """Marks a table's cell as synthetic if the condition on which it rests reads numbers from synthetic
    records.
    """

    condition: str


Piece = str | Ref | Link | Rests
Cell = Piece | tuple[Piece, ...]
"""A cell is one piece, or several that are printed one after the other."""


def between(low: Piece, high: Piece) -> Cell:
    """Return a cell with an interval: 1 to 21; its parts stay on one line."""
    before, _, rest = translate("{low} to {high}").partition("{low}")
    middle, _, after = rest.partition("{high}")
    parts: list[Piece] = [before.replace(" ", NBSP), low, middle.replace(" ", NBSP), high, after]
    return tuple(part for part in parts if part)


@dataclass(frozen=True)
class Rows:
    """A table's content: one header row, then rows of texts, numbers and references.

    The first `text_columns` columns hold text; the very first names its row.
    """

    header: list[str]
    rows: Sequence[Sequence[Cell]]
    text_columns: int = 1
