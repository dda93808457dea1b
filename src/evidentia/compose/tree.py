"""What the engine makes of a chapter's Markdown: its tree of blocks, and what it warns of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.pandoc import DIALECT, MEMORY, pandoc, run

_CHAPTER = f"{DIALECT}-pandoc_title_block-yaml_metadata_block"
"""As in the middle of a report, where nothing is a title."""
_WARNING = re.compile(r"^\[WARNING\] (.*(?:\n  .*)*)", re.MULTILINE)
_WITHOUT_PARTS = frozenset(["Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline"])
_PLACE = re.compile(r",? (?:defined )?at (?:[^\s,]+ )?line (\d+) column \d+")


@dataclass(frozen=True)
class Warned:
    """What pandoc warns of: its words without the place, and the line."""

    what: str
    line: int


@dataclass(frozen=True)
class Tree:
    """A chapter as pandoc reads it, in pandoc's own notation."""

    blocks: list[Any]
    warnings: list[Warned]

    def elements(self, *kinds: str) -> Iterator[Any]:
        """Yield the elements of some kinds, or all, in the order of the text."""
        return (item for item in self._all if not kinds or item["t"] in kinds)

    @cached_property
    def _all(self) -> list[Any]:
        found, left = [], list(reversed(self.blocks))
        while left:
            item = left.pop()
            if isinstance(item, dict):
                kind = item.get("t", "")
                if kind:
                    found.append(item)
                if kind not in _WITHOUT_PARTS:
                    left += reversed(list(item.values()))
            elif isinstance(item, list):
                left += reversed(item)
        return found


def read_chapter(text: str, path: str) -> Tree:
    """Return what pandoc makes of a chapter by itself.

    Parameters
    ----------
    text : str
        The chapter as composed.
    path : str
        For the message, if pandoc fails.
    """
    command = [pandoc(), "+RTS", f"-M{MEMORY}m", "-RTS", "--sandbox", "--from", _CHAPTER, "--to", "json"]
    written, said = run(command, text=text, where=path)
    try:
        blocks = json.loads(written)["blocks"]
    except RecursionError:
        raise EvidentiaError(
            "lists and boxes are nested too deep", where=path, remedy="write it flatter"
        ) from None
    return Tree(blocks, [_warned(match[1]) for match in _WARNING.finditer(said)])


def _warned(text: str) -> Warned:
    words = " ".join(text.split())
    place = _PLACE.search(words)
    return Warned(_PLACE.sub("", words, count=1), int(place[1]) if place else 0)


def words_of(item: Any) -> str:
    """Return the text of an element without its markup."""
    parts, left = [], [item]
    while left:
        found = left.pop()
        if isinstance(found, dict):
            kind = found.get("t", "")
            if kind == "Str":
                parts.append(found["c"])
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                parts.append(" ")
            elif kind in ("Code", "Math", "CodeBlock"):
                parts.append(found["c"][-1])
            elif kind != "Note":
                left += reversed(list(found.values()))
        elif isinstance(found, list):
            left += reversed(found)
    return " ".join("".join(parts).split())
