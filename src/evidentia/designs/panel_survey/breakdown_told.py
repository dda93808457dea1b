"""What a survey's breakdown tells of people: for `evidentia.disclosure`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from evidentia.core.links import Compute
from evidentia.core.results import Result
from evidentia.designs.breakdown import report
from evidentia.designs.breakdown.groups import LEAST, NOT_KNOWN
from evidentia.designs.panel_survey.inference import Overlap
from evidentia.designs.panel_survey.pairs import Answered, overlap
from evidentia.designs.panel_survey.respondents import Wave
from evidentia.designs.panel_survey.settings import Item


def pairs_of(item: Item, given: Answered) -> Overlap:
    """Count the pairs of a group's answers, and the single ones where these count."""
    table = overlap(item, given)
    return table if item.base == "wave" else table.paired()


@dataclass(frozen=True)
class Told:
    """Declares the numbers of an item's breakdown by one column.

    Attributes
    ----------
    result : Result
    name : str
        Of the item.
    item : Item
    stem : str
        Of the breakdown's ids.
    again : callable
        Returns the computation of a share and its limits, by their ids, from two counts.
    """

    result: Result
    name: str
    item: Item
    stem: str
    again: Callable[[list[str], str, str], Compute | None]

    def declare(self, each: Sequence[tuple[str, str, Answered]], moves: bool, waves: dict[str, Wave]) -> None:
        """Declare the people of each group, and what its numbers tell of them."""
        links = self.result.links
        every: list[str] = []
        for wave in each[0][2]:
            for kind in ("n", "count", "other"):
                links.add_up(
                    f"{self.name}.{kind}.{wave}", [f"{self.stem}.{key}.{kind}.{wave}" for key, _, _ in each]
                )
        for key, _, given in each:
            stem, cells = f"{self.stem}.{key}", list[str]()
            for wave, answers in given.items():
                cells += self._wave(stem, wave, answers, waves[wave])
            if moves and key != NOT_KNOWN:
                cells += self._moves(stem, given)
                links.follow(report.estimates_of(f"{stem}.change"), cells, near=True)
            every += cells
        known = {number.id for number in self.result.numbers}
        tests = [f"{self.stem}.equality.{wave}" for wave in each[0][2]] + [f"{self.stem}.interaction"]
        told = [id for test in tests for id in report.tests_of(test) if id in known]
        links.follow(told, every, near=True)

    def _wave(self, stem: str, wave: str, answers: pd.Series[Any], data: Wave) -> list[str]:
        """Declare a group's answers at one wave; return the counts."""
        links, column = self.result.links, self.item.column or self.name
        rows = pd.Series(data.ids.index, index=pd.Index(data.ids)).reindex(answers.index).to_numpy()
        positive = answers.isin(self.item.positive).to_numpy()
        n, count = f"{stem}.n.{wave}", f"{stem}.count.{wave}"
        other = links.hide(f"{stem}.other.{wave}", int((~positive).sum()))
        links.add_up(n, (count, other))
        for name, mine in ((n, rows), (count, rows[positive]), (other, rows[~positive])):
            links.who(name, data.table.path, mine, column)
        if len(answers) >= LEAST and not stem.endswith(f".{NOT_KNOWN}"):
            numbers = [f"{stem}.{part}.{wave}" for part in ("share", "share_ci_low", "share_ci_high")]
            again = self.again(numbers, count, n)
            links.follow(numbers, (count, n), again)
        return [n, count, other]

    def _moves(self, stem: str, given: Answered) -> list[str]:
        """Declare who of a group moved from which answer to which; return the counts."""
        links, table = self.result.links, pairs_of(self.item, given)
        cells = {
            part.name: links.hide(f"{stem}.pairs.{part.name}", getattr(table, part.name))
            for part in fields(Overlap)
        }
        for wave, yes, no, single in (
            ("wave_1", ("both", "lost"), ("gained", "neither"), "first"),
            ("wave_2", ("both", "gained"), ("lost", "neither"), "second"),
        ):
            for kind, parts, alone in (("count", yes, f"{single}_yes"), ("other", no, f"{single}_no")):
                links.add_up(f"{stem}.{kind}.{wave}", [*(cells[part] for part in parts), cells[alone]])
        return list(cells.values())
