"""Steps and their records: a step is made again unless a record says that it was made from the same, and is
still there.

A record is a small file in build/.records, written last, whose name holds the key of its step: one hash of
all that decides what the step makes (sources, settings, modules, versions, the steps before it). It lists the
files that were made, with their hashes. Snakemake knows a step by this file alone: where no file of the right
name is there, the step is made. So neither a time stamp, nor Snakemake's own notes in .snakemake, nor its
rules about them, decide anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import read_json, to_json, write_whole
from evidentia.core.paths import LOGS, RECORDS
from evidentia.workflow.hashes import Hashes
from evidentia.workflow.seal import is_sealed, seal_of


@dataclass(frozen=True)
class Step:
    """One step of a build.

    Attributes
    ----------
    name : str
    key : str
        Hash of all that decides what is made.
    record : str
        Path of its record in the evaluation folder; the file is there only if the step need not be made.
    sources : mapping of str to str
        Files of the evaluation folder that it reads, with their hashes.
    before : tuple of Step
        Those whose outputs it reads.
    megabytes : int
        Size of its sources.
    folder : str
        The evaluation folder.
    subject : str
        Id of the analysis, where it is about one.
    tolerant : bool
        A fault of it is recorded rather than raised, so that a portfolio goes on without the member.
    """

    name: str
    key: str
    record: str
    sources: Mapping[str, str]
    before: tuple[Step, ...] = ()
    megabytes: int = 0
    folder: str = "."
    subject: str = ""
    tolerant: bool = False

    @property
    def after(self) -> list[str]:
        """Records of the steps before it, the inputs of its rule."""
        return [
            one.record if one.folder == self.folder else f"{one.folder}/{one.record}" for one in self.before
        ]

    @property
    def log(self) -> str:
        """Where its job writes what went wrong."""
        return f"{LOGS}/{self.name}.log"

    @property
    def params(self) -> dict[str, Any]:
        """What its job is told."""
        return {"steps": [self.told]}

    @property
    def told(self) -> dict[str, Any]:
        """What a job is told of it, of which it may be one of several."""
        told = {"folder": self.folder, "step": self.name, "subject": self.subject, "tolerant": self.tolerant}
        return {**told, "sources": dict(self.sources)}


def step(
    name: str,
    folder: Path,
    hashes: Hashes,
    decides: Any,
    reads: Iterable[str],
    before: Iterable[Step],
    **more: Any,
) -> Step:
    """Return a step with its key, and the record that stands for it.

    Parameters
    ----------
    name : str
    folder : Path
        The evaluation folder.
    hashes : Hashes
    decides : JSON-like
        What decides its outputs beside files and the steps before it: settings, modules, versions.
    reads : iterable of str
        Files of the folder that it reads; one that is missing counts too.
    before : iterable of Step
    more
        Further attributes.
    """
    sources = {path: hashes.of(folder / path) for path in dict.fromkeys(reads)}
    before = tuple(before)
    # a record that is made anew has another path; the user's key keeps others from trying contents
    key = seal_of([name, decides, sources, [one.record for one in before]])[:16]
    size = sum((folder / path).stat().st_size for path, known in sources.items() if known)
    return Step(
        name, key, _record(name, key, folder, hashes), sources, before, size >> 20, str(folder), **more
    )


def _record(name: str, key: str, folder: Path, hashes: Hashes) -> str:
    """Return the record of a step that still holds; else a path at which there is no file."""
    there = {
        int(path.stem.rpartition(".")[2]): path for path in (folder / RECORDS).glob(f"{name}.{key}.*.json")
    }
    holding = [number for number, path in there.items() if holds(read_record(path), folder, hashes)]
    number = holding[0] if holding else max(there, default=-1) + 1
    return f"{RECORDS}/{name}.{key}.{number}.json"


def read_record(path: Path) -> dict[str, Any]:
    """Return a record; an empty one if it cannot be read, or was not written by this user's builds."""
    try:
        content = read_json(path)
        return content if is_sealed({**content, "seal": ""}, str(content["seal"])) else {}
    except (EvidentiaError, TypeError, KeyError, AttributeError):
        return {}


def holds(record: Mapping[str, Any], folder: Path, hashes: Hashes) -> bool:
    """Tell whether all that a record lists is still as it was made."""
    return (
        bool(record)
        and "failed" not in record
        and all(hashes.of(folder / path) == known for path, known in record["made"].items())
        and all(seal_of(hashes.of(folder / path)) == known for path, known in record.get("kept", {}).items())
    )


def recorded(folder: Path) -> tuple[int, int]:
    """Return how many steps of a folder's build have a record that still holds, and how many have one."""
    records = sorted((folder / RECORDS).glob("*.json"))
    hashes = Hashes(folder / RECORDS / "hashes")
    return sum(holds(read_record(path), folder, hashes) for path in records), len(records)


def write_record(path: Path, content: Mapping[str, Any]) -> None:
    """Write a step's record, sealed, and drop its older ones."""
    write_whole(path, to_json({**content, "seal": seal_of({**content, "seal": ""})}))
    for other in older(path):
        other.unlink(missing_ok=True)


def older(path: Path) -> list[Path]:
    """Return the other records of a step than the one at a path."""
    return [
        other for other in path.parent.glob(f"{path.name.split('.')[0]}.*.json") if other.name != path.name
    ]
