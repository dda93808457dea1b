"""Shares of positive answers by group of people, and whether groups differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from evidentia.core.language import later, translate
from evidentia.core.links import Compute
from evidentia.core.results import Frame, Result
from evidentia.designs.breakdown import report
from evidentia.designs.breakdown.columns import key_of
from evidentia.designs.breakdown.groups import LEAST, NOT_KNOWN, Split
from evidentia.designs.breakdown.linear import NO_TEST, Test, independent
from evidentia.designs.inference.proportions import wilson
from evidentia.designs.inference.wald import NOT_AVAILABLE
from evidentia.designs.panel_survey import clusters
from evidentia.designs.panel_survey.breakdown_groups import groups_of
from evidentia.designs.panel_survey.breakdown_told import Told, pairs_of
from evidentia.designs.panel_survey.disclose import interval_of
from evidentia.designs.panel_survey.inference import Overlap, partially_overlapping_z
from evidentia.designs.panel_survey.pairs import Answered, in_base
from evidentia.designs.panel_survey.respondents import Wave
from evidentia.designs.panel_survey.settings import Item, PanelSurveySettings
from evidentia.disclosure.suppress import is_small

LEAST_EXPECTED = 5
"""Answers of each kind that each group would have if all were alike, below which there is no test."""
HOW = {
    "share": later("Wilson's score interval"),
    "equality": later("Pearson's chi-squared, groups less one degrees of freedom"),
}
NOT_GIVEN = "Not given"


def add_breakdown(
    result: Result,
    settings: PanelSurveySettings,
    waves: dict[str, Wave],
    asked: dict[str, Answered],
    members: dict[str, clusters.Members],
) -> None:
    """Report shares and changes of each item by group. A person's group is that of the first wave which says
    it, so that groups are separate people.
    """
    rows: list[list[str]] = []
    without: dict[str, str] = {}
    splits = []
    least = max(wave.table.minimum_cell for wave in waves.values())
    for column in settings.breakdown:
        split, groups = groups_of(waves, column)
        splits.append(split)
        for name, item in settings.items.items():
            part = _Part(result, settings, split, groups, name, item, members[name], without, least)
            rows += part.add(asked[name])
            if rows[-1][2] != NOT_GIVEN:
                told = Told(result, name, item, part.stem, part.again)
                told.declare(part.each(asked[name]), part.moves, waves)
    if settings.breakdown:
        result.frames["breakdown"] = Frame(["column", "item", "group", "stem"], rows)
        report.add_notes(result, splits, without, [f"{name}.breakdown" for name in settings.items])


class _Part:
    """An item's breakdown by one column."""

    def __init__(
        self,
        result: Result,
        settings: PanelSurveySettings,
        split: Split,
        groups: pd.Series[Any],
        name: str,
        item: Item,
        members: clusters.Members,
        without: dict[str, str],
        minimum_cell: int,
    ) -> None:
        self.minimum_cell, self.moves = minimum_cell, False
        self.result, self.settings, self.split, self.groups = result, settings, split, groups
        self.name, self.item, self.members, self.without = name, item, members, without
        self.column = split.label
        self.stem = f"{name}.breakdown.{key_of(split.column)}"

    def add(self, asked: Answered) -> list[list[str]]:
        """Add the numbers of all groups and the tests; return rows of the table.

        Of protected data a column is broken down only if no count behind it is small: what would be left
        after suppression is little, and the counts of the whole survey would have to pay for it.
        """
        rows, changes, counted = [], list[dict[str, float]](), dict[str, list[tuple[int, int]]]()
        each = self.each(asked)
        if self._tells(each):
            return [[self.column, self._label(), NOT_GIVEN, f"{self.stem}.not_given"]]
        for key, label, given in each:
            self._shares(key, label, given, counted)
            if key != NOT_KNOWN:
                rows.append([self.column, self._label(), label, f"{self.stem}.{key}"])
            if key != NOT_KNOWN and self.moves:
                changes.append(self._change(key, label, asked, given))
        for wave, groups in counted.items():
            words = translate(
                "{label}: whether shares differ by {name}, {when}",
                label=self._label(),
                name=self.column.lower(),
                when=self._when(wave),
            )
            report.add_test(self.result, f"{self.stem}.equality.{wave}", self._equality(groups, wave), words)
        if changes:
            known = [one for one in changes if one["se"] == one["se"]]
            apart = independent([one["estimate"] for one in known], [one["se"] for one in known])
            test = NO_TEST if self.members else apart
            words = translate(
                "{label}: whether changes differ by {name}", label=self._label(), name=self.column.lower()
            )
            report.add_test(self.result, f"{self.stem}.interaction", test, words)
        return [*rows, [self.column, self._label(), "", self.stem]]

    def _tells(self, each: Sequence[tuple[str, str, Answered]]) -> bool:
        """Tell whether shares by group would give few people away; see whether changes would."""
        named = f"{self._label()}, {self.column}"
        small = [label for _, label, given in each if self._small(given)]
        if small:
            self.without[named] = f"few people, or few with an answer, in {', '.join(small)}: join groups"
            return True
        if len(each[0][2]) == 2:
            tables = {label: pairs_of(self.item, given) for key, label, given in each if key != NOT_KNOWN}
            small = [label for label, table in tables.items() if self._few_moved(table)]
            self.moves = not small
            if small:
                self.without[f"{named}, change"] = (
                    f"few changed, or did not, in {', '.join(small)}: join groups"
                )
        return False

    def _small(self, given: Answered) -> bool:
        for answers in given.values():
            yes = int(answers.isin(self.item.positive).sum())
            if any(is_small(count, self.minimum_cell) for count in (len(answers), yes, len(answers) - yes)):
                return True
        return False

    def _few_moved(self, table: Overlap) -> bool:
        return any(is_small(getattr(table, part.name), self.minimum_cell) for part in fields(Overlap))

    def each(self, asked: Answered) -> list[tuple[str, str, Answered]]:
        """Return each group's key, name and answers, those whose group is not known last."""
        base = in_base(asked, self.item.base)
        found = []
        for key, label in [
            *((group.key, group.label) for group in self.split.groups),
            (NOT_KNOWN, translate("Not known")),
        ]:
            people = self.groups.index[self.groups.isna() if key == NOT_KNOWN else self.groups == key]
            given = {wave: answers[answers.index.isin(people)] for wave, answers in base.items()}
            if key != NOT_KNOWN or any(len(answers) for answers in given.values()):
                found.append((key, label, given))
        return found

    def _label(self) -> str:
        return self.item.label or self.name

    def _when(self, wave: str) -> str:
        return str(getattr(self.settings.wave_labels, wave))

    def _shares(
        self, key: str, label: str, given: Answered, counted: dict[str, list[tuple[int, int]]]
    ) -> None:
        """Add a group's answers and its share of positive ones, where there are enough of them."""
        for wave, answers in given.items():
            n, count = len(answers), int(answers.isin(self.item.positive).sum())
            stem, words = f"{self.stem}.{key}", f"{self._label()}, {self.column}: {label}, {self._when(wave)}"
            self.result.add(
                f"{stem}.n.{wave}", n, "count", translate("{words}: number of answers", words=words)
            )
            self.result.add(
                f"{stem}.count.{wave}", count, "count", translate("{words}: positive answers", words=words)
            )
            if key == NOT_KNOWN:
                continue
            share, limits = None, (math.nan, math.nan)
            if n >= LEAST:
                counted.setdefault(wave, []).append((count, n))
                share, limits = count / n, self._interval(answers, wave)
            else:
                self.without[f"{self._label()}, {self.column}, {label}, {self._when(wave)}"] = (
                    f"fewer than {LEAST} people"
                )
            self.result.add(
                f"{stem}.share.{wave}",
                share,
                "proportion",
                translate("{words}: share", words=words),
                translate("count / n"),
            )
            for end, value in zip(("low", "high"), limits, strict=True):
                self.result.add(
                    f"{stem}.share_ci_{end}.{wave}",
                    value,
                    "proportion",
                    translate(
                        "{words}: share, {limit}",
                        words=words,
                        limit=translate("lower limit" if end == "low" else "upper limit"),
                    ),
                    translate(HOW["share"]),
                )

    def _interval(self, answers: pd.Series[Any], wave: str) -> tuple[float, float]:
        if self.members:
            return clusters.interval(
                answers, self.item.positive, self.members[wave], self.settings.confidence
            )
        count = int(answers.isin(self.item.positive).sum())
        return wilson(count, len(answers), self.settings.confidence)

    def _change(self, key: str, label: str, asked: Answered, given: Answered) -> dict[str, float]:
        """Add a group's change from the first wave to the second; return its statistics."""
        found = dict(NOT_AVAILABLE)
        if min(len(answers) for answers in given.values()) >= LEAST:
            if self.members:
                found = clusters.change(given, self.item.positive, self.members, self.settings.confidence)
            else:
                found = partially_overlapping_z(pairs_of(self.item, given), self.settings.confidence)
                found.pop("statistic")
        words = translate(
            "{label}, {column}: {group}: change between the waves",
            label=self._label(),
            column=self.column,
            group=label,
        )
        self.result.add_estimate(f"{self.stem}.{key}.change", found, "percentage_points", words)
        return found

    def again(self, numbers: list[str], count: str, n: str) -> Compute | None:
        """Return the computation of a share and its limits from rounded counts, where there is one."""
        return None if self.members else interval_of(numbers, count, n, self.settings.confidence)

    def _equality(self, groups: Sequence[tuple[int, int]], wave: str) -> Test:
        """Test that the shares of some groups are one."""
        name = f"{self._label()}, {self.column}, {self._when(wave)}, test"
        if self.members or len(groups) < 2:
            if self.members:
                self.without[name] = "respondents are in clusters"
            return NO_TEST
        yes, n = (np.array(values, dtype=float) for values in zip(*groups, strict=True))
        pooled = yes.sum() / n.sum()
        if min(float((n * pooled).min()), float((n * (1 - pooled)).min())) < LEAST_EXPECTED:
            self.without[name] = f"fewer than {LEAST_EXPECTED} answers of a kind are expected in a group"
            return NO_TEST
        statistic = float(((yes - n * pooled) ** 2 / (n * pooled * (1 - pooled))).sum())
        df = len(groups) - 1
        return Test(statistic, df, float(special.chdtrc(df, statistic)), translate(HOW["equality"]))
