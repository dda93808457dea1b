"""The ledgers that a comparison reads: the present build, and another one from a file, a folder, a revision
or a PDF.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import json_of, read_json
from evidentia.core.git import git
from evidentia.core.ledger import Entry, display, load, parse
from evidentia.core.number_words import fold
from evidentia.core.paths import BASELINE, BUILD
from evidentia.core.pdf_text import FinishedPdf

LEDGER = "numbers.json"


@dataclass(frozen=True)
class Present:
    """What is built in an evaluation folder.

    Attributes
    ----------
    ledger : mapping of str to entry
        With the newest values; the uses are those of the last finished report.
    claims : list of dict
        Of build/claims.json.
    pages : mapping of str to int
        Page of each anchor of the PDF; empty without one.
    rebuilt : bool
        Whether the report prints these values; it does not where a claim stopped the build.
    """

    ledger: Mapping[str, Entry]
    claims: list[dict[str, Any]]
    pages: Mapping[str, int]
    rebuilt: bool
    pdf: FinishedPdf | None = None

    @cached_property
    def _paper(self) -> dict[int, str]:
        return {page: fold(text) for page, text in self.pdf.page_texts().items()} if self.pdf else {}

    def page_of(self, use: Mapping[str, Any]) -> int:
        """Return the page on which a number is printed: that of its anchor, or else of its sentence; 0 if
        neither is found.
        """
        return self.pages.get(use["anchor"], 0) or self.page_with(str(use.get("sentence", "")))

    def page_with(self, sentence: str) -> int:
        """Return the first page of the PDF that holds a sentence, whatever lines it takes; 0 if none does."""
        wanted = fold(sentence)
        return next((page for page, text in self._paper.items() if wanted and wanted in text), 0)


def read_present(folder: Path) -> Present:
    """Read what is built in a folder."""
    build = folder / BUILD
    numbers = load(build / LEDGER) if (build / LEDGER).is_file() else None
    newest_values = next(
        (path for path in (build / "draft" / "values.json", build / "values.json") if path.is_file()), None
    )
    values = load(newest_values) if newest_values else None
    if numbers is None and values is None:
        raise EvidentiaError(
            "nothing is built here", where=str(build), remedy="run evidentia build first, or name the folder"
        )
    newest = values if values is not None else numbers or {}
    rebuilt = numbers is not None and {id: entry["value"] for id, entry in numbers.items()} == {
        id: entry["value"] for id, entry in newest.items()
    }
    if numbers is not None and rebuilt:
        ledger = numbers
    else:
        uses = {id: entry["uses"] for id, entry in (numbers or {}).items()}
        ledger = {
            id: {**entry, "display": display(entry), "uses": uses.get(id, [])} for id, entry in newest.items()
        }
    claims = read_json(build / "claims.json")["claims"] if (build / "claims.json").is_file() else []
    pdf = FinishedPdf(build / "report.pdf") if (build / "report.pdf").is_file() else None
    return Present(ledger, claims, pdf.anchors() if pdf else {}, rebuilt, pdf)


def read_other(name: str, folder: Path) -> dict[str, Entry]:
    """Return the ledger that a name stands for.

    Parameters
    ----------
    name : str
        A numbers.json, a folder, a PDF that Evidentia made, or a git revision; empty for the accepted
        baseline.
    folder : Path
        The evaluation folder, whose baseline and repository are meant.

    Raises
    ------
    EvidentiaError
        If it is none of these, or the ledger is of an older schema.
    """
    if not name:
        if not (folder / BASELINE).is_file():
            raise EvidentiaError(
                "no numbers have been accepted here yet",
                where=str(folder / BASELINE),
                remedy=(
                    "compare with something else, or accept the present ones: evidentia accept --reason"
                    ' "first baseline"'
                ),
            )
        return load(folder / BASELINE)
    path = Path(name)
    if path.is_dir():
        return _of_folder(path)
    if path.suffix.lower() == ".pdf":
        return _of_pdf(path)
    if path.is_file() or path.suffix.lower() == ".json":
        return load(path)
    return _of_revision(name, folder)


def _of_folder(path: Path) -> dict[str, Entry]:
    for candidate in (path / BUILD / LEDGER, path / LEDGER, path / BASELINE):
        if candidate.is_file():
            return load(candidate)
    raise EvidentiaError(
        "this folder holds no ledger",
        where=str(path),
        remedy=f"build it, or name a folder with build/{LEDGER} or {BASELINE}",
    )


def _of_pdf(path: Path) -> dict[str, Entry]:
    data = FinishedPdf(path).attachment(LEDGER)
    if data is None:
        raise EvidentiaError(
            f"this PDF has no {LEDGER} attached",
            where=str(path),
            remedy="give a PDF that Evidentia made, or the ledger itself",
        )
    where = f"{path}, attachment {LEDGER}"
    return parse(json_of(data, where), where)


def _of_revision(name: str, folder: Path) -> dict[str, Entry]:
    """Return the accepted numbers of a git revision."""
    unknown = EvidentiaError(
        f"'{name}' is no file, no folder and no git revision",
        where=str(folder.resolve()),
        remedy="give a numbers.json, a folder, a PDF that Evidentia made, or a revision such as HEAD~1",
    )
    if not shutil.which("git") or name.startswith("-"):
        raise unknown
    known = git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if known.returncode:
        raise unknown
    shown = git(folder, "cat-file", "blob", f"{name}:./{BASELINE}")
    if shown.returncode:
        raise EvidentiaError(
            f"the revision '{name}' has no accepted numbers",
            where=BASELINE,
            remedy="name a revision that holds them (git log -- " + BASELINE + ")",
        )
    return parse(json_of(shown.stdout, f"{name}:{BASELINE}"), f"{name}:{BASELINE}")
