"""The object of the design ``panel_survey``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.panel_survey.settings import (
    BreakdownTable,
    DivergingFigure,
    PanelSurveySettings,
    ResponseTable,
    SurveyItemsTable,
)
from evidentia.designs.panel_survey.standard import standard

DESIGN = Design(
    settings=PanelSurveySettings,
    about="a survey in one wave, or in two with some of the same people",
    title="Survey in two waves",
    analyse=".analyse:analyse",
    standard=standard,
    disclosure="declared",
    figures=(
        FigureKind(DivergingFigure, draw=".charts:diverging", data=".display:diverging_data", narrow=True),
    ),
    tables=(
        TableKind(SurveyItemsTable, rows=".display:items_rows"),
        TableKind(BreakdownTable, rows=".display:breakdown_rows"),
        TableKind(ResponseTable, rows=".display:response_rows"),
    ),
    starter=Path(__file__).with_name("starter"),
)
