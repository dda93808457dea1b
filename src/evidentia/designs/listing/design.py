"""The object of the design ``listing``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.listing.settings import ListingSettings, ListingTable, TimelineFigure

DESIGN = Design(
    settings=ListingSettings,
    about="values that need no analysis, each with what it is and where it is stated",
    light=True,
    analyse=".analyse:analyse",
    disclosure="declared",
    figures=(
        FigureKind(TimelineFigure, draw=".charts:timeline", data=".display:timeline_data", narrow=True),
    ),
    tables=(TableKind(ListingTable, rows=".display:listing_rows"),),
    starter=Path(__file__).with_name("starter"),
)
