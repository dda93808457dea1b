"""Marks of notes and names of links, made a chapter's own, so that none reaches into another chapter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidentia.compose.code import blanked_code

_NOTE = re.compile(r"\[\^([^\]\s^]+)\]")
_DEFINED = re.compile(r"^[ \t>]*\[\^([^\]\s^]+)\]:", re.MULTILINE)
_LINK = re.compile(
    r"^(?P<before>[ \t>]*)\[(?P<name>(?![\^@])(?:[^\[\]\\]|\\.)+)\]:(?=[ \t]*\n?[ \t]*[^\s:])", re.MULTILINE
)
_BRACKETS = re.compile(
    r"(?<!\\)(?P<first>\[(?:[^\[\]\\]|\\.)*\])(?:(?P<second>\[(?:[^\[\]\\]|\\.)*\])|(?![({]))"
)


def notes_defined(text: str) -> set[str]:
    """Return the marks of the notes that a chapter defines."""
    return set(_DEFINED.findall(blanked_code(text)))


def undefined_notes(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the mark of each note that is called and not defined."""
    plain = blanked_code(text)
    known = set(_DEFINED.findall(plain))
    for match in _NOTE.finditer(plain):
        if match[1] not in known and plain[match.start() - 1 : match.start()] != "\\":
            yield match.start(), match[1]


def made_local(text: str, chapter: str) -> str:
    """Return a chapter whose notes and names of links carry the chapter's name.

    Parameters
    ----------
    text : str
        The chapter as composed.
    chapter : str
        A name that no other chapter has, of letters, digits and hyphens.
    """
    notes = notes_defined(text)

    def own(mark: str) -> str:
        return f"{chapter}-{mark}"

    text = _replaced(text, _NOTE, lambda match: f"[^{own(match[1])}]" if match[1] in notes else match[0])
    links = {_folded(match["name"]) for match in _LINK.finditer(blanked_code(text))}
    if not links:
        return text

    definitions = {match.end("before") for match in _LINK.finditer(blanked_code(text))}

    def renamed(match: re.Match[str]) -> str:
        first, second = match["first"][1:-1], (match["second"] or "[]")[1:-1]
        name = second or first
        if _folded(name) not in links or match.start() in definitions:
            return match[0]
        if text[match.start() - 1 : match.start()] == "]":  # behind words that hold brackets themselves
            return f"[{own(name)}]"
        return f"[{first}][{own(name)}]"

    text = _replaced(text, _BRACKETS, renamed)
    return _replaced(
        text,
        _LINK,
        lambda match: (
            f"{match['before']}[{own(match['name'])}]:" if _folded(match["name"]) in links else match[0]
        ),
    )


def _folded(name: str) -> str:
    """Return a link's name as names are compared."""
    return " ".join(name.split()).casefold()


def _replaced(text: str, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> str:
    """Replace what a pattern finds outside code and comments."""
    parts, last = [], 0
    for match in pattern.finditer(blanked_code(text)):
        parts += [text[last : match.start()], by(match)]
        last = match.end()
    return "".join([*parts, text[last:]])
