"""Units: each prints with its own words, everywhere alike."""

import pytest

from evidentia.core.formats import printed
from evidentia.core.ledger import exact
from evidentia.core.units import UNITS


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (14.25, "score", "14.3"),
        (1, "weeks", "1\xa0week"),
        (6, "weeks", "6\xa0weeks"),
        (-1, "days", "\N{MINUS SIGN}1\xa0day"),
        (37.5, "hours", "38\xa0hours"),
        (-1234.5, "pounds", "\N{MINUS SIGN}£1,235"),
        (20, "euros", "€20"),
        (5.26, "rate_per_1000", "5 per\xa01,000"),
        (0.015, "percentage_points", "2\xa0percentage points"),
        (0.01, "percentage_points", "1\xa0percentage point"),
    ],
)
def test_a_number_prints_with_the_words_of_its_unit(value, unit, expected):
    assert printed(value, unit) == expected


def test_a_value_before_rounding_is_in_the_scale_in_which_it_prints():
    assert exact({"value": 0.3007, "unit": "proportion"}) == "30.07%"
    assert exact({"value": -0.0312, "unit": "percentage_points"}) == "\N{MINUS SIGN}3.12 percentage points"
    assert exact({"value": 12.5, "unit": "score"}) == "12.5"


def test_every_unit_of_numbers_has_a_number_format_for_a_spreadsheet():
    from evidentia.render.workbook_sheets import number_format

    assert number_format("pounds", "2dp") == "£#,##0.00"
    assert number_format("proportion", "1dp") == "#,##0.0%"
    for unit in UNITS.values():
        assert not unit.numeric or "#,##0" in number_format(unit.name, "")
