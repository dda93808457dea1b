"""What is wrong with the records of a trial: people without an arm, people twice, clusters across arms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.cleaning import same
from evidentia.data.ids import id_texts
from evidentia.data.table import MOST, DataTable
from evidentia.designs.rct.settings import RctSettings, key_of

MOST_ARMS = 12
RESERVED = {
    "",
    "ancova",
    "classical",
    "cr2",
    "mixed",
    "newcombe",
    "unadjusted",
}  # what ends ids of estimates otherwise


def arm_faults(settings: RctSettings, table: DataTable, levels: pd.Series[Any]) -> Iterator[EvidentiaError]:
    """Yield what is wrong with the column of arms: no arm, an unknown one, too many, none of control."""
    if levels.isna().any():
        rows = table.where(levels.index[levels.isna()], settings.arm)
        yield EvidentiaError(
            "a person has no arm", where=rows, remedy="give each person the arm that they were assigned to"
        )
    found = list(dict.fromkeys(levels.dropna()))
    if settings.control not in found:
        remedy = f"set 'control' to one of: {', '.join(found[:12])}; {did_you_mean(settings.control, found)}"
        yield EvidentiaError(
            f"nobody is in the control arm '{settings.control}'",
            where=table.where(column=settings.arm),
            remedy=remedy,
        )
    elif len(found) < 2:
        yield EvidentiaError(
            "all people are in one arm",
            where=table.where(column=settings.arm),
            remedy="add the people of the other arms",
        )
    for level in found if settings.arms else ():
        if level not in settings.arms:
            rows = table.where(levels.index[levels == level], settings.arm)
            remedy = (
                f"add it under 'arms' in config.yaml, or correct it; {did_you_mean(level, settings.arms)}"
            )
            yield EvidentiaError(f"the arm '{level}' is not under 'arms'", where=rows, remedy=remedy)
    for level in settings.arms:
        if level not in found and level != settings.control:
            remedy = f"take it out of 'arms', or correct it; {did_you_mean(level, found)}"
            yield EvidentiaError(
                f"nobody is in the arm '{level}'", where=table.where(column=settings.arm), remedy=remedy
            )
    keys = {level: key_of(level) for level in found}
    if len(set(keys.values())) < len(keys) or RESERVED & set(keys.values()) or len(found) > MOST_ARMS:
        what = f"the column holds {len(found)} arms, and {MOST_ARMS} are the most"
        yield EvidentiaError(
            (
                what
                if len(found) > MOST_ARMS
                else f"the arms {', '.join(found)} cannot be told apart in number ids"
            ),
            where=table.where(column=settings.arm),
            remedy=(
                "write each arm in one way"
                if len(found) <= MOST_ARMS and len({same(level) for level in found}) < len(found)
                else "name the column that holds the arm, with a few words of letters and digits, such as"
                " intervention and control"
            ),
        )


def clusters_across_arms(
    settings: RctSettings, table: DataTable, levels: pd.Series[Any]
) -> Iterator[EvidentiaError]:
    """Yield one fault for all clusters that hold people of several arms, where clusters were assigned."""
    if not settings.cluster or settings.randomised == "people":
        return
    cells = id_texts(table.frame[settings.cluster])
    arms = levels.groupby(cells, sort=False).nunique()
    mixed = [str(name) for name in arms.index[arms > 1]]
    if mixed:
        shown = ", ".join(f"'{name}'" for name in mixed[:MOST]) + (
            f" and {len(mixed) - MOST} more" if len(mixed) > MOST else ""
        )
        yield EvidentiaError(
            f"people of one cluster are in several arms: {shown}",
            where=table.where(cells.index[cells.isin(mixed)], settings.arm),
            remedy="correct the arm, or, if people and not clusters were assigned, say randomised: people",
        )
