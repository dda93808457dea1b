"""Against R 4.2.2: package Partiallyoverlapping 2.0 (`Prop.test`), stats 4.2.2 (`binom.test`, `prop.test`
without correction).
"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidentia.designs.inference.proportions import wilson
from evidentia.designs.panel_survey.inference import Overlap, mcnemar_exact, partially_overlapping_z, phi

STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value", "statistic")
# the example of Derrick et al (2015), which the package's help page repeats: 15 pairs, 9 and 6 people in one
# sample only
PAPER = Overlap(both=8, lost=1, gained=3, neither=3, first_yes=5, first_no=4, second_yes=6, second_no=0)


@pytest.mark.parametrize(
    ("table", "confidence", "expected"),
    [
        (
            PAPER,
            0.95,
            (
                0.22619047619,
                0.116789306315,
                -0.00271235796552,
                0.455093310346,
                0.0527771805924,
                1.93673961537,
            ),
        ),
        (
            Overlap(30, 12, 7, 25, 40, 21, 18, 33),
            0.9,
            (
                -0.167407407407,
                0.0526047859273,
                -0.253934580335,
                -0.0808802344798,
                0.00146079728239,
                -3.1823607768,
            ),
        ),
        (
            Overlap(58, 9, 11, 13),
            0.95,
            (
                0.021978021978,
                0.0490986722195,
                -0.0742536072609,
                0.118209651217,
                0.654420493408,
                0.447629660529,
            ),
        ),
        (
            Overlap(20, 0, 0, 0, 10, 5, 8, 2),  # every pair says yes twice: the correlation counts as 0
            0.95,
            (
                0.0761904761905,
                0.0771279323509,
                -0.0749774934192,
                0.2273584458,
                0.323228350001,
                0.987845438976,
            ),
        ),
    ],
)
def test_the_change_is_that_of_prop_test_in_r(table, confidence, expected):
    found = partially_overlapping_z(table, confidence)
    assert [found[name] for name in STATISTICS] == pytest.approx(expected, abs=1e-11)


def test_without_pairs_it_is_the_pooled_test_of_two_proportions():
    change = partially_overlapping_z(
        Overlap(0, 0, 0, 0, first_yes=27, first_no=33, second_yes=40, second_no=21), 0.95
    )
    assert change["p_value"] == pytest.approx(
        0.0228332836458, abs=1e-12
    )  # R: prop.test(c(27, 40), c(60, 61), correct = FALSE)


def test_pairs_that_never_change_give_p_of_1_and_no_statistic():
    change = partially_overlapping_z(Overlap(30, 0, 0, 12), 0.95)
    assert (change["estimate"], change["p_value"]) == (0.0, 1.0)
    assert math.isnan(change["se"])
    assert math.isnan(change["statistic"])


def test_an_empty_sample_has_no_change():
    assert all(
        math.isnan(value)
        for value in partially_overlapping_z(Overlap(0, 0, 0, 0, first_yes=3, first_no=4), 0.95).values()
    )


@pytest.mark.parametrize(
    ("lost", "gained", "expected"),
    [
        (9, 11, 0.823802947998),
        (18, 5, 0.0106220245361),
        (0, 5, 0.0625),
        (1, 0, 1.0),
        (40, 60, 0.056887933641),
        (0, 0, 1.0),
    ],
)
def test_mcnemar_is_the_exact_binomial_test_of_those_who_changed(lost, gained, expected):
    assert mcnemar_exact(lost, gained) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "n", "confidence", "expected"),
    [
        (67, 91, 0.95, (0.637494205106, 0.815894012818)),
        (0, 12, 0.95, (0.0, 0.242494006655)),
        (12, 12, 0.95, (0.757505993345, 1.0)),
        (1, 200, 0.95, (0.000883168715601, 0.0277737043979)),
        (11, 91, 0.99, (0.057843581182, 0.235441889463)),
    ],
)
def test_wilson_is_the_score_interval_of_r(count, n, confidence, expected):
    assert wilson(count, n, confidence) == pytest.approx(expected, abs=1e-11)


tables = st.builds(Overlap, *[st.integers(0, 40) for _ in range(8)])


@given(tables)
def test_swapping_the_samples_turns_the_change_round(table):
    swapped = Overlap(
        table.both,
        table.gained,
        table.lost,
        table.neither,
        table.second_yes,
        table.second_no,
        table.first_yes,
        table.first_no,
    )
    there, back = partially_overlapping_z(table, 0.95), partially_overlapping_z(swapped, 0.95)
    for name, sign, other in (
        ("estimate", -1, "estimate"),
        ("ci_low", -1, "ci_high"),
        ("se", 1, "se"),
        ("p_value", 1, "p_value"),
    ):
        assert there[name] == pytest.approx(sign * back[other], abs=1e-12, nan_ok=True)


@given(tables)
def test_counting_no_instead_of_yes_turns_the_change_round(table):
    no = Overlap(
        table.neither,
        table.gained,
        table.lost,
        table.both,
        table.first_no,
        table.first_yes,
        table.second_no,
        table.second_yes,
    )
    there, back = partially_overlapping_z(table, 0.95), partially_overlapping_z(no, 0.95)
    assert there["estimate"] == pytest.approx(-back["estimate"], abs=1e-12, nan_ok=True)
    assert there["p_value"] == pytest.approx(back["p_value"], abs=1e-9, nan_ok=True)


@given(tables)
def test_the_correlation_stays_between_minus_1_and_1(table):
    assert -1 - 1e-12 <= phi(table) <= 1 + 1e-12
