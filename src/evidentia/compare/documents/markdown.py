"""Markdown as passages: pandoc turns it into a page that says of each part from which line it is."""

from __future__ import annotations

from pathlib import Path

from evidentia.compare.documents.passage import Document
from evidentia.compare.documents.webpage import passages
from evidentia.core.pandoc import MEMORY, pandoc, run
from evidentia.core.text import read_words

DIALECT = "commonmark_x+sourcepos+yaml_metadata_block"


def read_markdown(path: Path) -> Document:
    """Read a Markdown file; what it names elsewhere is not fetched.

    Raises
    ------
    EvidentiaError
        If it is no text, or pandoc cannot read it within its limits.
    """
    text = read_words(path, str(path), "correct the path")
    limits = ["+RTS", f"-M{MEMORY}m", "-RTS"]
    options = ["--sandbox", "--from", DIALECT, "--to", "html", "--wrap", "none"]
    written, _ = run([pandoc(), *limits, *options], text=text, where=str(path))
    page = f"<html><body>{written}</body></html>"
    return Document(str(path), "md", list(passages(page.encode(), str(path))))
