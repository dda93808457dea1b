"""From which line of a chapter each line of the composed text comes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from evidentia.compose.stretches import EXPRESSION, STATEMENT, Kind, stretches
from evidentia.core.errors import EvidentiaError

MOST, TELLING = 500, 20
"""Searches of the whole chapter, and characters from which a piece is worth one."""
_MARKS = re.compile("\ue000\\d+\ue000|[\ue001-\ue00f]")
_LINE = re.compile(r", line (\d+)")
_NOTE = Kind(r"\{##", r"(?P<close>##\})")


class _Copied:
    """The text of a template without its code, with the line that each place of it has in the template."""

    def __init__(self, source: str) -> None:
        spans = [*stretches(source, (_NOTE, STATEMENT, EXPRESSION)), (len(source), len(source))]
        self.starts: list[int] = []  # of the stretches between the code, here
        self.lines: list[int] = []  # and the line of each in the template
        self.ends: list[int] = []  # the line at which each ends
        self.breaks: list[int] = []  # places of the line breaks
        self.after: list[int] = []  # and the line that each begins
        parts, last, length, line = [], 0, 0, 1
        for start, end in spans:
            parts.append(source[last:start])
            self.starts.append(length)
            self.lines.append(line)
            self.breaks += [length + found.start() for found in re.finditer("\n", parts[-1])]
            self.after += range(line + 1, line + len(self.breaks) - len(self.after) + 1)
            self.ends.append(line := line + parts[-1].count("\n"))
            length += len(parts[-1])
            line, last = line + source.count("\n", start, end), end
        self.text = "".join(parts)

    def line_at(self, place: int) -> int:
        """Return the line of what is copied from a place."""
        index, broken = bisect_right(self.starts, place) - 1, bisect_left(self.breaks, place) - 1
        within = broken >= 0 and self.breaks[broken] >= self.starts[index]
        return self.after[broken] if within else self.lines[index]

    def line_of_code(self, place: int) -> int:
        """Return the line of the code that stands at a place, or of the place where none does."""
        index = bisect_left(self.starts, place)
        at_code = 0 < index < len(self.starts) and self.starts[index] == place
        return self.ends[index - 1] if at_code else self.line_at(place)


def with_lines(pieces: Iterable[str], source: str) -> tuple[str, list[int]]:
    """Put together what a template printed, and find the line of its source for each line.

    Parameters
    ----------
    pieces : iterable of str
        As the template yields them: copied from the source, or printed by an expression.
    source : str
        The template.

    Returns
    -------
    text : str
    lines : list of int
        The source's line, from 1, of each line of the text.
    """
    copied = _Copied(source)
    parts: list[str] = []
    lines, place, searches, blank = [1], 0, 0, True
    for piece in pieces:
        parts.append(piece)
        words = _MARKS.sub("", piece)
        found = place if copied.text.startswith(words, place) else -1
        if found < 0 and len(words) >= TELLING and searches < MOST:  # behind words left out, or in a loop
            found, searches = copied.text.find(words, place), searches + 1
            found = copied.text.find(words) if found < 0 else found
        line = copied.line_of_code(place) if found < 0 else copied.line_at(found)
        if blank:
            lines[-1] = line
        for index, character in enumerate(words):
            if character == "\n":
                lines.append(line if found < 0 else copied.line_at(found + index + 1))
        place = place if found < 0 else found + len(words)
        blank = not words.rpartition("\n")[2].strip() and (blank or "\n" in words)
    return "".join(parts), lines


def at_source(fault: EvidentiaError, lines: Sequence[int]) -> EvidentiaError:
    """Return a fault that names a line of a composed chapter with the line of the chapter's file instead."""
    match = _LINE.search(fault.where)
    if match is None or not 0 < int(match[1]) <= len(lines):
        return fault
    where = f"{fault.where[: match.start(1)]}{lines[int(match[1]) - 1]}{fault.where[match.end(1) :]}"
    return EvidentiaError(fault.what, where=where, remedy=fault.remedy)
