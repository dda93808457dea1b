"""Random data, all that is published, and a reader who tries: no small count is recovered, by any of the ways
that once led to one.
"""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from disclosure.adversary import attack_outcome, attack_survey, attack_values, known_numbers
from evidentia.data.table import DataTable
from evidentia.designs.ipw.analyse import analyse as weigh
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.panel_survey.analyse import analyse as survey
from evidentia.designs.panel_survey.settings import PanelSurveySettings
from evidentia.disclosure.stage import protect, protect_together

ANSWERS = ["1", "2", "3", "4", "5"]


def trial(seed, size=None):
    """Return people with a rare outcome and a covariate with few values."""
    random = np.random.default_rng(seed)
    size = size or int(random.integers(40, 90))
    treated = random.random(size) < 0.5
    levels = np.arange(int(random.integers(2, 5)))
    shares = random.dirichlet(np.full(len(levels), 0.7))
    frame = pd.DataFrame(
        {
            "treated": treated.astype(int),
            "y": (random.random(size) < random.uniform(0.05, 0.3)).astype(int),
            "age": random.normal(15, 2, size).round(2),
            "visits": random.choice(levels, size, p=shares),
        },
        index=pd.RangeIndex(2, size + 2),
    )
    enough = all(
        frame[frame.treated == group][name].nunique() > 1 for group in (0, 1) for name in ("y", "visits")
    )
    low, high = (frame.groupby("treated").visits.agg(end) for end in ("min", "max"))
    overlap = low.get(0, 0) < high.get(1, 0) and low.get(1, 0) < high.get(
        0, 0
    )  # else the propensity has no fit
    return frame if enough and overlap else trial(seed + 100_000, size)


def weighted(frame, minimum=10, **settings):
    raw = {
        "design": "ipw",
        "data": "d",
        "outcome": "y",
        "covariates": ["age"],
        "balance": ["age", "visits"],
        "bootstrap": {"replicates": 0},
    }
    table = DataTable(frame, "data/people.csv", "sha256:0", minimum)
    return weigh(IpwSettings.model_validate({**raw, **settings}), {"d": table})


def outcome_found(frame, numbers, minimum):
    """Return the ways that lead to a small number of treated with the outcome."""
    treated = frame[frame.treated == 1]
    ones, sizes = int(treated.y.sum()), (len(treated), len(frame) - len(treated))
    return [
        how
        for how, guess in attack_outcome(numbers, sizes).items()
        if 0 < ones < minimum and abs(guess - ones) < minimum / 2
    ]


def values_found(frame, numbers, minimum):
    """Return the counts of values that the published moments give."""
    levels = np.sort(frame.visits.unique())
    truth = [
        np.array([(frame[frame.treated == group].visits == level).sum() for level in levels])
        for group in (1, 0)
    ]
    return attack_values(numbers, "visits", levels, truth, minimum)


def two_waves(seed):
    """Return a survey of one column in two waves, with two or three items on it."""
    random = np.random.default_rng(seed)
    size, minimum = int(random.integers(15, 60)), int(random.choice([3, 5, 10]))
    waves = []
    for first in (0, int(random.integers(0, size))):
        shares = random.dirichlet(np.full(len(ANSWERS) + 1, 0.6))
        ids = [f"p{number}" for number in range(first, first + size)]
        waves.append(pd.Series(random.choice([*ANSWERS, None], size, p=shares), index=ids, dtype=object))
    cuts = random.permutation([1, 2, 3, 4])[: int(random.integers(2, 4))]
    return waves, {f"item_{place}": set(ANSWERS[cut:]) for place, cut in enumerate(cuts)}, minimum


def surveyed(waves, items, minimum, **more):
    tables = {}
    for name, answers in zip(("first", "second"), waves, strict=True):
        frame = pd.DataFrame({"person": answers.index, "mood": answers.to_numpy()}, dtype=object)
        tables[name] = DataTable(
            frame.set_axis(pd.RangeIndex(2, len(frame) + 2)), f"data/{name}.csv", "sha256:0", minimum
        )
    settings = {
        "design": "panel_survey",
        "data": {"wave_1": "first", "wave_2": "second"},
        "respondent": "person",
        "items": {
            name: {"column": "mood", "positive": sorted(positive), "scale": ANSWERS, **more}
            for name, positive in items.items()
        },
    }
    return survey(PanelSurveySettings.model_validate(settings), tables)


def only_small_hidden(result, minimum):
    """Return a result in which nothing but the small counts is suppressed."""
    hide = [
        number.unit == "count" and isinstance(number.value, int) and 0 < number.value < minimum
        for number in result.numbers
    ]
    return dataclasses.replace(
        result,
        numbers=[
            dataclasses.replace(one, value=None) if hidden else one
            for one, hidden in zip(result.numbers, hide, strict=True)
        ],
    )


def test_the_attacks_recover_counts_where_only_the_small_ones_are_suppressed():
    found = {"outcome": 0, "values": 0, "survey": 0}
    for seed in range(12):
        frame = trial(seed)
        numbers = known_numbers(only_small_hidden(weighted(frame), 10))
        del numbers["outcome_unweighted.treated"]
        found["outcome"] += bool(outcome_found(frame, numbers, 10))
        found["values"] += bool(values_found(frame, numbers, 10))
        waves, items, minimum = two_waves(seed)
        found["survey"] += bool(
            attack_survey(
                waves,
                items,
                ANSWERS,
                known_numbers(only_small_hidden(surveyed(waves, items, minimum), minimum)),
                minimum,
            )
        )
    assert min(found.values()) > 3, found


def attempts(seed):
    """Return what a reader recovers of one random trial and one random survey, protected."""
    random = np.random.default_rng(seed)
    frame, minimum = trial(seed), int(random.choice([3, 5, 10]))
    covariates = [["age"], ["age", "visits"], ["visits"]][seed % 3]
    estimand = ["ATE", "ATT", "ATC", "ATO"][seed % 4]
    numbers = known_numbers(
        protect(weighted(frame, minimum, covariates=covariates, estimand=estimand), minimum)
    )
    waves, items, least = two_waves(seed)
    published = known_numbers(protect(surveyed(waves, items, least), least))
    return [
        *outcome_found(frame, numbers, minimum),
        *values_found(frame, numbers, minimum),
        *attack_survey(waves, items, ANSWERS, published, least),
    ]


@pytest.mark.parametrize("start", range(0, 24, 6))
def test_nothing_is_recovered_of_random_trials_and_surveys(start):
    assert {seed: found for seed in range(start, start + 6) if (found := attempts(seed))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 500, 25))
def test_nothing_is_recovered_in_500_runs(start):
    assert {seed: found for seed in range(start, start + 25) if (found := attempts(seed))} == {}


def test_two_analyses_that_leave_a_few_people_out_differently_do_not_both_say_how_many_they_are():
    frame = trial(3, 80)
    few = frame.drop(frame.index[frame.treated == 1][:3])
    results = {"all": weighted(frame), "some": weighted(few)}
    alone = {id: known_numbers(protect(result, 10)) for id, result in results.items()}
    assert alone["all"]["n.treated"] - alone["some"]["n.treated"] == 3
    together = {id: known_numbers(result) for id, result in protect_together(results, 10).items()}
    assert not ("n.treated" in together["all"] and "n.treated" in together["some"])
    assert not all(
        "mean_unweighted.age.treated" in together[id] for id in results
    )  # n times the mean, less n times the mean
