"""Published comparisons by weighting, met by the design ``ipw`` from config.yaml alone."""

import causaldata
import pytest

from published.studies import listed, numbers_of

pytestmark = pytest.mark.published

BOOK = "Hernán and Robins, Causal Inference: What If (NHEFS)"
PROPENSITY = (
    "C(sex) + C(race) + age + I(age**2) + C(education) + smokeintensity + I(smokeintensity**2)"
    " + smokeyrs + I(smokeyrs**2) + C(exercise) + C(active) + wt71 + I(wt71**2)"
)
COLUMNS = ["qsmk", "wt82_71", "sex", "race", "age", "education", "smokeintensity", "smokeyrs"]


def test_smoking_cessation_and_weight_gain(tmp_path):
    people = causaldata.nhefs_complete.load_pandas().data[[*COLUMNS, "exercise", "active", "wt71"]]
    settings = {
        "design": "ipw",
        "treatment": "qsmk",
        "outcome": "wt82_71",
        "propensity": PROPENSITY,
        "estimand": "ATE",
        "standard_errors": "robust",
    }
    found = numbers_of(tmp_path, people, settings)
    assert found["n.treated"] + found["n.comparator"] == 1566
    crude = f"{found['effect_crude.estimate']:.1f}"
    assert crude == "2.5"
    listed(BOOK, "section 12.2", "Weight gain of quitters less others, kg, not weighted", "2.5", crude)
    low, high = (found[f"effect.ci_{end}"] for end in ("low", "high"))
    ours = f"{found['effect.estimate']:.1f} ({low:.1f} to {high:.1f})"
    assert ours == "3.4 (2.4 to 4.5)"
    listed(BOOK, "section 12.2", "The same, weighted (interval)", "3.4 (2.4 to 4.5)", ours)
