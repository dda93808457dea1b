"""How a value of a benchmark came about."""

from __future__ import annotations

from evidentia.core.language import later, translate
from evidentia.core.units import UNITS
from evidentia.designs.benchmark.places import Areas
from evidentia.designs.benchmark.settings import Indicator


def how_made(group: str, indicator: Indicator, unit: str, months: int | None, areas: Areas) -> str:
    """Say how a value came about, if it is not simply as published."""
    if group == "area":
        if months is None:
            return ""
        said = (
            later("{months} months scaled to 12 (× 12/{months})")
            if UNITS[unit].accumulates
            else later("covers {months} months")
        )
        return translate(said, months=months)
    return translate("scaled to {area}'s population", area=areas.area) if indicator.scale_to else ""
