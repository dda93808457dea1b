"""Rows and tables that compare plan and report, as Quarto Markdown."""

from __future__ import annotations

import datetime

from evidentia.compose.markup import escape, pipe_table
from evidentia.core.formats import printed
from evidentia.core.language import later, translate
from evidentia.plan.changes import NO_REASON, Change
from evidentia.plan.differences import capital, in_language
from evidentia.plan.verdicts import BOTH, INCONCLUSIVE, NOT_SUPPORTED, SUPPORTED, Verdict

RESULTS = {
    SUPPORTED: later("Supported"),
    NOT_SUPPORTED: later("Not supported"),
    INCONCLUSIVE: later("Inconclusive"),
}


def row(change: Change) -> list[str]:
    """Return a change as a row; without a day and a reason it says so."""
    difference, nothing = change.difference, translate("Nothing")
    values = [in_language(value) or nothing for value in (difference.before, difference.after)]
    cells = [capital(difference.called()), *values]
    if change.date is None:
        unrecorded = translate("Not recorded")
        return [unrecorded, *map(escape, cells), unrecorded, translate(NO_REASON)]
    kind = translate(change.kind)
    return [_day(change.date), *map(escape, cells), escape(kind), escape(change.reason)]


def result(verdict: Verdict) -> str:
    """Return in words what became of a claim."""
    words = translate(RESULTS[verdict.result])
    why = translate(verdict.why) if verdict.why == BOTH else verdict.why
    return f"**{words}**: {escape(why)}" if why else f"**{words}**"


def table(name: str, header: list[str], rows: list[list[str]], caption: str, text_columns: int = 6) -> str:
    """Return rows as a labelled table."""
    body = pipe_table(header, rows, text_columns=text_columns)
    return f"::: {{#tbl-{name}}}\n\n{body}\n\n{caption}\n\n:::"


def _day(day: datetime.date) -> str:
    return printed(day.isoformat(), "date")
