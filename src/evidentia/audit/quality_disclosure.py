"""Lines of the quality log about disclosure: what is published of protected data."""

from __future__ import annotations

from pathlib import Path

from evidentia.audit.quality_check import Check
from evidentia.config.model import Config
from evidentia.core.paths import BASELINE
from evidentia.disclosure.differencing import Difference
from evidentia.disclosure.judgement import Judgement
from evidentia.disclosure.scan import scan


def _differ(differences: tuple[Difference, ...]) -> str:
    shown = "; ".join(f"{item.id} {item.what}" for item in differences[:3])
    return f"{len(differences)} do: {shown}" if differences else "none does"


def disclosure(config: Config, folder: Path, told: Judgement | None) -> list[Check]:
    """Return what protects records of people; none without protected data."""
    limits = {
        dataset.path: dataset.disclosure for dataset in config.data.values() if dataset.disclosure.protects
    }
    if not limits or told is None:
        return []
    rules = "; ".join(
        f"{path}: counts below {policy.minimum_cell}"
        + (f", rounded to {policy.rounding}" if policy.rounding > 1 else "")
        for path, policy in sorted(limits.items())
    )
    found = scan(config, folder)
    records = f"{found.measured}: " + ("; ".join(found.findings[:3]) or "none found")
    return [
        Check(
            "Robust",
            "No count that is suppressed can be worked out from all that is published",
            "rule review",
            f"{told.counts} counts are suppressed; "
            + (f"too easily placed: {', '.join(told.weak[:5])}" if told.weak else "each keeps its interval"),
            rules,
            not told.weak,
        ),
        Check(
            "Robust",
            "This release and the accepted one together point at nobody",
            "rule review",
            "no numbers were accepted yet" if told.differences is None else _differ(told.differences),
            BASELINE,
            None if told.differences is None else not told.differences,
        ),
        Check(
            "Robust",
            "No value or id of a protected record is in any file of the build",
            "rule review",
            records,
            ", ".join(found.paths),
            not found.findings,
        ),
    ]
