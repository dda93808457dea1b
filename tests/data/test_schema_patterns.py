"""Patterns of a schema: the whole text is matched, in time that grows with its length alone."""

import pytest

from evidentia.core.errors import EvidentiaError
from evidentia.data.patterns import check_pattern, matches


@pytest.mark.parametrize(
    ("pattern", "fit", "other"),
    [
        (r"p\d{3}", ["p001"], ["p0012", "xp001", "p001\n", ""]),
        ("a|bc", ["a", "bc"], ["abc", "ac"]),
        ("(?i)north", ["North", "NORTH"], ["Northern"]),
        (r"\p{L}+", ["Ynys", "Môn"], ["Ynys Môn"]),
        (r"\Qa)b\E", ["a)b"], ["ab"]),
        ("(a+)+", ["a" * 5000], ["a" * 5000 + "b"]),
    ],
)
def test_the_whole_text_has_to_fit(pattern, fit, other):
    check_pattern(pattern, "id", "data/datapackage.json")
    assert matches(pattern, [*fit, *other]) == [True] * len(fit) + [False] * len(other)


@pytest.mark.parametrize("pattern", ["(", "(?=a)", r"(a)\1", "a)(?:b", r"\Qabc"])
def test_what_the_engine_does_not_know_is_refused(pattern):
    with pytest.raises(EvidentiaError, match="not a regular expression that is read here"):
        check_pattern(pattern, "id", "data/datapackage.json")
