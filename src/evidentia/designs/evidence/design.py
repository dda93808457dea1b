"""The object of the design ``evidence``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.evidence.settings import (
    EvidenceGridFigure,
    EvidenceGridTable,
    EvidenceReasonsTable,
    EvidenceSettings,
)

DESIGN = Design(
    settings=EvidenceSettings,
    about="the qualitative synthesis, practice features and outcomes by source of evidence",
    light=True,
    analyse=".analyse:analyse",
    disclosure="none",
    figures=(
        FigureKind(EvidenceGridFigure, draw=".charts:evidence_grid", data=".display:grid_data", narrow=True),
    ),
    tables=(
        TableKind(EvidenceGridTable, rows=".display:grid_rows"),
        TableKind(EvidenceReasonsTable, rows=".display:reasons_rows"),
    ),
    starter=Path(__file__).with_name("starter"),
)
