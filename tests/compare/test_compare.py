import pytest

from evidentia.compare.ledgers import compare
from evidentia.config.report import Regression


def entry(id, value, unit="count", uses=()):
    return {
        "id": id,
        "value": value,
        "unit": unit,
        "label": id,
        "source": {"basis": "computed"},
        "uses": list(uses),
    }


def ledger(*entries):
    return {item["id"]: item for item in entries}


def test_changed_new_and_gone_are_told_apart():
    changes = compare(
        ledger(entry("a.x", 1), entry("a.y", 2)), ledger(entry("a.x", 3), entry("a.z", 4)), Regression()
    )
    assert [(change.id, change.kind) for change in changes] == [
        ("a.x", "changed"),
        ("a.z", "new"),
        ("a.y", "gone"),
    ]
    assert changes[0].difference == 2
    assert changes[0].relative == 2.0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (1.0, 1.0 + 1e-8, 0),
        (1.0, 1.0 + 1e-4, 1),
        (0.0, 1e-10, 0),
        (0.0, 1e-6, 1),
        (None, 1.0, 1),
        (None, None, 0),
        ("May", "June", 1),
    ],
)
def test_tolerance_excuses_small_differences(before, after, expected):
    assert len(compare(ledger(entry("a.x", before)), ledger(entry("a.x", after)), Regression())) == expected


def test_another_unit_is_a_change_though_the_value_is_the_same():
    changes = compare(ledger(entry("a.x", 12)), ledger(entry("a.x", 12, "proportion")), Regression())
    assert [change.printed() for change in changes] == [("12", "1,200%")]


def test_a_pattern_sets_the_tolerance_of_its_numbers():
    regression = Regression.model_validate({"patterns": {"a.*.se": {"relative": 0.01}}})
    old, new = (
        ledger(entry("a.b.se", 1.0), entry("a.b.ci", 1.0)),
        ledger(entry("a.b.se", 1.005), entry("a.b.ci", 1.005)),
    )
    assert [change.id for change in compare(old, new, regression)] == ["a.b.ci"]


def test_a_reader_sees_a_number_only_where_its_printed_form_changes():
    use = {"chapter": "a", "anchor": "n-1", "printed": "11.5%"}

    def change(new):
        return compare(
            ledger(entry("a.x", 0.115, "proportion", [use])),
            ledger(entry("a.x", new, "proportion", [use])),
            Regression(),
        )[0]

    assert change(0.119).seen
    assert not change(0.1151).seen  # prints as 11.5% with one decimal
