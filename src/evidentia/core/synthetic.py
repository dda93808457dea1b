"""What rests on synthetic records, by the source of a number of the ledger, and the word that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.core.language import translate


def synthetic_mark() -> str:
    """Return what readers see, in square brackets, as the Government Analysis Function asks of shorthand."""
    return translate("[synthetic]")


def rests(source: Mapping[str, Any]) -> bool:
    """Whether a ledger entry of this source rests on synthetic records; a setting such as a confidence level
    does not.
    """
    return bool(source.get("synthetic")) and source.get("basis") != "configured"
