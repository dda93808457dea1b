"""With what a document is compared: the ledger that is meant, and the earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evidentia.compare.foreign.past import Version, versions
from evidentia.compare.sources import LEDGER, read_other
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry, load
from evidentia.core.paths import BASELINE, BUILD


@dataclass
class Against:
    """A ledger, what it is called, the earlier ones, and the folder with the data behind its tables."""

    ledger: Mapping[str, Entry]
    name: str
    past: Sequence[Version] = ()
    notes: list[str] = field(default_factory=list)
    build: Path | None = None


def against(folder: Path, other: str = "", past: Sequence[str] = ()) -> Against:
    """Return the ledger with which a document is compared.

    Parameters
    ----------
    folder : Path
        The evaluation folder: its present build, or else its accepted numbers.
    other : str
        In place of them a numbers.json, a folder, a PDF that Evidentia made, or a git revision.
    past : sequence of str
        Earlier ledgers; without any, those of the folder's git history.

    Raises
    ------
    EvidentiaError
        If there is no ledger to compare with.
    """
    build = None
    if other:
        ledger, name = read_other(other, folder), other
        if Path(other).is_dir() and (Path(other) / BUILD / LEDGER).is_file():
            build = Path(other) / BUILD
    elif (folder / BUILD / LEDGER).is_file():
        ledger, name, build = load(folder / BUILD / LEDGER), str(folder / BUILD / LEDGER), folder / BUILD
    elif (folder / BASELINE).is_file():
        ledger, name = load(folder / BASELINE), str(folder / BASELINE)
    else:
        raise EvidentiaError(
            "there is no ledger to compare with",
            where=str(folder),
            remedy="build the evaluation, or name a ledger: evidentia audit FILE --against numbers.json",
        )
    found, remarks = versions(folder, past)
    return Against(ledger, name, found, [f"compared with {name}", *remarks], build)
