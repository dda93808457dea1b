"""Rows and columns of a file that are kept, and the names that they get: `where`, `select` and `rename` of a
data set.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.data.cells import Cells, LeftOut, as_texts
from evidentia.data.cleaning import same, tidy
from evidentia.data.source import Source


def choose(cells: Cells, path: str, source: Source) -> Cells:
    """Return the cells with the rows, columns and names that config.yaml asks for.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a column that the file does not have, or a value that no row has.
    """
    frame = cells.frame
    asked = [("where", name) for name, _ in source.where] + [("select", name) for name in source.select]
    asked += [("rename", name) for name, _ in source.rename]
    raise_all(
        EvidentiaError(
            f"the column '{name}', which '{key}' names, is missing",
            where=f"{path}{cells.header}",
            remedy=did_you_mean(name, frame.columns),
        )
        for key, name in asked
        if tidy(name) not in frame.columns
    )
    left = list(cells.left_out)
    for name, values in source.where:
        texts = as_texts(frame[tidy(name)]).map(same)
        wanted = {same(value) for value in values}
        for value in values:
            if not texts.eq(same(value)).any():
                raise EvidentiaError(
                    f"no row has '{value}' in the column '{name}', which 'where' asks for",
                    where=path,
                    remedy=did_you_mean(value, as_texts(frame[tidy(name)]).unique()[:200]),
                )
        kept = texts.isin(wanted)
        if not kept.all():
            left.append(LeftOut(f"{name} is not {' or '.join(values)}", list(frame.index[~kept])))
        frame = frame[kept]
    if source.select:
        frame = frame[[tidy(name) for name in source.select]]
    names = {tidy(old): new for old, new in source.rename}
    frame = frame.rename(columns=names)
    doubled = frame.columns[frame.columns.duplicated()]
    if len(doubled):
        raise EvidentiaError(
            f"after 'rename' two columns are named '{doubled[0]}'",
            where=path,
            remedy="give each its own name",
        )
    cells = replace(cells, frame=pd.DataFrame(frame), left_out=tuple(left))
    return replace(
        cells,
        labels=_renamed(cells.labels, names),
        levels=_renamed(cells.levels, names),
        coded=_renamed(cells.coded, names),
        missing=_renamed(cells.missing, names),
    )


def _renamed(by_column: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in by_column.items()}
