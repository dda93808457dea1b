"""With what a document is compared: the ledger that is meant, and the earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evidentia.compare.documents.package import Package, sent_version
from evidentia.compare.documents.read import WORD
from evidentia.compare.foreign.past import Version, versions
from evidentia.compare.sources import LEDGER, read_other, read_present
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import json_of
from evidentia.core.ledger import Entry, load, parse
from evidentia.core.paths import BASELINE, BUILD
from evidentia.core.pdf_text import FinishedPdf


@dataclass
class Against:
    """A ledger, what it is called, the earlier ones, and the folder with the data behind its tables."""

    ledger: Mapping[str, Entry]
    name: str
    past: Sequence[Version] = ()
    notes: list[str] = field(default_factory=list)
    build: Path | None = None


def against(folder: Path, other: str = "", past: Sequence[str] = (), document: Path | None = None) -> Against:
    """Return the ledger with which a document is compared.

    Parameters
    ----------
    folder : Path
        The evaluation folder: its present build, or else its accepted numbers.
    other : str
        In place of them a numbers.json, a folder, a PDF that Evidentia made, or a git revision.
    past : sequence of str
        Earlier ledgers; without any, those of the folder's git history.
    document : Path, optional
        The document that is compared: where the folder has no ledger, the one that travels in it is meant.

    Raises
    ------
    EvidentiaError
        If there is no ledger to compare with.
    """
    build = None
    ledger: Mapping[str, Entry]
    if other:
        ledger, name = read_other(other, folder), other
        if Path(other).is_dir() and (Path(other) / BUILD / LEDGER).is_file():
            build = Path(other) / BUILD
        elif Path(other).name == LEDGER and Path(other).is_file():
            build = Path(other).parent
    elif (folder / BUILD / LEDGER).is_file():
        present = read_present(folder)
        ledger, name, build = present.ledger, str(folder / BUILD / LEDGER), folder / BUILD
        if not present.rebuilt:
            name = f"the newest values of {folder / BUILD}, which its report does not print yet"
    elif (folder / BASELINE).is_file():
        ledger, name = load(folder / BASELINE), str(folder / BASELINE)
    elif document is not None and (carried := _carried(document)):
        ledger, name = carried, f"the ledger that travels in {document}"
    else:
        raise EvidentiaError(
            "there is no ledger to compare with",
            where=str(folder),
            remedy="build the evaluation, or name a ledger: evidentia audit FILE --against numbers.json",
        )
    found, remarks = versions(folder, past)
    return Against(ledger, name, found, [f"compared with {name}", *remarks], build)


def _carried(document: Path) -> Mapping[str, Entry]:
    """Return the ledger in a Word document or PDF that Evidentia made; empty if there is none."""
    if document.suffix.lower() == ".pdf":
        data = FinishedPdf(document).attachment(LEDGER)
        return parse(json_of(data, str(document)), str(document)) if data else {}
    if document.suffix.lower() in WORD:
        sent = sent_version(Package(document))
        return parse(json_of(sent.ledger, str(document)), str(document)) if sent and sent.ledger else {}
    return {}
