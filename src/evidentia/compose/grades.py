"""The strength of the evidence of each analysis, as numbers of the ledger: its level on the Maryland
Scientific Methods Scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evidentia.config.model import Config
from evidentia.core.ledger import Entry
from evidentia.designs.synthesis.standards import standard

LEVEL, HIGHEST = "sms_level", "maryland.highest"
_SOURCE = {"rule": "values", "script": "scripts/values.py", "inputs": {}}


def grade_entries(config: Config, entries: Sequence[Entry]) -> list[Entry]:
    """Return ``<analysis>.sms_level`` for each analysis that estimates or suggests an effect, and the scale's
    highest level.
    """
    graded = []
    for name, model in config.analyses.items():
        own = f"{name}."
        values = {
            entry["id"].removeprefix(own): entry["value"] for entry in entries if entry["id"].startswith(own)
        }
        settings = model.model_dump(mode="json")
        found = standard(settings, values, _outcome_before(settings))
        if found:
            label = f"Level on the Maryland Scientific Methods Scale, {name}"
            graded.append(_entry(f"{name}.{LEVEL}", found.level, label, "computed") | {"formula": found.why})
    highest = _entry(HIGHEST, 5, "Highest level of the Maryland Scientific Methods Scale", "configured")
    return [*graded, highest] if graded else []


def _entry(id: str, value: int, label: str, basis: str) -> Entry:
    return {"id": id, "value": value, "unit": "count", "label": label, "source": {**_SOURCE, "basis": basis}}


def _outcome_before(settings: Mapping[str, Any]) -> str:
    """Return the covariate that counts, before the start, the events of any kind that are the outcome after
    it.
    """
    counts = (settings.get("prepare") or {}).get("counts") or {}
    return next((name for name, kinds in counts.items() if kinds == "all"), "")
