"""How much a data file may hold: more is refused before it fills the memory."""

from __future__ import annotations

from evidentia.core.errors import EvidentiaError
from evidentia.core.text import LARGEST

BYTES = LARGEST  # also of what a zip holds
ROWS = 5_000_000
COLUMNS = 2_000
CELLS = 100_000_000
SHEET_ROWS = 1_048_576  # of a spreadsheet


def check_size(rows: int, columns: int, path: str) -> None:
    """Raise for more rows or columns than are read.

    Raises
    ------
    EvidentiaError
    """
    for found, most, what in (
        (columns, COLUMNS, "columns"),
        (rows, ROWS, "rows"),
        (rows * columns, CELLS, "cells"),
    ):
        if found > most:
            raise EvidentiaError(
                f"the file has {found:,} {what}; up to {most:,} are read",
                where=path,
                remedy="keep what the analysis needs, or add it up",
            )
