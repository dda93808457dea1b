"""What a report says of the synthetic records behind it."""

from __future__ import annotations

from evidentia.compose.synthetic import span
from evidentia.core.language import translate


def notice(*, of_all: bool) -> str:
    """Return the box about synthetic records; of all data, or of some."""
    words = (
        translate(
            "All data behind this edition are synthetic: they were invented, and results from them say"
            " nothing about any person or place. Each result that rests on them is marked {mark}.",
            mark=span(),
        )
        if of_all
        else translate(
            "Some records behind this edition are synthetic: they were made for it, and results from them say"
            " nothing about any person. The mark {mark} stands at each sentence, figure, table row and cell"
            " that rests on them. All other data are real and cite their source.",
            mark=span(),
        )
    )
    return f"::: {{.callout-note}}\n## {translate('About the data in this edition')}\n\n{words}\n\n:::"
