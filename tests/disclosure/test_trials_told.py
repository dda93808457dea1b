"""Random trials of outcomes with many values, and a reader who knows that data have few decimals."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from disclosure.adversary import known_numbers
from disclosure.attack import possible
from evidentia.data.table import DataTable
from evidentia.designs.rct.analyse import analyse
from evidentia.designs.rct.settings import RctSettings
from evidentia.disclosure.stage import protect

ARMS = ("programme", "usual")
STEPS = ("lost", "without_baseline", "n")


def trial(seed):
    """Return a trial of whole scores, some without an outcome, some without a baseline."""
    random = np.random.default_rng(seed)
    people = int(random.integers(60, 200))
    frame = pd.DataFrame(
        {"arm": random.choice(ARMS, people), "before": random.integers(20, 60, people).astype(float)},
        index=range(2, people + 2),
    )
    frame["after"] = frame["before"] + random.integers(-9, 10, people)
    frame.loc[random.random(people) < 0.04, "after"] = np.nan
    frame.loc[random.random(people) < 0.03, "before"] = np.nan
    return frame


def compared(frame, minimum, **more):
    given = {
        "design": "rct",
        "data": "d",
        "arm": "arm",
        "control": "usual",
        "outcome": "after",
        "baseline": "before",
    }
    table = {"d": DataTable(frame, "data/trial.csv", "sha256:0", minimum)}
    return analyse(RctSettings.model_validate({**given, **more}), table)


def sizes_of(numbers, most):
    """Return how many people of each arm, and in all, published means and limits tell."""
    found = {}
    for arm in ARMS:
        for id in (f"mean.before.{arm}", f"outcome.{arm}"):
            if id in numbers:
                part = Fraction(numbers[id]).limit_denominator(most).denominator
                found[f"n.{arm}"] = [size for size in range(1, most + 1) if size % part == 0]
    if {"effect.estimate", "effect.se", "effect.ci_high"} <= numbers.keys():
        ratio = (numbers["effect.ci_high"] - numbers["effect.estimate"]) / numbers["effect.se"]
        df = min(range(1, most + 1), key=lambda one: abs(t.ppf(0.975, one) - ratio))
        found["n"] = [df + 3]  # two arms and a baseline
    return found


def attack_trial(numbers, true, minimum):
    """Return the small counts of a trial that a reader can place too narrowly."""
    values = {**true, "n": sum(true[f"n.{arm}"] for arm in ARMS)}
    sums = [(f"assigned.{arm}", [f"{step}.{arm}" for step in STEPS]) for arm in ARMS]
    sums += [(f"{step}_overall", [f"{step}.{arm}" for arm in ARMS]) for step in ("assigned", "lost")]
    sums.append(("n", [f"n.{arm}" for arm in ARMS]))
    known = {name: numbers[name] for name in values if name in numbers}
    for arm in ARMS:
        if f"attrition.{arm}" in numbers:
            known |= {f"{step}.{arm}": true[f"{step}.{arm}"] for step in ("lost", "assigned")}
    for name, sizes in sizes_of(numbers, 250).items():
        if (
            values[name] in sizes
            and len([one for one in sizes if abs(one - values[name]) < 2 * minimum]) == 1
        ):
            known[name] = values[name]
    found = []
    for name, value in values.items():
        if 0 < value < minimum:
            low, high = possible(list(values), sums, known, name)
            if high - low < minimum - 1e-6:
                found.append((name, value, low, high))
    return found


def counts_of(result):
    return {n.id: n.value for n in result.numbers if n.unit == "count" and n.id != "padlock.most"}


def attempts(seed):
    minimum = (3, 5, 10)[seed % 3]
    result = compared(trial(seed), minimum)
    return attack_trial(known_numbers(protect(result, minimum)), counts_of(result), minimum)


def test_the_attack_tells_who_is_missing_where_means_tell_how_many_there_are():
    found = 0
    for seed in range(12):
        result = compared(trial(seed), 5)
        numbers = known_numbers(result)
        for arm in ARMS:
            for name in ("lost", "without_baseline", "n", "attrition"):
                numbers.pop(f"{name}.{arm}", None)
        found += bool(attack_trial(numbers, counts_of(result), 5))
    assert found > 3


def test_a_trial_gives_its_effect_rather_than_how_many_were_assigned():
    numbers = known_numbers(protect(compared(trial(1), 5), 5))
    assert {"n.usual", "n.programme", "effect.estimate", "effect.se"} <= numbers.keys()
    assert not {"assigned.usual", "assigned.programme"} <= numbers.keys()


def test_those_assigned_whom_the_flow_states_are_known():
    frame = trial(1)
    flow = {"assessed": len(frame) + 30, "excluded": {"No consent": 30}}
    protected = known_numbers(protect(result := compared(frame, 5, flow=flow), 5))
    assert protected["assessed"] - protected["excluded"] == len(frame)
    known = {**protected, "assigned_overall": len(frame)}
    assert attack_trial(known, counts_of(result) | {"assigned_overall": len(frame)}, 5) == []


def test_a_rounded_count_is_known_where_a_mean_tells_it():
    hidden = 0
    for seed in range(6):
        result = compared(trial(seed), 5)
        numbers, true = known_numbers(protect(result, 5, 5)), counts_of(result)
        for arm in ARMS:
            away = true[f"assigned.{arm}"] - true[f"n.{arm}"]
            if (
                f"outcome.{arm}" in numbers
                and 1 < away < 5
                and not {f"lost.{arm}", f"without_baseline.{arm}"} & numbers.keys()
            ):
                hidden += 1  # n to the last person, and all within 5 of those assigned: too few would be left
                assert f"assigned.{arm}" not in numbers
    assert hidden > 2


@pytest.mark.parametrize("start", [0, 10])
def test_nothing_is_recovered_of_random_trials_with_many_values(start):
    assert {seed: found for seed in range(start, start + 10) if (found := attempts(seed))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 200, 50))
def test_nothing_is_recovered_of_trials_with_many_values_in_200_runs(start):
    assert {seed: found for seed in range(start, start + 50) if (found := attempts(seed))} == {}
