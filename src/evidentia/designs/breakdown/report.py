"""What a breakdown reports: estimates by group, the test, notes, and what the numbers tell of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evidentia.core.language import translate
from evidentia.core.links import FEW
from evidentia.core.results import Frame, Result
from evidentia.designs.breakdown.groups import LEAST, Split
from evidentia.designs.breakdown.linear import Test

COLUMNS = ["column", "group", "stem", "counts"]
STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")


def few(counts: Iterable[int]) -> str:
    """Return why a group with some people on each side has no estimate; empty if it has enough."""
    return f"fewer than {LEAST} people" if min(counts) < LEAST else ""


def add_test(result: Result, stem: str, test: Test, label: str) -> None:
    """Add the test whether groups differ."""
    result.add(
        f"{stem}.statistic",
        test.statistic,
        "coefficient",
        translate("{label}, statistic", label=label),
        test.how,
    )
    result.add(
        f"{stem}.df", test.df, "coefficient", translate("{label}, degrees of freedom", label=label), test.how
    )
    result.add(
        f"{stem}.p_value", test.p_value, "p_value", translate("{label}, p-value", label=label), test.how
    )


def add_notes(
    result: Result, splits: Sequence[Split], without: Mapping[str, str], about: Iterable[str] = ("breakdown",)
) -> None:
    """Add the caution on many looks, and which groups have no result and why.

    Parameters
    ----------
    result : Result
    splits : sequence of Split
    without : dict of str to str
        Group in words to the reason why it has no result.
    about : iterable of str
        Stems of the breakdown's ids.
    """
    about = list(about)
    looks = sum(len(split.groups) for split in splits)
    text = (
        f"{looks} groups are looked at, and p-values are not adjusted for it: where nothing differs, one in"
        " twenty is under 0.05 by chance; whether groups differ is what the test of interaction says, not"
        " that one is significant and another is not"
    )
    result.note("several_looks", text, about)
    if without:
        shown = "; ".join(f"{group}: {why}" for group, why in without.items())
        result.note("breakdown_not_given", f"no result for {shown}", about)


def declare_group(
    result: Result,
    count: str,
    values: NDArray[np.float64],
    rows: NDArray[np.int64],
    column: str,
    path: str,
    told: Iterable[str],
) -> list[str]:
    """Declare the people of a group on one side, and that some numbers tell of them and, where their outcomes
    have few values, of how many have each; return the counts.
    """
    links, cells = result.links, [count]
    links.who(count, path, rows)
    found = np.unique(values)
    if 0 < len(found) <= FEW:
        own = []
        for value in found:
            own.append(links.hide(f"{count}.value.{value:g}", int((values == value).sum())))
            links.who(own[-1], path, rows[values == value], column)
        links.add_up(count, own)
        cells += own
    links.follow(list(told), cells, near=True)
    return cells


def declare_whole(result: Result, counts: Iterable[str], cells: Mapping[float, str]) -> None:
    """Declare that those with each outcome add up over the groups: what two groups of three tell, and the
    whole, tells of the third.

    Parameters
    ----------
    result : Result
    counts : iterable of str
        The groups' counts, as given to `declare_group`.
    cells : mapping of float to str
        The count of all with an outcome, by the outcome.
    """
    hidden, counts = result.links.hidden, list(counts)
    for value, whole in cells.items():
        parts = [name for count in counts if (name := f"{count}.value.{value:g}") in hidden]
        if whole in hidden and sum(hidden[name] for name in parts) == hidden[whole] and parts:
            result.links.add_up(whole, parts)


def estimates_of(stem: str) -> list[str]:
    """Return the ids of an estimate."""
    return [f"{stem}.{name}" for name in STATISTICS]


def tests_of(stem: str) -> list[str]:
    """Return the ids of a test that tell of people."""
    return [f"{stem}.statistic", f"{stem}.p_value"]


def frame_of(rows: list[list[str]]) -> Frame:
    """Return the frame from which the table of a breakdown is made."""
    return Frame(COLUMNS, rows)
