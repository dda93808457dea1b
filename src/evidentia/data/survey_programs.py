"""Survey programs whose exports are known: their columns about people and machines, and how one is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
    "survey_monkey": Export(
        "SurveyMonkey",
        frozenset({"collector id", "start date", "end date", "date created", "date modified"}),
        frozenset({"ip address", "email address", "first name", "last name", "custom data 1", "custom data"}),
        ("respondent id",),
    ),
}


def program_of(columns: Iterable[object]) -> str:
    """Return the format of the export that columns are plainly of, empty if they are of none."""
    names = {str(name).strip().lower() for name in columns}
    if (
        "responseid" in names
        and len(names & {"finished", "progress", "recordeddate", "distributionchannel"}) > 1
    ):
        return "qualtrics"
    if {"start time", "completion time"} <= names:
        return "ms_forms"
    if {"respondent id", "collector id"} <= names:
        return "survey_monkey"
    if {"started", "ended"} <= names and names & set(EXPORTS["smart_survey"].keys):
        return "smart_survey"
    return ""
