"""Which function draws which kind of figure."""

from __future__ import annotations

DRAW: dict[str, str] = {
    "trend": "evidentia.designs.benchmark.charts:trend",
    "diverging": "evidentia.designs.panel_survey.charts:diverging",
    "evidence_grid": "evidentia.designs.evidence.charts:evidence_grid",
    "theory_of_change": "evidentia.designs.theory_of_change.charts:theory_of_change",
    "timeline": "evidentia.designs.listing.charts:timeline",
    "flow": "evidentia.designs.ipw.charts:flow",
    "love": "evidentia.designs.ipw.charts:love",
    "overlap": "evidentia.designs.ipw.charts:overlap",
    "effects": "evidentia.designs.ipw.charts:effects",
    "its": "evidentia.designs.its.charts:series",
    "its_diagnostics": "evidentia.designs.its.charts:diagnostics",
    "forest": "evidentia.designs.synthesis.charts:forest",
    "synthesis_grid": "evidentia.designs.synthesis.charts:synthesis_grid",
}
"""Kind to ``module:function``. The function takes the figure's settings and the analysis's `Result`, and
returns a matplotlib figure and the `Frame` of the data that it shows."""
