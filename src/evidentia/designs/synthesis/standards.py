"""The Maryland Scientific Methods Scale: how far an analysis rules out other causes, from its design and settings.

The scale has 5 levels (Sherman and others 1998; in the form of the What Works Centre for Local Economic Growth):

1. a comparison with others, or with the time before, without control for other causes
2. such a comparison with adequate control
3. before and after, with a comparison group
4. assignment as good as random
5. random assignment

None of the designs here assigns anyone, so none reaches levels 4 and 5. A level is taken back where the
analysis's own numbers show that the control is not adequate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BALANCED = 0.1  # a standardised mean difference below this is commonly called balanced (Austin and Stuart 2015)
PERIODS = 8  # on each side, of an interrupted time series (Penfold and Zhang 2013)

NAMES = {
    "ipw": "Inverse probability weighting",
    "its": "Interrupted time series",
    "panel_survey": "Survey in two waves",
    "benchmark": "Comparison of areas",
}
"""Designs that estimate or suggest an effect; the others have no level."""


@dataclass(frozen=True)
class Standard:
    """A level of the scale, and what it rests on."""

    level: int
    why: str


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str = "") -> Standard | None:
    """Return the level of an analysis; None if its design does not compare.

    Parameters
    ----------
    settings : mapping
        As in the member's config.yaml.
    values : mapping of str to number
        The analysis's numbers by id, without the analysis's own.
    before : str
        The covariate that measures the outcome before the start, if there is one.
    """
    design = settings["design"]
    if design == "ipw":
        return _weighting(settings, values, before)
    if design == "its":
        if min(values.get("n.pre") or 0, values.get("n.post") or 0) < PERIODS:
            return Standard(1, "Before and after, with too few periods on one side to know the trend")
        return Standard(2, "Before and after, with the trend before as control, and no comparison group")
    if design == "panel_survey":
        return Standard(1, "Answers before and after, without control for other causes")
    if design == "benchmark":
        return Standard(1, "An area beside others, without control for other causes")
    return None


def _weighting(settings: Mapping[str, Any], values: Mapping[str, Any], before: str) -> Standard:
    largest = values.get("largest_smd.weighted")
    if largest is None or largest >= BALANCED:
        return Standard(1, "A comparison group that weighting does not make alike")
    if before and before in covariates(settings):
        return Standard(3, "A comparison group made alike, also in the outcome before the start")
    return Standard(2, "A comparison group made alike in what was known before the start")


def covariates(settings: Mapping[str, Any]) -> list[str]:
    """Return the covariates of an analysis by weighting; of a propensity in words, the text itself."""
    return list(settings.get("covariates") or []) or str(settings.get("propensity") or "").replace("+", " ").split()
