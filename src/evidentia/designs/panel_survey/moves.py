"""Who moved from which answer to which: what ties all counts of a column to each other, whichever items are
about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import pandas as pd

from evidentia.core.links import FEW
from evidentia.core.results import Result
from evidentia.designs.panel_survey.settings import Item
from evidentia.designs.panel_survey.waves import Wave, as_text
from evidentia.disclosure.suppress import is_small

ABSENT, NONE = "\0absent", "\0none"
Test = Callable[[str, str], bool]


def declare_moves(result: Result, items: Mapping[str, Item], waves: Mapping[str, Wave]) -> None:
    """Declare the counts of items about columns that both waves ask as sums over pairs of answers, if these
    are few.

    Where no count is small there is nothing that they could give away.
    """
    minimum_cell = max(wave.table.minimum_cell for wave in waves.values())
    counts = [
        *result.links.hidden.values(),
        *(number.value for number in result.numbers if number.unit == "count"),
    ]
    if not any(is_small(count, minimum_cell) for count in counts):
        return
    columns: dict[str, dict[str, Item]] = {}
    for name, item in items.items():
        columns.setdefault(item.column or name, {})[name] = item
    for column, about in columns.items():
        if len(waves) == 2 and all(column in wave.table.frame.columns for wave in waves.values()):
            _column(result, column, about, waves)


def _column(result: Result, column: str, items: Mapping[str, Item], waves: Mapping[str, Wave]) -> None:
    states = pd.DataFrame(
        {
            name: pd.Series(
                as_text(wave.table.frame[column]).fillna(NONE).to_numpy(),
                index=pd.Index(wave.ids),
                dtype=object,
            )
            for name, wave in waves.items()
        }
    ).fillna(ABSENT)
    answers = sorted(
        {*states.to_numpy().ravel(), *(answer for item in items.values() for answer in item.scale)}
        - {ABSENT, NONE}
    )
    if len(answers) > FEW:
        return
    counted = states.value_counts()
    kinds = [pair for pair in product([ABSENT, NONE, *answers], repeat=2) if pair != (ABSENT, ABSENT)]
    cells = {}
    for place, pair in enumerate(kinds):
        cells[pair] = result.links.hide(f"column.{column}.{place}", int(counted.get(pair, 0)), tie=True)

    def sum_of(count: str, test: Test) -> None:
        result.links.add_up(count, [cell for pair, cell in cells.items() if test(*pair)])

    for place, wave in enumerate(waves):
        sum_of(f"completed.{wave}", lambda *pair, place=place: pair[place] != ABSENT)
    sum_of("respondents.both", lambda first, second: ABSENT not in (first, second))
    for name, item in items.items():
        for count, test in _counts(name, item, list(waves)).items():
            if count in result.links.hidden or any(number.id == count for number in result.numbers):
                sum_of(count, test)


def _counts(name: str, item: Item, waves: list[str]) -> dict[str, Test]:
    """Return the counts of an item with what tells whom they count."""
    none = {ABSENT, NONE, *item.no_answer}
    positive = set(item.positive)
    tests: dict[str, Test] = {}
    wave_stem, panel = (name, f"{name}.panel") if item.base == "wave" else (f"{name}.all", name)
    for place, wave in enumerate(waves):

        def given(*pair: str, place: int = place) -> bool:
            return pair[place] not in none

        def yes(*pair: str, place: int = place) -> bool:
            return pair[place] in positive

        tests[f"{name}.given.{wave}"] = given
        for stem, base in ((wave_stem, given), (panel, _both(none))):
            tests[f"{stem}.n.{wave}"] = base
            tests[f"{stem}.count.{wave}"] = lambda *pair, base=base, yes=yes: base(*pair) and yes(*pair)
            tests[f"{stem}.other.{wave}"] = lambda *pair, base=base, yes=yes: base(*pair) and not yes(*pair)
            for rank, answer in enumerate(item.scale if stem == name else (), start=1):
                tests[f"{stem}.answer_{rank}.{wave}"] = lambda *pair, base=base, place=place, answer=answer: (
                    base(*pair) and pair[place] == answer
                )
    return tests | _pairs(name, none, positive)


def _both(none: set[str]) -> Test:
    return lambda first, second: first not in none and second not in none


def _pairs(name: str, none: set[str], positive: set[str]) -> dict[str, Test]:
    both = _both(none)
    return {
        f"{name}.mcnemar.n": both,
        f"{name}.pairs.both": lambda first, second: (
            both(first, second) and first in positive and second in positive
        ),
        f"{name}.mcnemar.lost": lambda first, second: (
            both(first, second) and first in positive and second not in positive
        ),
        f"{name}.mcnemar.gained": lambda first, second: (
            both(first, second) and first not in positive and second in positive
        ),
        f"{name}.pairs.neither": lambda first, second: (
            both(first, second) and first not in positive and second not in positive
        ),
        f"{name}.pairs.first_yes": lambda first, second: (
            first not in none and second in none and first in positive
        ),
        f"{name}.pairs.first_no": lambda first, second: (
            first not in none and second in none and first not in positive
        ),
        f"{name}.pairs.second_yes": lambda first, second: (
            first in none and second not in none and second in positive
        ),
        f"{name}.pairs.second_no": lambda first, second: (
            first in none and second not in none and second not in positive
        ),
    }
