"""Exports of survey programs: which rows are answers, what was asked, and which columns are about people and
are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.cells import Cells, LeftOut
from evidentia.data.cleaning import same, tidy
from evidentia.data.source import TWO_ROWS, Source
from evidentia.data.survey_programs import EXPORTS, program_of

_IMPORT_ID = re.compile(r'\{\s*"ImportId"')
_TEXTS = {"responseid": "response id", "startdate": "start date", "recordeddate": "recorded date"}
_YES = {"true", "1", "yes", "completed", "complete", "finished"}


def of_export(cells: Cells, path: str, source: Source) -> Cells:
    """Return the answers of an export: one row a person who finished, one column a question.

    Raises
    ------
    EvidentiaError
        If the file is not of the program that config.yaml names.
    """
    export = EXPORTS[source.format]
    named = {str(name).lower(): name for name in cells.frame.columns}
    if not any(key in named for key in export.keys):
        raise EvidentiaError(
            f"the file is not an export of {export.name}: it has no column {' or '.join(export.keys)}",
            where=f"{path}{cells.header}",
            remedy="correct 'format' in config.yaml, or leave it out",
        )
    if source.format == "qualtrics":
        cells = _questions(cells)
    if source.format in TWO_ROWS:
        cells = _options(cells, named, export.keys)
    frame, left = cells.frame, list(cells.left_out)
    for reason, rows in _no_answers(frame, named):
        rows = [row for row in rows if row in frame.index]
        if rows:
            left.append(LeftOut(reason, rows))
            frame = frame.drop(index=rows)
    wanted = {tidy(name) for name in source.select}
    personal = export.people(frame.columns)
    aside = [named[key] for key in named if key in export.aside and named[key] not in wanted]
    refused = sorted(wanted & set(personal))
    if refused:
        raise EvidentiaError(
            f"'select' asks for '{refused[0]}', which names or locates people",
            where=path,
            remedy="take it out; people are told apart by the export's response id or by an id of your own",
        )
    gone = [*personal, *aside]
    notes = (*cells.notes, f"{path}: set aside: {', '.join(gone)}") if gone else cells.notes
    return replace(cells, frame=frame.drop(columns=gone), left_out=tuple(left), notes=notes)


def _questions(cells: Cells) -> Cells:
    """Take Qualtrics' rows of question texts and import ids out of the answers; the texts become labels."""
    frame = cells.frame
    head = frame.iloc[:3]
    ids = [row for row in head.index if any(_IMPORT_ID.match(str(cell)) for cell in head.loc[row])]
    texts = [row for row in head.index if (row < ids[0] if ids else _asks(head.loc[row]))][: 2 - len(ids)]
    if not ids and not texts:
        return cells
    labels = {name: tidy(str(head.at[texts[0], name])) for name in frame.columns} if texts else {}
    left = (*cells.left_out, LeftOut("question texts and import ids", [*texts, *ids]))
    return replace(cells, frame=frame.drop(index=[*texts, *ids]), labels=cells.labels | labels, left_out=left)


def _asks(row: pd.Series[Any]) -> bool:
    """Tell whether a row holds question texts: of the response's id or its dates, the name of the column."""
    named = {str(name).lower(): same(str(cell)) for name, cell in row.items()}
    return any(named.get(name) == words for name, words in _TEXTS.items())


def _options(cells: Cells, named: dict[str, str], keys: Sequence[str]) -> Cells:
    """Take the second row of headings, which names the options of questions with several, out of the answers;
    `keys` are the columns that name a person.
    """
    frame = cells.frame
    id = next((named[key] for key in keys if key in named), None)
    if id is None or frame.empty or str(frame.iloc[0][id]).strip():
        return cells
    first = frame.index[0]
    labels = {
        name: f"{name}: {tidy(str(frame.at[first, name]))}"
        for name in frame.columns
        if str(frame.at[first, name]).strip()
    }
    left = (*cells.left_out, LeftOut("names of options", [int(first)]))
    return replace(cells, frame=frame.drop(index=first), labels=cells.labels | labels, left_out=left)


def _no_answers(frame: pd.DataFrame, named: dict[str, str]) -> Iterator[tuple[str, list[int]]]:
    """Yield rows that are no finished answers of people, by reason."""
    status = frame[named["status"]].map(lambda cell: same(str(cell))) if "status" in named else None
    channel = (
        frame[named["distributionchannel"]].map(lambda cell: same(str(cell)))
        if "distributionchannel" in named
        else None
    )
    if status is not None:
        yield (
            "previews, tests and spam",
            list(
                frame.index[
                    status.str.contains("preview|test|spam") | status.isin(["1", "2", "4", "8", "9", "12"])
                ]
            ),
        )
    if channel is not None:
        yield "previews and tests", list(frame.index[channel.isin(["preview", "test"])])
    for key in ("finished", "completed"):
        if key in named:
            cells = frame[named[key]].map(lambda cell: same(str(cell)))
            done = cells.isin(_YES) | (cells.str.contains(r"\d{4}") if key == "completed" else False)
            yield "unfinished", list(frame.index[~done])
    if status is not None:
        yield (
            "unfinished",
            list(
                frame.index[
                    status.isin(
                        ["partial", "incomplete", "in progress", "started", "disqualified", "screened out"]
                    )
                ]
            ),
        )


def refuse_export(frame: pd.DataFrame, path: str, *, described: bool) -> None:
    """Raise for an export that is read as a plain table, whose headings, previews and unfinished answers
    would count as people.

    Parameters
    ----------
    frame : DataFrame
    path : str
    described : bool
        Whether a schema or 'select' says which columns are meant, so that somebody has looked at them.

    Raises
    ------
    EvidentiaError
    """
    for row in frame.index[:3]:
        if any(_IMPORT_ID.match(str(cell)) for cell in frame.loc[row]) or _asks(frame.loc[row]):
            raise EvidentiaError(
                "the file is an export of Qualtrics, with question texts or import ids below the header",
                where=f"{path}, row {row}",
                remedy="say so in config.yaml, beside the path: format: qualtrics",
            )
    program = program_of(frame.columns)
    if program and program != "ms_forms" and not described:  # Forms exports what is finished only
        raise EvidentiaError(
            f"the file is an export of {EXPORTS[program].name}, whose headings, previews and unfinished"
            " answers are no people who answered",
            where=path,
            remedy=f"say so in config.yaml, beside the path: format: {program}; or name columns in 'select'",
        )
