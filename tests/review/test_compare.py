import pytest

from evidentia.config.report import Regression
from evidentia.review.compare import compare, message


def entry(id, value, unit="count", uses=()):
    return {"id": id, "value": value, "unit": unit, "label": id, "source": {"basis": "computed"}, "uses": list(uses)}


def ledger(*entries):
    return {item["id"]: item for item in entries}


def test_changed_new_and_gone_are_told_apart():
    changes = compare(ledger(entry("a.x", 1), entry("a.y", 2)), ledger(entry("a.x", 3), entry("a.z", 4)), Regression())
    assert [(change.id, change.kind) for change in changes] == [("a.x", "changed"), ("a.z", "new"), ("a.y", "gone")]
    assert changes[0].difference == 2
    assert changes[0].relative == 2.0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(1.0, 1.0 + 1e-8, 0), (1.0, 1.0 + 1e-4, 1), (0.0, 1e-10, 0), (0.0, 1e-6, 1), (None, 1.0, 1), (None, None, 0), ("May", "June", 1)],
)
def test_tolerance_excuses_small_differences(before, after, expected):
    assert len(compare(ledger(entry("a.x", before)), ledger(entry("a.x", after)), Regression())) == expected


def test_a_pattern_sets_the_tolerance_of_its_numbers():
    regression = Regression.model_validate({"patterns": {"a.*.se": {"relative": 0.01}}})
    old, new = ledger(entry("a.b.se", 1.0), entry("a.b.ci", 1.0)), ledger(entry("a.b.se", 1.005), entry("a.b.ci", 1.005))
    assert [change.id for change in compare(old, new, regression)] == ["a.b.ci"]


def test_the_message_says_id_old_new_and_the_sentences():
    use = {"chapter": "key-messages", "anchor": "n-3", "printed": "30%", "sentence": "Of these, 30% came back."}
    changes = compare(
        ledger(entry("a.share", 0.301, "proportion", [use])), ledger(entry("a.share", 0.304, "proportion", [use])), Regression()
    )
    text = message(changes)
    assert "a.share: 30.1% -> 30.4%" in text
    assert "key-messages: Of these, 30% came back." in text
