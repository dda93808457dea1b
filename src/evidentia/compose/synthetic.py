"""The mark of results that rest on synthetic records: one a sentence, row or cell, made from the ledger's
sources.

The writer leaves a private mark beside every number and under every claim that rests on synthetic records.
When a chapter is whole, each sentence that holds such a mark gets one that readers see, before its full stop;
a row of a table gets it in the cell that names the row if all its numbers rest on synthetic records, else in
the cells that do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from evidentia.compose.sentences import Sentences

RESTS = "\ue004"
"""Private mark beside what rests on synthetic records, taken out again before anything is written."""

SPAN = r"[\[synthetic\]]{.synthetic}"
_BOUND = ".n data-id="
_CELL = re.compile(r"(?<!\\)\|")
_END = re.compile(r"[.!?:;,]?[\"”’*_]*$")  # the full stop, and what closes behind it
_LABEL = re.compile(r"\s*\{[#.][^{}]*\}\s*$")
_PAIRS = {")": "(", "]": "["}
_NO_WORDS = re.compile(r"^\s*(?::::|!\[)")


def without_marks(text: str) -> str:
    """Return text without the private marks."""
    return text.replace(RESTS, "")


def marked(text: str) -> str:
    """Return a chapter in which each sentence, row or cell that rests on synthetic records says so once.

    Parameters
    ----------
    text : str
        Composed Markdown with the private marks in it.
    """
    clean = without_marks(text)
    ends = sorted(set(_places(text, clean)), reverse=True)
    for place in ends:
        before = clean[:place]
        clean = f"{before}{'' if before[-1:].isspace() else ' '}{SPAN}{clean[place:]}"
    return clean


def _places(text: str, clean: str) -> Iterator[int]:
    """Yield the places in the clean text where a mark has to stand."""
    positions = [match.start() - count for count, match in enumerate(re.finditer(RESTS, text))]
    sentences = Sentences(clean)
    held: dict[int, list[int]] = {}
    for position in positions:
        held.setdefault(bisect_right(sentences.starts, max(position - 1, 0)) - 1, []).append(position)
    for index, inside in held.items():
        start = sentences.starts[index]
        end = sentences.starts[index + 1] if index + 1 < len(sentences.starts) else len(clean)
        piece = clean[start:end]
        if piece.lstrip().startswith("|"):
            yield from (start + place for place in _in_row(piece, [position - start for position in inside]))
        elif not _NO_WORDS.match(piece):
            yield start + _end_of_words(piece)


def _end_of_words(piece: str) -> int:
    """Return where a sentence's words end: before its full stop, and before a bracket or note that closes
    behind it.
    """
    if piece.startswith("#"):
        piece = _LABEL.sub("", piece)
    end = len(piece.rstrip().removesuffix("^["))
    while True:
        end = _END.search(piece, 0, end).start()  # type: ignore[union-attr]
        last = piece[end - 1 : end]
        if last not in _PAIRS or piece.count(_PAIRS[last], 0, end) >= piece.count(last, 0, end):
            return end
        end -= 1  # the bracket was opened before this sentence began


def _in_row(row: str, positions: list[int]) -> Iterator[int]:
    """Yield the places of the marks in a row of a pipe table."""
    bars = [match.start() for match in _CELL.finditer(row)]
    cells = list(zip(bars, bars[1:], strict=False))
    resting = {bisect_right(bars, max(position - 1, 0)) - 1 for position in positions}
    numbers = {index for index, (start, end) in enumerate(cells) if _BOUND in row[start:end]}
    for index in (0,) if numbers and numbers == resting and 0 not in numbers else sorted(resting):
        start, end = cells[index]
        yield start + len(row[start:end].rstrip())
