"""The level of an analysis of the design ``its`` on the Maryland Scientific Methods Scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.core.language import translate
from evidentia.core.standard import Standard

PERIODS = 8  # on each side (Penfold and Zhang 2013)


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str) -> Standard:
    """Return the level and why; see `evidentia.config.design.Design`."""
    if min(values.get("n.pre") or 0, values.get("n.post") or 0) < PERIODS:
        return Standard(1, translate("Before and after, with too few periods on one side to know the trend"))
    return Standard(
        2, translate("Before and after, with the trend before as control, and no comparison group")
    )
