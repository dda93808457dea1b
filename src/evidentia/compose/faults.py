"""What is wrong with a chapter's markup: things that are not closed, and what the engine warns of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidentia.compose.chapter_names import undefined_notes
from evidentia.compose.code import CODE, COMMENT, FENCE, spans
from evidentia.compose.nesting import MOST_SIGNS, run_of_signs
from evidentia.compose.tree import Tree, Warned
from evidentia.core.errors import EvidentiaError

_UNCLOSED = {
    COMMENT: ("a comment is not closed", "end it with -->"),
    FENCE: ("code is not closed", "end it with a line of the same signs: {signs}"),
    CODE: (
        "code is not closed",
        "end it with {signs}, or write \\` for the sign itself",
    ),
}
_SIGNS = re.compile(r"`+|~+")
UNCLOSED_BOX = ("a box is not closed", "end it with ::: on a line of its own; each box needs one")
_WARNINGS = (
    (re.compile(r"Div unclosed"), *UNCLOSED_BOX),
    (
        re.compile(r"Note with key '(?P<name>.*?)'.* not used"),
        "the note [^{name}] is not called, so that its words would not be printed",
        "write [^{name}] where the note belongs, or take it out",
    ),
    (
        re.compile(r"Duplicate note reference '(?P<name>.*?)'"),
        "the note [^{name}] is defined twice in this chapter",
        "give one of them another name",
    ),
    (
        re.compile(r"Duplicate link reference '\[(?P<name>.*)\]'"),
        "the link [{name}] is defined twice in this chapter",
        "give one of them another name",
    ),
)


def unclosed(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each comment and code of a chapter that is not closed.

    Parameters
    ----------
    text : str
        The chapter as written.
    path : str
    """
    for span in spans(text):
        if not span.closed:
            what, remedy = _UNCLOSED[span.kind]
            found = _SIGNS.match(text, span.start)
            signs = found[0] if found else ""
            what = f"{what}: {_beginning(text, span.start)}"
            if len(signs) > MOST_SIGNS:
                what, remedy = run_of_signs(signs[0])
            yield EvidentiaError(
                what,
                where=f"{path}, line {text.count(chr(10), 0, span.start) + 1}",
                remedy=remedy.format(signs=signs),
            )


def markup_faults(text: str, tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each note without its words, and for all that pandoc warns of.

    Parameters
    ----------
    text : str
        The chapter as composed, whose lines are named.
    tree : Tree
    path : str
    """
    for place, name in undefined_notes(text):
        yield EvidentiaError(
            f"the note [^{name}] has no words in this chapter",
            where=f"{path}, line {text.count(chr(10), 0, place) + 1}",
            remedy=f"write [^{name}]: and the words below; a note belongs to the chapter that calls it",
        )
    lines = text.split("\n")
    for warned in tree.warnings:
        what, remedy = _said(warned)
        line = lines[warned.line - 1].strip() if 0 < warned.line <= len(lines) else ""
        yield EvidentiaError(
            f"{what}: {line[:60]}" if line else what,
            where=f"{path}, line {warned.line}" if warned.line else path,
            remedy=remedy,
        )


def _said(warned: Warned) -> tuple[str, str]:
    """Return what a warning of pandoc's means for the author, and what to do."""
    for pattern, what, remedy in _WARNINGS:
        if match := pattern.search(warned.what):
            return what.format(**match.groupdict()), remedy.format(**match.groupdict())
    return f"pandoc warns: {warned.what}", "correct the Markdown that it names"


def _beginning(text: str, place: int) -> str:
    """Return the words with which something begins, on one line."""
    return " ".join(text[place : place + 120].split())[:60]
