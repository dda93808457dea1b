"""The object of the design ``script``."""

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.script.settings import ScriptFigure, ScriptSettings, ScriptTable

DESIGN = Design(
    settings=ScriptSettings,
    about="an analysis of your own: a Python function, R, or any other program",
    analyse=".analyse:analyse",
    disclosure="declared",
    starter=Path(__file__).with_name("starter"),
    figures=(FigureKind(ScriptFigure, draw=".charts:draw", data=".display:figure_data", narrow=True),),
    tables=(TableKind(ScriptTable, rows=".display:table_rows"),),
)
