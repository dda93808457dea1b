"""The object of the design ``its``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.its.settings import DiagnosticsFigure, ITSSettings, ModelsTable, SeriesFigure
from evidentia.designs.its.standard import standard

DESIGN = Design(
    settings=ITSSettings,
    about="interrupted time series, by segmented regression",
    light=True,
    title="Interrupted time series",
    analyse=".analyse:analyse",
    standard=standard,
    disclosure="declared",
    figures=(
        FigureKind(SeriesFigure, draw=".charts:series", data=".display:series_data", narrow=True),
        FigureKind(
            DiagnosticsFigure, draw=".charts:diagnostics", data=".display:diagnostics_data", narrow=True
        ),
    ),
    tables=(TableKind(ModelsTable, rows=".display:models_rows"),),
    starter=Path(__file__).with_name("starter"),
)
