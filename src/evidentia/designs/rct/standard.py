"""The level of an analysis of the design ``rct`` on the Maryland Scientific Methods Scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.core.language import translate
from evidentia.core.standard import Standard

MUCH_LOST = 0.2  # of those assigned; beyond it the EEF takes two padlocks off


def standard(settings: Mapping[str, Any], values: Mapping[str, Any], before: str) -> Standard:
    """Return the level and why; see `evidentia.config.design.Design`."""
    lost = values.get("attrition_overall")
    if lost is None or lost > MUCH_LOST:
        return Standard(4, translate("Random assignment, but the outcome of many people is not known"))
    return Standard(5, translate("Random assignment"))
