"""The object of the design ``ipw``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.ipw.settings import (
    BalanceTable,
    BreakdownTable,
    EffectsFigure,
    EffectsTable,
    FlowFigure,
    IpwSettings,
    LoveFigure,
    OverlapFigure,
)
from evidentia.designs.ipw.standard import standard

DESIGN = Design(
    settings=IpwSettings,
    about="inverse probability weighting of a treated and a comparator group",
    title="Inverse probability weighting",
    analyse=".analyse:analyse",
    standard=standard,
    disclosure="declared",
    figures=(
        FigureKind(FlowFigure, draw=".charts:flow", data=".display:flow_data", narrow=True),
        FigureKind(LoveFigure, draw=".charts:love", data=".display:love_data", narrow=True),
        FigureKind(OverlapFigure, draw=".charts:overlap", data=".display:overlap_data", narrow=True),
        FigureKind(EffectsFigure, draw=".charts:effects", data=".display:effects_data", narrow=True),
    ),
    tables=(
        TableKind(BalanceTable, rows=".display:balance_rows"),
        TableKind(BreakdownTable, rows=".display:breakdown_rows"),
        TableKind(EffectsTable, rows=".display:effects_rows"),
    ),
    starter=Path(__file__).with_name("starter"),
)
