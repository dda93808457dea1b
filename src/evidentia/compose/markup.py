"""Quarto Markdown written by the program: escaped text, attributes, spans, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$@^~&])")


def escape(text: str) -> str:
    """Escape text so that Markdown prints it as it is."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")


def attribute(text: str) -> str:
    """Return text as a quoted attribute value."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, text_columns: int = 1) -> str:
    """Return a pipe table; the first columns are flush left, the others flush right.

    Parameters
    ----------
    header : sequence of str
        Markdown of the column names.
    rows : sequence of sequence of str
        Markdown of the cells.
    text_columns : int
        How many columns, from the left, hold text.
    """
    rule = [":--" if index < text_columns else "--:" for index in range(len(header))]
    lines = [list(header), rule, *[list(row) for row in rows]]
    return "\n".join("| " + " | ".join(cell.replace("\n", " ") for cell in line) + " |" for line in lines)


def plain(markdown: str) -> str:
    """Return Markdown without spans and emphasis, for sentences in messages and lists."""
    text = re.sub(r"\[([^\[\]]*)\]\{[^{}]*\}", r"\1", markdown)
    text = re.sub(r"(?<!\s)\s*\{#[^{}]*\}", "", text)
    text = re.sub(r"\[\^[^\[\]]*\]|\[?-?@[\w:.-]+(?:; *-?@[\w:.-]+)*\]?", "", text)
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    text = re.sub(r"(?<![\w\\*_])[*_]{1,2}(?=[^\s*_])|(?<=[^\s*_\\])[*_]{1,2}(?![\w*_])", "", text)
    text = re.sub(r"(?<!\s)\s*\((?:\s|,|and\b|to\b)*\)", "", text)
    return re.sub(r"\s+", " ", re.sub(r"\\(.)", r"\1", text)).strip()
