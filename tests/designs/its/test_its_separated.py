"""Counts without any event on one side of the intervention: limits with their name, or no value with a
reason.

Limits and p-values of R 4.2: uniroot() of logLik(glm(y ~ t + offset(o), family = poisson)), in which the
empty periods stand as zeros with the logarithm of the ratio as their offset, less that of the periods before,
plus log(0.025).
"""

import math

import numpy as np
import pytest

from designs.its.helpers_its import months, numbers, run, settings_of, table_of
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.core.errors import EvidentiaError
from evidentia.designs.its.charts import diagnostics, series
from evidentia.designs.its.settings import DiagnosticsFigure, SeriesFigure

BEFORE = [9, 7, 12, 8, 10, 6, 11, 9, 8, 13, 7, 10, 9, 12, 8, 6, 11, 10, 7, 9, 8, 12, 10, 9]
NONE_AFTER = table_of(month=months(36), y=BEFORE + [0] * 12)
NONE_BEFORE = table_of(month=months(36), y=[0] * 12 + BEFORE)
FAMILIES = ["poisson", "quasipoisson", "negative_binomial"]


@pytest.mark.parametrize(
    "family", FAMILIES
)  # these counts vary less than Poisson's, and no family may be surer than Poisson
def test_no_event_after_has_the_upper_limits_of_the_profile_likelihood(family):
    found = numbers(NONE_AFTER, intervention="2019-04", family=family)
    assert found["level_change.estimate"] is None
    assert found["level_change.se"] is None
    assert found["level_change.ci_low"] is None
    assert found["level_change.ci_high"] == pytest.approx(-0.9050489631, abs=1e-8)
    assert found["level_change.p_value"] == pytest.approx(0.000333589025, rel=1e-6)
    limits = [found[f"effect_cumulative.{name}"] for name in ("ratio", "ratio_ci_low", "ratio_ci_high")]
    assert limits == pytest.approx([0, 0, 0.0342839194], abs=1e-8)
    assert found["effect_cumulative.estimate"] == pytest.approx(-114.6046197034, abs=1e-7)
    assert found["slope_change.estimate"] is None
    assert found["pre_slope.estimate"] == pytest.approx(0.0020303776, abs=1e-9)


def test_the_limit_is_garwoods_where_the_expected_number_is_known():
    """R: qchisq(0.975, 2) / 2 = 3.688879 events; p = 2 exp(-expected)."""
    n = 600
    table = table_of(month=list(range(1001, 1001 + n + 3)), y=[2, 4] * (n // 2) + [0] * 3)
    found = numbers(table, intervention=str(1001 + n), family="poisson")
    expected = -found["effect_cumulative.estimate"]
    assert found["effect_cumulative.ratio_ci_high"] * expected == pytest.approx(3.688879, rel=0.01)
    assert found["effect_cumulative.p_value"] == pytest.approx(2 * math.exp(-expected), rel=0.2)


def test_a_negative_binomial_limit_is_that_of_its_chance_of_no_event():
    y = np.random.default_rng(4).negative_binomial(2, 2 / 14, size=600)
    table = table_of(month=list(range(1001, 1604)), y=[*y.tolist(), 0, 0, 0])
    found = numbers(table, intervention="1601", family="negative_binomial")
    at_limit = found["counterfactual.post_first"] * found["level_change.ratio_ci_high"]
    assert (1 + at_limit / found["theta"]) ** -found["theta"] == pytest.approx(0.025, rel=0.05)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_event_before_gives_no_change_and_says_why(family):
    result = run(NONE_BEFORE, family=family)
    found = {number.id: number for number in result.numbers}
    for term in ("level_change", "slope_change", "effect_last", "effect_cumulative"):
        assert {
            found[f"{term}.{name}"].value
            for name in ("estimate", "se", "ci_low", "ci_high", "p_value", "ratio")
        } == {None}
        assert "nothing says what would have been expected" in found[f"{term}.estimate"].formula
    assert found["post_slope.estimate"].value == pytest.approx(0.0020303776, abs=1e-9)
    assert "level_change" in found["note.no_events"].about


@pytest.mark.parametrize(("table", "intervention"), [(NONE_AFTER, "2019-04"), (NONE_BEFORE, "2018-04")])
def test_its_figures_are_drawn(table, intervention):
    use_style()
    settings = {"intervention": intervention, "family": "poisson"}
    words = {"analysis": "a", "caption": "Caption", "alt": "Alternative text"}
    result = run(table, **settings)
    chart, data = series(SeriesFigure(kind="its", **words), settings_of(**settings), result)
    assert ("Counterfactual:" in to_svg(chart)) == (table is NONE_AFTER)
    assert len(data.rows) == 36
    assert to_svg(
        diagnostics(DiagnosticsFigure(kind="its_diagnostics", **words), settings_of(**settings), result)[0]
    )


@pytest.mark.parametrize("family", ["poisson", "negative_binomial"])
def test_few_and_falling_counts_before_say_almost_nothing_after(family):
    """R: as above, with optim() for the coefficients, since those of glm() run away from their start."""
    table = table_of(month=months(15, "2018-01"), y=[3, 0, 1] + [0] * 12)
    found = numbers(table, intervention="2018-04", family=family)
    assert found["level_change.ci_high"] == pytest.approx(8.032690, abs=1e-5)
    assert math.log(found["effect_cumulative.ratio_ci_high"]) == pytest.approx(7.992404, abs=1e-5)
    assert found["effect_cumulative.p_value"] == 1


def test_a_side_that_has_no_model_itself_leaves_everything_without_value():
    found = numbers(table_of(month=months(24), y=[1] + [0] * 23), family="poisson")
    assert {
        value
        for id, value in found.items()
        if id.split(".")[0] in ("intercept", "level_change", "effect_cumulative")
    } == {None}
    assert "nor has the model of the other side" in found["note.no_events"]


ALWAYS = {"family": "quasibinomial", "denominator": "of"}


@pytest.mark.parametrize(
    ("y", "settings"), [([0] * 24, {"family": "poisson"}), ([0] * 24, ALWAYS), ([9] * 24, ALWAYS)]
)
def test_what_never_or_always_happened_is_said(y, settings):
    with pytest.raises(EvidentiaError, match="in every period"):
        run(table_of(month=months(24), y=y, of=[9] * 24), **settings)


def test_a_control_series_without_events_on_one_side_is_not_compared():
    result = run(
        table_of(month=months(24), y=BEFORE, other=BEFORE[:12] + [0] * 12), family="poisson", control="other"
    )
    assert not any(number.id.startswith("controlled.") for number in result.numbers)
    assert "no comparison with the control series" in result.notes[-1]


@pytest.mark.parametrize(
    ("y", "empty", "alone"),
    [
        (
            BEFORE + [0] * 12,
            "2019-04 to 2020-03",
            {"intervention": "2019-04", "exclude": ["2017-04..2018-03"]},
        ),
        (
            BEFORE[:12] + [0] * 12 + BEFORE[:12],
            "2018-04 to 2019-03",
            {"intervention": "2018-04", "exclude": ["2019-04..2020-03"]},
        ),
    ],
)
def test_an_empty_stretch_among_several_interventions_is_named_with_what_to_ask(y, empty, alone):
    table = table_of(month=months(36), y=y)
    with pytest.raises(EvidentiaError, match=f"nothing was counted from {empty}") as fault:
        run(table, intervention=["2018-04", "2019-04"], family="poisson")
    words = f"intervention: {alone['intervention']}, exclude: [{', '.join(alone['exclude'])}]"
    assert words in fault.value.remedy
    found = numbers(table, family="poisson", **alone)  # and what it says works
    assert found["level_change.ratio"] == 0
    assert 0 < found["level_change.ratio_ci_high"] < 1.5
