"""The object of the design ``exclusions``."""

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.exclusions.settings import ExclusionsFigure, ExclusionsSettings, ExclusionsTable

DESIGN = Design(
    settings=ExclusionsSettings,
    about="who was left out of prepared data, and by which rule",
    analyse=".analyse:analyse",
    disclosure="declared",
    starter=Path(__file__).with_name("starter"),
    figures=(FigureKind(ExclusionsFigure, draw=".charts:draw", data=".display:steps_data", narrow=True),),
    tables=(TableKind(ExclusionsTable, rows=".display:steps_rows"),),
)
