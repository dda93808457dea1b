"""The level of any analysis on the Maryland Scientific Methods Scale, as its design grades it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.config.registry import installed
from evidentia.core.standard import Standard


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str = "") -> Standard | None:
    """Return the level of an analysis; None if its design does not compare, or is not installed.

    Parameters
    ----------
    settings : mapping
        As in the member's config.yaml.
    values : mapping of str to number
        The analysis's numbers by id, without the analysis's own.
    before : str
        The covariate that measures the outcome before the start, if there is one.
    """
    design = installed().designs.get(settings["design"])
    return design.standard(settings, values, before) if design and design.standard else None


def title_of(design: str) -> str:
    """Return what a design is called in a table."""
    known = installed().designs.get(design)  # none for a design of a member's own folder
    return known.title or design if known else design
