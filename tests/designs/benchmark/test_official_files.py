"""Official files as published: values and changes recomputed from the same files by plain pandas."""

import pandas as pd
import pytest

from evidentia.data.source import Source
from evidentia.data.table import read_table
from evidentia.designs.benchmark.analyse import analyse
from evidentia.designs.benchmark.settings import BenchmarkSettings
from folders import ENGINE

FACTS = ENGINE.parent / "shared" / "facts" / "ees"
NEIGHBOURS = [
    "Cornwall",
    "Cumbria",
    "Derbyshire",
    "Norfolk",
    "North Lincolnshire",
    "Northamptonshire",
    "Nottinghamshire",
    "Staffordshire",
    "Suffolk",
    "Worcestershire",
]
HEIRS = ["North Northamptonshire", "West Northamptonshire"]
FILES = {
    "care": (
        "cla_number_and_rate_per_10k_children.csv",
        {"population_type": ("Children looked after on 31 March each year",)},
    ),
    "workforce": ("csww_indicators_2017_to_2025.csv", {}),
    "referrals": (
        "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
        {"category": ("Referrals and Re-referrals",)},
    ),
}
INDICATORS = {
    "looked_after": {
        "data": "care",
        "column": "rate_per_10000",
        "unit": "per_10000",
        "weight": "population_estimate",
    },
    "turnover": {"data": "workforce", "column": "turnover_rate_fte", "unit": "percent"},
    "referrals": {"data": "referrals", "column": "referral_count", "unit": "count", "financial_year": True},
    "no_further_action": {
        "data": "referrals",
        "column": "no_further_action_percent",
        "unit": "percent",
        "financial_year": True,
    },
}

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason=f"the official files are not in {FACTS}")


@pytest.fixture(scope="module")
def tables():
    return {
        name: read_table(FACTS, file, None, Source(format="ees", where=tuple(where.items())))
        for name, (file, where) in FILES.items()
    }


def run(tables, neighbours=NEIGHBOURS, **settings):
    given = {
        "design": "benchmark",
        "area": "Lincolnshire",
        "neighbours": neighbours,
        "nation": "England",
        "indicators": INDICATORS,
    }
    chosen = BenchmarkSettings.model_validate({**given, **settings})
    result = analyse(chosen, tables)
    return result, {number.id: number.value for number in result.numbers}


def raw(name: str) -> pd.DataFrame:
    file, where = FILES[name]
    frame = pd.read_csv(FACTS / file, encoding="utf-8-sig", dtype=str)
    for column, (value,) in where.items():
        frame = frame[frame[column] == value]
    return frame


def series(name: str, area: str, divisor: float) -> pd.Series:
    frame = raw(INDICATORS[name]["data"])
    rows = frame[
        (frame["la_name"] == area) if area != "England" else (frame["geographic_level"] == "National")
    ]
    values = pd.to_numeric(rows[INDICATORS[name]["column"]].replace("low", "0"), errors="coerce") / divisor
    return pd.Series(values.to_numpy(), index=rows["time_period"].astype(int)).dropna()


@pytest.mark.parametrize(
    ("name", "divisor"),
    [("looked_after", 1), ("turnover", 100), ("referrals", 1), ("no_further_action", 100)],
)
def test_each_year_is_that_of_the_file(tables, name, divisor):
    _, found = run(tables)
    years = 0
    for who, area in (("area", "Lincolnshire"), ("nation", "England")):
        for year, value in series(name, area, divisor).items():
            assert found[f"{name}.{year}.{who}"] == pytest.approx(value, abs=1e-12)
            years += 1
    assert years >= 10
    together = pd.DataFrame({area: series(name, area, divisor) for area in NEIGHBOURS})
    for year, row in together.iterrows():
        if row.notna().any():
            assert found[f"{name}.{year}.neighbours"] == pytest.approx(row.mean(), abs=1e-12)
        assert found.get(f"{name}.{year}.neighbours_n", 0) == row.notna().sum()


def test_turnover_from_2020_to_2025_is_over_the_eight_neighbours_that_are_still_there(tables):
    result, found = run(tables)
    both = (
        pd.DataFrame({area: series("turnover", area, 100) for area in NEIGHBOURS})
        .loc[[2020, 2025]]
        .dropna(axis=1)
    )
    assert sorted(set(NEIGHBOURS) - set(both.columns)) == ["Cumbria", "Northamptonshire"]
    assert found["turnover.change.2020_2025.neighbours_n"] == 8
    assert found["turnover.change.2020_2025.neighbours"] == pytest.approx(
        (both.loc[2025] - both.loc[2020]).mean(), abs=1e-12
    )
    note = found["turnover.note.areas_absent"]
    assert "Cumbria 2024, 2025" in note or "Cumbria" in note
    assert "Northamptonshire 2021, 2022, 2023, 2024, 2025" in note
    change = next(number for number in result.numbers if number.id == "turnover.change.2020_2025.neighbours")
    assert "the 8 with a value in both years" in change.label


def test_councils_that_report_together_or_apart_stand_for_the_one_before_them(tables):
    _, found = run(tables, successors={"Northamptonshire": HEIRS})
    joint = series("turnover", "North Northamptonshire / West Northamptonshire", 100)
    assert found["turnover.change.2020_2025.neighbours_n"] == 9
    others = [area for area in NEIGHBOURS if area not in ("Cumbria", "Northamptonshire")]
    mean = (sum(series("turnover", area, 100)[2025] for area in others) + joint[2025]) / 9
    assert found["turnover.2025.neighbours"] == pytest.approx(mean, abs=1e-12)
    care = raw("care")
    rows = care[care["la_name"].isin(HEIRS) & (care["time_period"] == "2025")]
    people = rows["population_estimate"].astype(float)
    rate = (rows["rate_per_10000"].astype(float) * people).sum() / people.sum()
    present = [value[2025] for area in NEIGHBOURS if 2025 in (value := series("looked_after", area, 1)).index]
    assert found["looked_after.2025.neighbours"] == pytest.approx(
        (sum(present) + rate) / (len(present) + 1), abs=1e-12
    )


def test_an_area_may_be_named_by_its_code(tables):
    assert (
        run(tables, area="925")[1]["turnover.2025.area"]
        == run(tables, area="E10000019")[1]["turnover.2025.area"]
    )
    assert run(tables, area="E10000019")[1]["turnover.2025.area"] == run(tables)[1]["turnover.2025.area"]
    _, found = run(tables, neighbours=["928", "940 / 941"], indicators={"turnover": INDICATORS["turnover"]})
    assert found["turnover.2025.neighbours"] == pytest.approx(
        series("turnover", "North Northamptonshire / West Northamptonshire", 100)[2025], abs=1e-12
    )


def test_the_published_list_of_neighbours_is_read(tables, monkeypatch):
    monkeypatch.chdir(FACTS.parent)
    listed = {"file": "ees/sn_model_2025_wide.csv", "model": "SN"}
    result, found = run(tables, neighbours=listed, indicators={"looked_after": INDICATORS["looked_after"]})
    row = (
        pd.read_csv(FACTS / "sn_model_2025_wide.csv", dtype=str, encoding="utf-8-sig")
        .set_index("la_name")
        .loc["Lincolnshire"]
    )
    codes = [row[f"SN_{place}"] for place in range(1, 11)]
    care = raw("care")
    rows = care[care["old_la_code"].isin(codes) & (care["time_period"] == "2025")]
    assert found["looked_after.2025.neighbours_n"] == len(rows) == 10
    assert found["looked_after.2025.neighbours"] == pytest.approx(
        rows["rate_per_10000"].astype(float).mean(), abs=1e-12
    )
    assert "ees/sn_model_2025_wide.csv" in result.inputs


def test_an_area_that_reports_only_with_another_has_no_value_and_is_named(tables):
    result, found = run(
        tables,
        neighbours=["North Northamptonshire", "Norfolk"],
        indicators={"turnover": INDICATORS["turnover"]},
    )
    assert found["turnover.2025.neighbours_n"] == 1
    assert any("North Northamptonshire reports only together with others" in note for note in result.notes)


def test_codes_of_areas_may_stand_without_quotation_marks():
    given = {
        "design": "benchmark",
        "data": "rates",
        "area": 925,
        "neighbours": [830, "Ash"],
        "successors": {928: [940, 941]},
        "nation": "England",
        "indicators": {"calls": {}},
    }
    settings = BenchmarkSettings.model_validate(given)
    assert (settings.area, settings.neighbours) == ("925", ["830", "Ash"])
    assert settings.successors == {"928": ["940", "941"]}
