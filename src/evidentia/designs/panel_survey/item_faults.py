"""What is wrong with answers to an item: words for none, several choices in one, none of the scale's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.cleaning import same
from evidentia.data.table import MOST, DataTable
from evidentia.designs.panel_survey.settings import Item, PanelSurveySettings
from evidentia.designs.panel_survey.waves import Wave, as_text, spelled

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
    "don't know",
    "do not know",
    "dk",
    "prefer not to say",
    "prefer not to answer",
    "rather not say",
    "refused",
    "refusal",
    "not applicable",
    "does not apply",
    "not asked",
    "-9",
    "-99",
    "-999",
}
"""What programs and people write where nothing was answered, in the form of `same`."""


CODES = {66, 77, 88, *range(96, 100), 666, 777, 888, *range(996, 1000), 9999}
SCALE = 11
"""Codes for no answer among answers that are numbers, and the highest number of an usual scale."""


def _codes(answers: pd.Series[Any]) -> set[str]:
    """Return answers in numbers that seem to be codes for none, such as 98 and 99 on a scale of 1 to 5."""
    values = pd.to_numeric(answers, errors="coerce")
    codes = values.isin(CODES) | (values < 0)
    rest = values[~codes]
    return set(answers[codes]) if len(rest) and rest.between(0, SCALE).all() else set()


def _no_words(
    name: str, item: Item, answers: pd.Series[Any], table: DataTable, column: str
) -> Iterator[EvidentiaError]:
    """Yield a fault for answers that seem to say that there is none, where no scale tells."""
    known = {same(answer) for answer in [*item.positive, *item.no_answer]}
    answers = answers.dropna()
    codes = _codes(answers)
    wrong = answers[
        answers.map(lambda answer: answer in codes or same(str(answer)) in NOTHING_SAID)
        & ~answers.map(lambda answer: same(str(answer)) in known)
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


def _labels(table: DataTable, column: str) -> str:
    """Return what the file says of labels that not all values of a column have."""
    notes = table.cells.notes if table.cells is not None else ()
    return "".join(f"; {note.partition(': ')[2]}" for note in notes if f"column {column}: some" in note)


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


def _ticks(name: str, item: Item, seen: set[str], asked: list[Wave], column: str) -> Iterator[EvidentiaError]:
    """Yield a fault where all who answered gave one answer and others none, as where each choice has a column
    of its own.
    """
    found = [(wave.table, wave.table.frame[column].isna()) for wave in asked]
    empty = [table.where(rows.index[rows], column) for table, rows in found if rows.any()]
    if not empty or len(seen) != 1 or not seen <= set(item.positive) or item.multiple:
        return
    (answer,) = seen
    yield EvidentiaError(
        f"every answer to the item '{name}' is '{answer}', and other cells are empty, which may mean that it"
        " was not ticked",
        where="; ".join(empty),
        remedy=(
            "export the choices of a question in one column, and say what stands between them (multiple:"
            f' ","); if an empty cell is no answer, say so by the item\'s scale: [{answer}, ...]'
        ),
    )


def item_faults(
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
        labels = _labels(wave.table, column)
        for value, rows in list(wrong.groupby(wrong, sort=False))[:MOST]:
            yield EvidentiaError(
                f"the answer '{value}' is not on the scale of the item '{name}'",
                where=wave.table.where(rows.index, column),
                remedy=f"allowed: {', '.join([*item.scale, *item.no_answer])}{labels}",
            )
            labels = ""
    if not item.scale:
        yield from _ticks(name, item, seen, asked, column)
    if not item.scale and seen and not seen & set(item.positive):
        yield EvidentiaError(
            f"nobody gave a positive answer to the item '{name}' ({', '.join(item.positive[:3])})",
            where=", ".join(wave.table.where(column=column) for wave in asked),
            remedy=(
                f"check how it is spelt; {did_you_mean(item.positive[0], seen)}; if it is right, give the"
                " item's 'scale'"
            ),
        )
