"""The level of an analysis of the design ``did`` on the Maryland Scientific Methods Scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.core.language import translate
from evidentia.core.standard import Standard

LEVEL = 0.05


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str) -> Standard:
    """Return the level and why; see `evidentia.config.design.Design`."""
    p_value = values.get("pre_trend.p_value")
    if p_value is not None and p_value < LEVEL:
        words = translate("Before and after with comparison units, which moved differently before the start")
        return Standard(2, words)
    if p_value is None:
        words = translate(
            "Before and after with comparison units; whether they moved alike before cannot be tested"
        )
        return Standard(3, words)
    words = translate(
        "Before and after with comparison units, with no sign that they moved differently before the start"
    )
    return Standard(3, words)
