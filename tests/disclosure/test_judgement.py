"""The proof after the build: what the ledger prints is held against what may be known."""

import pytest

from evidentia.core.results import Result
from evidentia.disclosure.count_table import table_of
from evidentia.disclosure.judgement import weak_counts
from evidentia.disclosure.suppress import Suppression, suppression

COUNTS = {"choir": 3, "drama": 9, "chess": 14}


@pytest.fixture
def table():
    result = Result()
    for name, value in COUNTS.items():
        result.add(name, value, "count", name)
    result.add("clubs", sum(COUNTS.values()), "count", "clubs")
    result.links.add_up("clubs", list(COUNTS))
    return table_of(result, 5)


def ledger(table, hidden):
    return {
        name: {"value": None if cell in hidden else table.values[cell]} for name, cell in table.names.items()
    }


def test_what_the_programme_suppresses_keeps_its_intervals(table):
    chosen = suppression(table, 5)
    assert len(chosen.cells) == 2
    assert weak_counts(table, chosen, 5, 0, ledger(table, chosen.cells)) == ()


def test_a_count_that_its_total_gives_away_is_named(table):
    alone = Suppression({table.names["choir"]: table.names["choir"]})
    assert weak_counts(table, alone, 5, 0, ledger(table, alone.cells)) == ("choir",)


def test_a_count_that_the_ledger_prints_all_the_same_is_named(table):
    chosen = suppression(table, 5)
    assert "choir" in weak_counts(table, chosen, 5, 0, ledger(table, set()))
    assert "choir" in weak_counts(table, Suppression(), 5, 0, ledger(table, set()))
