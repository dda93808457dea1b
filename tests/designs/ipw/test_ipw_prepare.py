import copy

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import read_table
from evidentia.designs.ipw.prepare import prepare
from evidentia.designs.ipw.settings import IpwSettings

SETTINGS = {
    "design": "ipw",
    "prepare": {
        "kind": "event_history",
        "people": {"data": "people", "treated": "new", "comparator": "old", "birth_month": "born"},
        "events": {"data": "events", "noun": "arrest"},
        "age": "age",
        "counts": {"any": "all", "fights": ["fight"]},
        "follow_up": {"months": 6},
        "end_of_data": "2020-06-30",
    },
    "treatment": "supported",
    "outcome": "again",
    "covariates": ["age", "any", "fights"],
}
PEOPLE = """id,born,group,start_date
a,2004-01,new,2019-03-01
b,2003-07,new,2019-05-11
c,2002-12,old,
d,2004-05,old,
"""
# lags of the treated: 10 and 20 days, so comparators start 15 days after their first event
EVENTS = """person,date,kind
a,2019-02-19,fight
a,2019-03-01,theft
a,2019-09-01,theft
b,2019-04-21,theft
b,2019-11-12,fight
c,2017-01-01,fight
c,2017-01-16,fight
c,2017-01-17,theft
d,2017-03-01,theft
"""


def run(folder, people=PEOPLE, events=EVENTS, **changes):
    raw = copy.deepcopy(SETTINGS)
    raw["prepare"].update(changes)
    (folder / "people.csv").write_text(people)
    (folder / "events.csv").write_text(events)
    tables = {name: read_table(folder, f"{name}.csv", None) for name in ("people", "events")}
    return prepare(IpwSettings.model_validate(raw), tables)


def test_events_up_to_the_start_describe_and_later_ones_within_the_follow_up_are_the_outcome(tmp_path):
    made = run(tmp_path)
    frame = made.table.frame
    assert made.lag == 15
    assert frame["supported"].tolist() == [1, 1, 0, 0]
    assert frame["any"].tolist() == [2, 1, 2, 1]  # the event on the day of the start counts as before it
    assert frame["fights"].tolist() == [1, 0, 2, 0]
    # a: the last day of the 6 months counts; b: a day too late; c: the day after the start (16 January); d:
    # none
    assert frame["again"].tolist() == [1, 0, 1, 0]


def test_age_is_counted_in_years_from_the_middle_of_the_month_of_birth(tmp_path):
    age = run(tmp_path).table.frame["age"]
    assert age.iloc[0] == pytest.approx(
        (15 * 365 + 4 - 14 + 31 + 28) / 365.25
    )  # 15 January 2004 to 1 March 2019
    assert age.iloc[2] == pytest.approx(14 + 32 / 365.25, abs=0.01)  # 15 December 2002 to 16 January 2017


@pytest.mark.parametrize(
    ("people", "events", "reason"),
    [
        ("e,2003-01,new,2019-04-01\n", "", "no_event"),
        ("e,2003-01,old,\n", "", "no_event"),
        ("e,2003-01,new,2019-04-01\n", "e,2019-04-02,theft\n", "start_first"),
        ("e,2003-01,old,\n", "e,2017-01-01,theft\ne,2020-07-01,theft\n", "after_end"),
        ("e,2003-01,new,2020-01-15\n", "e,2019-12-31,theft\n", "follow_up"),
        ("e,2003-01,new,\n", "e,2019-01-01,theft\n", "no_start"),
        ("e,2003-01,old,2017-02-01\n", "e,2017-01-01,theft\n", "start_given"),
        ("e,,old,\n", "e,2017-01-01,theft\n", "no_birth"),
        ("e,2018-01,old,\n", "e,2017-01-01,theft\n", "before_birth"),
    ],
)
def test_impossible_person_is_left_out_counted_once_by_reason_and_found_by_row(
    tmp_path, people, events, reason
):
    made = run(tmp_path, PEOPLE + people, EVENTS + events)
    assert {name: rows for name, _, _, _, rows in made.left_out if rows} == {reason: [6]}
    assert sum(made.people.values()) == len(made.table.frame) + 1
    assert made.lag == 15  # those left out for their records do not move the others


def test_impossible_person_stops_the_analysis_where_the_configuration_says_so(tmp_path):
    with pytest.raises(EvidentiaError, match="no arrest recorded") as caught:
        run(tmp_path, PEOPLE + "e,2003-01,old,\n", on_impossible="stop")
    assert caught.value.where == "people.csv, row 6"
    assert "on_impossible: exclude" in caught.value.remedy


@pytest.mark.parametrize(
    ("people", "events", "what", "where"),
    [
        (PEOPLE + "a,2003-01,old,\n", EVENTS, "a person stands 2 times", "people.csv, rows 2, 6, column id"),
        (
            PEOPLE,
            EVENTS + "x,2017-01-01,theft\n",
            "people.csv does not have",
            "events.csv, row 11, column person",
        ),
        (
            PEOPLE + "e,2003-01,odd,\n",
            EVENTS,
            "neither 'new' nor 'old', but 'odd'",
            "people.csv, row 6, column group",
        ),
        (
            PEOPLE,
            EVENTS + "a,2017-31-01,theft\n",
            "'2017-31-01' is not a date",
            "events.csv, row 11, column date",
        ),
        (
            PEOPLE,
            EVENTS.replace("fight", "fihgt"),
            "no record is of the kind 'fight'",
            "events.csv, column kind",
        ),
    ],
)
def test_faulty_records_are_named_with_file_rows_and_column(tmp_path, people, events, what, where):
    with pytest.raises(EvidentiaError, match=what) as caught:
        run(tmp_path, people, events)
    assert caught.value.where == where
    assert caught.value.remedy


def test_kind_that_the_data_lack_gets_the_nearest_name(tmp_path):
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, counts={"fights": ["fights"]})
    assert caught.value.remedy == "did you mean 'fight'?"
