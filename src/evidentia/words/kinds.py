"""Which function gives the data behind a kind of figure, and which fills a kind of table."""

from __future__ import annotations

FIGURE_DATA: dict[str, str] = {
    "trend": "evidentia.designs.benchmark.shown:trend_data",
}
"""Kind to ``module:function``; takes the figure's settings, the analysis's settings and its `Result`, and
returns a `Frame` with presentable column names and units."""

TABLE_ROWS: dict[str, str] = {
    "benchmark": "evidentia.designs.benchmark.shown:benchmark_rows",
}
"""Kind to ``module:function``; takes the same, and returns `evidentia.words.exhibits.Rows`."""
