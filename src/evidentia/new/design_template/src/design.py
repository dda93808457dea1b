"""The design ``name_of_design``: the difference of two medians."""

import math
from typing import Literal

from scipy import stats

from evidentia.config.base import Identifier, Section
from evidentia.config.design import Design, TableKind
from evidentia.config.presentation import Table
from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Result
from evidentia.core.tables import Ref, Rows


class Settings(Section):
    """What config.yaml says of an analysis: the median of the first group minus that of the second."""

    design: Literal["name_of_design"]
    data: Identifier
    outcome: str
    group: str
    groups: tuple[str, str]

    def datasets(self):
        return [self.data]


class MediansTable(Table):
    kind: Literal["name_of_design"]


def analyse(settings, tables):
    """Return both medians and their difference, with an interval after Price and Bonett (2002)."""
    table, result, found = tables[settings.data], Result(), []
    groups, outcomes = table.frame[settings.group], table.numeric(settings.outcome)
    for place, group in enumerate(settings.groups, 1):
        values = outcomes[groups == group].sort_values().to_list()
        if len(values) < 5:
            raise EvidentiaError(f"{len(values)} rows of '{group}' are too few", where=table.path)
        n, a = len(values), max(1, round(len(values) / 2 - math.sqrt(len(values))))
        z = stats.norm.isf(stats.binom.cdf(a - 1, n, 0.5))
        found.append((outcomes[groups == group].median(), (values[n - a] - values[a - 1]) / (2 * z)))
        result.add(f"n.group_{place}", n, "count", f"People in {group}")
        result.add(f"median.group_{place}", found[-1][0], "score", f"Median {settings.outcome}, {group}")
    estimate, se = found[0][0] - found[1][0], math.hypot(found[0][1], found[1][1])
    low, high = stats.norm.interval(0.95, estimate, se)
    statistics = {"estimate": estimate, "se": se, "ci_low": low, "ci_high": high}
    result.add_estimate("difference", statistics, "score", f"Difference of medians of {settings.outcome}")
    return result


def rows(settings, analysis, result):
    """Return the table, each of its numbers from the ledger."""
    shown = [(analysis.groups[0], "median.group_1"), (analysis.groups[1], "median.group_2")]
    shown.append(("Difference", "difference.estimate"))
    return Rows(["Group", "Median"], [[label, Ref(f"{settings.analysis}.{id}")] for label, id in shown])


DESIGN = Design(Settings, "the difference of two medians", analyse, tables=(TableKind(MediansTable, rows),))
