"""Orders to the engine that may not stand in a chapter: settings, cells that run, and files to include."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from evidentia.compose.stretches import SHORTCODE, stretches
from evidentia.core.errors import EvidentiaError

_ORDERS = {
    re.compile(r"(?:\A|\n[ \t]*\n)(---[ \t]*\n(?![ \t]*\n).*?\n(?:---|\.\.\.)[ \t]*)(?=\n|\Z)", re.DOTALL): (
        "a YAML block with settings stands in the chapter",
        "take it out: settings belong into config.yaml; for a rule, leave an empty line after ---",
    ),
    re.compile(r"^([ \t>]*(?:`{3,}|~{3,})[ \t]*\{[ \t]*[A-Za-z]\w*.*)$", re.MULTILINE): (
        "a cell of code that an engine would run stands in the chapter",
        "compute it in an analysis; code that is only shown is written as {.python}",
    ),
    re.compile(r"(`\{[A-Za-z]\w*\}[^`\n]*`)"): (
        "code that an engine would run stands in the sentence",
        "compute it in an analysis, and bind the number",
    ),
}
_SHORTCODE = (
    "a shortcode of Quarto stands in the chapter",
    "take it out: a chapter shows what the ledger and config.yaml hold",
)
MOST = 50
"""Faults of one chapter that are named."""


_ELEMENT = re.compile(r"<(?!https?:|mailto:)[A-Za-z!/?][^>]*>?")


def elements(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each HTML element in a caption, an alternative text, a source line or a note.

    Parameters
    ----------
    text : str
        As config.yaml has it.
    path : str
        File and key.
    """
    for match in _ELEMENT.finditer(text):
        yield EvidentiaError(
            f"'{match[0][:60]}' is HTML", where=path, remedy="write words, and *emphasis* where it helps"
        )


def refused_directives(text: str, path: str, source: str = "") -> Iterator[EvidentiaError]:
    """Yield a fault for each order to the engine.

    Parameters
    ----------
    text : str
        A chapter as rendered.
    path : str
    source : str
        The chapter as written, whose lines are named where they can be found again.
    """
    for start, end, (what, remedy) in islice(_found(text), MOST):
        shown = text[start:end]
        place = source.find(shown)
        line = source.count("\n", 0, place) + 1 if place >= 0 else text.count("\n", 0, start) + 1
        yield EvidentiaError(
            f"{what}: {' '.join(shown[:200].split())[:60]}", where=f"{path}, line {line}", remedy=remedy
        )


def _found(text: str) -> Iterator[tuple[int, int, tuple[str, str]]]:
    for pattern, said in _ORDERS.items():
        for match in pattern.finditer(text):
            yield *match.span(1), said
    for start, end in stretches(text, (SHORTCODE,)):
        yield start, end, _SHORTCODE
