"""Tracked changes of plain words as a patch of the chapters: to look at, and never applied here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidentia.compare.comments.model import Conflict, Edit, Returned
from evidentia.core.errors import EvidentiaError
from evidentia.core.text import read_words

_QUOTES = str.maketrans(
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{NO-BREAK SPACE}",
    "''\"\" ",
)
_MARKUP = re.compile(r"[{}%<>\[\]*_`#$@|\\^~]")
_HELD = re.compile(
    r"\{%-?\s*claim\b.*?\{%-?\s*endclaim\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\]\([^)]*\)|\{[^}]*\}|`[^`]*`",
    re.DOTALL,
)
_CONTEXTS = (40, 25, 12, 6, 0)


@dataclass
class Proposal:
    """A patch, and what it leaves to the author.

    Attributes
    ----------
    patch : str
        A unified diff, for ``git apply``; empty if there is nothing to propose.
    taken : list of Edit
    left : list of (Edit, str)
        Each change that is not proposed, and why.
    """

    patch: str = ""
    taken: list[Edit] = field(default_factory=list)
    left: list[tuple[Edit, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the patch and what it leaves for programs."""
        left = [
            {"before": edit.before, "after": edit.after, "place": str(edit.place), "why": why}
            for edit, why in self.left
        ]
        return {"patch": self.patch, "proposed": len(self.taken), "left": left}


def propose(found: Returned, folder: Path) -> Proposal:
    """Return the changes of plain words as a patch of the chapters in a folder.

    A change is left to the author if it touches a number or a claim, brings a digit or a mark of Markdown,
    was not tracked, is in conflict with another, or is not found word for word in the chapter as it is now.
    """
    result = Proposal()
    texts: dict[str, str] = {}
    changes: dict[str, list[tuple[int, int, str]]] = {}
    for edit in found.edits:
        why = _refused(edit, found.conflicts)
        if not why:
            path = edit.place.file
            try:
                if path not in texts:
                    texts[path] = read_words(_inside(folder, path), path)
                start, end = _located(edit, texts[path])
            except EvidentiaError as fault:
                why = fault.what
            else:
                if any(start < last and first < end for first, last, _ in changes.get(path, ())):
                    why = "it touches the words of another change"
                else:
                    changes.setdefault(path, []).append((start, end, edit.after))
                    result.taken.append(edit)
        if why:
            result.left.append((edit, why))
    result.patch = "".join(_diff(path, texts[path], changes[path]) for path in sorted(changes))
    return result


def _refused(edit: Edit, conflicts: list[Conflict]) -> str:
    """Return why a change is not proposed; empty if nothing speaks against it."""
    if not edit.tracked:
        return "it was made without tracking"
    if edit.moved:
        return "it was moved: move it in the chapter"
    if not edit.place.file or not edit.place.sentence:
        return "its words are from no chapter"
    if any(
        conflict.place.bookmark == edit.place.bookmark
        and conflict.place.start <= edit.place.end
        and edit.place.start <= conflict.place.end
        for conflict in conflicts
    ):
        return "copies disagree about it"
    if re.search(r"\d", edit.after) or re.search(r"\d", edit.before):
        return "it holds a number: bind it to the ledger"
    if "\N{PILCROW SIGN}" in edit.before:
        return "it joins two paragraphs"
    return "it holds a mark of Markdown" if _MARKUP.search(edit.after) else ""


def _inside(folder: Path, path: str) -> Path:
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise EvidentiaError("its chapter lies outside the folder", where=path, remedy="look at it by hand")
    return file


def _located(edit: Edit, text: str) -> tuple[int, int]:
    """Return where the words of a change stand in a chapter, found with as many words round them as agree."""
    plain = text.translate(_QUOTES)
    sentence, before = edit.place.sentence.translate(_QUOTES), edit.before.translate(_QUOTES)
    lines = plain.split("\n")
    line = edit.place.now or edit.place.line
    first = len("\n".join(lines[: max(0, line - 1)])) + (line > 1)
    first = plain.rfind("\n\n", 0, first + 1) + 1  # the paragraph's own first line
    last = plain.find("\n\n", first)
    last = len(plain) if last < 0 else last
    for left, right in _surroundings(edit, sentence, before):
        pattern = _words(left) + "(?P<own>" + _words(before) + ")" + _words(right)
        hits = list(re.finditer(pattern, plain[first:last]))
        if len(hits) == 1 and (before or left or right):
            start, end = first + hits[0].start("own"), first + hits[0].end("own")
            if any(
                held.start() < max(end, start + 1) and start < held.end() for held in _HELD.finditer(plain)
            ):
                raise EvidentiaError("it stands in a claim, a number or markup")
            if not edit.after and _leaves_a_mark(text, start, end):
                raise EvidentiaError("it is all of an item or a block: take it out with its mark")
            return start, end
    raise EvidentiaError("its words are not found once in the chapter as it is now")


def _leaves_a_mark(text: str, start: int, end: int) -> bool:
    """Tell whether no more than the mark of a list or a block would be left of a line."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    rest = (text[first:start] + text[end : last if last >= 0 else len(text)]).strip()
    return bool(rest) and not re.search(r"[^\W\d_]|\{|\[", rest)


def _surroundings(edit: Edit, sentence: str, before: str) -> Iterator[tuple[str, str]]:
    """Yield the words before and after a change in its sentence, fewer each time."""
    place = _offset(edit, sentence, before)
    if place < 0:
        return
    for reach in _CONTEXTS:
        left = sentence[max(0, place - reach) : place]
        right = sentence[place + len(before) : place + len(before) + reach]
        yield left, right
        yield left, ""
        yield "", right


def _offset(edit: Edit, sentence: str, before: str) -> int:
    """Return where a change begins in its sentence."""
    offset = edit.place.start - edit.place.sentence_start
    if 0 <= offset <= len(sentence) and sentence[offset : offset + len(before)] == before:
        return offset
    return sentence.find(before) if before else -1


def _words(text: str) -> str:
    """Return a pattern for words whose white space may be a line's end in the chapter."""
    return re.sub(r"(?:\\\s|\s)+", r"\\s+", re.escape(text))


def _diff(path: str, text: str, changes: list[tuple[int, int, str]]) -> str:
    new = text
    for start, end, after in sorted(changes, reverse=True):
        new = new[:start] + after + new[end:]
    lines = difflib.unified_diff(
        text.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{path}", f"b/{path}", n=3
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
