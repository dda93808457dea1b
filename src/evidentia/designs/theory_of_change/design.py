"""The object of the design ``theory_of_change``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.theory_of_change.settings import (
    TheoryOfChangeFigure,
    TheoryOfChangeSettings,
    TheoryOfChangeTable,
)

DESIGN = Design(
    settings=TheoryOfChangeSettings,
    about="how a programme was meant to work, from rationale to impact",
    light=True,
    analyse=".analyse:analyse",
    disclosure="none",
    figures=(
        FigureKind(
            TheoryOfChangeFigure, draw=".charts:theory_of_change", data=".display:theory_data", narrow=True
        ),
    ),
    tables=(TableKind(TheoryOfChangeTable, rows=".display:theory_rows"),),
    starter=Path(__file__).with_name("starter"),
)
