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

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.language import translate
from evidentia.data.cells import as_texts
from evidentia.data.dates import how_to_write
from evidentia.data.ids import how_they_meet, id_texts
from evidentia.data.table import DataTable
from evidentia.designs.ipw.settings import EventHistory, IpwSettings

DAYS_A_YEAR = 365.25
TO_MIDDLE_OF_MONTH = 14  # days from the first to the fifteenth


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
    _check_columns(plan, people, events)
    people.require(*([settings.cluster] if settings.cluster else []))
    histories = _people(plan, people)
    dated = _events(plan, people, events)
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


def _check_columns(plan: EventHistory, people: DataTable, events: DataTable) -> None:
    who = plan.people
    people.require(who.id, who.group, who.start, *filter(None, (who.birth_month, who.birth_date)))
    events.require(plan.events.person, plan.events.date, *([plan.events.kind] if _kinds(plan) else []))


def _kinds(plan: EventHistory) -> list[str]:
    return [kind for kinds in plan.counts.values() if kinds != "all" for kind in kinds]


def _dates(table: DataTable, column: str) -> pd.Series[Any]:
    """Return a column as days; a month stands for its first day."""
    raw = table.frame[column]
    if pd.api.types.is_datetime64_any_dtype(raw):
        return raw.dt.normalize()
    texts = as_texts(raw)
    dates = pd.to_datetime(texts.where(texts != "", None), format="ISO8601", errors="coerce")
    wrong = dates.isna() & raw.notna()
    if wrong.any():
        raise EvidentiaError(
            f"'{texts[wrong].iloc[0]}' is not a date",
            where=table.where(raw.index[wrong], column),
            remedy=how_to_write(list(texts[wrong]), column),
        )
    return dates.dt.normalize()


def _people(plan: EventHistory, table: DataTable) -> pd.DataFrame:
    """Return id, treated, start and birth by person, or say what is wrong with the file."""
    who, faults = plan.people, []
    id, group = id_texts(table.frame[who.id]), table.frame[who.group]
    if id.isna().any():
        faults.append(
            EvidentiaError(
                "a person has no id", where=table.where(id.index[id.isna()], who.id), remedy="give one"
            )
        )
    doubled = id.duplicated(keep=False) & id.notna()
    if doubled.any():
        faults.append(
            EvidentiaError(
                f"{id[doubled].nunique()} people stand more than once",
                where=table.where(id.index[doubled], who.id),
                remedy="keep one row a person",
            )
        )
    other = ~group.isin([who.treated, who.comparator])
    if other.any():
        found = ", ".join(f"'{value}'" for value in list(dict.fromkeys(group[other].astype(str)))[:5])
        faults.append(
            EvidentiaError(
                f"the group is neither '{who.treated}' nor '{who.comparator}', but {found}",
                where=table.where(group.index[other], who.group),
                remedy="correct the rows, or prepare.people in config.yaml",
            )
        )
    raise_all(faults)
    if who.birth_month:
        birth = _dates(table, who.birth_month) + pd.Timedelta(days=TO_MIDDLE_OF_MONTH)
    else:
        birth = _dates(table, who.birth_date) if who.birth_date else pd.Series(pd.NaT, index=id.index)
    start = _dates(table, who.start).astype("datetime64[ns]")
    return pd.DataFrame(
        {"id": id, "treated": group == who.treated, "start": start, "birth": birth.astype("datetime64[ns]")}
    )


def _events(plan: EventHistory, people: DataTable, table: DataTable) -> pd.DataFrame:
    """Return person, date and kind by event, or say what is wrong with the file."""
    what, faults = plan.events, []
    person, dates = id_texts(table.frame[what.person]), _dates(table, what.date)
    known = id_texts(people.frame[plan.people.id])
    unknown = ~person.isin(known)
    if unknown.any():
        how = how_they_meet(set(person.dropna()), set(known.dropna()))
        faults.append(
            EvidentiaError(
                f"{int(unknown.sum())} records are of people whom {people.path} does not have",
                where=table.where(person.index[unknown], what.person),
                remedy=(
                    f"{how}; add the people to {people.path}, or take these rows out"
                    if how
                    else f"add the people to {people.path}, or take these rows out"
                ),
            )
        )
    if dates.isna().any():
        faults.append(
            EvidentiaError(
                "a date is missing",
                where=table.where(dates.index[dates.isna()], what.date),
                remedy="fill it in",
            )
        )
    kinds = table.frame[what.kind] if _kinds(plan) else pd.Series("", index=person.index)
    for kind in dict.fromkeys(_kinds(plan)):
        if not kinds.eq(kind).any():
            faults.append(
                EvidentiaError(
                    f"no record is of the kind '{kind}', which prepare.counts asks for",
                    where=table.where(column=what.kind),
                    remedy=did_you_mean(kind, map(str, kinds.dropna().unique())),
                )
            )
    raise_all(faults)
    return pd.DataFrame({"person": person, "date": dates, "kind": kinds})


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
