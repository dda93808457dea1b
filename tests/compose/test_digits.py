import pytest

from evidentia.compose.digits import typed_digits


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 and 2018/19, Future4Me and Caring2Learn grew (RR1029, SSDA903, v3.0).",
        "See @fig-map-2 and [@munro2011, 2019] and {{ n('a.b.2018') }}.",
        "## Aims {#sec-aims-2 .unnumbered}",
        "Rates per 10,000 children.",
        '{% claim "a.b < 0.05" %}small{% endclaim %}',
        "1. first item\n2. second item",
        "[the tool](https://example.org/v2/x) and <https://example.org/3>",
        "`code 12` and <!-- note 12 -->",
        "A note.[^12]",
    ],
)
def test_digits_may_stand_in_years_names_labels_and_addresses(text):
    assert list(typed_digits(text, "c.qmd")) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("About 30% of them", "30%"),
        ("a fall of 11 percentage points", "11"),
        ("from 7,377 referrals", "7,377"),
        ("a rate of 2,019 calls", "2,019"),
        ("a rate of 2019.5", "2019.5"),
        ("the 3rd of them", "3rd"),
        ("£110m", "£110m"),
        ("p = 0.05", "0.05"),
        ("aged 16-18 years", "16-18"),
        ("in 2 of {{ n('a.b') }} cases", "2"),
    ],
)
def test_a_typed_number_is_found(text, number):
    (fault,) = typed_digits("First line.\n\n" + text, "report/c.qmd")
    assert f"'{number}'" in fault.what
    assert fault.where == "report/c.qmd, line 3"
