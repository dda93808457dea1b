"""Ids of numbers: their form, and that none stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidentia.core.errors import EvidentiaError

_ID = re.compile(r"[A-Za-z][\w-]*(?:\.[\w-]+)+")


def check_id(id: str, where: str) -> None:
    """Raise if an id is not of the form that conditions, links and pages can name."""
    if not _ID.fullmatch(id):
        raise EvidentiaError(
            f"'{id}' cannot be a number id",
            where=where,
            remedy="give at least two parts of letters, digits, _ and -, joined by points",
        )


def check_unique(ids: Iterable[str], where: str) -> None:
    """Raise if an id stands twice, or is of a form that no chapter could name."""
    seen: set[str] = set()
    for id in ids:
        check_id(id, where)
        if id in seen:
            raise EvidentiaError(
                f"the number id '{id}' is given twice", where=where, remedy="rename one of them"
            )
        seen.add(id)
