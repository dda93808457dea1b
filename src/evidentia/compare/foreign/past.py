"""The ledgers that were accepted in the past: of the folder's git history, or given as files and folders."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from evidentia.compare.foreign.entries import scaled
from evidentia.compare.sources import read_other
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import json_of
from evidentia.core.git import git
from evidentia.core.ledger import Entry, parse
from evidentia.core.paths import BASELINE

MOST = 60
"""Earlier ledgers that are read, the newest first."""


@dataclass(frozen=True)
class Version:
    """An earlier ledger.

    Attributes
    ----------
    name : str
        A revision, or a file.
    date : str
        The day on which it was accepted, if that is known.
    ledger : mapping of str to entry
    """

    name: str
    date: str
    ledger: Mapping[str, Entry]

    def __str__(self) -> str:
        return f"{self.name} of {self.date}" if self.date else self.name


@dataclass(frozen=True)
class Earlier:
    """What a number was before.

    Attributes
    ----------
    value : Decimal
        In the scale in which it is printed.
    entry : entry
    version : Version
        The newest ledger that has it so.
    """

    value: Decimal
    entry: Entry
    version: Version


def versions(folder: Path, given: Iterable[str] = ()) -> tuple[list[Version], list[str]]:
    """Return earlier ledgers, the newest first, and remarks on those that cannot be read.

    Parameters
    ----------
    folder : Path
        The evaluation folder: each revision of its accepted numbers is one, where git keeps it.
    given : iterable of str
        Files, PDFs that Evidentia made, git revisions, or folders of such files.
    """
    found, remarks = [], []
    given = list(given)
    for name in given:
        for path in _files(Path(name)):
            try:
                found.append(Version(str(path), "", read_other(str(path), folder)))
            except EvidentiaError as fault:
                if not Path(name).is_dir():
                    raise
                remarks.append(f"{path} is no ledger: {fault.what}")
    if not given:
        found, remarks = _of_history(folder)
    return found[:MOST], remarks


def _files(path: Path) -> list[str | Path]:
    """Return the ledgers in a folder that holds several; a name itself where it is none."""
    if not path.is_dir() or (path / "config.yaml").is_file() or (path / "numbers.json").is_file():
        return [str(path)]
    kinds = ("*.json", "*.pdf", "*/numbers.json", "*/build/numbers.json")
    found = sorted({item for kind in kinds for item in path.glob(kind)}, reverse=True)
    if not found:
        raise EvidentiaError(
            "the folder holds no ledger",
            where=str(path),
            remedy="put the numbers.json of earlier reports there",
        )
    return list(found)


def _of_history(folder: Path) -> tuple[list[Version], list[str]]:
    """Return the accepted numbers at each revision that changed them."""
    if not shutil.which("git"):
        return [], ["git is not installed, so the past of the accepted numbers is not known"]
    log = git(folder, "log", f"-{MOST}", "--format=%H %cs", "--", f"./{BASELINE}")
    found, unread = [], 0
    for line in log.stdout.decode("utf-8", "replace").splitlines():
        revision, _, date = line.partition(" ")
        shown = git(folder, "cat-file", "blob", f"{revision}:./{BASELINE}")
        if shown.returncode:
            continue
        try:
            where = f"{revision[:12]}:{BASELINE}"
            found.append(
                Version(f"revision {revision[:8]}", date, parse(json_of(shown.stdout, where), where))
            )
        except EvidentiaError:
            unread += 1
    remarks = (
        [f"{unread} accepted ledgers of the past are of another form and were not read"] if unread else []
    )
    return found, remarks


def changed(present: Mapping[str, Entry], past: Iterable[Version]) -> dict[str, list[Earlier]]:
    """Return, for each number, the values that it had before and has no longer, the newest first."""
    found: dict[str, list[Earlier]] = {}
    for version in past:
        for id, entry in version.ledger.items():
            value = scaled(entry)
            if value is None or value == (scaled(present[id]) if id in present else None):
                continue
            known = found.setdefault(id, [])
            if all(value != item.value for item in known):
                known.append(Earlier(value, entry, version))
    return found


def gone(present: Mapping[str, Entry], past: Iterable[Version]) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of earlier ledgers that the present one lacks, each once."""
    seen = set(present)
    for version in past:
        for id, entry in version.ledger.items():
            if id not in seen:
                seen.add(id)
                yield id, entry
