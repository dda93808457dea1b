"""Abbreviations that a line of their own explains, `*[LA]: Local authority`, for the whole report.

The line becomes a piece of the text that carries name and meaning; the page takes it out and marks the words
(`evidentia.render.html.abbreviations`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from evidentia.compose.code import blanked_code
from evidentia.compose.markup import attribute, escape
from evidentia.core.errors import EvidentiaError

DEFINED = "abbr-meaning"
"""The class of a piece of text that holds an abbreviation, with its meaning as title."""

_LINE = re.compile(r"^\*\[(?P<name>[^\[\]\n]{1,40})\]:[ \t]*(?P<words>.*)$", re.MULTILINE)
_PIECE = re.compile(
    rf'^\[(?P<name>[^\[\]\n]+)\]\{{\.{DEFINED} title="(?P<words>(?:\\.|[^"\\\n])*)"\}}$', re.MULTILINE
)
_MARKUP = re.compile(r"[\[\]{}<>]")


def whole_word(name: str) -> re.Pattern[str]:
    """Return the pattern of an abbreviation that stands alone."""
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def with_abbreviations(text: str, path: str) -> tuple[str, list[EvidentiaError]]:
    """Return a chapter in which each line that explains an abbreviation is in the form that the page reads,
    and what is wrong with such lines.

    Parameters
    ----------
    text : str
        The chapter as rendered, whose lines are named.
    path : str
    """
    parts, last, faults = [], 0, []
    for match in _LINE.finditer(blanked_code(text)) if "*[" in text else ():
        words = text[match.start("words") : match.end("words")].strip()
        if not words or _MARKUP.search(words):
            faults.append(
                EvidentiaError(
                    f"the abbreviation '{match['name']}' has no meaning in plain words",
                    where=f"{path}, line {text.count(chr(10), 0, match.start()) + 1}",
                    remedy=f"write it behind the colon: *[{match['name']}]: Local authority",
                )
            )
            continue
        piece = f"[{escape(match['name'])}]{{.{DEFINED} title={attribute(words)}}}"
        parts += [text[last : match.start()], piece]
        last = match.end()
    return "".join([*parts, text[last:]]), faults


def abbreviation_faults(
    chapters: Iterable[tuple[str, str, Callable[[int], int]]],
) -> Iterator[EvidentiaError]:
    """Yield a fault for each abbreviation with two meanings, and for each that no chapter uses.

    Parameters
    ----------
    chapters : iterable of tuple
        The path of each, its text as composed, and what gives the file's line for a line of the text.
    """
    texts = list(chapters)
    used = "\n".join(_PIECE.sub("", text) for _, text, _ in texts)
    known: dict[str, tuple[str, str]] = {}
    for path, text, line_of in texts:
        for match in _PIECE.finditer(text):
            name, line = match["name"], line_of(text.count("\n", 0, match.start()) + 1)
            place = f"{path}, line {line}"
            words, first = known.setdefault(name, (match["words"], place))
            if words != match["words"]:
                yield EvidentiaError(
                    f"the abbreviation '{name}' has two meanings: {words[:60]}, and {match['words'][:60]}",
                    where=f"{place}, and {first}",
                    remedy="give each its own letters; a meaning holds for the whole report",
                )
            elif first == place and not whole_word(name).search(used):
                yield EvidentiaError(
                    f"the abbreviation '{name}' is used nowhere, so that its meaning would not be printed",
                    where=place,
                    remedy=f"write {name} where it belongs, or take the line out",
                )
