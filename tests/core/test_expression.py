import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import evaluate, known_values

NUMBERS = {
    "a.effect.estimate": -0.109,
    "a.effect.p_value": 0.028,
    "a.share.2018.area": 0.10,
    "a.share.2019.area": 0.08,
    "a.share.2020.area": 0.07,
    "a.share.2018.nation": 0.12,
    "a.share.2019.nation": 0.13,
    "a.hidden.count": None,
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a.effect.estimate < 0 and a.effect.p_value < 0.05", True),
        ("a.effect.p_value < 0.05 < a.share.2018.area", True),
        ("not a.effect.estimate > 0", True),
        ("abs(a.effect.estimate) > 0.2 or a.effect.p_value > 0.5", False),
        ("a.share.*.area < a.share.*.nation", True),
        ("a.share.*.area < 0.09", False),
        ("falls(a.share.*.area)", True),
        ("rises(a.share.2018.nation, a.share.2019.nation)", True),
        ("max(a.share.*.area) == a.share.2018.area", True),
        ("number_of(a.share.*.area) == 3", True),
        ("spread(a.share.*.area) < 0.031", True),
        ("about(a.share.2018.area, a.share.2018.nation, 0.021)", True),
        ("a.share.2020.area < 0.75 * a.share.2018.area", True),
    ],
)
def test_conditions_compare_numbers_of_the_ledger(condition, expected):
    assert evaluate(condition, NUMBERS).value is expected


def test_families_are_compared_over_the_keys_that_both_have():
    outcome = evaluate("a.share.*.area < a.share.*.nation", NUMBERS)
    assert set(outcome.values) == {name for name in NUMBERS if name.startswith("a.share")}


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(EvidentiaError) as caught:
        evaluate("a.effect.pvalue < 0.05", NUMBERS)
    assert "a.effect.p_value" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "a.effect.estimate.__class__",
        "[x for x in (1,)]",
        "lambda: 1",
        "open('x')",
        "a.effect.estimate <",
        "1 if 2 else 3",
    ],
)
def test_nothing_but_comparisons_is_understood(text):
    with pytest.raises(EvidentiaError):
        evaluate(text, NUMBERS)


def test_a_number_without_a_value_cannot_carry_a_claim():
    with pytest.raises(EvidentiaError, match="no value"):
        evaluate("a.hidden.count > 0", NUMBERS)


@pytest.mark.parametrize(
    "text", ["a.small.count > 0", "a.small.count + 1 > 0", "sum(a.*.count) > 3", "a.*.count < 5"]
)
def test_nothing_is_computed_from_a_suppressed_number_not_even_from_a_family_with_one(text):
    entries = [
        {"id": "a.small.count", "value": None, "suppressed": "c"},
        {"id": "a.large.count", "value": 12},
    ]
    with pytest.raises(EvidentiaError, match="'a.small.count' is suppressed"):
        evaluate(text, known_values(entries))


def test_division_by_zero_is_one_message():
    with pytest.raises(EvidentiaError, match="division by zero"):
        evaluate("a.effect.estimate / (a.share.2018.area - 0.1) > 0", NUMBERS)
