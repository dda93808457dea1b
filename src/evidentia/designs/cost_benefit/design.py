"""The object of the design ``cost_benefit``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.cost_benefit.settings import (
    AssumptionsTable,
    CostBenefitSettings,
    TornadoFigure,
    ValuesTable,
    WaterfallFigure,
)

DESIGN = Design(
    settings=CostBenefitSettings,
    about="costs and benefits, after the Green Book",
    analyse=".analyse:analyse",
    disclosure="none",
    figures=(
        FigureKind(WaterfallFigure, draw=".charts:waterfall", data=".display:waterfall_data", narrow=True),
        FigureKind(TornadoFigure, draw=".charts:tornado", data=".display:tornado_data", narrow=True),
    ),
    tables=(
        TableKind(ValuesTable, rows=".display:values_rows"),
        TableKind(AssumptionsTable, rows=".display:assumptions_rows"),
    ),
    starter=Path(__file__).with_name("starter"),
)
