import copy

import pandas as pd
import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import read_table
from evidentia.designs.benchmark.analyse import analyse
from evidentia.designs.benchmark.settings import BenchmarkSettings
from folders import MINIMAL, RATES


def run(tmp_path, text=RATES, **indicator):
    raw = copy.deepcopy(MINIMAL["analyses"]["rates"])
    raw["indicators"]["calls"].update(indicator)
    settings = BenchmarkSettings.model_validate(raw)
    (tmp_path / "rates.csv").write_text(text)
    result = analyse(settings, {"rates": read_table(tmp_path, "rates.csv", None)})
    return result, {number.id: number for number in result.numbers}


def test_area_neighbours_and_nation_are_as_computed_by_hand(tmp_path):
    _, numbers = run(tmp_path)
    assert numbers["calls.2019.area"].value == 40.0
    assert numbers["calls.2019.neighbours"].value == 60.0  # (50 + 70) / 2: Northshire has no value
    assert numbers["calls.2019.neighbours_n"].value == 2
    assert numbers["calls.2020.neighbours"].value == 60.0  # (52 + 71 + 57) / 3
    assert numbers["calls.2020.neighbours_n"].value == 3
    assert numbers["calls.2020.nation"].value == 56.0


def test_changes_are_later_minus_earlier(tmp_path):
    _, numbers = run(tmp_path)
    assert numbers["calls.change.2019_2020.area"].value == 4.0
    assert numbers["calls.change.2019_2020.nation"].value == 0.5
    assert numbers["calls.change.2019_2020.nation"].unit == "rate_per_10000"


def test_percentages_become_proportions_and_their_changes_percentage_points(tmp_path):
    text = RATES.replace("per_10000", "percent").replace(",40.0,", ",10.1,").replace(",44.0,", ",6.7,")
    _, numbers = run(tmp_path, text)
    assert numbers["calls.2019.area"].value == 0.101
    assert numbers["calls.2019.area"].unit == "proportion"
    change = numbers["calls.change.2019_2020.area"]
    assert (change.value, change.unit) == (-0.034, "percentage_points")


def test_a_gap_stays_a_gap(tmp_path):
    text = RATES.replace("calls,2019,year,Hereford,40.0,per_10000,Release A\n", "")
    result, numbers = run(tmp_path, text)
    assert "calls.2019.area" not in numbers
    assert "calls.change.2019_2020.area" not in numbers
    assert result.frames["calls"].column("area") == [None, 44.0]


def test_part_years_are_multiplied_by_twelve_over_the_months_and_say_so(tmp_path):
    _, numbers = run(tmp_path, months={2020: 10})
    assert numbers["calls.2020.area"].value == pytest.approx(44.0 * 12 / 10)
    assert "10 months" in numbers["calls.2020.area"].label
    assert numbers["calls.2020.nation"].value == 56.0  # the others cover the year


def test_part_years_are_read_from_the_period_in_the_data(tmp_path):
    _, numbers = run(
        tmp_path, RATES.replace("calls,2020,year,Hereford", "calls,2020,9 months to December,Hereford")
    )
    assert numbers["calls.2020.area"].value == pytest.approx(44.0 * 12 / 9)


def test_a_part_years_percentage_is_not_scaled(tmp_path):
    _, numbers = run(tmp_path, RATES.replace("per_10000", "percent"), months={2020: 10})
    assert numbers["calls.2020.area"].value == 0.44
    assert "covers 10 months" in numbers["calls.2020.area"].label


def test_others_are_scaled_to_the_areas_population(tmp_path):
    people = "".join(
        f"people,2020,mid,{area},{count},count,Release B\n"
        for area, count in {"Hereford": 1000, "Eastshire": 2000, "Westshire": 500, "Wales": 10000}.items()
    )
    text = RATES.replace("per_10000", "count") + people
    _, numbers = run(tmp_path, text, scale_to="people")
    assert numbers["calls.2020.area"].value == 44
    assert numbers["calls.2020.nation"].value == pytest.approx(5.6)
    assert numbers["calls.2020.neighbours"].value == pytest.approx(
        (52 / 2 + 71 * 2) / 2
    )  # Northshire has no population
    assert numbers["calls.2020.neighbours_n"].value == 2


def test_a_second_mean_leaves_out_the_named_neighbours(tmp_path):
    _, numbers = run(tmp_path, without=["Westshire"])
    assert numbers["calls.2020.neighbours_without"].value == pytest.approx(54.5)
    assert "without Westshire" in numbers["calls.2020.neighbours_without"].label


def test_a_target_is_taken_from_the_configuration_and_none_is_invented(tmp_path):
    _, without = run(tmp_path)
    assert not any(id.endswith(".target") for id in without)
    _, numbers = run(tmp_path, target={2020: 42.0})
    assert numbers["calls.2020.target"].value == 42.0
    assert numbers["calls.2020.target"].basis == "configured"
    assert "calls.2019.target" not in numbers


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        (
            "Release A\ncalls,2020,year,Northshire",
            "Release A\ncalls,2020,year,Westshire",
            ["stands 2 times", "rows 8, 9"],
        ),
        (",71.0,", ",many,", ["'many' is not a number", "row 8, column value"]),
        ("Hereford", "Herford", ["no area 'Hereford'", "did you mean 'Herford'"]),
        ("calls,", "cals,", ["no indicator 'calls'", "did you mean 'cals'"]),
        ("per_10000,Release A\n", "per_500,Release A\n", ["unit per_500", "per_10000"]),
        ("value,unit", "amount,unit", ["column 'value' is missing"]),
    ],
)
def test_bad_data_are_one_message_with_place_and_remedy(tmp_path, old, new, parts):
    assert old in RATES
    with pytest.raises(EvidentiaError) as caught:
        run(tmp_path, RATES.replace(old, new))
    for part in parts:
        assert part in str(caught.value)


def test_the_default_evaluation_matches_the_published_official_figures():
    """Values printed in RR1029 and in shared/facts: 510.0 per 10,000 and 10.1% in 2017/18."""
    from folders import ENGINE

    data = pd.read_csv(ENGINE / "data" / "indicators.csv")
    picked = data[(data.area == "Lincolnshire") & (data.year == 2018)].set_index("indicator")["value"]
    assert picked["referral_rate"] == 510.0
    assert picked["referrals_no_further_action"] == 10.1
    assert picked["referrals"] == 7377


def test_years_in_columns_are_one_message(tmp_path):
    with pytest.raises(EvidentiaError, match=r"the years stand in columns of their own \(2019 to 2020/21\)"):
        run(tmp_path, "area,2019,2020/21\nHereford,4,5\nWales,6,7\n")


def test_a_percentage_that_is_called_a_proportion_stops(tmp_path):
    with pytest.raises(EvidentiaError, match="no proportions, which run from 0 to 1"):
        run(tmp_path, RATES.replace("per_10000", "proportion"))


def test_shares_that_may_be_called_percentages_are_pointed_at(tmp_path):
    small = RATES.replace("per_10000", "percent")
    for value in ("40.0", "50.0", "70.0", "55.5", "44.0", "52.0", "71.0", "57.0", "56.0"):
        small = small.replace(f",{value},", f",{float(value) / 100},")
    result, numbers = run(tmp_path, small)
    assert numbers["calls.2019.area"].value == pytest.approx(0.004)  # as it is said, and a remark
    assert any("every value is below 1%" in note for note in result.notes)
