"""The main results again, straight from the data by other routes than Evidentia's."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

FOLDER = Path(__file__).resolve().parents[1]
MODEL = "mentored ~ C(place) + placements + support_need + school_score + weeks_before"


@pytest.fixture(scope="module")
def values():
    path = FOLDER / "build" / "numbers.json"
    if not path.is_file():
        pytest.skip("the report is not built yet; the README says how")
    return {entry["id"]: entry["value"] for entry in json.loads(path.read_text(encoding="utf-8"))["numbers"]}


def test_the_effect_on_the_mentored(values):
    people = pd.read_csv(FOLDER / "data" / "young_people.csv")
    propensity = smf.glm(MODEL, people, family=sm.families.Binomial()).fit(tol=1e-12).fittedvalues
    mentored = people["mentored"] == 1
    others = np.average(people["weeks_after"][~mentored], weights=(propensity / (1 - propensity))[~mentored])
    assert values["weeks.effect.estimate"] == pytest.approx(
        people["weeks_after"][mentored].mean() - others, rel=1e-6
    )
    assert values["weeks.effect_crude.estimate"] < values["weeks.effect.estimate"]


def test_the_trend_of_homeless_applications(values):
    months = pd.read_csv(FOLDER / "data" / "housing.csv")
    t = np.arange(1, len(months) + 1)
    after = (months["month"] >= "2021-04").to_numpy().astype(float)
    since = after * np.cumsum(after) - after
    angle = 2 * np.pi * t / 12
    X = np.column_stack([np.ones(len(t)), t, after, since, np.sin(angle), np.cos(angle)])
    fit = sm.NegativeBinomial(months["applications"], X, offset=np.log(months["care_leavers"])).fit(
        disp=False, method="nm", maxiter=5000
    )
    assert values["housing.slope_change.estimate"] == pytest.approx(fit.params.iloc[3], rel=1e-3)
    assert values["housing.slope_change.p_value"] == pytest.approx(fit.pvalues.iloc[3], rel=0.05)


def test_the_share_who_agree(values):
    answers = pd.read_csv(FOLDER / "data" / "survey.csv")
    time = answers["time"].isin(["Agree", "Strongly agree"])
    assert values["survey.time.share.wave_1"] == pytest.approx(time.mean())
    stay = answers["continue"][answers["continue"] != "Not applicable"]
    assert values["survey.continue.n.wave_1"] == len(stay)
