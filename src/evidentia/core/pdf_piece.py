"""A run of text in a PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A run of text in a PDF.

    Attributes
    ----------
    text : str
    page : int
        From 1, as a reader of PDFs counts.
    role : str
        ``text``, ``margin`` (running heads and page numbers), ``alt`` (said for a picture) or ``bookmark``.
    tag : str
        The tag that holds it, such as ``P``, ``Link``, ``Lbl`` (a list's mark).
    target : str
        The anchor to which it leads, or empty.
    blocks : tuple of (str, int)
        The blocks that hold it, from the outermost: the tag of each, and a number of its own.
    """

    text: str
    page: int
    role: str = "text"
    tag: str = ""
    target: str = ""
    blocks: tuple[tuple[str, int], ...] = ()
