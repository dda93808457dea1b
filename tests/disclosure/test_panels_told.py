"""Differences in differences: who has no value in a period, and what units times periods tell."""

import numpy as np
import pandas as pd
import pytest

from disclosure.adversary import known_numbers
from disclosure.attack import possible
from evidentia.data.table import DataTable
from evidentia.designs.did.analyse import analyse
from evidentia.designs.did.settings import DidSettings
from evidentia.disclosure.stage import protect

PERIODS = 3
GROUPS = {"never": "n.comparators", "2002": "group.2002.n", "2003": "group.2003.n"}


def panel(seed):
    """Return people of three groups in three years, some without a value in some of them."""
    random = np.random.default_rng(seed)
    rows, missing = [], random.choice([0.0, 0.01, 0.03])
    for person in range(int(random.integers(40, 120))):
        first = random.choice([np.nan, 2002, 2003], p=random.choice([[0.1, 0.5, 0.4], [0.5, 0.4, 0.1]]))
        for year in range(2001, 2001 + PERIODS):
            if random.random() >= missing:
                rows.append([f"p{person}", year, first, float(random.integers(10, 60))])
    columns = ["person", "year", "first", "score"]
    return pd.DataFrame(rows, columns=columns, index=range(2, len(rows) + 2))


def compared(frame, minimum, unbalanced):
    settings = {
        "design": "did", "data": "d", "unit": "person", "time": "year", "outcome": "score",
        "first_treated": "first", "unbalanced": unbalanced, "bootstrap": {"replicates": 0},
    }  # fmt: skip
    table = {"d": DataTable(frame, "data/years.csv", "sha256:0", minimum)}
    return analyse(DidSettings.model_validate(settings), table)


def attack_panel(result, protected, minimum):
    """Return the small counts that a reader can place too narrowly: of groups, and of those of each without a
    value in a year. A mean, or any effect, tells him on how many values it rests.
    """
    true = {n.id: n.value for n in result.numbers if n.unit == "count"}
    sums = [("n.units", ["n.treated", "n.comparators"]), ("n.treated", list(GROUPS.values())[1:])]
    told = known_numbers(protected)
    known = {id: value for id, value in told.items() if id in true}
    inside = []
    for before, after in zip(result.frames["cohorts"].rows, protected.frames["cohorts"].rows, strict=True):
        name = f"in.{before[0]}.{before[2]}"
        inside.append(name)
        true[name], size = before[6], GROUPS[before[0]]
        true[f"without.{name}"] = true[size] - before[6]
        sums.append((size, [name, f"without.{name}"]))
        if after[5] is not None or after[6] is not None or "effect.estimate" in told:
            known[name] = before[6]
    sums.append(("n.observations", inside))
    if not any(true[f"without.{name}"] for name in inside):
        known |= {f"without.{name}": 0 for name in inside}  # the note on panels is not there
    found = []
    for name, value in true.items():
        if 0 < value < minimum and name not in ("n.periods", "n.groups", "n.incomplete", "n.always_treated"):
            low, high = possible(list(true), sums, known, name)
            if high - low < minimum - 1e-6:
                found.append((name, value, low, high))
    return found


def attempts(seed):
    minimum, unbalanced = (3, 5, 10)[seed % 3], ("keep", "leave_out")[seed % 2]
    result = compared(panel(seed), minimum, unbalanced)
    return attack_panel(result, protect(result, minimum), minimum)


def test_the_attack_finds_who_has_no_value_where_only_small_counts_are_suppressed():
    runs = [compared(panel(seed), 5, "keep") for seed in range(12)]
    assert sum(bool(attack_panel(result, result, 5)) for result in runs) > 3


def test_units_times_periods_go_where_the_number_of_units_does():
    frame = panel(1)
    few = frame[
        frame["first"].notna() | frame["person"].isin(frame.loc[frame["first"].isna(), "person"].unique()[:3])
    ]
    numbers = known_numbers(protect(compared(few, 5, "leave_out"), 5))
    assert "n.comparators" not in numbers
    assert not {"n.treated", "n.observations"} <= numbers.keys()


@pytest.mark.parametrize("start", [0, 10])
def test_nothing_is_recovered_of_random_panels(start):
    assert {seed: found for seed in range(start, start + 10) if (found := attempts(seed))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 200, 50))
def test_nothing_is_recovered_of_panels_in_200_runs(start):
    assert {seed: found for seed in range(start, start + 50) if (found := attempts(seed))} == {}
