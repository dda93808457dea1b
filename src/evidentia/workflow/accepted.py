"""The accepted release of an evaluation folder: it decides what of protected data is published now."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.model import Config
from evidentia.config.related import related
from evidentia.core.files import digest
from evidentia.core.ledger import Entry, load
from evidentia.core.paths import BASELINE


def accepted_numbers(folder: Path = Path()) -> dict[str, Entry] | None:
    """Return the accepted release; None if none was accepted."""
    return load(folder / BASELINE) if (folder / BASELINE).is_file() else None


def deciding(config: Config, folder: Path, analysis: str) -> list[str]:
    """Return a digest of what was accepted of an analysis and of those that are protected with it; nothing if
    its data are not protected, or none was accepted.
    """
    names = related(config, analysis)
    datasets = {dataset for name in names for dataset in config.analyses[name].datasets()}
    if not any(config.data[dataset].disclosure.protects for dataset in datasets):
        return []
    numbers = accepted_numbers(folder) or {}
    starts = tuple(f"{name}." for name in names)
    told = {id: entry["value"] for id, entry in numbers.items() if id.startswith(starts)}
    return [digest(told)] if told else []
