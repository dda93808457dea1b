"""The object of the design ``did``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.did.settings import CohortsFigure, DidSettings, EffectsTable, EventStudyFigure
from evidentia.designs.did.standard import standard

DESIGN = Design(
    settings=DidSettings,
    about="difference in differences, one start or several",
    title="Difference in differences",
    analyse=".analyse:analyse",
    standard=standard,
    disclosure="declared",
    figures=(
        FigureKind(
            EventStudyFigure, draw=".charts:event_study", data=".display:event_study_data", narrow=True
        ),
        FigureKind(CohortsFigure, draw=".charts:cohorts", data=".display:cohorts_data", narrow=True),
    ),
    tables=(TableKind(EffectsTable, rows=".display:effects_rows"),),
    starter=Path(__file__).with_name("starter"),
)
