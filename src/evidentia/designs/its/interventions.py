"""Where the interventions of a series begin, and whether there is room for their terms."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.table import DataTable
from evidentia.designs.its.faults import (
    LEAST,
)
from evidentia.designs.its.ordinals import CONFIG
from evidentia.designs.its.periods import Spacing, parse_period
from evidentia.designs.its.settings import ITSSettings


def far_apart(
    settings: ITSSettings, table: DataTable, splits: list[tuple[int, int]], spacing: Spacing
) -> None:
    """Raise unless the interventions follow each other with enough periods between them."""
    for (before, place), (after, later), given in zip(
        splits, splits[1:], settings.intervention[1:], strict=False
    ):
        if later <= place or after - before < LEAST:
            what = (
                "does not come after the one before"
                if later <= place
                else f"follows after {after - before} {spacing.noun}{'s' if after - before > 1 else ''}"
            )
            raise EvidentiaError(
                f"the intervention {given} {what}",
                where=f"{CONFIG}, key intervention",
                remedy=(
                    f"give interventions in the order of time, with at least {LEAST} {spacing.noun}s from one"
                    " to the next"
                ),
            )


def split_at(
    given: str,
    key: str,
    settings: ITSSettings,
    table: DataTable,
    times: pd.Series[int],
    spacing: Spacing,
    left_out: set[int],
) -> tuple[int, int]:
    """Return how many periods lie before the one that a setting names, and that one's place in time."""
    ordinals = list(times)
    period = parse_period(given)
    assert period is not None  # the settings have checked its form
    place = spacing.place(period)
    first, last = spacing.label(ordinals[0]), spacing.label(ordinals[-1])
    whole = table.where(sorted((times.index[0], times.index[-1])), settings.time)
    room = _room(ordinals, spacing, key)
    if place is None:
        raise EvidentiaError(
            f"the {key} {given} has another form than the periods, such as {first}", where=whole, remedy=room
        )
    if not ordinals[0] <= place <= ordinals[-1]:
        side = "outside the series" if key == "intervention" else "outside the part before the intervention"
        raise EvidentiaError(
            f"the {key} {given} is {side}, which runs from {first} to {last}", where=whole, remedy=room
        )
    if place not in ordinals and place not in left_out:
        before = max(ordinal for ordinal in ordinals if ordinal < place)
        raise EvidentiaError(
            f"the {key} {given} is not a {spacing.noun} of the series",
            where=whole,
            remedy=(
                f"set '{key}' in {CONFIG} to {spacing.label(before)} or"
                f" {spacing.label(before + spacing.step)}"
            ),
        )
    n_before = sum(ordinal < place for ordinal in ordinals)
    for count, side, rows in (
        (n_before, "before", times.index[:n_before]),
        (len(ordinals) - n_before, "from", times.index[n_before:]),
    ):
        if count < LEAST:
            raise EvidentiaError(
                f"{count} {spacing.noun}{'s' * (count != 1)} {side} the {key} {given}; the model needs"
                f" {LEAST} on each side",
                where=table.where(rows if count else times.index[:1], settings.time),
                remedy=room,
            )
    return n_before, place


def _room(ordinals: Sequence[int], spacing: Spacing, key: str) -> str:
    """Say which periods a setting can name."""
    if len(ordinals) < 2 * LEAST:
        return (
            f"give at least {LEAST} periods on each side"
            if key == "intervention"
            else f"take '{key}' out of {CONFIG}"
        )
    low, high = spacing.label(ordinals[LEAST]), spacing.label(ordinals[-LEAST])
    return (
        f"set '{key}' in {CONFIG} to {low}"
        if low == high
        else f"set '{key}' in {CONFIG} to a {spacing.noun} from {low} to {high}"
    )
