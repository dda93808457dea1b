"""The level of an analysis of the design ``benchmark`` on the Maryland Scientific Methods Scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.core.language import translate
from evidentia.core.standard import Standard


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str) -> Standard:
    """Return the level and why; see `evidentia.config.design.Design`."""
    return Standard(1, translate("An area beside others, without control for other causes"))
