"""The mistakes of an evaluation folder that can be told before anything runs, all in one message."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from evidentia.config.load import load_config
from evidentia.config.messages import NAME
from evidentia.config.model import Config
from evidentia.config.names import pattern_of
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.facts import check_facts
from evidentia.core.files import leads_out
from evidentia.core.text import read_words
from evidentia.core.yamlio import read_yaml


def checked_config(folder: Path, made: Collection[str] = ()) -> Config:
    """Return the configuration of a folder whose facts are in order too.

    Parameters
    ----------
    folder : Path
    made : collection of str
        Files that the workflow makes.

    Raises
    ------
    EvidentiaError
        Or `Problems`: all mistakes of config.yaml and of the file of facts, and with them those of the
        chapters, so that none waits for the next run.
    """
    faults: list[EvidentiaError] = []
    config: Config | None = None
    try:
        config = load_config(folder, made=made)
        report: Mapping[str, Any] = config.report.model_dump() if config.report else {}
    except EvidentiaError as fault:
        faults += _parts(fault)
        report = _report_of(folder)
    faults += _of_facts(folder, report.get("facts"))
    if faults:
        faults += _of_chapters(folder, report)
    raise_all(faults)
    assert config is not None
    return config


def _parts(fault: EvidentiaError) -> list[EvidentiaError]:
    """Return the faults of which one is made."""
    found: list[EvidentiaError] = getattr(fault, "faults", [fault])
    return found


def _report_of(folder: Path) -> Mapping[str, Any]:
    """Return the section report of a configuration that has mistakes, as far as it can be read."""
    try:
        raw = read_yaml(folder / NAME, cut=[])
    except EvidentiaError:
        return {}
    report = raw.get("report") if isinstance(raw, dict) else None
    return report if isinstance(report, dict) else {}


def _readable(folder: Path, name: Any) -> bool:
    return isinstance(name, str) and (folder / name).is_file() and not leads_out(folder, name)


def _of_facts(folder: Path, name: Any) -> list[EvidentiaError]:
    if not _readable(folder, name):
        return []  # which the configuration says
    try:
        check_facts(folder / name)
    except EvidentiaError as fault:
        return _parts(fault)
    return []


def _of_chapters(folder: Path, report: Mapping[str, Any]) -> Iterator[EvidentiaError]:
    """Yield what is wrong with the chapters; only here, where something is, is the composing loaded."""
    from evidentia.compose.static import static_faults

    chapters, given = report.get("chapters"), report.get("names")
    names = [pattern_of(name) for name in given if isinstance(name, str)] if isinstance(given, list) else []
    for path in chapters if isinstance(chapters, list) else []:
        if _readable(folder, path):
            try:
                yield from static_faults(read_words(folder / path, path), path, names)
            except EvidentiaError as fault:
                yield fault
