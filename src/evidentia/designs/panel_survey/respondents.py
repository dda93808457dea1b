"""The waves of a survey, read and checked: who answered, what, and who answered twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.cleaning import same, tidy
from evidentia.data.ids import how_they_meet, id_texts
from evidentia.data.table import MOST, DataTable
from evidentia.designs.panel_survey.settings import Item, PanelSurveySettings, answer_text

NOTHING_SAID = {
    "null",
    "#null!",
    "n/a",
    "na",
    "#n/a",
    "nan",
    "-",
    "--",
    ".",
    "..",
    "?",
    "missing",
    "not answered",
    "no answer",
    "no response",
    "not stated",
    "not recorded",
    "not known",
    "n/k",
    "nk",
    "blank",
    "unknown",
    "(blank)",
    "none given",
    "no reply",
    "#n/a n/a",
    "nil",
    "don't know/no answer",
    "-9",
    "-99",
    "-999",
}
"""What programs and people write where nothing was answered, in the form of `same`."""


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
        faults += _item_faults(settings, name, item, waves)
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
    if ids.isna().any():
        yield EvidentiaError(
            "a respondent has no id",
            where=table.where(ids.index[ids.isna()], settings.respondent),
            remedy="give each person an id",
        )
    doubled = ids[ids.notna() & ids.duplicated(keep=False)]
    for _, rows in list(doubled.groupby(doubled, sort=False))[:MOST]:
        yield EvidentiaError(
            f"a respondent stands {len(rows)} times in one wave",
            where=table.where(rows.index, settings.respondent),
            remedy="keep one row",
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


def _no_words(
    name: str, item: Item, answers: pd.Series[Any], table: DataTable, column: str
) -> Iterator[EvidentiaError]:
    """Yield a fault for answers that seem to say that there is none, where no scale tells."""
    known = {same(answer) for answer in [*item.positive, *item.no_answer]}
    answers = answers.dropna()
    wrong = answers[
        answers.map(lambda answer: same(str(answer)) in NOTHING_SAID and same(str(answer)) not in known)
    ]
    if len(wrong):
        words = list(dict.fromkeys(wrong))
        yield EvidentiaError(
            f"{', '.join(map(repr, words[:6]))} may be no answer to the item '{name}', or one",
            where=table.where(wrong.index, column),
            remedy=(
                f"say which under the item: no_answer: {words[:6]}; or give its 'scale', all answers in order"
            ),
        )


def _several(
    name: str, item: Item, raw: pd.Series[Any], table: DataTable, column: str
) -> Iterator[EvidentiaError]:
    """Yield a fault for answers that seem to hold several choices, where config.yaml names no sign between
    them.
    """
    if item.multiple or item.scale:
        return
    texts = raw.dropna().astype(str)
    joined = texts[texts.str.contains(";", regex=False)]
    parts = {same(part) for text in joined.unique() for part in text.split(";") if part.strip()}
    if len(joined) and parts & {same(answer.strip(" ;")) for answer in item.positive}:
        yield EvidentiaError(
            f"answers to the item '{name}' hold several choices, such as '{joined.iloc[0]}'",
            where=table.where(joined.index, column),
            remedy='say under the item what stands between them: multiple: ";"',
        )


def _item_faults(
    settings: PanelSurveySettings, name: str, item: Item, waves: dict[str, Wave]
) -> Iterator[EvidentiaError]:
    """Yield what is wrong with an item: not asked, answers outside its scale, positive answers that nobody
    can have given.
    """
    column = item.column or name
    asked = [wave for wave in waves.values() if column in wave.table.frame.columns]
    if not asked:
        used = [settings.respondent, *(other.column or key for key, other in settings.items.items())]
        hints = {wave.table.path: wave.table.instead_of(column, used) for wave in waves.values()}
        several = len(set(hints.values())) > 1
        yield EvidentiaError(
            f"no wave asks the item '{name}': the column '{column}' is missing",
            where=", ".join(wave.table.path for wave in waves.values()),
            remedy="; ".join(f"{path}: {hint}" for path, hint in hints.items())
            if several
            else next(iter(hints.values())),
        )
        return
    seen: set[str] = set()
    for wave in asked:
        raw = as_text(wave.table.frame[column])
        answers = spelled(raw, item)
        yield from _several(name, item, raw, wave.table, column)
        if not item.scale:
            yield from _no_words(name, item, answers, wave.table, column)
        seen |= set(answers.dropna())
        wrong = (
            answers[answers.notna() & ~answers.isin([*item.scale, *item.no_answer])]
            if item.scale
            else answers[:0]
        )
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
            remedy=(
                f"check how it is spelt; {did_you_mean(item.positive[0], seen)}; if it is right, give the"
                " item's 'scale'"
            ),
        )
