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


BETWEEN = table_of(month=months(36), y=BEFORE[:12] + [0] * 12 + BEFORE[:12])
TWO = {"intervention": ["2018-04", "2019-04"], "family": "poisson"}


def test_an_empty_stretch_between_two_interventions_leaves_the_terms_of_the_others():
    """R 4.2: glm(y ~ t + I(t >= 25) + pmax(t - 25, 0), poisson) without the empty periods; the limit as above, of
    the periods before alone.
    """
    result = run(BETWEEN, **TWO)
    found = {number.id: number for number in result.numbers}
    value = {id: number.value for id, number in found.items()}
    assert value["pre_slope.estimate"] == pytest.approx(0.0076298081, abs=1e-9)
    assert value["level_change.ci_high"] == pytest.approx(-0.8855527963, abs=1e-8)
    assert value["level_change.p_value"] == pytest.approx(0.0005578435, rel=1e-6)
    assert value["level_change.ratio"] == 0
    assert value["post_slope_2.estimate"] == pytest.approx(0.0076298081, abs=1e-9)
    assert value["post_slope_2.se"] == pytest.approx(0.0276259925, abs=1e-8)
    assert value["effect_last.estimate"] == pytest.approx(-0.1831153939, abs=1e-9)
    assert value["effect_last.se"] == pytest.approx(0.8370156770, rel=1e-7)
    for term in ("slope_change", "post_slope", "level_change_2", "slope_change_2", "effect_cumulative"):
        assert value[f"{term}.estimate"] is None
        assert "no event from 2018-04 to 2019-03" in found[f"{term}.estimate"].formula
    about = found["note.no_events"].about
    assert "level_change_2" in about
    assert "effect_last" not in about


def test_an_empty_last_stretch_leaves_the_terms_of_the_first_intervention():
    """R 4.2: glm(y ~ t + I(t >= 13) + pmax(t - 13, 0), poisson) of the first 24 periods; the limit as above."""
    found = numbers(table_of(month=months(36), y=BEFORE + [0] * 12), **TWO)
    assert found["level_change.estimate"] == pytest.approx(-0.0631700816, abs=1e-9)
    assert found["level_change.se"] == pytest.approx(0.2696945039, abs=1e-8)
    assert found["slope_change.estimate"] == pytest.approx(-0.0034716302, abs=1e-9)
    assert found["level_change_2.ci_high"] == pytest.approx(-0.8722286546, abs=1e-8)
    assert found["level_change_2.p_value"] == pytest.approx(0.0006128018, rel=1e-6)
    assert found["effect_last.estimate"] is None


def test_an_empty_first_stretch_leaves_the_change_between_the_others():
    found = numbers(NONE_BEFORE, **TWO | {"intervention": ["2018-04", "2019-01"]})
    alone = numbers(NONE_BEFORE, family="poisson", intervention="2019-01", exclude=["2017-04..2018-03"])
    for name in ("estimate", "se", "p_value"):
        assert found[f"level_change_2.{name}"] == pytest.approx(alone[f"level_change.{name}"], rel=1e-6)
    assert found["level_change.ratio_ci_high"] is None
    assert found["effect_cumulative.estimate"] is None


@pytest.mark.parametrize("family", FAMILIES)
def test_its_figures_are_drawn_with_a_stretch_of_nothing(family):
    use_style()
    settings = TWO | {"family": family}
    words = {"analysis": "a", "caption": "Caption", "alt": "Alternative text"}
    chart, data = series(SeriesFigure(kind="its", **words), settings_of(**settings), run(BETWEEN, **settings))
    assert len(data.rows) == 36
    assert "Counterfactual:" in to_svg(chart)


def test_every_empty_stretch_is_named():
    y = BEFORE[:12] + [0] * 6 + BEFORE[:6] + [0] * 12
    table = table_of(month=months(36), y=y)
    found = numbers(table, family="poisson", intervention=["2018-04", "2018-10", "2019-04"])
    assert "no event from 2018-04 to 2018-09 and from 2019-04 to 2020-03" in found["note.no_events"]
    assert found["level_change_3.ratio"] == 0
    assert found["level_change_2.estimate"] is None


def test_a_negative_binomial_without_overdispersion_says_so_beside_an_empty_stretch():
    assert "is Poisson" in numbers(BETWEEN, **TWO | {"family": "negative_binomial"})["note.no_overdispersion"]
