"""What the preview shows at one moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evidentia.core.errors import EvidentiaError, Problems, visible

FRESH, BUILDING, FAILED = "fresh", "building", "failed"
"""How the numbers stand beside the data."""


_PRIVATE = re.compile("\ue008\\d+\ue008|[\ue000-\ue00f]")


@dataclass(frozen=True)
class Fault:
    """One mistake, as the page shows it.

    Attributes
    ----------
    what, where, remedy : str
        As `EvidentiaError` has them.
    anchor : str
        Id of the element of the page that shows it, if its place in the text is known.
    """

    what: str
    where: str = ""
    remedy: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Chapter:
    """A chapter of the report: its file, its heading, and its sections as HTML."""

    path: str
    title: str
    html: str


@dataclass(frozen=True)
class Edition:
    """The report as it was composed last.

    Attributes
    ----------
    chapters : list of Chapter
        In the order of the page.
    frame : str
        The page round them, with a mark where they stand.
    contents : str
        HTML of the list of contents.
    faults : list of Fault
    seconds : float
        What it took to make it.
    cover : str
        Tells whether the page round the words is the same.
    """

    chapters: list[Chapter] = field(default_factory=list)
    frame: str = ""
    contents: str = ""
    faults: list[Fault] = field(default_factory=list)
    seconds: float = 0.0
    cover: str = ""


def each(error: EvidentiaError) -> Iterator[EvidentiaError]:
    """Yield the single faults of an error."""
    if isinstance(error, Problems):
        for fault in error.faults:
            yield from each(fault)
    else:
        yield error


def as_faults(error: EvidentiaError) -> list[Fault]:
    """Return an error as the page shows it."""
    parts = ((fault.what, fault.where, fault.remedy) for fault in each(error))
    return [Fault(*(_PRIVATE.sub("", visible(part)) for part in words)) for words in parts]


def as_json(edition: Edition) -> dict[str, Any]:
    """Return what of an edition is the same for every view."""
    return {
        "faults": [vars(fault) for fault in edition.faults],
        "contents": edition.contents,
        "cover": edition.cover,
        "seconds": round(edition.seconds, 2),
    }
