"""Exports of survey programs: which rows are answers, what was asked, and which columns are about people and
are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.cells import Cells, LeftOut
from evidentia.data.cleaning import same, tidy
from evidentia.data.source import Source

_IMPORT_ID = re.compile(r'\{\s*"ImportId"')
_YES = {"true", "1", "yes", "completed", "complete", "finished"}


@dataclass(frozen=True)
class Export:
    """What a survey program writes beside the answers.

    Attributes
    ----------
    name : str
    aside : frozenset of str
        Columns about people and machines, in lower case, which never leave the reader unless `select` names
        them.
    person : frozenset of str
        Columns with names, emails and addresses of people, which never leave it at all.
    keys : tuple of str
        Columns of which an export has at least one.
    """

    name: str
    aside: frozenset[str]
    person: frozenset[str]
    keys: tuple[str, ...]

    def people(self, columns: Iterable[str]) -> list[str]:
        """Return the columns that name or locate people."""
        return [name for name in columns if name.lower() in self.person]


EXPORTS = {
    "qualtrics": Export(
        "Qualtrics",
        frozenset(
            {
                "startdate",
                "enddate",
                "status",
                "progress",
                "duration (in seconds)",
                "finished",
                "recordeddate",
                "distributionchannel",
                "userlanguage",
            }
        ),
        frozenset(
            {
                "ipaddress",
                "recipientlastname",
                "recipientfirstname",
                "recipientemail",
                "locationlatitude",
                "locationlongitude",
            }
        ),
        ("responseid", "finished", "status"),
    ),
    "ms_forms": Export(
        "Microsoft Forms",
        frozenset(
            {
                "start time",
                "completion time",
                "last modified time",
                "total points",
                "quiz feedback",
                "grade posted time",
                "language",
            }
        ),
        frozenset({"email", "name", "email address"}),
        ("id",),
    ),
    "smart_survey": Export(
        "SmartSurvey",
        frozenset(
            {
                "started",
                "ended",
                "completed",
                "status",
                "tracking link",
                "device",
                "browser",
                "operating system",
                "user agent",
                "collector",
                "channel",
                "language",
                "date started",
                "date ended",
                "time taken",
                "page path",
                "seconds to complete",
            }
        ),
        frozenset({"ip address", "name", "email", "first name", "last name", "email address"}),
        ("userid", "userno", "response id", "unique id", "id", "respondent id"),
    ),
}


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
    if source.format == "smart_survey":
        cells = _options(cells, named)
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
    if not ids:
        return cells
    texts = [row for row in head.index if row < ids[0]]
    labels = {name: tidy(str(head.at[texts[0], name])) for name in frame.columns} if texts else {}
    left = (*cells.left_out, LeftOut("question texts and import ids", [*texts, *ids]))
    return replace(cells, frame=frame.drop(index=[*texts, *ids]), labels=cells.labels | labels, left_out=left)


def _options(cells: Cells, named: dict[str, str]) -> Cells:
    """Take SmartSurvey's second row of headings, which names the options of questions with several, out of
    the answers.
    """
    frame = cells.frame
    id = next((named[key] for key in EXPORTS["smart_survey"].keys if key in named), None)
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


def refuse_export(frame: pd.DataFrame, path: str) -> None:
    """Raise for an export with several rows of headings that is read as a plain table.

    Raises
    ------
    EvidentiaError
    """
    for row in frame.index[:3]:
        if any(_IMPORT_ID.match(str(cell)) for cell in frame.loc[row]):
            raise EvidentiaError(
                "the file is an export of Qualtrics, with question texts and import ids below the header",
                where=f"{path}, row {row}",
                remedy="say so in config.yaml, beside the path: format: qualtrics",
            )
