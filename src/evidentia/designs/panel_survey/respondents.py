"""The waves of a survey, read and checked: who answered, what, and who answered twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.ids import how_they_meet, id_texts
from evidentia.data.people import person_faults
from evidentia.data.table import DataTable
from evidentia.designs.panel_survey.item_faults import item_faults
from evidentia.designs.panel_survey.settings import PanelSurveySettings
from evidentia.designs.panel_survey.waves import Wave, as_text


def read_waves(settings: PanelSurveySettings, tables: dict[str, DataTable]) -> dict[str, Wave]:
    """Return each wave with its respondents, checked.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a respondent without an id or twice in a wave, more respondents than invited, a
        panel member whose stable column changes, an item that no wave asks, an answer outside the scale.
    """
    waves = {
        name: Wave(tables[data], _ids(tables[data], settings.respondent)) for name, data in settings.waves()
    }
    raise_all([*_apart(settings, waves)])
    raise_all([fault for name, wave in waves.items() for fault in _respondent_faults(settings, name, wave)])
    faults = list(_changed(settings, waves))
    for name, item in settings.items.items():
        faults += item_faults(settings, name, item, waves)
    raise_all(faults)
    return waves


def _ids(table: DataTable, column: str) -> pd.Series[Any]:
    """Return who answered; where no column tells, each row is a person."""
    if not column:
        return pd.Series(table.frame.index.astype(str), index=table.frame.index, dtype=object)
    table.require(column)
    return id_texts(table.frame[column])


def _apart(settings: PanelSurveySettings, waves: dict[str, Wave]) -> Iterator[EvidentiaError]:
    """Yield a fault if nobody answered twice by their ids, and people would without zeros, case or blanks."""
    if len(waves) < 2:
        return
    first, second = waves.values()
    ids, others = set(first.ids.dropna()), set(second.ids.dropna())
    how = "" if ids & others else how_they_meet(ids, others)
    if how:
        examples = f"'{first.ids.dropna().iloc[0]}' and '{second.ids.dropna().iloc[0]}'"
        yield EvidentiaError(
            f"no id of {first.table.path} is in {second.table.path}, but {how} (such as {examples})",
            where=(
                f"{first.table.where(column=settings.respondent)};"
                f" {second.table.where(column=settings.respondent)}"
            ),
            remedy="write the ids alike in both files, or describe the column in both as text (type string)",
        )


def _respondent_faults(settings: PanelSurveySettings, name: str, wave: Wave) -> Iterator[EvidentiaError]:
    """Yield what is wrong with who answered a wave."""
    table, ids = wave.table, wave.ids
    if ids.empty:
        yield EvidentiaError(
            "the wave has no respondents",
            where=table.path,
            remedy="give one row for each person who answered",
        )
    yield from person_faults(
        table, settings.respondent, ids, who=("a respondent", "respondents"), when="in one wave"
    )
    invited = getattr(settings.invited, name)
    if invited is not None and len(ids) > invited:
        yield EvidentiaError(
            f"{len(ids)} people answered, but only {invited} were invited",
            where=table.path,
            remedy=(
                f"correct 'invited: {name}' in config.yaml, or take out rows that do not belong to the wave"
            ),
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
        before, after = (
            pd.Series(as_text(wave.table.frame[column]).to_numpy(), index=pd.Index(wave.ids))
            for wave in (first, second)
        )
        both = before.index.intersection(after.index)
        was, is_now = before[both], after[both]
        moved = both[((was != is_now) & was.notna() & is_now.notna()).to_numpy()]
        if len(moved):
            rows = [
                wave.table.where(wave.ids.index[wave.ids.isin(moved)], column) for wave in (first, second)
            ]
            example = f"{was[moved[0]]} became {is_now[moved[0]]}"
            people = "a respondent" if len(moved) == 1 else f"{len(moved)} respondents"
            yield EvidentiaError(
                f"the {column} of {people} changes between the waves ({example})",
                where="; ".join(rows),
                remedy=(
                    f"correct it, or give two people two ids; if it may change, take '{column}' out of"
                    " 'stable'"
                ),
            )
