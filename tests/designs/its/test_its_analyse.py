"""What an analysis hands on: every id of the interface, units, and results that closed forms or brute force
give as well.
"""

import numpy as np
import pytest
from scipy import stats

from designs.its.helpers_its import months, numbers, run, table_of
from evidentia.designs.its.fit import Problem, design
from evidentia.designs.its.glm import glm
from evidentia.designs.its.linear import ols
from evidentia.designs.its.sensitivity import leave_one_out, minimum_detectable
from evidentia.designs.its.settings import TERMS

STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")
DRAW = np.random.default_rng(7)
COUNT = DRAW.poisson(600, 24).tolist()
PART = DRAW.binomial(COUNT, 0.1).tolist()
TABLE = table_of(month=months(24), y=COUNT, part=PART, days=[30 + month % 2 for month in range(24)])
FAMILIES = [
    {},
    {"outcome": "part", "denominator": "y"},
    {"family": "poisson", "offset": "days"},
    {"family": "quasipoisson", "errors": "newey_west"},
    {"family": "negative_binomial"},
    {"family": "quasibinomial", "outcome": "part", "denominator": "y"},
]


@pytest.mark.parametrize("settings", FAMILIES)
def test_every_family_gives_every_id_of_the_interface(settings):
    found = numbers(TABLE, **settings)
    expected = [f"n.{part}" for part in ("periods", "pre", "post")]
    expected += [f"{term}.{statistic}" for term in TERMS for statistic in STATISTICS]
    expected += [
        "durbin_watson.statistic",
        "durbin_watson.p_value",
        "breusch_godfrey.p_value",
        "ljung_box.p_value",
        "acf_1",
        "dispersion",
    ]
    expected += ["minimum_detectable.level_change", "minimum_detectable.slope_change"]
    if settings.get("family", "gaussian") != "gaussian":
        expected += [
            f"{term}.{ratio}" for term in TERMS for ratio in ("ratio", "ratio_ci_low", "ratio_ci_high")
        ]
    assert [id for id in expected if not isinstance(found.get(id), int | float)] == []


@pytest.mark.parametrize("settings", FAMILIES)
def test_terms_fit_together(settings):
    found = numbers(TABLE, **settings)
    assert found["post_slope.estimate"] == pytest.approx(
        found["pre_slope.estimate"] + found["slope_change.estimate"]
    )
    assert found["effect_last.estimate"] == pytest.approx(
        found["level_change.estimate"] + 11 * found["slope_change.estimate"]
    )
    assert found["effect_mean.estimate"] * 12 == pytest.approx(found["effect_cumulative.estimate"])
    for term in TERMS if settings.get("family") else ():
        if term != "effect_cumulative":
            assert found[f"{term}.ratio"] == pytest.approx(np.exp(found[f"{term}.estimate"]))


def test_the_effect_in_the_last_period_is_fitted_minus_counterfactual():
    found = numbers(TABLE)
    assert found["effect_last.estimate"] == pytest.approx(
        found["fitted.post_last"] - found["counterfactual.post_last"]
    )
    frame = run(TABLE).frames["series"]
    distances = [row[3] - row[6] for row in frame.rows if row[6] is not None]
    assert len(distances) == 12
    assert found["effect_cumulative.estimate"] == pytest.approx(sum(distances))


def test_the_cumulative_effect_of_a_count_model_is_on_the_scale_of_the_outcome():
    found = numbers(TABLE, family="poisson")
    rows = [row for row in run(TABLE, family="poisson").frames["series"].rows if row[6] is not None]
    fitted, other = sum(row[3] for row in rows), sum(row[6] for row in rows)
    assert found["effect_cumulative.estimate"] == pytest.approx(fitted - other)
    assert found["effect_cumulative.ratio"] == pytest.approx(fitted / other)


def test_the_cumulative_count_of_a_share_weighs_each_period_with_its_denominator():
    found = numbers(TABLE, outcome="part", denominator="y")
    effect = [found["level_change.estimate"] + since * found["slope_change.estimate"] for since in range(12)]
    assert found["effect_cumulative_count.estimate"] == pytest.approx(np.dot(effect, COUNT[12:]))


def test_units_follow_the_outcome():
    units = {number.id: number.unit for number in run(TABLE, outcome="part", denominator="y").numbers}
    assert (units["intercept.estimate"], units["level_change.se"], units["level_change.p_value"]) == (
        "proportion",
        "percentage_points",
        "p_value",
    )
    units = {number.id: number.unit for number in run(TABLE, family="poisson").numbers}
    assert (units["level_change.estimate"], units["level_change.ratio"], units["observed.2018-04"]) == (
        "coefficient",
        "ratio",
        "count",
    )


def test_confidence_sets_the_width_of_every_interval():
    narrow, wide = numbers(TABLE, confidence=0.5), numbers(TABLE, confidence=0.95)
    ratio = stats.t.ppf(0.975, 20) / stats.t.ppf(0.75, 20)
    for term in TERMS:
        reach = wide[f"{term}.ci_high"] - wide[f"{term}.estimate"]
        assert reach == pytest.approx(ratio * (narrow[f"{term}.ci_high"] - narrow[f"{term}.estimate"]))


def test_the_minimum_detectable_effect_is_the_sum_of_two_quantiles_times_the_standard_error():
    assert minimum_detectable(1.0, np.inf) == pytest.approx(2.8015852, abs=1e-7)  # the usual 2.8 (Bloom 1995)
    assert minimum_detectable(2.0, 20) == pytest.approx(
        2 * (2.0859634 + 0.8599644), abs=1e-6
    )  # qt(.975, 20) + qt(.8, 20)
    found = numbers(TABLE)
    assert found["minimum_detectable.slope_change"] == pytest.approx(
        2.9459278 * found["slope_change.se"], rel=1e-6
    )


def test_leaving_a_period_out_of_ols_is_deleting_its_row():
    y, X = np.array(COUNT, dtype=float), design(24, 12)
    without = [ols(np.delete(y, row), np.delete(X, row, axis=0)).beta[2] for row in range(24)]
    found = numbers(TABLE)
    assert found["leave_one_out.level_change.min"] == pytest.approx(min(without))
    assert found["leave_one_out.level_change.max"] == pytest.approx(max(without))


def test_leaving_a_period_out_of_a_negative_binomial_is_fitting_the_others():
    y, X = np.array(COUNT, dtype=float) + 40 * (np.arange(24) % 3), design(24, 12)
    problem = Problem(y, X, "negative_binomial", np.zeros(24))
    found = leave_one_out(problem, glm(problem), "ols", 0, 0.95)
    rows = np.delete(np.arange(24), 5)
    assert found["level_change"][5] == pytest.approx(glm(problem.at(rows, X[rows])).beta[2], rel=1e-8)


def test_leaving_a_period_out_of_ar1_keeps_the_others_in_their_place():
    y, X, row = np.array(COUNT, dtype=float), design(24, 12), 9
    time = np.delete(np.arange(24), row)
    y_1, X_1 = y[time], X[time]

    def fitted(phi):
        W = np.linalg.inv(phi ** np.abs(np.subtract.outer(time, time)))
        beta = np.linalg.solve(X_1.T @ W @ X_1, X_1.T @ W @ y_1)
        rest = y_1 - X_1 @ beta
        value = 19 * np.log(rest @ W @ rest) - np.linalg.slogdet(W)[1] + np.linalg.slogdet(X_1.T @ W @ X_1)[1]
        return value, beta

    best = min(np.linspace(-0.95, 0.95, 1901), key=lambda phi: fitted(phi)[0])
    found = leave_one_out(Problem(y, X), ols(y, X), "ar1", 0, 0.95)
    assert found["level_change"][row] == pytest.approx(fitted(best)[1][2], rel=1e-3)


def test_the_placebo_is_the_middle_of_the_pre_segment_and_uses_it_alone():
    found = numbers(TABLE)
    beta = ols(np.array(COUNT[:12], dtype=float), design(12, 6)).beta
    assert found["placebo.period"] == "2017-10"
    assert found["placebo.level_change.estimate"] == pytest.approx(beta[2])
    assert numbers(TABLE, placebo="2017-08")["placebo.period"] == "2017-08"


def test_a_pre_segment_too_short_to_split_has_no_placebo():
    assert not [id for id in numbers(TABLE, intervention="2017-10") if id.startswith("placebo")]


def test_a_season_does_not_disturb_a_series_without_one_and_takes_one_out():
    t = np.arange(1, 61)
    season = 40 * np.sin(2 * np.pi * t / 12 + 1)
    base = 500 + 2.0 * t - 30 * (t > 36) + DRAW.normal(0, 1, 60)
    table = table_of(month=months(60), y=base + season)
    found = numbers(table, intervention="2020-04", fourier=1)
    assert found["level_change.estimate"] == pytest.approx(-30, abs=2)
    assert found["sigma"] < 2 < 20 < numbers(table, intervention="2020-04")["sigma"]


@pytest.mark.parametrize(
    ("periods", "intervention", "noun"),
    [
        (
            [f"{year}-Q{quarter}" for year in range(2012, 2018) for quarter in range(1, 5)],
            "2015-Q1",
            "quarters",
        ),
        (list(range(1996, 2020)), 2008, "years"),
        (list(range(1, 25)), "13", "periods"),
        ([str(np.datetime64("2018-01-01") + 7 * week) for week in range(24)], "2018-03-26", "weeks"),
        ([str(np.datetime64("2018-01-01") + day) for day in range(24)], "2018-01-13", "days"),
        ([str(np.datetime64(f"{month}-01") - 1) for month in months(24)], "2018-03", "months"),
    ],
)
def test_any_even_spacing_gives_the_same_estimates(periods, intervention, noun):
    result = run(table_of(month=periods, y=COUNT), intervention=intervention)
    assert result.numbers[0].label == f"y: number of {noun}"
    found = {number.id: number.value for number in result.numbers}
    assert found["n.pre"] == 12
    assert found["level_change.se"] == pytest.approx(numbers(TABLE)["level_change.se"])


def test_a_season_of_weeks_is_52_weeks_long():
    t = np.arange(1, 157)
    weeks = [str(np.datetime64("2015-01-05") + 7 * week) for week in range(156)]
    table = table_of(month=weeks, y=300 + 20 * np.cos(2 * np.pi * t * 7 / 365.25) + DRAW.normal(0, 0.1, 156))
    assert numbers(table, intervention=weeks[78], fourier=1)["sigma"] == pytest.approx(0.1, rel=0.2)
