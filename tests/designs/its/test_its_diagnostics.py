"""Tests of residuals; R values from R 4.2.2 with lmtest 0.9-40 (dwtest, bgtest), acf, pacf, Box.test and
var.test of stats.
"""

import numpy as np
import pytest
from scipy import stats

from evidentia.designs.its import diagnostics
from evidentia.designs.its.diagnostics import (
    _chance_below_zero,
    autocorrelation,
    breusch_godfrey,
    durbin_watson,
    ljung_box,
    ljung_box_lags,
    partial_autocorrelation,
    spread,
    variance_ratio,
)  # fmt: skip
from evidentia.designs.its.fit import design
from evidentia.designs.its.linear import ols


def residuals(n, extra=lambda t: 0 * t):
    """Return residuals and design of a formula that R can be given as well."""
    t = np.arange(1.0, n + 1)
    X = design(n, n // 2)
    return ols(50 + 0.1 * t + 3 * np.sin(t * t / 7) + extra(t), X).residuals, X


def test_durbin_watson_of_a_short_series_is_exact_as_in_lmtest():
    assert durbin_watson(*residuals(40)) == pytest.approx((2.62319960593, 0.93870831837), rel=1e-9)


def test_durbin_watson_of_a_long_series_is_the_normal_approximation_as_in_lmtest():
    assert durbin_watson(*residuals(120, lambda t: 2 * np.cos(t / 3))) == pytest.approx(
        (1.62227750409, 0.0089259344429), rel=1e-9
    )


def test_the_exact_and_the_approximate_p_value_are_close(monkeypatch):
    e, X = residuals(99, lambda t: 2 * np.cos(t / 3))
    exact = durbin_watson(e, X)
    monkeypatch.setattr(diagnostics, "EXACT_BELOW", 0)
    assert durbin_watson(e, X) == pytest.approx(exact, abs=0.002)


@pytest.mark.parametrize(("p", "q", "weight"), [(2, 3, 1.0), (5, 20, 3.0), (1, 1, 0.5), (40, 50, 1.3)])
def test_the_chance_that_a_quadratic_form_is_negative_is_that_of_f(p, q, weight):
    # weight * chi2(p) - chi2(q) < 0  <=>  F(p, q) < q / (p * weight)
    exact = stats.f.cdf(q / (p * weight), p, q)
    assert _chance_below_zero(np.array([weight] * p + [-1.0] * q)) == pytest.approx(exact, abs=1e-12)


def test_breusch_godfrey_of_order_three_agrees_with_lmtest():
    assert breusch_godfrey(*residuals(120, lambda t: 2 * np.cos(t / 3)), order=3) == pytest.approx(
        (7.36168873808, 0.061220811864), rel=1e-9
    )


def test_correlograms_agree_with_r():
    acf = autocorrelation(residuals(40)[0], 4)
    assert acf == pytest.approx(
        [-0.327208400066537, -0.065024813696166, -0.031889051474872, -0.073732935162881], rel=1e-9
    )
    expected = [-0.32720840006654, -0.19272423606715, -0.13995302680004, -0.17666462379246]
    assert partial_autocorrelation(acf) == pytest.approx(expected, rel=1e-9)


def test_ljung_box_agrees_with_r():
    acf = autocorrelation(residuals(120, lambda t: 2 * np.cos(t / 3))[0], 10)
    assert ljung_box(acf, 120) == pytest.approx((69.5902414303, 5.3193893734e-11), rel=1e-6)


def test_ljung_box_looks_over_a_fifth_of_a_short_series():
    assert [ljung_box_lags(n) for n in (4, 24, 50, 500)] == [1, 4, 10, 10]


def test_spread_is_over_periods_minus_two_and_its_test_is_two_sided():
    before, after = spread(np.array([1.0, -1, 1, -1, 3, -3, 3, -3, 3]), 4)
    assert (before, after) == pytest.approx((np.sqrt(4 / 2), np.sqrt(45 / 3)))
    assert variance_ratio(before, after, 4, 9) == pytest.approx(2 * stats.f.sf(7.5, 7, 2))
    assert variance_ratio(after, before, 9, 4) == pytest.approx(variance_ratio(before, after, 4, 9))
