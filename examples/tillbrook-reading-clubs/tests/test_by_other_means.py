"""The main results again, straight from the data by another route than Evidentia's, and the plan's verdicts from
them.
"""

import json
from pathlib import Path

import pandas as pd
import pytest
import statsmodels.formula.api as smf

FOLDER = Path(__file__).resolve().parents[1]
MODELS = {
    "reading": "reading ~ club + C(school) + reading_before + age",
    "absence": "days_absent ~ club + C(school)",
    "confidence": "confidence ~ club + C(school)",
}


@pytest.fixture(scope="module")
def build():
    if not (FOLDER / "build" / "numbers.json").is_file():
        pytest.skip("the report is not built yet; the README says how")
    return FOLDER / "build"


@pytest.fixture(scope="module")
def intervals():
    pupils = pd.read_csv(FOLDER / "data" / "pupils.csv")
    pupils["club"] = (pupils["arm"] == "club").astype(int)
    fits = {
        name: smf.ols(model, pupils.dropna()).fit(cov_type="HC2", use_t=True)
        for name, model in MODELS.items()
    }
    return {name: (fit.params["club"], *fit.conf_int().loc["club"]) for name, fit in fits.items()}


def test_the_differences(build, intervals):
    values = {row["id"]: row["value"] for row in json.loads((build / "numbers.json").read_text())["numbers"]}
    for name, (estimate, low, high) in intervals.items():
        found = [values[f"{name}.effect.{part}"] for part in ("estimate", "ci_low", "ci_high")]
        assert found == pytest.approx([estimate, low, high], rel=1e-6)


def test_the_plan_is_judged_as_the_intervals_say(build, intervals):
    results = {row["id"]: row["result"] for row in json.loads((build / "plan.json").read_text())["claims"]}
    assert intervals["reading"][1] > 0
    assert results["reading"] == "supported"
    low, high = intervals["absence"][1:]
    assert high > 0  # fewer days were expected
    assert low > -2  # and 2 days fewer, which the plan wanted to detect, are ruled out
    assert results["absence"] == "not supported"
    low, high = intervals["confidence"][1:]
    assert low < 0 < 0.12 < high  # both no difference and the smallest that matters
    assert results["confidence"] == "inconclusive"


def test_the_change_after_reading_is_a_deviation_and_the_one_before_is_not(build):
    rows = json.loads((build / "plan.json").read_text())["changes"]
    assert [(row["kind"], row["deviates"]) for row in rows] == [("sample size", False), ("covariate", True)]
    assert "deviates from the plan" in (build / "report.html").read_text(encoding="utf-8")
