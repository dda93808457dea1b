"""An accepted release beside this one: what it told counts as published, so that both together give no small
count away.
"""

import numpy as np
import pytest

from disclosure.adversary import attack_survey, known_numbers
from disclosure.test_adversary import ANSWERS, surveyed, two_waves
from evidentia.core.links import Relation
from evidentia.core.results import Result
from evidentia.disclosure.differencing import PINNED, pinned
from evidentia.disclosure.stage import counted, protect_together
from evidentia.disclosure.suppress import suppression

CLUBS = {"choir": 3, "drama": 9, "chess": 14}


def clubs(mean=False, **other):
    """Return how many children go to which club, and in all."""
    values, result = CLUBS | other, Result()
    for name, value in values.items():
        result.add(name, value, "count", name)
    result.add("clubs", sum(values.values()), "count", "clubs")
    result.links.add_up("clubs", list(values))
    if mean:  # of a score, which is 0, 1 and 2 in the clubs
        result.add("mean", (values["drama"] + 2 * values["chess"]) / sum(values.values()), "mean", "mean")
        result.links.relate(Relation(({"drama": 1, "chess": 2},), ("mean",), worth=1))
    return result


def ledger(*numbers, **printed):
    """Return an accepted release: the numbers that it prints by id, and those of a result."""
    found = {name: {"value": value, "unit": "count"} for name, value in printed.items()}
    return found | {number.id: {"value": number.value, "unit": number.unit} for number in numbers}


def hidden(result, accepted, minimum=5):
    made = protect_together({"": result}, minimum, 0, accepted)[""]
    return {number.id for number in made.numbers if number.suppressed}


def test_alone_the_count_that_is_missed_least_goes_with_the_small_one():
    assert hidden(clubs(), None) == {"choir", "drama"}


def test_a_count_that_the_accepted_release_printed_is_known_and_another_one_goes():
    accepted = ledger(drama=9, chess=None, choir=None, clubs=26)
    assert hidden(clubs(), accepted) == {"choir", "chess"}


def test_a_count_that_a_child_more_has_since_is_known_nearly():
    accepted = ledger(drama=8, chess=None, choir=None, clubs=25)
    assert hidden(clubs(), accepted) == {"choir", "chess"}


def test_a_count_of_other_people_is_not_known():
    accepted = ledger(drama=30, chess=None, choir=None, clubs=47)
    assert hidden(clubs(), accepted) == {"choir", "drama"}


def test_what_is_published_again_as_it_was_accepted_is_suppressed_as_it_was():
    first = protect_together({"": clubs()}, 5)[""]
    assert hidden(clubs(), ledger(*first.numbers)) == {"choir", "drama"}


def test_a_mean_that_was_published_tells_as_much_if_it_is_suppressed_now():
    assert hidden(clubs(mean=True), ledger(clubs=26)) == {"choir", "drama", "mean"}
    accepted = ledger(clubs=26) | {"mean": {"value": 37 / 26, "unit": "mean"}}
    assert hidden(clubs(mean=True), accepted) == {"choir", "drama", "chess"}


@pytest.mark.parametrize("accepted", [ledger(choir=3), ledger(drama=9, chess=14, clubs=26)])
def test_what_the_accepted_release_gave_away_stops_nothing_and_is_said(accepted):
    results = {"": clubs()}
    assert {"choir", "drama"} <= hidden(clubs(), accepted)
    table = counted(results, 5, 0, accepted)
    said = {(item.id, item.what) for item in pinned(table, suppression(table, 5), 5, 0)}
    assert ("choir", PINNED) in said
    assert pinned(table.alone, suppression(table, 5), 5, 0) == []


def exchanged(waves, random):
    """Return the survey with another answer of one person."""
    first, second = (wave.copy() for wave in waves)
    first.iloc[int(random.integers(len(first)))] = str(random.choice(ANSWERS))
    return first, second


def both_releases(seed, change):
    """Return what a reader of two releases recovers of a survey whose items are others by now."""
    before, items, minimum = two_waves(seed)
    random = np.random.default_rng(seed)
    after = exchanged(before, random) if change else before
    old = protect_together({"": surveyed(before, dict(list(items.items())[1:]), minimum)}, minimum)[""]
    now = surveyed(after, items, minimum)
    new = known_numbers(protect_together({"": now}, minimum, 0, ledger(*old.numbers))[""])
    values = {number.id: number.value for number in now.numbers}
    counts = {number.id: number.value for number in old.numbers if number.unit == "count"}
    moved = [abs(value - values[id]) for id, value in counts.items() if value is not None]
    slack = max(moved, default=0) + 1 if change else 0
    given_away = {
        found[0] for found in attack_survey(after, items, ANSWERS, known_numbers(old), minimum, told=slack)
    }
    recovered = attack_survey(after, items, ANSWERS, new, minimum, earlier=known_numbers(old), told=slack)
    return [found for found in recovered if found[0] not in given_away]


@pytest.mark.parametrize("change", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_recovered_from_two_releases_of_random_surveys(seed, change):
    assert both_releases(seed, change) == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 100, 10))
def test_nothing_is_recovered_from_two_releases_in_200_runs(start):
    runs = [(seed, change) for seed in range(start, start + 10) for change in (False, True)]
    assert {run: found for run in runs if (found := both_releases(*run))} == {}
