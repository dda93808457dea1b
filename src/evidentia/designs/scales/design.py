"""The object of the design ``scales``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.core.language import translate
from evidentia.core.standard import Standard
from evidentia.designs.scales.settings import (
    BandsFigure,
    BandsTable,
    BreakdownTable,
    ChangeTable,
    ScalesSettings,
)


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str) -> Standard:
    """Return the level on the Maryland scale and why; see `evidentia.config.design.Design`."""
    return Standard(1, translate("Before and after, without a comparison group"))


DESIGN = Design(
    settings=ScalesSettings,
    about="a measure before and after, such as SDQ or WEMWBS",
    title="Scales before and after",
    analyse=".analyse:analyse",
    standard=standard,
    disclosure="declared",
    figures=(FigureKind(BandsFigure, draw=".charts:bands", data=".display:bands_data", narrow=True),),
    tables=(
        TableKind(ChangeTable, rows=".display:change_rows"),
        TableKind(BreakdownTable, rows=".display:breakdown_rows"),
        TableKind(BandsTable, rows=".display:bands_rows"),
    ),
    starter=Path(__file__).with_name("starter"),
)
