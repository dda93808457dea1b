"""The words as pandoc writes them for Word, with the styles of a reference document."""

from __future__ import annotations

import tempfile
from pathlib import Path

from evidentia.core.pandoc import MEMORY, pandoc, run

_LIMITED = ["+RTS", f"-M{MEMORY}m", "-RTS"]


def default_reference() -> bytes:
    """Return pandoc's own reference document."""
    with tempfile.TemporaryDirectory(prefix="evidentia-") as folder:
        made = Path(folder) / "reference.docx"
        run([pandoc(), *_LIMITED, "--output", str(made), "--print-default-data-file", made.name])
        return made.read_bytes()


def to_word(words: str, reference: bytes, templates: Path) -> bytes:
    """Return words as a Word document.

    Parameters
    ----------
    words : str
        HTML, as `evidentia.render.docx.pandoc_page` wrote it.
    reference : bytes
        Document with the styles.
    templates : Path
        The engine's templates/.
    """
    notes = (templates / "word" / "notes.lua").resolve()
    with tempfile.TemporaryDirectory(prefix="evidentia-") as folder:
        styles, made = Path(folder) / "reference.docx", Path(folder) / "report.docx"
        styles.write_bytes(reference)
        command = [pandoc(), *_LIMITED, "--sandbox", "--from", "html-auto_identifiers", "--to", "docx"]
        command += ["--reference-doc", str(styles), "--lua-filter", str(notes), "--output", str(made)]
        run(command, text=words, where="build/draft/report.html")
        return made.read_bytes()
