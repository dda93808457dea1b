"""Intervals that hold at 0 and 1, beside R 4.2.2 and published examples."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidentia.designs.inference.proportions import (
    newcombe,
    newcombe_p_value,
    paired_correlation,
    score_p_value,
    score_ratio,
)
from evidentia.designs.inference.wald import wald


@pytest.mark.parametrize(
    ("counts", "limits"),
    [
        ((56, 70, 48, 80), (0.0524314724024, 0.3338726540369)),  # Newcombe (1998a), method 10
        ((20, 20, 18, 18), (-0.161125158053, 0.175879223647)),
    ],
)
def test_newcombes_interval_is_that_of_wilson_limits_squared_and_summed(counts, limits):
    """R: prop.test(x, n, correct = FALSE)$conf.int of each share, put together by Newcombe's formula."""
    x_1, n_1, x_2, n_2 = counts
    assert newcombe(x_1 / n_1, n_1, x_2 / n_2, n_2, 0.95) == pytest.approx(limits, abs=1e-10)


def test_newcombes_paired_interval_is_that_of_his_example():
    """Newcombe (1998b), method 10: of 50 pairs 36, 12, 2 and 0 give 0.20 (0.0569 to 0.3404)."""
    correlation = paired_correlation(36, 12, 2, 0)
    assert newcombe(48 / 50, 50, 38 / 50, 50, 0.95, correlation) == pytest.approx((0.0569, 0.3404), abs=5e-5)


def test_newcombes_p_value_is_where_the_interval_ends_at_no_difference():
    p_value = newcombe_p_value(0, 115, 6 / 125, 125)
    assert newcombe(0, 115, 6 / 125, 125, 1 - p_value)[1] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("counts", [(0, 115, 6, 125), (3, 20, 9, 30), (18, 20, 12, 30), (20, 20, 12, 30)])
def test_limit_of_a_ratio_is_where_the_score_statistic_reaches_its_bound(counts):
    """The shares most likely under a ratio are found by a search of the likelihood, not by their formula."""
    from scipy.optimize import minimize_scalar

    x_1, n_1, x_2, n_2 = counts
    for ratio in score_ratio(*counts, 0.95):
        if not 0 < ratio < math.inf:
            continue

        def minus_log(p, ratio=ratio):
            terms = ((x_1, ratio * p), (n_1 - x_1, 1 - ratio * p), (x_2, p), (n_2 - x_2, 1 - p))
            return -sum(count * math.log(max(share, 1e-300)) for count, share in terms if count)

        p = minimize_scalar(
            minus_log, bounds=(1e-9, min(1, 1 / ratio) - 1e-9), method="bounded", options={"xatol": 1e-12}
        ).x
        q = ratio * p
        gap = x_1 / n_1 - ratio * x_2 / n_2
        assert gap**2 / (q * (1 - q) / n_1 + ratio**2 * p * (1 - p) / n_2) == pytest.approx(
            1.959963984540054**2, rel=1e-5
        )


def test_score_test_is_the_pooled_test_of_two_shares():
    assert score_p_value(27, 60, 40, 61) == pytest.approx(
        0.0228332836458, abs=1e-12
    )  # R: prop.test(c(27, 40), c(60, 61), correct = FALSE)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_no_interval_of_counts_is_a_point(n_1, n_2, data):
    x_1, x_2 = data.draw(st.integers(0, n_1)), data.draw(st.integers(0, n_2))
    low, high = newcombe(x_1 / n_1, n_1, x_2 / n_2, n_2, 0.95)
    assert low < x_1 / n_1 - x_2 / n_2 + 1e-12
    assert high - low > 0.01
    low, high = score_ratio(x_1, n_1, x_2, n_2, 0.95)
    assert low < high
    other = score_ratio(x_2, n_2, x_1, n_1, 0.95)
    if x_1 and x_2:
        assert (low, high) == pytest.approx((1 / other[1], 1 / other[0] if other[0] else math.inf), rel=1e-6)


@pytest.mark.parametrize("error", [0.0, 1e-14, np.nan, np.inf])
def test_an_error_of_rounding_noise_is_no_error(error):
    found = wald(3.0, error, 0.95, scale=100.0)
    assert found.pop("estimate") == 3.0
    assert all(math.isnan(value) for value in found.values())
