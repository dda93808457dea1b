"""The main results again, straight from the data by other routes than Evidentia's."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

FOLDER = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def values():
    path = FOLDER / "build" / "numbers.json"
    if not path.is_file():
        pytest.skip("the report is not built yet; the README says how")
    return {entry["id"]: entry["value"] for entry in json.loads(path.read_text(encoding="utf-8"))["numbers"]}


@pytest.fixture(scope="module")
def wide():
    """Return the rate by council and year, with the year in which each council began."""
    rows = pd.read_csv(FOLDER / "data" / "children_starting.csv", dtype={"programme_start": str})
    rows["year"] = rows["time_period"].astype(str).str[:4].astype(int)
    rates = rows.pivot(index="new_la_code", columns="year", values="starts_per_10000")
    began = rows.groupby("new_la_code")["programme_start"].first().str[:4].astype(float)
    return rates, began


def cells(rates, began):
    """Return each wave's plain difference in differences by year from its start, with its councils."""
    never = rates[began.isna()]
    for wave in sorted(began.dropna().unique().astype(int)):
        own = rates[began == wave]
        for year in rates.columns[rates.columns >= wave]:
            change = (own[year] - own[wave - 1]).mean() - (never[year] - never[wave - 1]).mean()
            yield wave, year - wave, change, len(own)


def test_the_effect_without_covariates(values, wide):
    found = list(cells(*wide))
    effects, councils = np.array([one[2] for one in found]), np.array([one[3] for one in found])
    assert values["starts_plain.effect.estimate"] == pytest.approx(np.average(effects, weights=councils))
    for since in range(5):
        own = [(one[2], one[3]) for one in found if one[1] == since]
        expected = np.average([one[0] for one in own], weights=[one[1] for one in own])
        assert values[f"starts_plain.event.{since}.estimate"] == pytest.approx(expected)


def test_the_two_way_estimate(values, wide):
    rates, began = wide
    treated = (rates.columns.to_numpy()[None, :] >= began.to_numpy()[:, None]).astype(float)
    within = [
        table - table.mean(axis=1, keepdims=True) - table.mean(axis=0, keepdims=True) + table.mean()
        for table in (treated, rates.to_numpy())
    ]
    expected = (within[0] * within[1]).sum() / (within[0] ** 2).sum()
    assert values["starts_plain.two_way.estimate"] == pytest.approx(expected)


def test_councils_that_did_not_report_every_year_are_left_out(values):
    rows = pd.read_csv(FOLDER / "data" / "children_starting.csv")
    gaps = rows.loc[rows["re_referral_percent"] == "x", "new_la_code"].nunique()
    assert values["again.n.incomplete"] == gaps == 2
    assert values["again.n.units"] == rows["new_la_code"].nunique() - gaps
