"""Which answers of a survey count, and how those of the two waves meet in pairs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidentia.designs.panel_survey.inference import Overlap
from evidentia.designs.panel_survey.settings import Item

Answered = dict[str, "pd.Series[Any]"]
"""The answers to an item by wave, those of a wave by respondent; None for no answer."""


def in_base(asked: Answered, base: str) -> Answered:
    """Return the answers that count for a base, without the missing: all, or the pairs that are complete."""
    given = {wave: found.dropna() for wave, found in asked.items()}
    if base == "wave":
        return given
    if len(given) < 2:
        return {wave: found[:0] for wave, found in given.items()}
    first, second = given.values()
    pairs = first.index.intersection(second.index)
    return {wave: found[pairs] for wave, found in given.items()}


def overlap(item: Item, asked: Answered) -> Overlap:
    """Count the pairs and the single answers; a person who left the item out of one wave is single in the
    other.
    """
    first, second = (found.dropna().isin(item.positive) for found in asked.values())
    pairs = first.index.intersection(second.index)
    before, after = first[pairs], second[pairs]
    alone_1, alone_2 = first.drop(pairs), second.drop(pairs)
    return Overlap(
        both=int((before & after).sum()),
        lost=int((before & ~after).sum()),
        gained=int((~before & after).sum()),
        neither=int((~before & ~after).sum()),
        first_yes=int(alone_1.sum()),
        first_no=int((~alone_1).sum()),
        second_yes=int(alone_2.sum()),
        second_no=int((~alone_2).sum()),
    )
