import datetime

import pytest

from evidentia.designs.its.periods import Period, Spacing, on_one_scale, parse_period, usual_step


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018-04", Period("month", 2018 * 12 + 3)),
        ("201804", Period("month", 2018 * 12 + 3)),
        (" 2018-04 ", Period("month", 2018 * 12 + 3)),
        ("2018-Q2", Period("quarter", 2018 * 12 + 3)),
        ("2018 Q2", Period("quarter", 2018 * 12 + 3)),
        ("2018", Period("year", 2018)),
        (2018, Period("year", 2018)),
        (7.0, Period("number", 7)),
        ("2018-04-01", Period("day", datetime.date(2018, 4, 1).toordinal())),
        (datetime.datetime(2018, 4, 1), Period("day", datetime.date(2018, 4, 1).toordinal())),
    ],
)
def test_each_form_of_a_period_is_read(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text", ["2018-13", "2018-00", "2018-02-30", "April 2018", "01/04/2018", "", "2018-Q5", 7.5]
)
def test_what_is_no_period_is_none(text):
    assert parse_period(text) is None


def days(*texts):
    return [parse_period(text) for text in texts]


@pytest.mark.parametrize(
    "texts", [("2018-01-31", "2018-02-28", "2018-03-31"), ("2018-01-01", "2018-02-01", "2018-03-01")]
)
def test_days_at_the_same_place_of_each_month_are_months(texts):
    assert [period.ordinal - 2018 * 12 for period in on_one_scale(days(*texts))] == [0, 1, 2]


def test_numbers_beyond_1000_are_years_only_if_all_are():
    assert {period.kind for period in on_one_scale(days("998", "999", "1000"))} == {"number"}
    assert {period.kind for period in on_one_scale(days("1998", "1999", "2000"))} == {"year"}


def test_days_a_week_apart_stay_days():
    assert [period.kind for period in on_one_scale(days("2018-01-01", "2018-01-08", "2018-01-15"))] == [
        "day"
    ] * 3


@pytest.mark.parametrize(
    ("kind", "step", "noun", "season"),
    [
        ("month", 1, "month", 12),
        ("quarter", 3, "quarter", 4),
        ("month", 3, "quarter", 4),
        ("month", 12, "year", None),
        ("day", 1, "day", 365.25),
        ("day", 7, "week", 365.25 / 7),
        ("year", 1, "year", None),
        ("number", 1, "period", 12),
    ],
)
def test_a_spacing_knows_its_noun_and_how_many_periods_make_a_year(kind, step, noun, season):
    assert (Spacing(kind, step).noun, Spacing(kind, step).season) == (noun, season)


@pytest.mark.parametrize("text", ["2018-04", "2018-Q4", "2018-04-09", "2018"])
def test_a_label_is_the_period_in_its_own_form(text):
    period = parse_period(text)
    assert Spacing(period.kind, 1).label(period.ordinal) == text


def test_the_usual_step_is_the_most_frequent_one_whatever_the_order():
    assert usual_step([10, 7, 4, 1, 16]) == 3
    assert usual_step([1, 2, 4]) == 1
    assert usual_step([5]) == 1


def test_a_day_falls_into_its_month_and_a_year_has_no_place_among_months():
    months = Spacing("month", 1)
    assert months.place(parse_period("2018-04-17")) == 2018 * 12 + 3
    assert months.place(parse_period("2018")) is None
