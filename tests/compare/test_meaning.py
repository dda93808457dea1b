import pytest

from evidentia.compare.meaning import judge, message
from evidentia.compare.sources import Present
from evidentia.config.model import Config

CONFIG = Config.model_validate({"evaluation": {"id": "e", "title": "E", "date": "2020-01-01"}})
SENTENCE = "The share fell to 30%."


def entry(id, value, unit="proportion", printed="", anchor="n-1", sentence=SENTENCE):
    uses = (
        [{"chapter": "lessons", "anchor": anchor, "printed": printed, "sentence": sentence, "line": 3}]
        if printed
        else []
    )
    return {
        "id": id,
        "value": value,
        "unit": unit,
        "label": f"Label of {id}",
        "source": {"basis": "computed"},
        "uses": uses,
    }


def ledger(*entries):
    return {item["id"]: item for item in entries}


def claim(condition, *ids, sentence=SENTENCE):
    return {
        "id": "c-1",
        "chapter": "lessons",
        "line": 3,
        "condition": condition,
        "words": "fell",
        "holds": True,
        "values": dict.fromkeys(ids, 0),
        "sentence": sentence,
    }


def judged(before, after, *claims, pages=()):
    return judge(before, Present(after, list(claims), dict(pages), True), CONFIG)


def test_a_claim_that_the_old_numbers_do_not_bear_out_is_said_to_flip():
    found = judged(ledger(entry("a.x", 0.4)), ledger(entry("a.x", 0.3)), claim("a.x < 0.35", "a.x"))
    (flip,) = found.flips
    assert (flip.held, flip.holds) == (False, True)
    assert found.findings[0].marks == ["a claim flips"]


def test_a_claim_over_ids_that_the_old_ledger_lacks_is_not_judged():
    found = judged(ledger(entry("a.y", 0.4)), ledger(entry("a.x", 0.3)), claim("a.x < 0.35", "a.x"))
    assert found.flips == []
    assert found.unjudged == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"), [(-0.1, 0.1, True), (0.1, 0.2, False), (0.0, 0.1, False)]
)
def test_a_change_of_sign_is_marked(old, new, expected):
    assert judged(ledger(entry("a.x", old)), ledger(entry("a.x", new))).findings[0].sign is expected


def test_significance_goes_by_the_p_value_and_marks_the_whole_estimate():
    def estimate(value, p_value):
        return ledger(entry("a.effect.estimate", value), entry("a.effect.p_value", p_value, "p_value"))

    lost = judged(estimate(-0.11, 0.028), estimate(-0.10, 0.06))
    assert {finding.significance for finding in lost.findings} == {"lost"}
    assert judged(estimate(-0.10, 0.06), estimate(-0.11, 0.049)).findings[0].significance == "gained"
    assert judged(estimate(-0.10, 0.02), estimate(-0.11, 0.01)).findings[0].significance == ""


@pytest.mark.parametrize(("unit", "low", "high"), [("proportion", -0.01, 0.2), ("ratio", 0.9, 1.2)])
def test_without_a_p_value_the_interval_decides_against_the_value_of_no_effect(unit, low, high):
    apart = {"proportion": (0.05, 0.2), "ratio": (1.1, 1.2)}[unit]
    before = ledger(entry("a.e.ci_low", apart[0], unit), entry("a.e.ci_high", apart[1], unit))
    after = ledger(entry("a.e.ci_low", low, unit), entry("a.e.ci_high", high, unit))
    assert judged(before, after).findings[0].significance == "lost"


def test_changes_come_in_the_order_of_what_they_mean():
    before = ledger(
        entry("a.large", 1.0),
        entry("a.small", 1.0),
        entry("a.seen", 0.301, printed="30%"),
        entry("b.e.estimate", 2.0),
        entry("b.e.p_value", 0.01, "p_value"),
        entry("a.sign", 0.1),
        entry("a.claimed", 0.4),
        entry("a.gone", 0.5),
    )
    after = ledger(
        entry("a.large", 9.0),
        entry("a.small", 1.1),
        entry("a.seen", 0.312, printed="31%"),
        entry("b.e.estimate", 2.0),
        entry("b.e.p_value", 0.2, "p_value"),
        entry("a.sign", -0.1),
        entry("a.claimed", 0.3),
        entry("a.new", 0.5),
    )
    found = judged(before, after, claim("a.claimed < 0.35", "a.claimed"))
    order = ["a.claimed", "a.sign", "b.e.p_value", "a.seen", "a.gone", "a.new", "a.large", "a.small"]
    assert [finding.change.id for finding in found.findings] == order


def test_the_message_names_claims_sentences_and_pages():
    before, after = (
        ledger(entry("a.x", 0.3, printed="30%")),
        ledger(entry("a.x", 0.36, printed="36%", sentence="The share fell to 36%.")),
    )
    text = message(judged(before, after, claim("a.x < 0.35", "a.x"), pages=[("n-1", 12)]))
    assert "1 number differs (1 changed); 1 claim flips" in text
    assert 'claim no longer holds: "The share fell to 30%."' in text
    assert "a.x: 30% -> 36% (+20.00%); a claim flips" in text
    assert "lessons, page 12: The share fell to 36%." in text


def test_nothing_that_differs_is_said_as_such():
    same = ledger(entry("a.x", 0.3))
    assert not judged(same, same)
    assert judged(same, same).summary() == "No number differs."
