"""The object of the design ``rct``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.rct.settings import (
    BaselineTable,
    BreakdownTable,
    RctSettings,
    SecurityTable,
    TrialEffectsFigure,
    TrialFlowFigure,
    TrialTable,
)
from evidentia.designs.rct.standard import standard

DESIGN = Design(
    settings=RctSettings,
    about="a randomised trial, of people or of clusters",
    title="Randomised trial",
    analyse=".analyse:analyse",
    standard=standard,
    disclosure="declared",
    figures=(
        FigureKind(TrialFlowFigure, draw=".charts:flow", data=".display:flow_data", narrow=True),
        FigureKind(TrialEffectsFigure, draw=".charts:effects", data=".display:effects_data", narrow=True),
    ),
    tables=(
        TableKind(BaselineTable, rows=".display:baseline_rows"),
        TableKind(TrialTable, rows=".display:effects_rows"),
        TableKind(BreakdownTable, rows=".display:breakdown_rows"),
        TableKind(SecurityTable, rows=".display:security_rows"),
    ),
    starter=Path(__file__).with_name("starter"),
)
