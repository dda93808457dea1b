"""Periods left out, several interventions and a control series, beside R 4.2.2 on the road casualties of
seatbelts.csv.

lm() and glm() with t running on, gls(correlation = corAR1(form = ~ t)) of nlme 3.1-162, Newey-West of the
residuals laid out in time; the control model is y ~ g * (t + D + T) of both series, g being 1 for the
drivers.
"""

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from designs.its.helpers_its import months, numbers, run, settings_of, table_of
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.charts.width import drawn_narrow
from evidentia.core.errors import EvidentiaError
from evidentia.designs.its.charts import series
from evidentia.designs.its.settings import SeriesFigure

ROADS = pd.read_csv(Path(__file__).with_name("seatbelts.csv"))
OUT = ["1982-11..1983-01", "1983-08"]
LAW = {"outcome": "drivers", "intervention": "1983-02"}
TWO = LAW | {"intervention": ["1983-02", "1984-01"]}
CONTROL = LAW | {"control": "drivers_killed"}
BY_R = [
    (TWO, "level_change", -643.624488124, 109.893744401),
    (TWO, "slope_change", 37.6740506056, 16.1708156824),
    (TWO, "level_change_2", -417.368997669, 141.383596049),
    (TWO, "slope_change_2", 3.50979020979, 21.23409864057),
    (TWO, "effect_cumulative", -10048.61024182, 2051.77875902),
    (TWO, "post_slope_2", 46.6188811189, 14.0013500138),
    (LAW | {"exclude": OUT}, "level_change", -490.808833626, 95.6054626173),
    (LAW | {"exclude": OUT}, "slope_change", 14.4182108627, 6.03597370815),
    (LAW | {"exclude": OUT, "errors": "ar1"}, "level_change", -602.36324493, 194.604041938),
    (
        LAW | {"exclude": OUT, "errors": "newey_west", "newey_west_lags": 3},
        "level_change",
        -490.808833626,
        105.498775379,
    ),
    (
        LAW | {"exclude": OUT, "family": "quasipoisson", "offset": "kilometres"},
        "level_change",
        -0.296037295927,
        0.0947545619285,
    ),
    (CONTROL, "control.level_change", -44.7478456718, 66.297499518),
    (CONTROL, "control.slope_change", 0.740737981585, 4.419983547513),
    (CONTROL, "controlled.pre_slope", 4.72617354196, 2.7496350959),
    (CONTROL, "controlled.level_change", -526.449764982, 93.7588229698),
    (CONTROL, "controlled.slope_change", 11.4684904897, 6.25080067836),
    (CONTROL | {"family": "quasipoisson"}, "controlled.level_change", 0.0173474298709, 0.184214565089),
    (CONTROL | {"family": "quasipoisson"}, "controlled.slope_change", 0.00161601096311, 0.0122698781345),
    (CONTROL | {"family": "poisson"}, "control.level_change", -0.420730189061, 0.0519426752416),
    (CONTROL | {"family": "poisson"}, "controlled.level_change", 0.0173474298709, 0.0538539360185),
]


@pytest.mark.parametrize(("settings", "term", "estimate", "error"), BY_R)
def test_term_is_that_of_r(settings, term, estimate, error):
    found = numbers(table_of(**ROADS), **settings)
    tolerance = 1e-5 if settings.get("errors") == "ar1" else 1e-8
    assert found[f"{term}.estimate"] == pytest.approx(estimate, rel=tolerance)
    assert found[f"{term}.se"] == pytest.approx(error, rel=tolerance)


@pytest.mark.parametrize("family", ["gaussian", "poisson", "quasipoisson", "negative_binomial"])
@pytest.mark.parametrize("errors", ["ols", "newey_west"])
def test_periods_left_out_may_be_absent_empty_or_full_alike(family, errors):
    settings = LAW | {"exclude": OUT, "family": family, "errors": errors}
    gone = ROADS[~ROADS["month"].isin(["1982-11", "1982-12", "1983-01", "1983-08"])]
    blank = ROADS.assign(drivers=ROADS["drivers"].where(ROADS["month"].isin(gone["month"])))
    full, absent, empty = (
        numbers(table_of(**frame.reset_index(drop=True)), **settings) for frame in (ROADS, gone, blank)
    )
    assert full == absent == empty
    assert full["n.periods"] == 56


def test_advice_on_a_gap_names_the_periods_to_leave_out_and_never_a_zero():
    blank = ROADS.assign(drivers=ROADS["drivers"].where(~ROADS["month"].isin(["1982-11", "1982-12"])))
    for frame, said in (
        (blank, "exclude: [1982-11, 1982-12]"),
        (ROADS.drop(index=[34, 35]).reset_index(drop=True), "exclude: [1982-11..1982-12]"),
    ):
        with pytest.raises(EvidentiaError) as raised:
            run(table_of(**frame), **LAW)
        assert said in raised.value.remedy
        assert "0" not in raised.value.remedy.replace(said, "")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"exclude": ["1980-01..1982-12"]}, "1 month before the intervention"),
        ({"exclude": ["1990-01"]}, "outside the series"),
        ({"exclude": ["1983-Q5"]}, "not a period"),
        ({"exclude": ["1983"]}, "another form"),
        ({"intervention": ["1983-02", "1983-03"]}, "follows after 1 month"),
        ({"intervention": ["1983-02", "1983-02"]}, "does not come after"),
        ({"intervention": ["1984-01", "1983-02"]}, "does not come after"),
        ({"intervention": ["1983-02", "1984-11"]}, "2 months from the intervention"),
        ({"intervention": []}, "at least 1 item"),
        ({"control": "passengers"}, "the column 'passengers', which 'control' names, is missing"),
        (
            {"control": "drivers_killed", "denominator": "kilometres"},
            "differ in whether they have a denominator",
        ),
    ],
)
def test_setting_that_the_series_cannot_bear_is_said(settings, said):
    with pytest.raises(Exception, match=said):
        run(table_of(**ROADS), **LAW | settings)


def test_underdispersed_counts_are_noted_and_equal_poisson():
    counts = [16, 17, 15, 16, 18, 17, 16, 15, 17, 16, 18, 17] * 3
    table = table_of(month=months(36), y=counts)
    binomial, poisson = (run(table, family=family).numbers for family in ("negative_binomial", "poisson"))
    both = [{number.id: number.value for number in found} for found in (binomial, poisson)]
    assert both[0]["level_change.se"] == both[1]["level_change.se"]
    assert (
        "level_change" in next(number for number in binomial if number.id == "note.no_overdispersion").about
    )


def test_level_of_a_random_walk_is_not_printed_and_its_changes_are():
    walk = 500 + np.cumsum(np.random.default_rng(5).normal(0, 2, 60))
    found = numbers(table_of(month=months(60), y=walk), errors="ar1")
    assert found["phi"] > 0.99
    assert {found[f"intercept.{part}"] for part in ("estimate", "se", "ci_low", "ci_high", "p_value")} == {
        None
    }
    assert found["sigma"] is None
    assert found["level_change.se"] > 0
    assert "near_unit_root" in " ".join(found)


@pytest.mark.parametrize("family", ["quasipoisson", "quasibinomial"])
def test_outcome_on_the_lines_of_the_model_has_no_certain_change(family):
    table = table_of(month=months(24), y=[40.0] * 12 + [20.0] * 12, d=[100.0] * 24)
    found = numbers(table, family=family, denominator="d")
    for term in ("level_change", "slope_change", "effect_cumulative"):
        assert found[f"{term}.p_value"] is None
        assert found[f"{term}.ci_low"] is None
    assert "note.no_variation" in found


@pytest.mark.parametrize(
    ("periods", "intervention", "first", "offset"),
    [
        ([f"{year}-{(year + 1) % 100:02d}" for year in range(2000, 2012)], "2006-07", "2000/01", 365),
        ([f"{year}/{(year + 1) % 100:02d}" for year in range(1996, 2008)], "2001-02", "1996/97", 365),
        ([f"{year}{(year + 1) % 100:02d}" for year in range(2012, 2024)], "201819", "2012/13", 365),
        (
            [
                f"{year}/{(year + 1) % 100:02d} Q{quarter}"
                for year in range(2016, 2020)
                for quarter in (1, 2, 3, 4)
            ],
            "2018/19 Q2",
            "2016/17 Q1",
            91,
        ),
        (
            [f"2019-W{week:02d}" for week in range(41, 53)] + [f"2020-W{week:02d}" for week in range(1, 20)],
            "2020-W05",
            "2019-W41",
            7,
        ),
        (
            [f"{year}-Q{quarter}" for year in range(2016, 2020) for quarter in (1, 2, 3, 4)],
            "2018-Q2",
            "2016-Q1",
            91,
        ),
        ([str(year) for year in range(2005, 2020)], "2012", "2005", 365),
    ],
)
def test_periods_of_every_kind_are_read_in_order_and_printed_as_they_are_called(
    periods, intervention, first, offset
):
    values = [float(20 + (7 * place) % 5 + place / 3) for place in range(len(periods))]
    result = run(
        table_of(month=periods, y=values),
        intervention=intervention,
        family="quasipoisson",
        offset="calendar_days",
    )
    found = {number.id: number.value for number in result.numbers}
    assert found["period.first"] == first
    assert found["n.periods"] == len(periods)
    assert "2006-07" not in found.values()


def test_days_of_months_are_those_of_the_calendar():
    days = [30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31] * 2 + [
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
        31,
        29,
        31,
    ]
    table = table_of(month=months(36), y=[50 + (7 * place) % 11 for place in range(36)], days=days)
    by_column, by_calendar = (
        numbers(table, family="quasipoisson", offset=offset) for offset in ("days", "calendar_days")
    )
    assert by_column["level_change.estimate"] == pytest.approx(
        by_calendar["level_change.estimate"], rel=1e-12
    )


def test_the_chart_leaves_room_for_periods_left_out_and_says_so():
    settings = LAW | {"exclude": OUT}
    figure = SeriesFigure(kind="its", analysis="a", caption="C", alt="A", event="Seatbelts")
    use_style()
    for width in (nullcontext(), drawn_narrow()):
        with width:
            chart, _ = series(figure, settings_of(**settings), run(table_of(**ROADS), **settings))
            to_svg(chart)
        said = [text for text in chart.axes[0].texts if text.get_text() == "left out"]
        assert [text.xy[0] for text in said] == [
            35,
            43,
        ]  # 1982-11 to 1983-01 is 34 to 36, 1983-08 is 43, counted from 0


def test_a_quarterly_series_with_a_season_and_an_offset_has_the_cumulative_effect_of_r():
    """R 4.2: glm(y ~ t + D + s + sin(w) + cos(w) + cos(2 * w) + offset(log(d)), quasipoisson), w = 2 pi t /
    4, delta method on vcov().
    """
    y = [212, 198, 187, 206, 221, 203, 190, 214, 226, 209, 195, 217, 230, 214]
    y += [201, 222, 208, 190, 176, 197, 203, 184, 171, 190, 198, 179, 165, 184]
    quarters = [f"{2012 + place // 4}-Q{place % 4 + 1}" for place in range(28)]
    table = table_of(month=quarters, y=y, pupils=[9000 + 25 * place for place in range(28)])
    found = numbers(table, intervention="2016-Q1", family="quasipoisson", offset="pupils", fourier=2)
    assert found["effect_cumulative.estimate"] == pytest.approx(-489.9324837109, abs=1e-7)
    assert found["effect_cumulative.se"] == pytest.approx(14.2194424356, abs=1e-7)
    assert found["level_change.estimate"] == pytest.approx(-0.1240731979, abs=1e-9)
    assert found["level_change.se"] == pytest.approx(0.0048576599, abs=1e-9)
    assert found["slope_change.estimate"] == pytest.approx(-0.0134164290, abs=1e-9)


STOPPED = [112, 98, 105, 97, 88, 103, 99, 95, 101, 0, 0, 0, 0, 90, 94, 101, 99, 102] + [
    95,
    100,
    98,
    103,
    97,
    101,
] * 3


def test_counts_that_vary_more_than_poissons_are_noted_and_other_families_are_not():
    """R 4.2.2: m <- glm(y ~ t + D + s, poisson); sum(residuals(m, "pearson")^2) / 32 is 12.586295
    with a stretch of zeros, and pchisq(..., 32, lower = FALSE) 1e-65.
    """
    table = table_of(month=months(36), y=STOPPED)
    settings = {"intervention": months(36)[18]}
    note = next(n for n in run(table, family="poisson", **settings).numbers if n.id == "note.overdispersion")
    assert "12.6 times as much as Poisson's" in note.value
    assert "level_change" in note.about
    for other in ({"family": "quasipoisson"}, {"family": "poisson", "errors": "newey_west"}):
        assert "note.overdispersion" not in numbers(table, **settings, **other)
    steady = np.random.default_rng(6).poisson(100, 36)
    assert "note.overdispersion" not in numbers(
        table_of(month=months(36), y=steady), family="poisson", **settings
    )


def test_zeros_among_large_counts_are_pointed_at():
    found = run(table_of(month=months(36), y=STOPPED), intervention=months(36)[18])
    said = next(note for note in found.notes if note.startswith("0 in"))
    assert f"0 in {', '.join(months(36)[9:13])}, where every other month has 88 or more" in said
    rare = [0, 1, 3, 0, 2, 4, 1, 0, 2, 3, 1, 2] * 3
    assert not [n for n in run(table_of(month=months(36), y=rare)).notes if n.startswith("0 in")]
