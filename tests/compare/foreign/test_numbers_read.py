"""Numbers as documents print them."""

from decimal import Decimal

import pytest

from evidentia.compare.documents.passage import Passage
from evidentia.compare.foreign.numbers import numbers_in
from evidentia.compare.foreign.ordinary import ordinary


@pytest.mark.parametrize(
    ("text", "value", "unit", "step"),
    [
        ("fell to 30% of them", "30", "proportion", "1"),
        ("42.5 per cent", "42.5", "proportion", "0.1"),
        ("forty-two per cent", "42", "proportion", "1"),
        ("a gap of 3.5 percentage points", "3.5", "percentage_points", "0.1"),
        ("−11.1 pp", "-11.1", "percentage_points", "0.1"),
        ("it cost £1.2 million", "1200000", "pounds", "100000"),
        ("it cost £3,400", "3400", "pounds", "1"),
        ("p = .043", "0.043", "p_value", "0.001"),
        ("45 children per 10,000", "45", "rate_per_10000", "1"),
        ("for 12 months", "12", "months", "1"),
        ("1,234 cases", "1234", "", "1"),
    ],
)
def test_a_number_has_its_value_unit_and_precision(text, value, unit, step):
    number = numbers_in(text)[0]
    assert (number.value, number.unit, number.step) == (Decimal(value), unit, Decimal(step))


def test_the_unit_of_a_range_is_that_of_its_end():
    assert [number.unit for number in numbers_in("between 2 and 21 percentage points")] == [
        "percentage_points"
    ] * 2


def test_a_year_before_a_percentage_does_not_take_its_unit():
    assert [number.unit for number in numbers_in("In 2018/19, 9% of them")] == ["", "", "proportion"]


def test_words_that_round_are_noted():
    assert [number.rough for number in numbers_in("around 3,200 pupils and 14 teachers")] == [True, False]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In 2019 they met", "year"),
        ("on 31 March they met", "date"),
        ("as Figure 12 shows", "reference"),
        ("at https://example.org/a-17", "address"),
        ("a 95% confidence interval", "level"),
        ("children aged 10 to 17.", "age"),
        ("the 2nd time", "name"),
        ("one of 10,000; 5 per 10,000", ""),
    ],
)
def test_numbers_without_a_quantity_have_a_kind(text, kind):
    passage = Passage(text, "paragraph 1")
    assert ordinary(passage)(numbers_in(text)[0]) == kind


def test_a_count_is_no_year_where_it_has_a_unit():
    passage = Passage("It cost £2,019 and fell by 2019%", "paragraph 1")
    assert [ordinary(passage)(number) for number in numbers_in(passage.text)] == ["", ""]


@pytest.mark.parametrize(
    ("text", "rough"), [("had gone up to 23.6 per 10,000", False), ("lasts up to 24 weeks", True)]
)
def test_a_rise_to_a_number_does_not_make_it_rough(text, rough):
    assert numbers_in(text)[0].rough is rough
