"""What the design says of data and settings that it cannot take: what is wrong, the file, the row, and what
to do.
"""

import pytest
from pydantic import ValidationError

from designs.its.helpers_its import months, run, settings_of, table_of
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.designs.its.series import read_series

Y = [31, 28, 35, 30, 33, 29, 34, 36, 27, 30, 32, 31, 25, 27, 24, 28, 22, 26, 25, 23, 27, 24, 22, 26]


def faulty(change, **settings) -> EvidentiaError:
    """Return the error that a change of good columns leads to."""
    columns = {"month": months(24), "y": list(Y), "all": [100] * 24}
    columns = change(columns) or columns
    with pytest.raises(EvidentiaError) as caught:
        run(table_of(**columns), **settings)
    return caught.value


def put(column, place, value):
    def change(columns):
        columns[column][place] = value

    return change


def without(*places):
    return lambda columns: {
        name: [v for i, v in enumerate(values) if i not in places] for name, values in columns.items()
    }


def assert_says(error, what, where, remedy):
    assert what in error.what
    assert where in error.where
    assert error.where.startswith("data/series.csv")
    assert remedy in error.remedy


def test_a_missing_month_is_named_with_the_rows_round_the_gap():
    assert_says(
        faulty(without(9)), "the month 2018-01 is missing", "rows 10, 11, column month", "exclude: [2018-01]"
    )


def test_a_run_of_missing_months_is_named_by_its_ends():
    assert "the months from 2017-07 to 2017-09 are missing" in faulty(without(3, 4, 5)).what


def test_each_of_several_gaps_is_said_in_one_go():
    error = faulty(without(3, 9))
    assert isinstance(error, Problems)
    assert [fault.what for fault in error.faults] == [
        "the month 2017-07 is missing",
        "the month 2018-01 is missing",
    ]


def test_a_doubled_month_is_named_with_both_rows():
    error = faulty(lambda columns: {name: [*values, values[4]] for name, values in columns.items()})
    assert_says(error, "the month 2017-08 stands 2 times", "rows 6, 26, column month", "keep one")


def test_months_out_of_order_are_sorted_and_it_is_said():
    order = [*range(5, 24), *range(5)]
    shuffled = table_of(month=[months(24)[i] for i in order], y=[Y[i] for i in order])
    result = run(shuffled)
    assert result.notes == [
        "data/series.csv, row 21: the month 2017-04 stands after a later one; the rows were put in the order"
        " of time"
    ]
    plain = run(table_of(month=months(24), y=Y))
    assert [number.value for number in result.numbers] == [number.value for number in plain.numbers]
    assert plain.notes == []


@pytest.mark.parametrize("cell", ["2018-13", "soon", "01/07/2017"])
def test_a_date_that_is_none_is_named(cell):
    assert_says(
        faulty(put("month", 3, cell)),
        f"'{cell}' is not a period",
        "row 5, column month",
        "2018-04 for a month",
    )


def test_an_empty_date_is_named():
    assert_says(
        faulty(put("month", 3, None)), "a period is missing", "row 5, column month", "2018-04 for a month"
    )


def test_two_forms_of_period_are_not_mixed():
    assert_says(faulty(put("month", 3, "2017-07-01")), "has another form", "row 5, column month", "one form")


def test_uneven_spacing_is_named():
    weeks = [f"2018-01-{day:02d}" for day in (1, 8, 15, 22, 29)] + ["2018-02-05", "2018-02-12", "2018-02-20"]
    with pytest.raises(EvidentiaError, match="not evenly spaced: 2018-02-12 is followed by 2018-02-20"):
        run(table_of(month=weeks, y=Y[:8]), intervention="2018-01-29")


def test_a_denominator_of_zero_is_named():
    assert_says(
        faulty(put("all", 6, 0), denominator="all"), "the denominator is 0", "row 8, column all", "above 0"
    )


@pytest.mark.parametrize("family", ["gaussian", "quasibinomial", "poisson"])
def test_a_denominator_below_the_outcome_is_named(family):
    error = faulty(put("all", 6, 20), denominator="all", family=family)
    assert_says(error, "the denominator 20 is below the outcome 34", "row 8, column all", "offset")


@pytest.mark.parametrize(
    "settings", [{}, {"family": "poisson"}, {"denominator": "all"}, {"family": "negative_binomial"}]
)
def test_a_negative_count_is_named(settings):
    assert_says(faulty(put("y", 6, -34), **settings), "the count -34 is negative", "row 8, column y", "")


def test_measures_may_be_negative_and_whole_ones_after_saying_so():
    measures = [value - 30.5 for value in Y]
    assert run(table_of(month=months(24), y=measures)).numbers
    assert run(table_of(month=months(24), y=[value - 30 for value in Y]), allow_negative=True).numbers


def test_a_count_that_is_not_whole_is_named():
    assert_says(
        faulty(put("y", 6, 34.5), family="poisson"),
        "34.5 is not a whole number",
        "row 8, column y",
        "quasipoisson",
    )


def test_an_offset_without_logarithm_is_named():
    assert_says(
        faulty(put("all", 6, 0), offset="all", family="poisson"),
        "the offset is 0",
        "row 8, column all",
        "above 0",
    )


def test_an_outcome_that_is_missing_or_no_number_is_named():
    assert_says(
        faulty(put("y", 6, None)), "1 value of the series is missing", "row 8, column y", "exclude: [2017-10]"
    )
    assert_says(faulty(put("y", 6, "many")), "'many' is not a number", "row 8, column y", "")


def test_shares_above_one_are_named():
    assert_says(
        faulty(lambda columns: None, family="quasibinomial"),
        "is not a share from 0 to 1",
        "column y",
        "denominator",
    )


@pytest.mark.parametrize("month", ["2016-01", "2021-04"])
def test_an_intervention_outside_the_series_is_named_with_its_ends(month):
    error = faulty(lambda columns: None, intervention=month)
    assert_says(
        error,
        "outside the series, which runs from 2017-04 to 2019-03",
        "rows 2, 25",
        "from 2017-07 to 2019-01",
    )


@pytest.mark.parametrize(
    ("month", "what"),
    [
        ("2017-04", "0 months before"),
        ("2017-05", "1 month before"),
        ("2017-06", "2 months before"),
        ("2019-02", "2 months from"),
    ],
)
def test_fewer_than_three_periods_on_a_side_are_counted(month, what):
    error = faulty(lambda columns: None, intervention=month)
    assert_says(
        error,
        f"{what} the intervention {month}; the model needs 3 on each side",
        "row",
        "from 2017-07 to 2019-01",
    )


def test_three_periods_on_a_side_are_enough():
    table = table_of(month=months(6), y=[3, 5, 4, 9, 7, 8])
    assert read_series(settings_of(intervention="2017-07"), table).n_post == 3
    assert len(run(table, intervention="2017-07").numbers) > 100


def test_an_intervention_between_two_periods_is_named_with_both():
    quarters = [f"{year}-Q{quarter}" for year in (2016, 2017, 2018) for quarter in (1, 2, 3, 4)]
    with pytest.raises(EvidentiaError) as caught:
        run(table_of(month=quarters, y=Y[:12]), intervention="2017-08")
    assert_says(caught.value, "2017-08 is not a quarter of the series", "rows 2, 13", "to 2017-Q3 or 2017-Q4")


def test_a_season_needs_two_years():
    error = faulty(without(23), fourier=1)
    assert_says(
        error, "23 months are less than two years", "rows 2, 24", "at least 24 months, or set fourier: 0"
    )


def test_a_season_has_no_more_harmonics_than_half_its_periods():
    assert_says(faulty(lambda columns: None, fourier=7), "7 pairs of harmonics", "rows 2, 25", "6 or less")


def test_a_whole_season_cannot_be_told_from_a_jump_after_one_year_of_two():
    assert_says(
        faulty(lambda columns: None, fourier=6),
        "cannot be told from the trend and the jump",
        "rows 2, 25",
        "smaller fourier",
    )


def test_years_have_no_season():
    years = table_of(month=list(range(2000, 2012)), y=Y[:12])
    with pytest.raises(EvidentiaError, match="too long to see a season"):
        run(years, intervention=2006, fourier=1)


def test_a_placebo_lies_before_the_intervention():
    error = faulty(lambda columns: None, placebo="2018-06")
    assert_says(error, "outside the part before the intervention", "rows 2, 13", "from 2017-07 to 2018-01")


def test_an_absent_column_is_named_with_those_that_nothing_uses():
    error = faulty(lambda columns: columns.update(count=columns["y"]), outcome="mont")
    assert error.what == "the column 'mont', which 'outcome' names, is missing"
    assert error.remedy.startswith("columns that are there and not used: ")
    assert "count" in error.remedy
    assert "month" not in error.remedy  # which 'time' names
    assert (
        "did you mean 'count'?"
        in faulty(lambda columns: columns.update(count=columns["y"]), outcome="coutn").remedy
    )


def test_a_series_without_variation_is_refused():
    error = faulty(lambda columns: {**columns, "y": [5] * 24})
    assert_says(error, "does not vary about its two lines", "column y", "observed")


def test_counts_that_cease_halfway_through_a_segment_are_said_to_be_without_a_poisson_model():
    error = faulty(lambda columns: {**columns, "y": [0] * 11 + [5] + Y[12:]}, family="poisson")
    assert_says(error, "the poisson model does not converge", "column y", "all 0")


def test_a_value_fault_and_a_gap_are_said_in_one_go():
    def change(columns):
        columns["y"][3] = -1
        return without(9)(columns)

    error = faulty(change)
    assert isinstance(error, Problems)
    assert len(error.faults) == 2


@pytest.mark.parametrize(
    "settings",
    [
        {"errors": "ar1", "family": "poisson"},
        {"offset": "all"},
        {"offset": "all", "denominator": "all", "family": "poisson"},
        {"intervention": "April"},
        {"fourier": -1},
        {"confidence": 1.0},
    ],
)
def test_settings_that_cannot_stand_together_are_refused(settings):
    with pytest.raises(ValidationError):
        settings_of(**settings)
