"""The designs: each is a package with its settings, its analysis, and the figures and tables that it can show.

Only the settings are imported here, because the Snakefile reads them on every start.
"""

from __future__ import annotations

from evidentia.designs.benchmark.settings import BenchmarkSettings, BenchmarkTable, TrendFigure

DESIGNS: dict[str, type] = {
    "benchmark": BenchmarkSettings,
}
"""Design name in config.yaml to the model of its settings."""

FIGURES: dict[str, type] = {
    "trend": TrendFigure,
}
"""Kind of figure in config.yaml to the model of its settings; `evidentia.charts.kinds` draws it."""

TABLES: dict[str, type] = {
    "benchmark": BenchmarkTable,
}
"""Kind of table in config.yaml to the model of its settings; `evidentia.words.table_kinds` fills it."""
