"""The waves of a survey, read and checked: who answered, what, and who answered twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.table import MOST, DataTable
from evidentia.designs.panel_survey.settings import Item, PanelSurveySettings, answer_text


@dataclass(frozen=True)
class Wave:
    """One wave: its table, and its respondents' ids as text in the order of the rows."""

    table: DataTable
    ids: pd.Series[Any]

    def answers(self, item: Item, name: str) -> pd.Series[Any] | None:
        """Return the answers to an item by respondent, None for no answer; None if the wave does not ask it."""
        column = item.column or name
        if column not in self.table.frame.columns:
            return None
        answers = as_text(self.table.frame[column]).set_axis(pd.Index(self.ids))
        return answers.mask(answers.isin(item.no_answer))


def as_text(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return cells as text by `answer_text`; empty cells stay missing."""
    codes, found = pd.factorize(values)
    texts = pd.Series([answer_text(value) for value in found], dtype=object)
    return pd.Series(texts.reindex(codes).to_numpy(), index=values.index, dtype=object)


def read_waves(settings: PanelSurveySettings, tables: dict[str, DataTable]) -> dict[str, Wave]:
    """Return each wave with its respondents, checked.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a respondent without an id or twice in a wave, more respondents than invited, a
        panel member whose stable column changes, an item that no wave asks, an answer outside the scale.
    """
    waves = {name: Wave(tables[data], _ids(tables[data], settings.respondent)) for name, data in settings.waves()}
    if len(waves) > 1 and len({pd.api.types.is_numeric_dtype(wave.table.frame[settings.respondent]) for wave in waves.values()}) > 1:
        waves = {name: Wave(wave.table, wave.ids.map(_without_zeros)) for name, wave in waves.items()}
    raise_all([fault for name, wave in waves.items() for fault in _respondent_faults(settings, name, wave)])
    faults = list(_changed(settings, waves))
    for name, item in settings.items.items():
        faults += _item_faults(settings, name, item, waves)
    raise_all(faults)
    return waves


def _ids(table: DataTable, column: str) -> pd.Series[Any]:
    """Return who answered; where no column tells, each row is a person."""
    if not column:
        return pd.Series(table.frame.index.astype(str), index=table.frame.index, dtype=object)
    table.require(column)
    return as_text(table.frame[column])


def _without_zeros(text: Any) -> Any:
    """Let "007" of one file meet 7 of another, in which the column holds numbers only."""
    return text.lstrip("0") or "0" if isinstance(text, str) and text.isdigit() else text


def _respondent_faults(settings: PanelSurveySettings, name: str, wave: Wave) -> Iterator[EvidentiaError]:
    """Yield what is wrong with who answered a wave."""
    table, ids = wave.table, wave.ids
    if ids.empty:
        yield EvidentiaError("the wave has no respondents", where=table.path, remedy="give one row for each person who answered")
    if ids.isna().any():
        yield EvidentiaError(
            "a respondent has no id", where=table.where(ids.index[ids.isna()], settings.respondent), remedy="give each person an id"
        )
    doubled = ids[ids.notna() & ids.duplicated(keep=False)]
    for _, rows in list(doubled.groupby(doubled, sort=False))[:MOST]:
        yield EvidentiaError(
            f"a respondent stands {len(rows)} times in one wave", where=table.where(rows.index, settings.respondent), remedy="keep one row"
        )
    invited = getattr(settings.invited, name)
    if invited is not None and len(ids) > invited:
        yield EvidentiaError(
            f"{len(ids)} people answered, but only {invited} were invited",
            where=table.path,
            remedy=f"correct 'invited: {name}' in config.yaml, or take out rows that do not belong to the wave",
        )


def _changed(settings: PanelSurveySettings, waves: dict[str, Wave]) -> Iterator[EvidentiaError]:
    """Yield a fault for each column that must not change between a person's answers, and does."""
    for column in settings.stable:
        for wave in waves.values():
            wave.table.require(column)
    if len(waves) < 2:
        return
    first, second = waves.values()
    for column in settings.stable:
        before, after = (pd.Series(as_text(wave.table.frame[column]).to_numpy(), index=pd.Index(wave.ids)) for wave in (first, second))
        both = before.index.intersection(after.index)
        was, is_now = before[both], after[both]
        moved = both[((was != is_now) & was.notna() & is_now.notna()).to_numpy()]
        if len(moved):
            rows = [wave.table.where(wave.ids.index[wave.ids.isin(moved)], column) for wave in (first, second)]
            example = f"{was[moved[0]]} became {is_now[moved[0]]}"
            people = "a respondent" if len(moved) == 1 else f"{len(moved)} respondents"
            yield EvidentiaError(
                f"the {column} of {people} changes between the waves ({example})",
                where="; ".join(rows),
                remedy=f"correct it, or give two people two ids; if it may change, take '{column}' out of 'stable'",
            )


def _item_faults(settings: PanelSurveySettings, name: str, item: Item, waves: dict[str, Wave]) -> Iterator[EvidentiaError]:
    """Yield what is wrong with an item: not asked, answers outside its scale, positive answers that nobody can have given."""
    column = item.column or name
    asked = [wave for wave in waves.values() if column in wave.table.frame.columns]
    if not asked:
        columns = {known for wave in waves.values() for known in wave.table.frame.columns}
        yield EvidentiaError(
            f"no wave asks the item '{name}': the column '{column}' is missing",
            where=", ".join(wave.table.path for wave in waves.values()),
            remedy=did_you_mean(column, columns),
        )
        return
    seen: set[str] = set()
    for wave in asked:
        answers = as_text(wave.table.frame[column])
        seen |= set(answers.dropna())
        wrong = answers[answers.notna() & ~answers.isin([*item.scale, *item.no_answer])] if item.scale else answers[:0]
        for value, rows in list(wrong.groupby(wrong, sort=False))[:MOST]:
            yield EvidentiaError(
                f"the answer '{value}' is not on the scale of the item '{name}'",
                where=wave.table.where(rows.index, column),
                remedy=f"allowed: {', '.join([*item.scale, *item.no_answer])}",
            )
    if not item.scale and seen and not seen & set(item.positive):
        yield EvidentiaError(
            f"nobody gave a positive answer to the item '{name}' ({', '.join(item.positive[:3])})",
            where=", ".join(wave.table.where(column=column) for wave in asked),
            remedy=f"check how it is spelt; {did_you_mean(item.positive[0], seen)}; if it is right, give the item's 'scale'",
        )
