"""Reading a document by what it is."""

from __future__ import annotations

from pathlib import Path

from evidentia.compare.documents.passage import Document
from evidentia.core.errors import EvidentiaError

WORD = (".docx", ".docm", ".dotx")
PAGES = (".html", ".htm", ".xhtml")
MARKDOWN = (".md", ".markdown", ".qmd", ".txt")


def read_document(path: Path) -> Document:
    """Read a Word document, a PDF, an HTML page or a Markdown file.

    Raises
    ------
    EvidentiaError
        If it is none of these, or cannot be read; with what to do.
    """
    kind = path.suffix.lower()
    if kind in WORD:
        from evidentia.compare.documents.word import read_word

        return read_word(path)
    if kind == ".pdf":
        from evidentia.compare.documents.pdf import read_pdf

        return read_pdf(path)
    if kind in PAGES:
        from evidentia.compare.documents.webpage import read_page

        return read_page(path)
    if kind in MARKDOWN:
        from evidentia.compare.documents.markdown import read_markdown

        return read_markdown(path)
    raise EvidentiaError(
        f"'{kind or path.name}' is no kind of document that can be read",
        where=str(path),
        remedy="give a .docx, .pdf, .html or .md; save other kinds as one of these first",
    )
