"""What a report says of itself: its title page's facts, and the synthetic records behind it."""

from __future__ import annotations

from typing import Any

from evidentia.compose.synthetic import span
from evidentia.config.model import Config
from evidentia.core.formats import printed
from evidentia.core.language import translate


def of_evaluation(config: Config) -> dict[str, Any]:
    """Return the section evaluation for chapters, with the month of its date in words."""
    return {
        **config.evaluation.model_dump(),
        "month": printed(config.evaluation.date.isoformat(), "date", "month"),
    }


def notice(config: Config) -> str:
    """Return the box about synthetic records; empty where all are real."""
    if not config.evaluation.synthetic_records:
        return ""
    words = (
        translate(
            "All data behind this edition are synthetic: they were invented, and results from them say"
            " nothing about any person or place. Each result that rests on them is marked {mark}.",
            mark=span(),
        )
        if config.wholly_synthetic
        else translate(
            "Some records behind this edition are synthetic: they were made for it, and results from them say"
            " nothing about any person. The mark {mark} stands at each sentence, figure, table row and cell"
            " that rests on them. All other data are real and cite their source.",
            mark=span(),
        )
    )
    return f"::: {{.callout-note}}\n## {translate('About the data in this edition')}\n\n{words}\n\n:::"
