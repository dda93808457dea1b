"""Financial years in every spelling, wherever a year is expected: data with and without a schema, and settings."""

import copy

import pytest

from data.test_table import fault, read
from evidentia.core.years import financial_year
from evidentia.data.table import read_table
from evidentia.designs.benchmark.analyse import analyse
from evidentia.designs.benchmark.settings import BenchmarkSettings, BenchmarkTable
from evidentia.designs.cost_benefit.settings import CostBenefitSettings
from folders import MINIMAL, RATES

SPELLINGS = ["2018/19", "2018-19", "201819", "2018\u201319", "2018/2019", "2018 / 19"]
YEARS = [
    {"name": "year", "type": "year", "constraints": {"minimum": "2017/18"}},
    {"name": "n", "type": "number"},
]


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_spelling_is_the_year_in_which_it_begins(written):
    assert financial_year(written) == 2018


@pytest.mark.parametrize("written", ["2018/20", "201818", "2018", "18/19", "2018-Q1"])
def test_two_years_that_do_not_follow_are_none(written):
    assert financial_year(written) is None


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_field_of_years_holds_financial_years(tmp_path, written):
    table = read(tmp_path, f"year,n\n{written},5\n2019-20,7\n", YEARS)
    assert table.frame["year"].tolist() == ["2018/19", "2019/20"]
    assert "'2015/16' is too small" in fault(tmp_path, f"year,n\n{written},5\n201516,7\n", fields=YEARS)


def test_a_field_of_calendar_years_holds_numbers(tmp_path):
    assert read(tmp_path, "year,n\n2018,5\n2019,7\n", YEARS[:1] + YEARS[1:]).frame["year"].tolist() == [
        2018,
        2019,
    ]


def test_a_field_with_both_kinds_of_year_names_the_rows(tmp_path):
    words = fault(tmp_path, "year,n\n2018/19,5\n2020,7\n", fields=YEARS)
    assert "'2020' is not a year" in words
    assert "row 3, column year" in words
    assert "2018/19 in every row" in words


@pytest.mark.parametrize("written", SPELLINGS)
def test_an_indicator_of_financial_years_is_named_by_the_year_in_which_each_ends(tmp_path, written):
    text = RATES.replace(",2019,", f",{written},").replace(",2020,", ",2019/20,")
    settings = BenchmarkSettings.model_validate(copy.deepcopy(MINIMAL["analyses"]["rates"]))
    (tmp_path / "rates.csv").write_text(text, encoding="utf-8")
    result = analyse(settings, {"rates": read_table(tmp_path, "rates.csv", None)})
    assert {number.id: number.value for number in result.numbers}["calls.2019.area"] == 40.0
    assert result.frames["calls"].column("label") == ["2018/19", "2019/20"]


def test_settings_take_financial_years():
    table = BenchmarkTable.model_validate(
        {
            "kind": "benchmark",
            "analysis": "rates",
            "indicators": ["calls"],
            "years": ["2018/19", 2020],
            "title": "t",
        }
    )
    assert table.years == [2019, 2020]
    costs = {"staff": {"amounts": {"2020/21": 300_000, "2021-22": 100_000}, "source": "Invented"}}
    benefit = {"effect": -0.1, "unit_cost": 5000, "population": 400, "kind": "fiscal", "source": "Invented"}
    given = {
        "design": "cost_benefit",
        "price_year": "2020/21",
        "horizon": 3,
        "costs": costs,
        "benefits": {"b": benefit},
    }
    settings = CostBenefitSettings.model_validate(given)
    assert settings.price_year == 2020
    assert settings.costs["staff"].amounts == {2020: 300_000, 2021: 100_000}
