"""The days that count from sign-off, and the corrections since the first accepted numbers."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.assurance.sign import Assured
from evidentia.compare.accept import CHANGES
from evidentia.core.formats import printed

WEEKS = 12
_ENTRY = re.compile(r"^## (\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)
_FIRST = "The first baseline:"


def dates(found: Assured) -> tuple[dict[str, Any], list[str]]:
    """Return the day of sign-off and the days that follow from it, and what is still to be done.

    Publication and the registry's entry are due 12 weeks after the report was signed off.
    """
    approved = [
        one.signature
        for one in found.signed
        if one.stands and one.signature.role == "approver" and one.signature.item == "report"
    ]
    if not approved:
        return {"signed_off": None, "publish_by": None, "weeks": WEEKS}, [
            "Dates: nobody has signed the report off (evidentia sign approver report)"
        ]
    last = max(approved, key=lambda one: one.date)
    due = last.date + datetime.timedelta(weeks=WEEKS)
    return {
        "signed_off": last.date.isoformat(),
        "by": last.name,
        "publish_by": due.isoformat(),
        "register_by": due.isoformat(),
        "weeks": WEEKS,
    }, []


@dataclass(frozen=True)
class Correction:
    """A change of accepted numbers: its day, the reason, and what moved."""

    date: str
    reason: str
    changes: tuple[str, ...]


def corrections(folder: Path) -> list[Correction]:
    """Return the accepted changes after the first baseline, the latest first."""
    path = folder / CHANGES
    if not path.is_file():
        return []
    parts = _ENTRY.split(path.read_text(encoding="utf-8"))[1:]
    found = []
    for day, body in zip(parts[::2], parts[1::2], strict=True):
        blocks = [block.strip() for block in body.strip().split("\n\n") if block.strip()]
        if any(block.startswith(_FIRST) for block in blocks):
            continue
        moved = [line.removeprefix("- ") for line in body.splitlines() if line.startswith("- ")]
        found.append(Correction(day, blocks[0] if blocks else "", tuple(moved)))
    return found[::-1]


def corrections_page(title: str, found: list[Correction]) -> str:
    """Return the corrections as a page in Govspeak."""
    lines = [f"## Corrections to {title}", ""]
    if not found:
        lines += ["No number has been corrected since the first accepted edition.", ""]
    for one in found:
        lines += [f"### {printed(one.date, 'date')}", "", one.reason, ""]
        lines += [f"* {change}" for change in one.changes]
        lines += [""] if one.changes else []
    return "\n".join(lines)
