"""Published differences in differences, met by the design ``did`` from config.yaml alone."""

import causaldata
import pandas as pd
import pytest

from designs.did.mpdta import mpdta
from published.studies import facts, listed, numbers_of

pytestmark = pytest.mark.published

STORES = {"design": "did", "unit": "id", "time": "d", "outcome": "fte", "treated": "d_nj", "units": "stores"}
CARD = "Card and Krueger 1994"
CHAINS = ["bk", "kfc", "roys", "co_owned"]


@pytest.fixture(scope="module")
def stores():
    """Return the stores as David Card published them: a closed store has 0 workers, and others without an
    answer are missing.
    """
    path = facts("card_krueger.csv")
    if path is None:
        pytest.skip(
            "the data of Card and Krueger (1994) are not beside the project:"
            " ../shared/facts/studies/card_krueger.csv"
        )
    return pd.read_csv(path)


def said(estimate, se=None, places=2):
    return f"{estimate:.{places}f}" + (f" ({se:.{places}f})" if se is not None else "")


def test_card_and_krueger_table_3_means_of_all_stores_that_answered(stores, tmp_path):
    found = numbers_of(tmp_path, stores, {**STORES, "unbalanced": "keep"})
    for group, when, name, expected in (
        ("comparator", "before", "Pennsylvania before", "23.33 (1.35)"),
        ("comparator", "after", "Pennsylvania after", "21.17 (0.94)"),
        ("treated", "before", "New Jersey before", "20.44 (0.51)"),
        ("treated", "after", "New Jersey after", "21.03 (0.52)"),
    ):
        ours = said(found[f"mean.{group}.{when}"], found[f"mean_se.{group}.{when}"])
        assert ours == expected
        listed(CARD, "Table 3, rows 1 and 2", f"Full-time equivalent workers, {name}", expected, ours)


def test_card_and_krueger_table_3_balanced_sample(stores, tmp_path):
    found = numbers_of(tmp_path, stores, STORES)
    assert (found["n.treated"], found["n.comparators"]) == (309, 75)
    assert found["effect.estimate"] == pytest.approx(2.75, abs=0.005)
    assert said(found["two_way.estimate"], found["two_way.se"]) == "2.75 (1.34)"
    assert found["effect.se"] == pytest.approx(1.34, abs=0.01)  # influences divide by n, the paper by n - 1
    listed(
        CARD,
        "Table 3, row 4",
        "Change of New Jersey less Pennsylvania, balanced",
        "2.75 (1.34)",
        said(found["two_way.estimate"], found["two_way.se"]),
    )


@pytest.mark.parametrize(
    ("covariates", "model", "expected"), [([], "i", 2.33), (CHAINS, "ii, chains and ownership", 2.30)]
)
def test_card_and_krueger_table_4(stores, tmp_path, covariates, model, expected):
    # the sample of table 4 has wages in both waves, or is closed; its errors are of one variance, ours by
    # store
    known = stores["wage"].notna() | ((stores["d"] == 1) & (stores["status"] == 3))
    frame = stores.assign(fte=stores["fte"].where(known))
    found = numbers_of(tmp_path, frame, {**STORES, "estimator": "two_way", "covariates": covariates})
    assert found["n.units"] == 357
    assert round(found["effect.estimate"], 2) == expected
    assert 1.0 < found["effect.se"] < 1.6
    listed(
        CARD, f"Table 4, model {model}", "New Jersey dummy", said(expected), said(found["effect.estimate"])
    )


def test_kessler_and_roth_one_treated_state(tmp_path):
    data = causaldata.organ_donations.load_pandas().data
    frame = data.assign(active=((data["State"] == "California") & (data["Quarter_Num"] > 3)).astype(int))
    settings = {
        "design": "did",
        "unit": "State",
        "time": "Quarter_Num",
        "outcome": "Rate",
        "treated": "active",
        "estimator": "two_way",
        "outcome_unit": "proportion",
        "units": "states",
    }
    found = numbers_of(tmp_path, frame, settings, words=("State", "Quarter"))
    assert found["n.treated"] == 1
    assert round(found["effect.estimate"], 3) == -0.022
    assert found["effect.se"] is None
    assert "there is no standard error" in found["note.few_clusters"]
    listed(
        "Kessler and Roth 2014",
        "active choice in California",
        "Rate of organ donors",
        "-0.022",
        said(found["effect.estimate"], places=3),
    )


@pytest.mark.parametrize(
    ("id", "figure", "expected"),
    [
        ("effect", "Overall", "-0.0400 (0.0120)"),
        ("group.2004", "Counties first treated in 2004", "-0.0797 (0.0264)"),
        ("group.2006", "Counties first treated in 2006", "-0.0229 (0.0167)"),
        ("group.2007", "Counties first treated in 2007", "-0.0261 (0.0167)"),
        ("event.0", "First treated year", "-0.0199 (0.0118)"),
        ("event.3", "3 years after", "-0.1008 (0.0344)"),
    ],
)
def test_minimum_wages_and_teenage_employment(tmp_path, id, figure, expected):
    settings = {
        "design": "did",
        "unit": "area",
        "time": "year",
        "outcome": "y",
        "first_treated": "start",
        "units": "counties",
    }
    found = numbers_of(tmp_path, mpdta(), settings, words=("area",))
    ours = said(found[f"{id}.estimate"], found[f"{id}.se"], 4)
    assert ours == expected
    listed(
        "Callaway and Sant'Anna 2021 (`mpdta`)",
        "R package did, aggte",
        f"Log teenage employment: {figure}",
        expected,
        ours,
    )
