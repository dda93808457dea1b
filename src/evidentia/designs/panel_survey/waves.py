"""One wave of a survey: its table, its respondents, and answers as they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from evidentia.data.cleaning import same, tidy
from evidentia.data.table import DataTable
from evidentia.designs.panel_survey.settings import Item, answer_text


@dataclass(frozen=True)
class Wave:
    """One wave: its table, and its respondents' ids as text in the order of the rows."""

    table: DataTable
    ids: pd.Series[Any]

    def answers(self, item: Item, name: str) -> pd.Series[Any] | None:
        """Return the answers to an item by respondent, None for no answer; None if
        the wave does not ask it.
        """
        column = item.column or name
        if column not in self.table.frame.columns:
            return None
        answers = spelled(as_text(self.table.frame[column]), item).set_axis(pd.Index(self.ids))
        return answers.mask(answers.isin(item.no_answer))


def as_text(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return cells as text by `answer_text`; empty cells stay missing."""
    codes, found = pd.factorize(values)
    texts = pd.Series([answer_text(value) for value in found], dtype=object)
    return pd.Series(texts.reindex(codes).to_numpy(), index=values.index, dtype=object)


def spelled(answers: pd.Series[Any], item: Item) -> pd.Series[Any]:
    """Return answers as config.yaml spells them, compared without case, stray blanks and curly quotes.

    With several choices, the first positive one stands for all that a person ticked.
    """
    known = {same(answer): answer for answer in [*item.no_answer, *item.scale, *item.positive]}
    words: dict[Any, Any] = {}
    for given in answers.dropna().unique():
        choices = [part for part in (given.split(item.multiple) if item.multiple else [given]) if same(part)]
        found = [known.setdefault(same(part), tidy(part)) for part in choices]
        told = [part for part in found if part not in item.no_answer]
        words[given] = next(
            (part for part in told if part in item.positive), next(iter([*told, *found]), None)
        )
    told = answers.map(words)
    return told.where(told.notna(), None)
