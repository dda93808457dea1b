"""The groups of respondents by a column of a survey, over its waves."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidentia.designs.breakdown.groups import Split, split_of
from evidentia.designs.panel_survey.respondents import Wave, as_text


def groups_of(waves: dict[str, Wave], column: str) -> tuple[Split, pd.Series[Any]]:
    """Return a column's groups, and the key of each person's by id."""
    told = []
    for wave in waves.values():
        wave.table.require(column)
        told.append(as_text(wave.table.frame[column]).set_axis(pd.Index(wave.ids)))
    cells = told[0] if len(told) == 1 else told[0].combine_first(told[1])
    where = next(iter(waves.values())).table.where(column=column)
    split = split_of(column, cells.where(cells.notna(), None).tolist(), where)
    keys = pd.Series(None, index=cells.index, dtype=object)
    for group in split.groups:
        keys[group.mask] = group.key
    return split, keys
