"""The object of the design ``synthesis``."""

from __future__ import annotations

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.synthesis.settings import (
    ForestFigure,
    ItemsTable,
    LeagueTable,
    MembersTable,
    PooledTable,
    SynthesisGridFigure,
    SynthesisSettings,
)

DESIGN = Design(
    settings=SynthesisSettings,
    about="what many evaluations say together, from their ledgers",
    analyse=".analyse:analyse",
    disclosure="none",
    figures=(
        FigureKind(ForestFigure, draw=".charts:forest", data=".display:forest_data", narrow=True),
        FigureKind(SynthesisGridFigure, draw=".charts:synthesis_grid", data=".display:grid_data"),
    ),
    tables=(
        TableKind(MembersTable, rows=".display:members_rows"),
        TableKind(PooledTable, rows=".display:effects_rows"),
        TableKind(ItemsTable, rows=".display:items_rows"),
        TableKind(LeagueTable, rows=".display:league_rows"),
    ),
)
