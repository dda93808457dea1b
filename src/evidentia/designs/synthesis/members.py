"""Reading the members of a portfolio: what the workflow recorded of each, and its ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.files import read_json
from evidentia.core.ledger import Entry, load
from evidentia.designs.inference.wald import NOISE

STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")


@dataclass(frozen=True)
class Member:
    """A member that was built."""

    id: str
    label: str
    row: Mapping[str, Any]
    ledger: Mapping[str, Entry]

    def effect(self, stem: str) -> dict[str, float] | None:
        """Return an effect's statistics, or None if the ledger has no such effect with a standard error."""
        found: dict[str, Any] = {
            name: self.ledger.get(f"{stem}.{name}", {}).get("value") for name in STATISTICS
        }
        if found["estimate"] is None or not found["se"]:
            return None
        return found if found["se"] > NOISE * abs(found["estimate"]) else None

    def values_of(self, analysis: str) -> dict[str, Any]:
        """Return an analysis's values by number id, without the analysis's own."""
        start = f"{analysis}."
        return {
            id.removeprefix(start): entry["value"]
            for id, entry in self.ledger.items()
            if id.startswith(start)
        }


def read_members(path: str) -> tuple[list[Member], list[dict[str, Any]]]:
    """Return the members that were built with their ledgers, and the rows of those that failed.

    Raises
    ------
    EvidentiaError
        If the workflow has not recorded the members.
    """
    raw = read_json(path)
    if not isinstance(raw, dict) or "members" not in raw:
        raise EvidentiaError(
            "this is no record of members",
            where=path,
            remedy="build the portfolio with portfolio.smk, which writes it",
        )
    rows = raw["members"]
    built = [
        Member(row["id"], row["label"], row, load(Path(row["ledger"]))) for row in rows if "failed" not in row
    ]
    return built, [row for row in rows if "failed" in row]


def check_names(
    ids: Mapping[str, Any], members: list[Member], failed: list[dict[str, Any]], where: str
) -> None:
    """Raise if settings name a member that there is not; one that failed may have any id, so nothing is said
    then.
    """
    known = [member.id for member in members]
    for id in ids:
        if id not in known and not failed:
            raise EvidentiaError(f"there is no member '{id}'", where=where, remedy=did_you_mean(id, known))
