"""The level of an analysis of the design ``ipw`` on the Maryland Scientific Methods Scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.core.language import translate
from evidentia.core.standard import Standard

BALANCED = (
    0.1  # a standardised mean difference below this is commonly called balanced (Austin and Stuart 2015)
)


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str) -> Standard:
    """Return the level and why; see `evidentia.config.design.Design`."""
    largest = values.get("largest_smd.weighted")
    if largest is None or largest >= BALANCED:
        return Standard(1, translate("A comparison group that weighting does not make alike"))
    if before and before in _covariates(settings):
        return Standard(3, translate("A comparison group made alike, also in the outcome before the start"))
    return Standard(2, translate("A comparison group made alike in what was known before the start"))


def _covariates(settings: Mapping[str, Any]) -> list[str]:
    """Return the covariates of an analysis by weighting; of a propensity in words, the text itself."""
    return (
        list(settings.get("covariates") or [])
        or str(settings.get("propensity") or "").replace("+", " ").split()
    )
