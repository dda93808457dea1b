"""Which function gives the data behind a kind of figure, and which fills a kind of table."""

from __future__ import annotations

FIGURE_DATA: dict[str, str] = {
    "trend": "evidentia.designs.benchmark.shown:trend_data",
    "diverging": "evidentia.designs.panel_survey.shown:diverging_data",
    "evidence_grid": "evidentia.designs.evidence.shown:grid_data",
    "theory_of_change": "evidentia.designs.theory_of_change.shown:theory_data",
    "timeline": "evidentia.designs.listing.shown:timeline_data",
    "flow": "evidentia.designs.ipw.shown:flow_data",
    "love": "evidentia.designs.ipw.shown:love_data",
    "overlap": "evidentia.designs.ipw.shown:overlap_data",
    "effects": "evidentia.designs.ipw.shown:effects_data",
    "its": "evidentia.designs.its.shown:series_data",
    "its_diagnostics": "evidentia.designs.its.shown:diagnostics_data",
    "forest": "evidentia.designs.synthesis.shown:forest_data",
    "synthesis_grid": "evidentia.designs.synthesis.shown:grid_data",
}
"""Kind to ``module:function``; takes the figure's settings, the analysis's settings and its `Result`, and
returns a `Frame` with presentable column names and units."""

TABLE_ROWS: dict[str, str] = {
    "benchmark": "evidentia.designs.benchmark.shown:benchmark_rows",
    "evidence_grid": "evidentia.designs.evidence.shown:grid_rows",
    "evidence_reasons": "evidentia.designs.evidence.shown:reasons_rows",
    "listing": "evidentia.designs.listing.shown:listing_rows",
    "survey_items": "evidentia.designs.panel_survey.shown:items_rows",
    "survey_response": "evidentia.designs.panel_survey.shown:response_rows",
    "theory_of_change": "evidentia.designs.theory_of_change.shown:theory_rows",
    "ipw_balance": "evidentia.designs.ipw.shown:balance_rows",
    "ipw_effects": "evidentia.designs.ipw.shown:effects_rows",
    "its_models": "evidentia.designs.its.shown:models_rows",
    "synthesis_members": "evidentia.designs.synthesis.shown:members_rows",
    "synthesis_effects": "evidentia.designs.synthesis.shown:effects_rows",
    "synthesis_items": "evidentia.designs.synthesis.shown:items_rows",
    "synthesis_league": "evidentia.designs.synthesis.shown:league_rows",
}
"""Kind to ``module:function``; takes the same, and returns `evidentia.compose.exhibits.Rows`."""
