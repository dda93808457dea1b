"""The two files of an event history, read and checked: people, and what happened to them when."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.cells import as_texts
from evidentia.data.dates import how_to_write
from evidentia.data.ids import how_they_meet, id_texts
from evidentia.data.people import person_faults
from evidentia.data.table import DataTable
from evidentia.designs.ipw.settings import EventHistory

TO_MIDDLE_OF_MONTH = 14  # days from the first to the fifteenth


def check_columns(plan: EventHistory, people: DataTable, events: DataTable) -> None:
    """Raise if a column that the plan names is not there."""
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


def read_people(plan: EventHistory, table: DataTable) -> pd.DataFrame:
    """Return id, treated, start and birth by person, or say what is wrong with the file."""
    who = plan.people
    id, group = id_texts(table.frame[who.id]), table.frame[who.group]
    faults = [*person_faults(table, who.id, id)]
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


def read_events(plan: EventHistory, people: DataTable, table: DataTable) -> pd.DataFrame:
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
