"""Periods as statistics write them: financial years, their quarters, ISO weeks, dates in a format of their
own.
"""

import pytest

from designs.its.helpers_its import months, numbers, run, table_of
from evidentia.core.errors import EvidentiaError
from evidentia.data.source import Source
from evidentia.data.table import read_table
from evidentia.designs.its.periods import parse_period

COUNTS = [31, 33, 30, 34, 35, 33, 36, 41, 42, 40, 44, 45]


@pytest.mark.parametrize(
    ("periods", "intervention", "label"),
    [
        ([f"20{year:02}-{year + 1:02}" for year in range(12)], "2007-08", "2007/08"),  # each could be a month
        ([f"20{year:02}{year + 1:02}" for year in range(12)], "200708", "2007/08"),
        ([2000 * 100 + year * 101 + 1 for year in range(12)], "2007/08", "2007/08"),
        ([f"20{year:02}/{year + 1:02}" for year in range(8, 20)], "2015/16", "2015/16"),
        ([f"20{year:02}/20{year + 1:02}" for year in range(8, 20)], "2015/16", "2015/16"),
        (
            [f"20{18 + place // 4}/{19 + place // 4} Q{place % 4 + 1}" for place in range(12)],
            "2019/20 Q4",
            "2019/20 Q4",
        ),
        (
            [f"2020-W{week:02}" for week in range(46, 54)] + [f"2021-W{week:02}" for week in range(1, 5)],
            "2020-W53",
            "2020-W53",
        ),
    ],
)
def test_years_quarters_and_weeks_follow_each_other(periods, intervention, label):
    found = numbers(table_of(month=periods, y=COUNTS), intervention=intervention)
    assert found["n.periods"] == 12
    assert found["n.pre"] == 7
    assert found["period.intervention"] == label


def test_the_same_numbers_whatever_the_periods_are_called():
    by_year = numbers(
        table_of(month=[f"20{year:02}-{year + 1:02}" for year in range(12)], y=COUNTS), intervention="2007-08"
    )
    by_month = numbers(table_of(month=months(12), y=COUNTS), intervention="2017-11")
    assert by_year["level_change.estimate"] == by_month["level_change.estimate"]


def test_months_stay_months_where_one_could_not_be_a_year():
    assert (
        numbers(table_of(month=months(12, "2000-01"), y=COUNTS), intervention="2000-08")[
            "period.intervention"
        ]
        == "2000-08"
    )


@pytest.mark.parametrize("text", ["2018/20", "2018-W54", "2019-W53", "201820", "2018/19 Q5", "18/19"])
def test_what_only_looks_like_a_period_is_none(text):
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("periods", "form"),
    [
        (["03/05/2018", "03/06/2018", "03/07/2018", "13/08/2018"], "%d/%m/%Y"),
        (["May-18", "Jun-18", "Jul-18", "Aug-18"], "%b-%y"),
        (["01-05-18", "01-06-18", "01-07-18", "01-08-18"], "%d-%m-%y"),
        ([43221, 43252, 43282, 43313], "excel"),
    ],
)
def test_an_unread_date_shows_the_format_to_give(periods, form):
    with pytest.raises(EvidentiaError) as caught:
        numbers(table_of(month=periods * 3, y=COUNTS))
    assert f'"format": "{form}"' in str(caught.value)


def test_symbols_of_official_statistics_are_missing_and_low_is_zero(tmp_path):
    rows = [f"20{year:02}{year + 1:02},Financial year,National,England,{year}" for year in range(8, 20)]
    head = "time_period,time_identifier,geographic_level,country_name,n\n"
    text = head + "\n".join(rows)
    (tmp_path / "s.csv").write_text(text.replace("England,9\n", "England,low\n"))
    table = read_table(tmp_path, "s.csv", None, Source(format="ees"))
    assert table.amounts("n").tolist()[:3] == [8, 0, 10]
    (tmp_path / "s.csv").write_text(text.replace("England,9\n", "England,c\n"))
    table = read_table(tmp_path, "s.csv", None, Source(format="ees"))
    with pytest.raises(EvidentiaError, match="1 value of the series is missing, the first in 2009/10"):
        run(table, time="time_period", outcome="n", intervention="2015/16")
