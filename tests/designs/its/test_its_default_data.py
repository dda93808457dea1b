"""What the published evaluation says of its two series must show in data/referrals.csv."""

import importlib.util
from pathlib import Path

import pytest

from evidentia.config.load import load_config
from evidentia.data.package import load_package
from evidentia.data.table import read_table
from evidentia.designs.its.analyse import analyse

ROOT = Path(__file__).parents[3]
FILE = "data/referrals.csv"
CHANGES = ("level_change", "slope_change")


@pytest.fixture(scope="module")
def table():
    return read_table(ROOT, FILE, load_package(ROOT).schema(FILE))


@pytest.fixture(scope="module", params=["referrals", "referrals_nfa"])
def series(request, table):
    return analysed(request.param, table)


def analysed(name, table):
    settings = load_config(ROOT).analyses[name]
    return {number.id: number.value for number in analyse(settings, {"referrals": table}).numbers}


@pytest.fixture(scope="module")
def referrals(table):
    return analysed("referrals", table)


@pytest.fixture(scope="module")
def share(table):
    return analysed("referrals_nfa", table)


def test_there_are_12_months_before_april_2018_and_12_from_then_on(series):
    assert (series["period.first"], series["period.intervention"], series["period.last"]) == (
        "2017-04",
        "2018-04",
        "2019-03",
    )
    assert (series["n.pre"], series["n.post"]) == (12, 12)


@pytest.mark.parametrize("model", ["ols", "newey_west", "ar1"])
def test_nothing_is_significant_under_any_model(series, model):
    assert min(series[f"{change}_{model}.p_value"] for change in CHANGES) > 0.05


@pytest.mark.parametrize("lags", [1, 2, 3])
def test_nothing_is_significant_with_any_number_of_lags(series, lags):
    assert min(series[f"{change}_newey_west_{lags}.p_value"] for change in CHANGES) > 0.05


def test_autocorrelation_is_unremarkable(series):
    assert 1.7 < series["durbin_watson.statistic"] < 2.5
    assert min(series[f"{test}.p_value"] for test in ("durbin_watson", "breusch_godfrey", "ljung_box")) > 0.1


def test_nothing_happens_at_the_placebo(series):
    assert min(series[f"placebo.{change}.p_value"] for change in CHANGES) > 0.05


def test_referrals_add_up_to_the_official_counts(referrals):
    assert (referrals["total.pre"], referrals["total.post"]) == (7377, 7022)


def test_referrals_fall_before_because_december_to_march_are_low(referrals):
    assert -7 < referrals["pre_slope.estimate"] < -4
    low = [referrals[f"observed.{month}"] for month in ("2017-12", "2018-01", "2018-02", "2018-03")]
    assert max(low) < referrals["mean.pre"]


def test_referrals_level_off_after(referrals):
    assert 0 <= referrals["post_slope.estimate"] < 1.5
    assert abs(referrals["level_change.estimate"]) < 20


def test_referrals_fluctuate_less_after(referrals):
    assert referrals["spread.post"] < 0.67 * referrals["spread.pre"]


def test_the_share_without_further_action_is_the_official_one(share):
    assert f"{share['share.pre']:.1%}" == "10.1%"
    assert f"{share['share.post']:.1%}" == "8.2%"


def test_the_share_is_flat_before_and_goes_from_9_to_7_percent_after(share):
    assert abs(share["fitted.pre_last"] - share["fitted.pre_first"]) < 0.005
    assert [
        f"{share[f'fitted.{end}']:.0%}" for end in ("pre_first", "pre_last", "post_first", "post_last")
    ] == ["10%", "10%", "9%", "7%"]


def test_the_script_makes_the_file_byte_for_byte(tmp_path):
    spec = importlib.util.spec_from_file_location("synthesise", ROOT / "data" / "synthesise" / "referrals.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.main(str(tmp_path / "referrals.csv"))
    assert (tmp_path / "referrals.csv").read_bytes() == (ROOT / FILE).read_bytes()
