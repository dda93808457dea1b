"""Statistics that do not agree with themselves.

P-values of t(28) = 2.048, F(2, 30) = 3.316, chi-squared(1) = 3.841 and z = 1.960 are 0.05 by the tables of critical
values in the NIST/SEMATECH e-Handbook of Statistical Methods, sections 1.3.6.7.1 to 1.3.6.7.4.
"""

import pytest

from evidentia.compare.documents.passage import Passage
from evidentia.compare.foreign.reported import reported


def found(text):
    return [(remark.kind, remark.what) for remark in reported(Passage(text, "paragraph 1"))]


@pytest.mark.parametrize(
    "text",
    [
        "t(28) = 2.048, p = .050",
        "F(2, 30) = 3.316, p = .050",
        "χ2(1, N = 90) = 3.841, p = .05",
        "z = 1.96, p = .05",
        "t(28) = 2.05, p < .06",
        "one-tailed, t(28) = 2.048, p = .025",
    ],
)
def test_a_p_value_that_follows_is_passed_over(text):
    assert not found(text)


def test_the_rounding_of_the_statistic_is_allowed_for():
    assert not found("t(28) = 2.0, p = .055")  # 2.05 gives 0.0498, 1.95 gives 0.061


def test_a_p_value_that_does_not_follow_is_named_with_what_it_is():
    kind, what = found("The groups differed, t(28) = 1.20, p = .02.")[0]
    assert kind == "test"
    assert "t(28) = 1.20: it gives 0.23" in what
    assert "changes what is significant at 5%" in what


def test_a_percentage_has_to_come_from_its_count():
    assert found("13 of 40 families (33%)") == []
    assert found("13 of 40 families (35%)") == [("percentage", "13 of 40 is 32.5%, not 35%")]
    assert found("45% (9 of 20)") == []


def test_a_percentage_that_no_count_gives_is_named():
    assert found("25% of the 28 families") == []
    assert found("53.3% (N = 15)") == []
    assert found("52% (N = 15)") == [
        ("percentage", "no count out of 15 gives 52%: the nearest are 46.67% and 53.33%")
    ]


def test_an_estimate_lies_within_its_interval():
    assert found("a difference of 3.1 (95% CI 1.2 to 5.0)") == []
    assert found("a difference of 5.4 (95% CI 1.2 to 5.0)")[0][0] == "interval"
