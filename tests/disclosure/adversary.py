"""A reader who tries to work small counts out from all that is published; shares no code with the stage.

He knows the settings, how each number is computed, and which values a column can have. He is helped: where a
share or a test is published, he is told the counts behind it, and weights are taken to be all but equal.
"""

from itertools import combinations, product

import numpy as np
from scipy.optimize import LinearConstraint, milp


def known_numbers(result):
    """Return what a result publishes, by id."""
    return {number.id: number.value for number in result.numbers if number.value is not None}


# --- surveys: one column, any number of items on it, in two waves


def survey_counts(items, answers):
    """Return each count of a survey about one column as the kinds of people whom it counts, by number id.

    A kind is a pair of states, one a wave: absent, no answer, or an answer.
    """
    states = ["absent", None, *answers]
    kinds = [pair for pair in product(states, states) if pair != ("absent", "absent")]
    counts = {
        "respondents.either": kinds,
        "respondents.both": [pair for pair in kinds if "absent" not in pair],
    }
    for wave in (0, 1):
        there = [pair for pair in kinds if pair[wave] != "absent"]
        counts[f"completed.wave_{wave + 1}"] = there
        for name, positive in items.items():
            counts[f"{name}.missing.wave_{wave + 1}"] = [pair for pair in there if pair[wave] is None]
            counts[f"{name}.given.wave_{wave + 1}"] = given = [
                pair for pair in there if pair[wave] is not None
            ]
            both = [pair for pair in given if pair[1 - wave] in answers]
            for stem, base in ((name, given), (f"{name}.panel", both)):
                counts[f"{stem}.n.wave_{wave + 1}"] = base
                counts[f"{stem}.count.wave_{wave + 1}"] = [pair for pair in base if pair[wave] in positive]
                counts[f"{stem}.other.wave_{wave + 1}"] = [
                    pair for pair in base if pair[wave] not in positive
                ]
            for place, answer in enumerate(answers, start=1):
                counts[f"{name}.answer_{place}.wave_{wave + 1}"] = [
                    pair for pair in given if pair[wave] == answer
                ]
            counts[f"{name}.mcnemar.n"] = both
            counts[f"{name}.mcnemar.lost"] = [
                pair for pair in both if pair[0] in positive and pair[1] not in positive
            ]
            counts[f"{name}.mcnemar.gained"] = [
                pair for pair in both if pair[0] not in positive and pair[1] in positive
            ]
    return kinds, counts


def told_by(id, known):
    """Return the counts that a published share, interval or test tells."""
    stem, _, wave = id.rpartition(".")
    item, _, what = stem.rpartition(".")
    if what in ("share", "share_ci_low", "share_ci_high"):
        return [f"{item}.count.{wave}", f"{item}.n.{wave}"]
    if what == "missing_share":
        return [f"{item}.missing.{wave}", f"completed.{wave}"]
    if id.endswith("mcnemar.p_value"):
        return [
            f"{item.removesuffix('.mcnemar') or stem.removesuffix('.mcnemar')}.mcnemar.{part}"
            for part in ("lost", "gained")
        ]
    if what == "change":
        return [f"{item}.{part}.wave_{number}" for part in ("count", "n") for number in (1, 2)]
    return []


def attack_survey(frames, items, answers, published, minimum, earlier=None, told=0):
    """Return the small counts of a survey that a reader can place in an interval narrower than the minimum.

    Parameters
    ----------
    frames : pair of pandas.Series
        The answers of each wave by person, None for no answer: the truth, by which the attack is judged.
    items : dict of str to set
        Positive answers by item.
    answers : list
    published : dict
        Numbers by id.
    minimum : int
    earlier, told : dict, int
        Another release's numbers, and how far from its counts those of now may be; alone, of `published`.
    """
    kinds, counts = survey_counts(items, answers)
    people = set(frames[0].index) | set(frames[1].index)
    pairs = [
        tuple(_answer(frame[person]) if person in frame.index else "absent" for frame in frames)
        for person in people
    ]
    truth = np.array([pairs.count(kind) for kind in kinds])
    rows = {
        id: np.array([kind in chosen for kind in kinds], dtype=float)
        for id, chosen in ((id, set(of)) for id, of in counts.items())
    }
    matrix, low, high = _constraints(rows, truth, published, told if earlier is None else 0)
    if earlier is not None:
        both = zip((matrix, low, high), _constraints(rows, truth, earlier, told), strict=True)
        matrix, low, high = map(np.concatenate, both)
    limits, whole = LinearConstraint(matrix, low, high) if len(matrix) else (), np.ones(len(kinds))
    found = []
    for id, row in rows.items():
        value = int(row @ truth)
        if 0 < value < minimum:
            ends = [
                s * milp(s * row, integrality=whole, constraints=limits, bounds=(0, 500)).fun for s in (1, -1)
            ]
            if ends[1] - ends[0] < minimum - 1e-6:
                found.append((id, value, *ends))
    return found


def _constraints(rows, truth, published, slack):
    """Return the sums that published numbers tell, each with its least and its most."""
    known = {id for id in published if id in rows} | {
        id for one in published for id in told_by(one, published) if id in rows
    }
    matrix = np.array([rows[id] for id in sorted(known)]).reshape(len(known), len(truth))
    sums = matrix @ truth
    if slack:
        sums = np.array([published.get(id, value) for id, value in zip(sorted(known), sums, strict=True)])
    return matrix, sums - slack, sums + slack


def _answer(value):
    return None if value is None or value != value else value


# --- weighted comparisons: the outcome


def attack_outcome(numbers, sizes):
    """Return guesses of how many treated had the outcome, each from published numbers that lead to it.

    `sizes` are those of the groups, for a reader who knows them from elsewhere.
    """
    treated, comparator = sizes
    guesses = {}
    told = {
        "share": numbers.get("outcome_unweighted.treated"),
        "weighted": numbers.get("outcome.treated"),
    }
    ids = {
        name: numbers.get(f"effect_{name}.estimate")
        for name in ("ate", "att", "atc", "ato", "crude", "aipw", "robust")
    }
    everyone, plain = numbers.get("outcome.comparator"), numbers.get("outcome_unweighted.comparator")
    for name, effect in ids.items():
        for other, level in (("weighted", everyone), ("plain", plain)):
            if effect is not None and level is not None:
                told[f"{name} beside the {other} share of comparators"] = effect + level
    if None not in (ids["att"], everyone, plain):
        told["two estimands"] = (
            ids["att"] + ((treated + comparator) * everyone - comparator * plain) / treated
        )
    ratio = numbers.get("risk_ratio.estimate")
    if ratio is not None:
        told |= {f"ratio times {level}": ratio * level for level in (everyone, plain) if level is not None}
        told |= {
            f"ratio and {name}": ratio * effect / (ratio - 1)
            for name, effect in ids.items()
            if effect is not None and ratio != 1
        }
    error, effect = numbers.get("effect_crude.se"), ids["crude"]
    if error is not None and effect is not None:
        for ones, zeros in product(range(treated + 1), range(comparator + 1)):
            first, second = ones / treated, zeros / comparator
            spread = first * (1 - first) / treated + second * (1 - second) / comparator
            if abs(first - second - effect) < 1e-9 and abs(spread - error**2) < 1e-9:
                told["crude effect and its error"] = first
    for how, share in told.items():
        if share is not None:
            guesses[how] = share * treated
    return guesses


# --- columns with few values: all counts that give the published moments


def compositions(total, parts):
    """Return all ways to split a total into so many counts, one a row."""
    bars = np.array(list(combinations(range(total + parts - 1), parts - 1)), dtype=int).reshape(-1, parts - 1)
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), total + parts - 1)])
    return np.diff(edges, axis=1) - 1


def attack_values(numbers, id, levels, truth, minimum):
    """Return the small counts of a column with few values that all published moments together narrow too far.

    Parameters
    ----------
    numbers : dict
        Published, by id.
    id : str
        The variable's.
    levels : array
        The values of the column.
    truth : pair of arrays
        How many of each group have each value.
    minimum : int
    """
    ways = []
    for group, counts in zip(("treated", "comparator"), truth, strict=True):
        size = int(counts.sum())
        every = compositions(size, len(levels))
        mean = every @ levels / size
        told = numbers.get(f"mean_unweighted.{id}.{group}", numbers.get(f"mean_weighted.{id}.{group}"))
        if told is not None:  # a weighted mean is taken for the plain one
            keep = np.isclose(mean, counts @ levels / size, rtol=0, atol=1e-9)
            every, mean = every[keep], mean[keep]
        variance = (every @ levels**2 - size * mean**2) / (size - 1)
        ways.append((every, mean, variance, np.cumsum(every, axis=1) / size))
    first, second = (np.arange(len(way[0])) for way in ways)
    left = (
        np.array(np.meshgrid(first, second, indexing="ij")).reshape(2, -1)
        if len(first) * len(second) < 3_000_000
        else None
    )
    if left is None:
        return []  # too many to try: nothing is told that narrows them
    a, b = left
    true_mean = [counts @ levels / counts.sum() for counts in truth]
    true_variance = [
        counts @ (levels - mean) ** 2 / (counts.sum() - 1)
        for counts, mean in zip(truth, true_mean, strict=True)
    ]
    keep = np.ones(len(a), dtype=bool)
    if f"smd_unweighted.{id}" in numbers or f"smd_weighted.{id}" in numbers:
        for when in ("unweighted", "weighted"):
            told = numbers.get(f"smd_{when}.{id}")
            if told is not None:
                digits = 3 if told == round(told, 3) else 15
                with np.errstate(divide="ignore", invalid="ignore"):
                    would = (ways[0][1][a] - ways[1][1][b]) / np.sqrt((ways[0][2][a] + ways[1][2][b]) / 2)
                true = (true_mean[0] - true_mean[1]) / np.sqrt(sum(true_variance) / 2)
                keep &= np.abs(would - true) <= (0.5 * 10.0**-digits if digits == 3 else 1e-9)
    if f"variance_ratio_unweighted.{id}" in numbers or f"variance_ratio_weighted.{id}" in numbers:
        keep &= np.isclose(
            ways[0][2][a] * true_variance[1], ways[1][2][b] * true_variance[0], rtol=0, atol=1e-9
        )
    if f"ks_unweighted.{id}" in numbers or f"ks_weighted.{id}" in numbers:
        distance = np.abs(ways[0][3][a] - ways[1][3][b]).max(axis=1)
        true = np.abs(np.cumsum(truth[0]) / truth[0].sum() - np.cumsum(truth[1]) / truth[1].sum()).max()
        keep &= np.isclose(distance, true, rtol=0, atol=1e-9)
    found = []
    for group, index, counts, way in (
        ("treated", a, truth[0], ways[0]),
        ("comparator", b, truth[1], ways[1]),
    ):
        possible = way[0][np.unique(index[keep])]
        for level, value, column in zip(levels, counts, possible.T, strict=True):
            if 0 < value < minimum and np.ptp(column) < minimum:
                found.append((id, group, float(level), int(value), int(column.min()), int(column.max())))
    return found
