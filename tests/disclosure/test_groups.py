"""Random trials and comparisons broken down by group, all that is published, and a reader who tries."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import LinearConstraint, milp

from disclosure.adversary import known_numbers
from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.ipw.analyse import analyse as weigh
from evidentia.designs.ipw.settings import IpwSettings
from evidentia.designs.rct.analyse import analyse as try_out
from evidentia.designs.rct.settings import RctSettings
from evidentia.disclosure.stage import protect

TRIAL = {"design": "rct", "data": "d", "arm": "arm", "control": "usual"}
WEIGHTED = {
    "design": "ipw",
    "data": "d",
    "treatment": "helped",
    "covariates": ["age"],
    "bootstrap": {"replicates": 0},
}
SHOWN = {"outcome": "y", "outcome_type": "binary", "breakdown": ["place"]}


def attack_groups(sizes, yes, effects, levels, minimum):
    """Return the small counts of a trial's groups that their effects and the levels of all narrow too far.

    The reader takes an adjusted or weighted effect for the plain difference of two shares.

    Parameters
    ----------
    sizes, yes : array of int
        People, and those with the outcome, by group and side: the truth.
    effects : list of bool
        Whether each group's effect is published.
    levels : pair of bool
        Whether the share of each side, all groups together, is published.
    minimum : int
    """
    count = yes.size
    rows = []
    for group, told in enumerate(effects):
        if told:
            row = np.zeros(count)
            row[2 * group], row[2 * group + 1] = sizes[group, 1], -sizes[group, 0]
            rows.append(row)
    for side, told in enumerate(levels):
        if told:
            row = np.zeros(count)
            row[side::2] = 1
            rows.append(row)
    truth = yes.ravel().astype(float)
    limits = (
        [LinearConstraint(np.array(rows), np.array(rows) @ truth, np.array(rows) @ truth)] if rows else []
    )
    found = []
    for place, value in enumerate(truth):
        of = sizes.ravel()[place]
        if 0 < value < minimum or 0 < of - value < minimum:
            goal = np.zeros(count)
            goal[place] = 1
            ends = [
                sign
                * milp(
                    sign * goal, integrality=np.ones(count), constraints=limits, bounds=(0, sizes.ravel())
                ).fun
                for sign in (1, -1)
            ]
            if ends[1] - ends[0] < min(minimum, of) - 1e-6:
                found.append((*divmod(place, 2), int(value), *ends))
    return found


def grouped(seed):
    """Return sizes and those with the outcome by group and side, and the people themselves."""
    random = np.random.default_rng(seed)
    groups = int(random.integers(2, 5))
    sizes = random.integers(12, 45, (groups, 2))
    yes = random.binomial(sizes, random.uniform(0.05, 0.5, (groups, 2)))
    rows = [
        {"place": "ABCD"[group], "helped": 1 - side, "y": int(one < yes[group, side])}
        for group in range(groups)
        for side in (0, 1)
        for one in range(sizes[group, side])
    ]
    frame = pd.DataFrame(rows, index=range(2, len(rows) + 2))
    frame["arm"] = np.where(frame["helped"] == 1, "programme", "usual")
    frame["age"] = random.normal(15, 2, len(frame)).round(2)
    return sizes, yes, frame


def published(design, frame, minimum):
    table = {"d": DataTable(frame, "data/people.csv", "sha256:0", minimum)}
    if design == "rct":
        result = try_out(RctSettings.model_validate({**TRIAL, **SHOWN}), table)
    else:
        result = weigh(IpwSettings.model_validate({**WEIGHTED, **SHOWN}), table)
    return known_numbers(protect(result, minimum))


def by_group(design, seed):
    """Return what is recovered of a random trial, or comparison, by group."""
    sizes, yes, frame = grouped(seed)
    minimum = (3, 5, 10)[seed % 3]
    try:
        numbers = published(design, frame, minimum)
    except EvidentiaError:
        return []  # nothing is published
    sides = ("programme", "usual") if design == "rct" else ("treated", "comparator")
    stems = ("outcome",) if design == "rct" else ("outcome", "outcome_unweighted")
    levels = [any(f"{stem}.{side}" in numbers for stem in stems) for side in sides]
    effects = [
        any(f"breakdown.place.{place}.effect.{part}" in numbers for part in ("estimate", "se", "p_value"))
        for place in "abcd"[: len(sizes)]
    ]
    return attack_groups(sizes, yes, effects, levels, minimum)


def test_the_attack_recovers_counts_where_only_the_effects_of_small_groups_are_suppressed():
    sizes, yes = np.array([[30, 29], [31, 30], [20, 30]]), np.array([[14, 15], [12, 13], [3, 12]])
    assert attack_groups(sizes, yes, [True, True, False], (True, True), 5)
    assert attack_groups(sizes, yes, [True, False, False], (True, True), 5) == []


@pytest.mark.parametrize("design", ["ipw", "rct"])
@pytest.mark.parametrize("start", [0, 5])
def test_nothing_is_recovered_of_random_groups(design, start):
    assert {seed: found for seed in range(start, start + 5) if (found := by_group(design, seed))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("design", ["ipw", "rct"])
@pytest.mark.parametrize("start", range(0, 100, 20))
def test_nothing_is_recovered_of_groups_in_200_runs(design, start):
    assert {seed: found for seed in range(start, start + 20) if (found := by_group(design, seed))} == {}
