"""The object of the design ``benchmark``."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.designs.benchmark.settings import BenchmarkSettings, BenchmarkTable, TrendFigure
from evidentia.designs.benchmark.standard import standard

DESIGN = Design(
    settings=BenchmarkSettings,
    about="an area against its statistical neighbours and the nation",
    title="Comparison of areas",
    analyse=".analyse:analyse",
    standard=standard,
    disclosure="declared",
    figures=(FigureKind(TrendFigure, draw=".charts:trend", data=".display:trend_data", narrow=True),),
    tables=(TableKind(BenchmarkTable, rows=".display:benchmark_rows"),),
    starter=Path(__file__).with_name("starter"),
)
