from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import form_of, printed, rounded
from evidentia.core.units import UNITS

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "unit", "spec", "expected"),
    [
        (7377, "count", "", "7,377"),
        (1, "count", "words", "one"),
        (2, "count", "words", "2"),
        (3, "count", "ordinal", "third"),
        (12, "count", "ordinal", "12th"),
        (101, "count", "ordinal", "101st"),
        (0.30073, "proportion", "", "30%"),
        (0.30073, "proportion", "1dp", "30.1%"),
        (-0.1095, "percentage_points", "abs", f"11{NBSP}percentage points"),
        (-0.1095, "percentage_points", "pp 1dp", f"\N{MINUS SIGN}11.0{NBSP}percentage points"),
        (0.01, "percentage_points", "", f"1{NBSP}percentage point"),
        (0.0049, "percentage_points", "signed 1dp", f"+0.5{NBSP}percentage points"),
        (510.0, "rate_per_10000", "", f"510 per{NBSP}10,000"),
        (510.0, "rate_per_10000", "plain", "510"),
        (15.9254, "mean", "", "15.93"),
        (0.02812, "p_value", "", "0.028"),
        (0.00004, "p_value", "", "<0.001"),
        (15.56, "years", "", f"15.6{NBSP}years"),
        (-1250.4, "pounds", "", "\N{MINUS SIGN}£1,250"),
        (110000000, "pounds", "millions", "£110\N{NO-BREAK SPACE}million"),
        (1250000, "euros", "millions 2dp", "€1.25\N{NO-BREAK SPACE}million"),
        ("2017-08", "date", "", "August 2017"),
        ("2019-03-31", "date", "", "31 March 2019"),
        ("2019-03-31", "date", "year", "2019"),
        (None, "count", "", "not available"),
    ],
)
def test_numbers_are_printed_in_gov_uk_style(value, unit, spec, expected):
    assert printed(value, unit, spec) == expected


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (2.675, 2, "2.68"),
        (0.125, 2, "0.13"),
        (-0.125, 2, "-0.13"),
        (1.005, 2, "1.01"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
    ],
)
def test_halves_round_away_from_zero_on_the_decimal_value(value, places, expected):
    assert str(rounded(value, places)) == expected  # Python's round gives 2.67, 0.12, -0.12, 1.0, 0, 2, 2


def test_binary_noise_of_a_difference_does_not_decide_a_half():
    assert 0.105 - 0.08 < 0.025  # in binary
    assert printed(0.105 - 0.08, "percentage_points").startswith("3")


@pytest.mark.parametrize(
    ("unit", "spec"), [("proportion", "pp"), ("percentage_points", "%"), ("count", "%"), ("mean", "p")]
)
def test_a_form_of_another_unit_is_refused(unit, spec):
    with pytest.raises(EvidentiaError, match="cannot be printed as"):
        form_of(unit, spec)


def test_an_unknown_format_names_the_nearest():
    with pytest.raises(EvidentiaError) as caught:
        form_of("count", "ordnial")
    assert "did you mean 'ordinal'" in caught.value.remedy


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.integers(0, 3))
def test_rounding_agrees_with_decimal_arithmetic(value, places):
    expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert rounded(float(value), places) == expected


@given(st.sampled_from(sorted(UNITS)), st.floats(-1e6, 1e6))
def test_every_form_of_every_unit_prints(unit, value):
    for form in UNITS[unit].forms:
        if unit not in ("date", "text"):
            assert printed(value, unit, form)
