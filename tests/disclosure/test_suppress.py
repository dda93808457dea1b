"""Random tables with totals, and random surveys and trials: no small count can be recovered from what is
published.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designs.ipw.samples import people, run
from designs.panel_survey.surveys import analysed
from disclosure.attack import recovered
from evidentia.config.load import load_config
from evidentia.core.reference import resolve
from evidentia.core.results import Result
from evidentia.disclosure.count_table import table_of
from evidentia.disclosure.stage import protect
from evidentia.workflow.analysis import read_datasets
from folders import ENGINE

CELLS = st.one_of(st.integers(0, 12), st.integers(0, 400))


@st.composite
def tables(draw):
    """A table of counts with row and column totals, shares of the rows, and a nested total over pairs of
    rows.
    """
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    cells = [[draw(CELLS) for _ in range(columns)] for _ in range(rows)]
    result = Result()

    def add(id, value):
        result.add(id, value, "count", id)
        return id

    names = [[add(f"cell.{i}.{j}", value) for j, value in enumerate(row)] for i, row in enumerate(cells)]
    for i, row in enumerate(cells):
        total = add(f"row.{i}", sum(row))
        result.links.add_up(total, names[i])
        for j, value in enumerate(row):
            result.add(f"share.{i}.{j}", value / sum(row) if sum(row) else None, "proportion", "share")
            result.links.follow([f"share.{i}.{j}"], [names[i][j], total])
    for j in range(columns):
        result.links.add_up(
            add(f"column.{j}", sum(row[j] for row in cells)), [names[i][j] for i in range(rows)]
        )
    everyone = add("all", sum(map(sum, cells)))
    result.links.add_up(everyone, [f"row.{i}" for i in range(rows)])
    result.links.add_up(everyone, [f"column.{j}" for j in range(columns)])
    return result, draw(st.sampled_from([3, 5, 10]))


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_small_cell_of_a_random_table_can_be_recovered_from_totals_and_shares(case):
    result, minimum = case
    protected = protect(result, minimum)
    assert not [
        number
        for number in protected.numbers
        if number.unit == "count" and number.value and number.value < minimum
    ]
    assert recovered(result, protected, minimum) == []


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_table_without_small_cells_is_published_whole(case):
    result, minimum = case
    small = any(0 < number.value < minimum for number in result.numbers if number.unit == "count")
    assert small or protect(result, minimum) == result


def test_the_attack_itself_recovers_what_primary_suppression_alone_leaves_open():
    result = Result()
    for id, value in {"all": 30, "a": 4, "b": 26}.items():
        result.add(id, value, "count", id)
    result.links.add_up("all", ["a", "b"])
    only_primary = Result(
        [
            number if number.id != "a" else type(number)("a", None, "count", "a", suppressed="c")
            for number in result.numbers
        ]
    )
    assert recovered(result, only_primary, 5) == [("a", 4, 4.0, 4.0)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(6, 60), st.sampled_from([3, 5, 10]))
def test_no_small_count_of_a_random_survey_can_be_recovered(seed, size, minimum):
    result = analysed(seed, size)
    assert recovered(result, protect(result, minimum), minimum) == []


@pytest.mark.parametrize("seed", range(3))
def test_rounded_counts_are_multiples_and_shares_come_from_them(seed):
    numbers = {number.id: number for number in protect(analysed(seed, 60), 5, 5).numbers}
    people = [
        number
        for id, number in numbers.items()
        if number.unit == "count" and id != "items.n" and number.value is not None
    ]
    assert len(people) > 5
    assert all(number.value % 5 == 0 for number in people)
    shares = [id for id, number in numbers.items() if ".share." in id and number.value is not None]
    assert shares
    for id in shares:
        n, count = (numbers[id.replace(".share.", f".{part}.")].value for part in ("n", "count"))
        assert numbers[id].value == min(count, n) / n


def test_a_trial_with_rounding_prints_no_number_that_gives_an_exact_count_away():
    protected = protect(run(people(120, 1), bootstrap={"replicates": 0}), 5, 10)
    numbers = {number.id: number for number in protected.numbers}
    assert numbers["n.treated"].value % 10 == 0
    assert numbers["effect_crude.estimate"].suppressed == "c"  # nothing says how to compute it again
    assert (numbers["outcome_unweighted.treated"].value * numbers["n.treated"].value) % 10 == pytest.approx(
        0, abs=1e-9
    )
    assert numbers["effect.estimate"].value is not None
    assert all(row[3] is None or row[3] % 10 == 0 for row in protected.frames["propensity"].rows)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("estimand", ["ATE", "ATT"])
def test_no_small_count_of_a_random_trial_can_be_recovered(seed, estimand):
    frame = people(120, seed)
    random = np.random.default_rng(seed)
    frame["rare"] = (random.random(len(frame)) < 0.06).astype(int)
    result = run(
        frame,
        covariates=["age", "sex"],
        balance=["sex", "rare"],
        estimand=estimand,
        bootstrap={"replicates": 0},
    )
    protected = protect(result, 10)
    assert recovered(result, protected, 10) == []
    assert pd.isna(
        next(number.value for number in protected.numbers if number.id.startswith("mean_unweighted.rare"))
    )


@pytest.mark.parametrize("name", ["staff_survey", "future4me"])
def test_what_the_designs_declare_of_the_default_data_holds(name, monkeypatch):
    monkeypatch.chdir(ENGINE)
    config = load_config(".", check_files=False)
    analysis = config.analyses[name]
    result = resolve(config.registry.designs[analysis.design].analyse)(
        analysis, read_datasets(config, analysis.datasets())
    )
    table, ids = table_of(result), {number.id for number in result.numbers}
    assert all(
        sum(factor * table.values[cell] for cell, factor in equation.items()) == 0
        for equation in table.equations
    )
    assert {part for total, parts in result.links.sums for part in (total, *parts)} <= set(table.names)
    assert {id for item in result.links.follows for id in item.numbers} <= ids
    assert {count for item in result.links.follows for count in item.of} <= set(table.names)
    assert len(table.equations) > 10
