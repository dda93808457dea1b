"""The designs: each is a package with its settings, its analysis, and the figures and tables that it can show.

Only the settings are imported here, because the Snakefile reads them on every start.
"""

from __future__ import annotations

from evidentia.designs.benchmark.settings import BenchmarkSettings, BenchmarkTable, TrendFigure
from evidentia.designs.evidence.settings import EvidenceGridFigure, EvidenceGridTable, EvidenceReasonsTable, EvidenceSettings
from evidentia.designs.ipw.settings import BalanceTable, EffectsFigure, EffectsTable, FlowFigure, IpwSettings, LoveFigure, OverlapFigure
from evidentia.designs.its.settings import DiagnosticsFigure, ITSSettings, ModelsTable, SeriesFigure
from evidentia.designs.listing.settings import ListingSettings, ListingTable, TimelineFigure
from evidentia.designs.panel_survey.settings import DivergingFigure, PanelSurveySettings, ResponseTable, SurveyItemsTable
from evidentia.designs.synthesis.settings import (
    ForestFigure,
    ItemsTable,
    LeagueTable,
    MembersTable,
    PooledTable,
    SynthesisGridFigure,
    SynthesisSettings,
)
from evidentia.designs.theory_of_change.settings import TheoryOfChangeFigure, TheoryOfChangeSettings, TheoryOfChangeTable

DESIGNS: dict[str, type] = {
    "benchmark": BenchmarkSettings,
    "evidence": EvidenceSettings,
    "ipw": IpwSettings,
    "its": ITSSettings,
    "listing": ListingSettings,
    "panel_survey": PanelSurveySettings,
    "synthesis": SynthesisSettings,
    "theory_of_change": TheoryOfChangeSettings,
}
"""Design name in config.yaml to the model of its settings."""

FIGURES: dict[str, type] = {
    "trend": TrendFigure,
    "diverging": DivergingFigure,
    "evidence_grid": EvidenceGridFigure,
    "theory_of_change": TheoryOfChangeFigure,
    "timeline": TimelineFigure,
    "flow": FlowFigure,
    "love": LoveFigure,
    "overlap": OverlapFigure,
    "effects": EffectsFigure,
    "its": SeriesFigure,
    "its_diagnostics": DiagnosticsFigure,
    "forest": ForestFigure,
    "synthesis_grid": SynthesisGridFigure,
}
"""Kind of figure in config.yaml to the model of its settings; `evidentia.charts.kinds` draws it."""

TABLES: dict[str, type] = {
    "benchmark": BenchmarkTable,
    "evidence_grid": EvidenceGridTable,
    "evidence_reasons": EvidenceReasonsTable,
    "listing": ListingTable,
    "survey_items": SurveyItemsTable,
    "survey_response": ResponseTable,
    "theory_of_change": TheoryOfChangeTable,
    "ipw_balance": BalanceTable,
    "ipw_effects": EffectsTable,
    "its_models": ModelsTable,
    "synthesis_members": MembersTable,
    "synthesis_effects": PooledTable,
    "synthesis_items": ItemsTable,
    "synthesis_league": LeagueTable,
}
"""Kind of table in config.yaml to the model of its settings; `evidentia.compose.kinds` fills it."""
