"""Counts of people in the designs that are given aggregates: series, areas and lists."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from designs.benchmark.test_analyse import run as benchmark
from designs.ipw.samples import people
from designs.its.helpers_its import months, settings_of, table_of
from designs.listing.test_listing import TEXT
from designs.listing.test_listing import run as listing
from disclosure.adversary import known_numbers
from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.ipw.analyse import analyse as weigh
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.its.analyse import analyse
from evidentia.disclosure.stage import protect
from folders import RATES

Y = [40, 44, 39, 41, 47, 43, 45, 42, 46, 44, 41, 43, 52, 55, 51, 54, 58, 53]


def series(y, *, minimum_cell=10, rounding=0, **columns) -> DataTable:
    table = table_of(month=months(len(y)), y=y, **columns)
    return dataclasses.replace(table, minimum_cell=minimum_cell, rounding=rounding)


def test_a_small_month_stops_a_series_because_its_terms_would_give_it_away():
    with pytest.raises(EvidentiaError, match="1 months have counts below the minimum cell of 10") as fault:
        analyse(settings_of(), {"d": series([*Y[:3], 6, *Y[4:]])})
    assert "2017-07" in fault.value.where
    assert "join periods" in fault.value.remedy


@pytest.mark.parametrize("others", [3, 9])
def test_the_few_of_a_denominator_who_are_not_counted_are_small_too(others):
    table = series(Y, all=[*(value + 50 for value in Y[:-1]), Y[-1] + others])
    with pytest.raises(EvidentiaError, match="below the minimum cell"):
        analyse(settings_of(denominator="all"), {"d": table})


def test_a_series_of_large_counts_is_published_and_its_periods_count_nobody():
    result = analyse(settings_of(), {"d": series(Y)})
    assert protect(result, 20) == result  # 18 months are no 18 people


def test_a_series_is_rounded_before_it_is_analysed():
    result = analyse(settings_of(), {"d": series(Y, rounding=5)})
    observed = [number.value for number in result.numbers if number.id.startswith("observed.")]
    assert len(observed) == len(Y)
    assert all(value % 5 == 0 for value in observed)
    fitted = np.array(result.frames["series"].column("fitted")) + np.array(
        result.frames["series"].column("residual")
    )
    assert fitted == pytest.approx(observed)


def test_a_small_count_of_an_area_goes_with_its_changes_and_from_the_chart(tmp_path):
    result, _ = benchmark(
        tmp_path, RATES.replace("per_10000", "count").replace("Hereford,44.0", "Hereford,3")
    )
    protected = protect(result, 10)
    values = {number.id: number.value for number in protected.numbers}
    assert (values["calls.2019.area"], values["calls.2020.area"], values["calls.change.2019_2020.area"]) == (
        40,
        None,
        None,
    )
    frame = protected.frames["calls"]
    assert frame.column("area") == [40, None]
    assert values["calls.2020.neighbours_n"] == 3  # areas are no people


def test_counts_of_areas_are_rounded_with_their_changes(tmp_path):
    result, _ = benchmark(
        tmp_path, RATES.replace("per_10000", "count").replace("Hereford,44.0", "Hereford,61")
    )
    values = {number.id: number.value for number in protect(result, 5, 10).numbers}
    assert (values["calls.2019.area"], values["calls.2020.area"], values["calls.change.2019_2020.area"]) == (
        40,
        60,
        20,
    )


def test_a_small_count_of_a_list_is_suppressed_in_the_number_and_in_the_table(tmp_path):
    _, result, _ = listing(tmp_path, TEXT.replace("people,33", "people,3"))
    protected = protect(result, 5)
    number = next(number for number in protected.numbers if number.id == "visits_1.people")
    assert (number.value, number.suppressed) == (None, "c")
    assert [row[2] for row in protected.frames["values"].rows if row[:2] == ["visits_1", "people"]] == [None]


def test_the_few_of_a_control_series_who_are_not_counted_are_small_too():
    table = series(
        Y, all=[value + 50 for value in Y], there=Y, there_all=[*(value + 50 for value in Y[:-1]), Y[-1] + 3]
    )
    control = {"outcome": "there", "denominator": "there_all"}
    with pytest.raises(EvidentiaError, match="below the minimum cell"):
        analyse(settings_of(denominator="all", control=control), {"d": table})


def test_the_mean_days_before_the_start_go_where_those_without_a_full_follow_up_are_few():
    frame = people(120, seed=4).assign(person=[f"p{n}" for n in range(120)])
    born = {"group": np.where(frame["treated"] == 1, "new", "old"), "born": "2004-01"}
    start = pd.Timestamp("2019-01-01") + pd.to_timedelta(np.arange(120) % 50, unit="D")
    start = start.where(
        ~frame["person"].isin(frame.loc[frame["treated"] == 1, "person"].iloc[:3]), pd.Timestamp("2020-06-01")
    )
    who = frame[["person"]].assign(
        **born, start=np.where(frame["treated"] == 1, start.strftime("%Y-%m-%d"), None)
    )
    first = (start - pd.to_timedelta(10 + np.arange(120) % 7, unit="D")).strftime("%Y-%m-%d")
    later = start + pd.to_timedelta(20 + np.arange(120) % 300, unit="D")
    events = pd.DataFrame(
        {
            "person": [*who["person"], *who["person"]],
            "date": [*first, *later.strftime("%Y-%m-%d")],
            "kind": "theft",
        }
    )
    events = events[events["date"] <= "2020-06-30"]
    plan = {
        "kind": "event_history",
        "people": {
            "data": "people",
            "id": "person",
            "treated": "new",
            "comparator": "old",
            "birth_month": "born",
            "start": "start",
        },
        "events": {"data": "events", "noun": "arrest"},
        "age": "age",
        "counts": {"any": "all"},
        "follow_up": {"months": 6},
        "end_of_data": "2020-06-30",
    }
    settings = {
        "design": "ipw",
        "prepare": plan,
        "treatment": "helped",
        "outcome": "again",
        "covariates": ["age"],
        "bootstrap": {"replicates": 0},
    }
    tables = {
        name: DataTable(frame.set_axis(pd.RangeIndex(2, len(frame) + 2)), f"data/{name}.csv", "sha256:0", 5)
        for name, frame in (("people", who), ("events", events))
    }
    result = weigh(IpwSettings.model_validate(settings), tables)
    values = {number.id: number.value for number in result.numbers}
    assert values["flow.follow_up.treated"] == 3
    numbers = known_numbers(protect(result, 5))
    assert not {"lag.mean", "flow.analysed.treated"} <= numbers.keys()
