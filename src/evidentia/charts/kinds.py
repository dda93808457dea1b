"""Which function draws which kind of figure."""

from __future__ import annotations

DRAW: dict[str, str] = {
    "trend": "evidentia.designs.benchmark.charts:trend",
}
"""Kind to ``module:function``. The function takes the figure's settings and the analysis's `Result`, and
returns a matplotlib figure and the `Frame` of the data that it shows."""
