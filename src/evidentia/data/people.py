"""People, and the clusters that they are in, as columns name them: each person once, each cluster under one
name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.column_checks import spelt_apart
from evidentia.data.ids import id_texts
from evidentia.data.table import DataTable


def person_faults(
    table: DataTable,
    column: str,
    ids: pd.Series[Any],
    *,
    who: tuple[str, str] = ("a person", "people"),
    when: str = "",
    give: str = "give each person an id",
    keep: str = "keep one row a person",
) -> Iterator[EvidentiaError]:
    """Yield what is wrong with who somebody is: nobody's row, a person twice, ids without their last digits.

    Parameters
    ----------
    table : DataTable
    column : str
        Its ids.
    ids : Series
        Those of the rows that are meant, as `id_texts` gives them.
    who : (str, str)
        What one and several are called.
    when : str
        Within what each may stand once, such as ``in one wave``.
    give, keep : str
        What to do about a person without an id, and about one that stands twice.
    """
    lost = table.lost_digits(column)
    if lost:
        yield from lost
        return
    if ids.isna().any():
        yield EvidentiaError(
            f"{who[0]} has no id", where=table.where(ids.index[ids.isna()], column), remedy=give
        )
    doubled = ids[ids.notna() & ids.duplicated(keep=False)]
    if len(doubled):
        number = doubled.nunique()
        often = (
            f"{number} {who[1]} stand more than once"
            if number > 1
            else f"{who[0]} stands {len(doubled)} times"
        )
        yield EvidentiaError(
            f"{often}{f' {when}' if when else ''}", where=table.where(doubled.index, column), remedy=keep
        )


def clusters_of(
    table: DataTable, column: str, rows: pd.Index[Any] | None = None, *, who: str = "people"
) -> pd.Series[Any]:
    """Return the cluster of each person.

    Parameters
    ----------
    table : DataTable
    column : str
    rows : Index, optional
        Of the people who are meant; all unless given.
    who : str
        What people are called.

    Raises
    ------
    EvidentiaError
        If somebody has no cluster, all are in one, or one is written in two ways.
    """
    table.require(column)
    cells = id_texts(table.frame[column] if rows is None else table.frame.loc[rows, column])
    if cells.isna().any():
        raise EvidentiaError(
            f"the cluster is missing for {int(cells.isna().sum())} of {len(cells)} {who}",
            where=table.where(cells.index[cells.isna()], column),
            remedy="fill it in, or take the rows out",
        )
    if cells.nunique() < 2:
        raise EvidentiaError(
            f"all {who} are in one cluster, {cells.iloc[0]}",
            where=table.where(column=column),
            remedy="name the column that tells schools, teams or areas apart, or take 'cluster' out",
        )
    raise_all(spelt_apart(table, [column]))
    return cells
