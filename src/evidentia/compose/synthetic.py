"""Marks of sentences: that they rest on synthetic records, and how a claim stands to the plan.

The writer leaves a private mark beside every number and under every claim that rests on synthetic records,
and under every claim on an effect where a plan is frozen. When a chapter is whole, each sentence that holds
such a mark gets one that readers see, before its full stop; a row of a table gets it in the cell that names
the row if all its numbers rest on synthetic records, else in the cells that do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from evidentia.compose.markup import escape
from evidentia.compose.sentences import Sentences
from evidentia.core.language import later, translate
from evidentia.core.synthetic import synthetic_mark
from evidentia.plan.claim_status import STANDINGS

RESTS = "\ue004"
"""Private mark beside what rests on synthetic records, taken out again before anything is written."""


def span() -> str:
    """Return the mark that readers see."""
    return f"[{escape(synthetic_mark())}]{{.synthetic}}"


STANDING_WORDS = (
    *(later("confirmatory"), later("secondary"), later("exploratory")),
    *(later("confirmatory, deviates from the plan"), later("secondary, deviates from the plan")),
)
"""How `STANDINGS` are printed."""

STANDING_MARKS = {standing: chr(0xE00A + place) for place, standing in enumerate(STANDINGS)}
"""Private mark under a claim by its standing to the plan."""

_MARKS = re.compile(f"[{RESTS}{''.join(STANDING_MARKS.values())}]")
_BOUND = ".n data-id="
_CELL = re.compile(r"(?<!\\)\|")
_END = re.compile(r"[.!?:;,]?[\"”’*_]*$")  # the full stop, and what closes behind it
_LABEL = re.compile(r"\s*\{[#.][^{}]*\}\s*$")
_PAIRS = {")": "(", "]": "["}
_NO_WORDS = re.compile(r"^\s*(?::::|!\[)")


def _spans() -> dict[str, str]:
    """Return what stands for each private mark."""
    standings = {mark: rf"[\[{translate(one)}\]]{{.standing}}" for one, mark in STANDING_MARKS.items()}
    return {RESTS: span(), **standings}


def without_marks(text: str) -> str:
    """Return text without the private marks."""
    return _MARKS.sub("", text)


def standing_in(text: str) -> str:
    """Return the spans of the standings that a caption's claims have."""
    marks = dict.fromkeys(mark for mark in _MARKS.findall(text) if mark != RESTS)
    return "".join(f" {_spans()[mark]}" for mark in marks)


def marked(text: str) -> str:
    """Return a chapter in which each sentence, row or cell that rests on synthetic records says so once, and
    each that makes a claim on an effect says how it stands to the plan.

    Parameters
    ----------
    text : str
        Composed Markdown with the private marks in it.
    """
    clean = without_marks(text)
    sentences = Sentences(clean)
    found = [
        (place, rank, span)
        for rank, (mark, span) in enumerate(_spans().items())
        for place in set(_places(text, clean, mark, sentences))
    ]
    for place, _, span in sorted(found, reverse=True):
        before = clean[:place]
        clean = f"{before}{'' if before[-1:].isspace() else ' '}{span}{clean[place:]}"
    return clean


def _places(text: str, clean: str, mark: str, sentences: Sentences) -> Iterator[int]:
    """Yield the places in the clean text where a mark has to stand."""
    positions = [
        match.start() - count for count, match in enumerate(_MARKS.finditer(text)) if match[0] == mark
    ]
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
