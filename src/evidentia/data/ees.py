"""Official statistics as Explore education statistics publishes them: one row a place and period, one column
an indicator.

The columns ``time_period``, ``time_identifier`` and ``geographic_level`` and the names and codes of places
are fixed; all others are filters or indicators. A place may be two that report together ("940 / 941").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.data.cells import as_texts
from evidentia.data.cleaning import same, tidy

PERIOD, IDENTIFIER, LEVEL = "time_period", "time_identifier", "geographic_level"
PLACES = {
    "national": ("country_name", ("country_code",)),
    "regional": ("region_name", ("region_code",)),
    "local authority": ("la_name", ("new_la_code", "old_la_code")),
    "local authority district": ("lad_name", ("lad_code",)),
    "school": ("school_name", ("school_urn",)),
}
"""Level to its column of names and its columns of codes."""
FIXED = (
    PERIOD,
    IDENTIFIER,
    LEVEL,
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "lad_code",
    "lad_name",
    "school_urn",
    "school_name",
    "school_laestab",
)
_SPLIT = re.compile(r"\s*/\s*")


def is_ees(columns: Iterable[Any]) -> bool:
    """Tell whether columns are those of an official file."""
    return {PERIOD, IDENTIFIER, LEVEL} <= set(columns)


def check_layout(frame: pd.DataFrame, where: str) -> None:
    """Raise unless the fixed columns are there.

    Raises
    ------
    EvidentiaError
    """
    absent = [name for name in (PERIOD, IDENTIFIER, LEVEL) if name not in frame.columns]
    if absent:
        raise EvidentiaError(
            f"the file has not the layout ees: the column{'s' if len(absent) > 1 else ''} {', '.join(absent)}"
            f" {'are' if len(absent) > 1 else 'is'} missing",
            where=where,
            remedy=(
                "give the file as it is downloaded from Explore education statistics, or leave 'format' out"
            ),
        )


def places(frame: pd.DataFrame) -> pd.DataFrame:
    """Return for each row its level, the place's name, and all names and codes by which it may be called.

    Returns
    -------
    DataFrame
        Columns ``level``, ``name`` and ``called`` (a tuple of texts in the form of `same`).
    """
    level = frame[LEVEL].map(same)
    name = pd.Series("", index=frame.index, dtype=object)
    called = pd.Series([()] * len(frame), index=frame.index, dtype=object)
    for kind, (names, codes) in PLACES.items():
        rows = level.eq(kind)
        if not rows.any() or names not in frame.columns:
            continue
        name[rows] = frame.loc[rows, names].map(tidy)
        columns = [as_texts(frame.loc[rows, column]) for column in (names, *codes) if column in frame.columns]
        known: dict[tuple[str, ...], tuple[str, ...]] = {}
        called[rows] = [known.setdefault(cells, _called(cells)) for cells in zip(*columns, strict=True)]
    return pd.DataFrame({"level": level, "name": name, "called": called}, index=frame.index)


def _called(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a place is called: name and codes, and those of its parts where two report together."""
    whole = [same(cell) for cell in cells if cell.strip()]
    return tuple(dict.fromkeys(whole))


def parts_of(called: str) -> list[str]:
    """Return the parts of a name or code of places that report together."""
    return [part for part in _SPLIT.split(called) if part]
