"""Changes between years, of a mean over the areas that have a value at both ends."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from evidentia.core.language import later, translate
from evidentia.core.links import Compute
from evidentia.core.results import Result
from evidentia.designs.benchmark.places import Areas
from evidentia.designs.benchmark.settings import Indicator

WHO = {"area": "{area}", "neighbours": later("mean of {area}'s statistical neighbours"), "nation": "{nation}"}


LATER = later("the later value minus the earlier")


def without_noise(value: float) -> float:
    """Drop binary noise, as a person would: 10.1% is 0.101, and 0.101 - 0.067 is 0.034."""
    return float(f"{value:.14g}")


def as_whole(value: float, unit: str) -> float | int:
    """Return a whole count as an integer; a mean of counts may have decimals."""
    return int(value) if unit == "count" and float(value).is_integer() else float(value)


def difference_of(id: str, first: str, last: str) -> Compute:
    """Return how a change follows from the two counts that it lies between."""
    return lambda counts: {id: counts[last] - counts[first] if first in counts and last in counts else None}


def members_of(indicator: Indicator, areas: Areas) -> dict[str, list[str]]:
    """Return the areas behind each group."""
    found = {"area": [areas.area], "neighbours": areas.neighbours, "nation": [areas.nation]}
    if indicator.without:
        found["neighbours_without"] = [area for area in areas.neighbours if area not in indicator.without]
    return found


def report_changes(
    result: Result,
    name: str,
    indicator: Indicator,
    wide: pd.DataFrame,
    unit: str,
    who: dict[str, str],
    areas: Areas,
) -> None:
    """Add the change between each two years, of a mean over the areas that have a value in both."""
    change_unit = "percentage_points" if unit == "proportion" else unit
    for first, last in combinations(wide.index, 2):
        stem = f"{name}.change.{first}_{last}"
        when = translate(
            "{label}, change from {first} to {last}",
            label=indicator.label or name,
            first=indicator.year_label(first),
            last=indicator.year_label(last),
        )
        for group, members in members_of(indicator, areas).items():
            both = [
                area for area in members if pd.notna(wide.loc[first, area]) and pd.notna(wide.loc[last, area])
            ]
            unlike = group.startswith("neighbours") and any(
                wide.loc[[first, last], members].notna().sum(axis=1) != len(both)
            )
            if both:
                change = without_noise(wide.loc[last, both].mean() - wide.loc[first, both].mean())
                over = (
                    translate(", the {number} with a value in both years", number=len(both)) if unlike else ""
                )
                result.add(
                    f"{stem}.{group}",
                    as_whole(change, unit),
                    change_unit,
                    f"{when}, {who[group]}{over}",
                    f"{translate(LATER)}{over}",
                )
            if group == "neighbours":
                result.add(
                    f"{stem}.neighbours_n",
                    len(both),
                    "count",
                    translate("{when}, number of neighbours behind it", when=when),
                )
