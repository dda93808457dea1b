"""Series that do not vary, or alternate without end: no test of rounding noise, and what is missing is said."""

import numpy as np
import pytest

from designs.its.helpers_its import months, numbers, run, settings_of, table_of
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.core.errors import EvidentiaError
from evidentia.designs.its.charts import diagnostics
from evidentia.designs.its.settings import DiagnosticsFigure

CHANCE = np.random.default_rng(6)
SERIES = CHANCE.normal(80, 4, 30).round(1)
COUNTS = CHANCE.poisson(12, 30)


@pytest.mark.parametrize("family", ["poisson", "quasipoisson", "negative_binomial"])
def test_a_constant_count_has_no_autocorrelation_of_rounding_noise(family):
    found = numbers(table_of(month=months(30), y=np.full(30, 7)), family=family)
    assert found["durbin_watson.p_value"] is None  # noise of 1e-16 had given 7e-15
    assert found["dispersion"] == 0.0
    assert found["spread.pre"] == 0.0
    assert found["level_change.estimate"] == 0.0


@pytest.mark.parametrize("side", [slice(None, 12), slice(12, None)])
def test_a_side_on_its_line_has_no_test_of_equal_spread(side):
    y = SERIES.copy()
    y[side] = 10.1
    found = numbers(table_of(month=months(30), y=y))
    assert "spread.p_value" not in found  # of 1e-14 against 4 it had been 1e-287
    assert 0.0 in (found["spread.pre"], found["spread.post"])


def test_errors_that_alternate_without_end_give_no_standard_error():
    result = run(table_of(month=months(30), y=np.tile([1.0, 2.0], 15)), errors="ar1")
    found = {number.id: number.value for number in result.numbers}
    assert found["ar1.phi"] < -0.99
    assert found["level_change.se"] is None
    assert found["level_change_ar1.p_value"] is None
    assert found["level_change_newey_west.se"] is not None
    assert "alternate from period to period" in found["note.near_unit_root"]


def test_a_control_series_without_any_event_is_left_out_and_said():
    table = table_of(month=months(30), y=COUNTS, other=np.zeros(30, int))
    result = run(table, family="poisson", control={"outcome": "other"})
    assert "controlled.level_change.estimate" not in {number.id for number in result.numbers}
    assert any("no comparison with the control series" in note for note in result.notes)


def test_a_span_that_ends_before_it_begins_is_turned_round_in_the_message():
    with pytest.raises(EvidentiaError, match="ends before it begins") as fault:
        run(table_of(month=months(30), y=SERIES), exclude=["2019-02..2018-11"])
    assert "2018-11..2019-02" in fault.value.remedy


def test_the_correlogram_of_residuals_that_do_not_vary_is_drawn_empty():
    use_style()
    table = table_of(month=months(30), y=np.full(30, 7))
    figure = DiagnosticsFigure(kind="its_diagnostics", analysis="a", caption="C", alt="A")
    chart, data = diagnostics(figure, settings_of(family="poisson"), run(table, family="poisson"))
    assert "<svg" in to_svg(chart)
    assert len(data.rows) >= 30
