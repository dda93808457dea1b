"""The groups of a breakdown: who is in which, as a column says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evidentia.core.errors import EvidentiaError
from evidentia.data.ids import id_texts
from evidentia.data.table import DataTable
from evidentia.designs.breakdown.columns import key_of

Mask = NDArray[np.bool_]
MOST = 12
"""Groups of a column; more are too many to look at."""
LEAST = 10
"""People on each side of a comparison, below which a group has no estimate of its own."""
NOT_KNOWN = "not_known"
YES_NO = {"0": "No", "1": "Yes"}
RESERVED = {NOT_KNOWN, "interaction", "equality"}


@dataclass(frozen=True)
class Group:
    """A value of a column: the part of ids that stands for it, its name for readers, and who has it."""

    key: str
    label: str
    mask: Mask


@dataclass(frozen=True)
class Split:
    """A column's groups, and those whose group is not known."""

    column: str
    key: str
    label: str
    groups: list[Group]
    unknown: Mask

    def stem(self, group: Group) -> str:
        """Return what ids of a group begin with."""
        return f"breakdown.{self.key}.{group.key}"

    @property
    def interaction(self) -> str:
        """What the ids of the test begin with whether groups differ."""
        return f"breakdown.{self.key}.interaction"


def read_splits(
    table: DataTable,
    columns: Sequence[str],
    rows: pd.Index[Any] | None = None,
    labels: Mapping[str, str] | None = None,
) -> list[Split]:
    """Return the groups of each column.

    Parameters
    ----------
    table : DataTable
    columns : sequence of str
    rows : Index, optional
        The rows that are people, in the order in which masks tell them; all unless given.
    labels : dict of str to str, optional
        Column to its name for readers.

    Raises
    ------
    EvidentiaError
        For a column that is missing, or has one value, too many, or two that ids cannot tell apart.
    """
    table.require(*columns)
    chosen = table.frame if rows is None else table.frame.loc[rows]
    return [
        split_of(column, id_texts(chosen[column]).tolist(), table.where(column=column), labels)
        for column in columns
    ]


def split_of(column: str, texts: Sequence[Any], where: str, labels: Mapping[str, str] | None = None) -> Split:
    """Return the groups that some cells tell; empty ones are not known, and 0 and 1 read no and yes."""
    cells = pd.Series(list(texts), dtype=object)
    levels = sorted(cells.dropna().unique())
    if not 2 <= len(levels) <= MOST:
        what = f"holds {len(levels)} different values" if len(levels) != 1 else f"is '{levels[0]}' for all"
        raise EvidentiaError(
            f"the column '{column}' {what}, and a breakdown needs 2 to {MOST}",
            where=where,
            remedy="name a column of a few groups; put ages or scores into bands first",
        )
    keys = [key_of(level) for level in levels]
    if len(set(keys)) < len(keys) or set(keys) & (RESERVED | {""}):
        raise EvidentiaError(
            f"the groups {', '.join(levels)} cannot be told apart in number ids",
            where=where,
            remedy=f"rename one: ids have letters and digits, and taken are {', '.join(sorted(RESERVED))}",
        )
    words = YES_NO if set(levels) == set(YES_NO) else {}
    groups = [
        Group(key, words.get(level, level), (cells == level).to_numpy())
        for key, level in zip(keys, levels, strict=True)
    ]
    label = (labels or {}).get(column) or column.replace("_", " ").capitalize()
    return Split(column, key_of(column), label, groups, cells.isna().to_numpy())
