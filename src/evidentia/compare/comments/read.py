"""Reading returned documents: one, or several copies together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evidentia.compare.comments.edits import edits
from evidentia.compare.comments.merge import merge
from evidentia.compare.comments.model import Returned
from evidentia.compare.comments.paragraphs import paragraphs
from evidentia.compare.comments.sent_version import SentVersion
from evidentia.compare.comments.threads import comments
from evidentia.compare.comments.typed import typed
from evidentia.compare.documents.package import Package
from evidentia.compare.documents.word_blocks import Blocks
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.ledger import Entry, load
from evidentia.core.paths import NUMBERS
from evidentia.core.patience import patience
from evidentia.core.yamlio import read_yaml


def returned(files: Sequence[Path], folder: Path | None) -> Returned:
    """Read what came back.

    Parameters
    ----------
    files : sequence of Path
        Copies of one document, each from a reviewer.
    folder : Path or None
        The evaluation folder; without one, places are those of the version that was sent.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a file that is no Word document, or of another evaluation; all in one run.
    """
    id, chapters = _evaluation(folder)
    present = load(folder / NUMBERS) if folder is not None and (folder / NUMBERS).is_file() else {}
    found, faults = [], []
    for file in files:
        try:
            with patience(str(file)):
                found.append(_read(file, folder if id else None, id, chapters, present))
        except EvidentiaError as fault:
            faults.append(fault)
    raise_all(faults)
    return merge(found)


def _read(
    file: Path, folder: Path | None, id: str, chapters: list[str], present: Mapping[str, Entry]
) -> Returned:
    package = Package(file)
    home = SentVersion(package, folder, chapters)
    name = str(file)
    if home.sent is not None and id and home.sent.evaluation != id:
        raise EvidentiaError(
            f"this is a document of the evaluation '{home.sent.evaluation}', and the folder holds '{id}'",
            where=name,
            remedy=f"name its folder: evidentia comments {file.name} --folder FOLDER",
        )
    paragraphs_ = list(paragraphs(Blocks(package)))
    home.kept = {name for paragraph in paragraphs_ for name in paragraph.bookmarks}
    result = Returned([name], notes=[f"{name}: {remark}" for remark in package.remarks()])
    if home.sent is None:
        how = "by their words" if chapters else "by the headings above them"
        result.notes.append(
            f"{name} does not carry the version that was sent: places are found {how}, and numbers that were"
            " typed over cannot be known"
        )
    else:
        result.evaluation, result.version = home.sent.evaluation, home.sent.version
    mine = (name,)
    result.comments = [replace(item, copies=mine) for item in comments(package, paragraphs_, home)]
    result.edits = [replace(item, copies=mine) for item in edits(paragraphs_, home)]
    result.typed = [replace(item, copies=mine) for item in typed(paragraphs_, home, present)]
    return result


def _evaluation(folder: Path | None) -> tuple[str, list[str]]:
    """Return the id and the chapters of an evaluation folder, without asking that all of it is in order."""
    if folder is None or not (folder / "config.yaml").is_file():
        return "", []
    try:
        raw = read_yaml(folder / "config.yaml")
        id, report = raw["evaluation"]["id"], raw.get("report") or {}
        chapters = [name for name in report.get("chapters") or [] if isinstance(name, str)]
    except (EvidentiaError, KeyError, TypeError, AttributeError):
        return "", []
    return id if isinstance(id, str) else "", chapters
