"""From dated events to one record a person, in memory: nothing of this is written.

Comparators never started, so their start is set: the first event plus the mean lag of the treated between
first event and start, in whole days. What lies up to the start describes the person; what comes after it,
within the follow-up, is the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.language import translate
from evidentia.data.table import DataTable
from evidentia.designs.ipw.event_tables import check_columns, read_events, read_people
from evidentia.designs.ipw.settings import EventHistory, IpwSettings

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Prepared:
    """One record a person, and what became of those who have none.

    Attributes
    ----------
    table : DataTable
        Columns: treatment, outcome, age and counts, as the settings name them; rows are those of the file of
        people.
    lag : float
        Mean days of the treated from first event to start; those whose follow-up is not over count here.
    people : dict of str to int
        In the data, by group.
    left_out : list of (reason id, words, treated, comparators, rows in the file)
        Every reason, also those that apply to nobody.
    """

    table: DataTable
    lag: float
    people: dict[str, int]
    left_out: list[tuple[str, str, int, int, list[int]]]


def prepare(settings: IpwSettings, tables: dict[str, DataTable]) -> Prepared:
    """Make one record a person.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a column that is not there, a person twice, an event of an unknown person, a group or
        kind of event that the settings do not name, a date that is none; and, with ``on_impossible: stop``,
        people whose records cannot be used.
    """
    plan = settings.prepare
    assert plan is not None
    people, events = tables[plan.people.data], tables[plan.events.data]
    check_columns(plan, people, events)
    people.require(*([settings.cluster] if settings.cluster else []))
    histories = read_people(plan, people)
    dated = read_events(plan, people, events)
    grouped = dated.groupby("person")["date"]
    histories["first"] = histories["id"].map(grouped.min())
    histories["last"] = histories["id"].map(grouped.max())
    reason = _reasons(plan, histories)
    treated = histories["treated"]
    lags = (histories["start"] - histories["first"]).dt.days[treated & reason.eq("")]
    lag = float(lags.mean()) if len(lags) else 0.0
    histories.loc[~treated, "start"] = histories["first"] + pd.Timedelta(days=int(np.floor(lag + 0.5)))
    unfinished = reason.eq("") & (
        histories["start"] + pd.DateOffset(months=plan.follow_up.months) > pd.Timestamp(plan.end_of_data)
    )
    reason[unfinished] = "follow_up"
    left_out = _left_out(plan, reason, treated, people)
    kept = histories[reason.eq("")]
    frame = _records(settings, plan, kept, dated[dated["person"].isin(kept["id"])])
    if settings.cluster:
        frame[settings.cluster] = people.frame[settings.cluster]
    counts = {"treated": int(treated.sum()), "comparator": int((~treated).sum())}
    return Prepared(
        DataTable(frame, people.path, people.sha256, people.minimum_cell, people.rounding),
        lag,
        counts,
        left_out,
    )


def _reasons(plan: EventHistory, people: pd.DataFrame) -> pd.Series[Any]:
    """Return why a person cannot be used, the first reason that applies, or an empty text."""
    treated, first = people["treated"], people["first"]
    rules = {
        "no_start": treated & people["start"].isna(),
        "start_given": ~treated & people["start"].notna(),
        "no_birth": people["birth"].isna() if plan.age else pd.Series(False, index=people.index),
        "no_event": first.isna(),
        "before_birth": (first < people["birth"]) | (people["start"] < people["birth"]),
        "after_end": people["last"] > pd.Timestamp(plan.end_of_data),
        "start_first": treated & (people["start"] < first),
    }
    reason = pd.Series("", index=people.index, dtype=object)
    for name, applies in rules.items():
        reason[applies & reason.eq("")] = name
    return reason


def _words(plan: EventHistory) -> dict[str, str]:
    noun = plan.events.noun
    return {
        "no_start": translate("No start date"),
        "start_given": translate("Comparator with a start date"),
        "no_birth": translate("No date of birth"),
        "no_event": translate("No {noun} recorded", noun=noun),
        "before_birth": translate("{noun} or start before birth", noun=noun.capitalize()),
        "after_end": translate("{noun} after the end of the data", noun=noun.capitalize()),
        "start_first": translate("Start before the first {noun}", noun=noun),
        "follow_up": translate("Follow-up not complete"),
    }


def _left_out(
    plan: EventHistory, reason: pd.Series[Any], treated: pd.Series[Any], people: DataTable
) -> list[tuple[str, str, int, int, list[int]]]:
    """Return the reasons with their counts and rows; raise if the settings ask to stop."""
    found = []
    for name, words in _words(plan).items():
        who = reason.eq(name)
        found.append(
            (name, words, int((who & treated).sum()), int((who & ~treated).sum()), list(reason.index[who]))
        )
    if plan.on_impossible == "stop":
        raise_all(
            EvidentiaError(
                f"{len(rows)} people cannot be used: {words[0].lower()}{words[1:]}",
                where=people.where(rows),
                remedy="correct the records, or set prepare.on_impossible: exclude",
            )
            for _, words, _, _, rows in found
            if rows
        )
    return found


def _records(
    settings: IpwSettings, plan: EventHistory, people: pd.DataFrame, events: pd.DataFrame
) -> pd.DataFrame:
    """Return treatment, outcome, age and counts by person."""
    start = events["person"].map(people.set_index("id")["start"])
    before = events["date"] <= start
    after = ~before & (events["date"] <= start + pd.DateOffset(months=plan.follow_up.months))
    columns: dict[str, Any] = {
        settings.treatment: people["treated"].astype(int),
        settings.outcome: people["id"].isin(events["person"][after]).astype(int),
    }
    if plan.age:
        columns[plan.age] = (people["start"] - people["birth"]).dt.days / DAYS_A_YEAR
    for name, kinds in plan.counts.items():
        counted = before if kinds == "all" else before & events["kind"].isin(kinds)
        columns[name] = people["id"].map(events["person"][counted].value_counts()).fillna(0).astype(int)
    return pd.DataFrame(columns, index=people.index)
