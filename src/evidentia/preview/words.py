"""One chapter at a time through the engine's own compose: its faults are kept, and what is wrong is marked in
the text.

The marks are characters that no chapter may hold; an engine carries them through, and
`evidentia.preview.marks` makes elements of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidentia.compose.chapter import Chapter, Composer
from evidentia.compose.private import CLOSE, ENDS, FOLLOWS, OPEN
from evidentia.compose.references import labels
from evidentia.compose.synthetic import marked
from evidentia.compose.writer import Writer
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry
from evidentia.core.results import Result

START, STOP = "\ue008", "\ue009"
"""Round what a fault is about: START, the fault's number, START, the words, STOP."""

SIGN = re.compile(f"{START}(\\d+){START}|({STOP})")
_MARK = re.compile(f"{OPEN}(\\d+){OPEN}|{CLOSE}|{FOLLOWS}|{ENDS}")
_LEAD = re.compile(r"(?:\s|[-*+>|]\s|#+\s|\d+[.)]\s|:::[^\n]*\n)*")
"""What begins a block, before which no mark may stand."""


@dataclass(frozen=True)
class Numbers:
    """What the words are bound to: the ledger's entries, each analysis's result, and the reconciliation."""

    ledger: dict[str, Entry]
    results: dict[str, tuple[Result, dict[str, Any]]]
    reconciled: list[dict[str, str]]


@dataclass(frozen=True)
class Written:
    """A chapter as composed.

    Attributes
    ----------
    text : str
        Quarto Markdown, with marks.
    faults : list of EvidentiaError
        A mark's number is the place in this list.
    labels : list of str
        Of its figures, tables and sections.
    shown : dict of str to str
        Figures and tables that it shows, with their places.
    lines : dict of str to str
        File and line of each printed number, by its anchor.
    composer : Composer
        With which it was composed, for what only all chapters together show.
    chapter : Chapter
    """

    text: str
    composer: Composer
    chapter: Chapter
    faults: list[EvidentiaError] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)


class _Marking(Writer):
    """A writer that leaves a mark in the text where it found a fault."""

    def __init__(self, ledger: Mapping[str, Entry]) -> None:
        super().__init__(ledger)
        self.marked: list[EvidentiaError] = []

    def fault(self, error: EvidentiaError, line: int) -> str:
        """Keep a fault, and return what stands in the text instead, marked."""
        text = super().fault(error, line)
        self.marked.append(self.faults[-1])
        return text if self.inside else f"{START}{len(self.marked) - 1}{START}{text}{STOP}"


def _identity(fault: EvidentiaError) -> int:
    """Return what tells a fault from another one of the same words."""
    return id(fault)


def write_chapter(config: Config, folder: Path, id: str, numbers: Numbers) -> Written:
    """Compose a chapter, whatever is wrong with it.

    Parameters
    ----------
    config : Config
    folder : Path
    id : str
        One of `Report.chapter_ids`.
    numbers : Numbers
    """
    writer = _Marking(numbers.ledger)
    composer = Composer(config, folder, numbers.ledger, numbers.results, numbers.reconciled, writer)
    chapter = composer.chapter(id)
    place = {_identity(fault): place for place, fault in enumerate(chapter.faults)}
    own = [place.get(_identity(fault), len(place)) for fault in writer.marked]
    draft = SIGN.sub(lambda sign: f"{START}{own[int(sign[1])]}{START}" if sign[1] else STOP, chapter.draft)
    text = marked(_with_claims(draft, chapter))
    plain = SIGN.sub("", chapter.plain)
    places = {use.anchor: f"{chapter.path}, line {use.line}" for use in writer.uses}
    return Written(
        "" if chapter.open else text,
        composer,
        chapter,
        chapter.faults,
        labels(plain),
        composer.exhibits.shown,
        places,
    )


def _with_claims(text: str, chapter: Chapter) -> str:
    """Put a mark round the words of each claim that fails, and take the others' marks out."""
    places: dict[str, int] = {}
    for place, fault in enumerate(chapter.faults):
        places.setdefault(fault.where, place)
    known = [places.get(f"{claim.path}, line {claim.line}") for claim in chapter.claims]
    pieces: list[str] = []
    last, open_claims = 0, list[int | None]()
    for match in _MARK.finditer(text):
        pieces.append(text[last : match.start()])
        last = match.end()
        if match[1]:
            number = known[int(match[1])]
            open_claims.append(number)
            if number is not None:
                lead = _LEAD.match(text, last)
                last = lead.end() if lead else last
                pieces += [text[match.end() : last], f"{START}{number}{START}"]
        elif match[0] == CLOSE and open_claims and open_claims.pop() is not None:
            words = pieces.pop()
            end = len(words.rstrip())
            pieces += [words[:end], STOP, words[end:]]
    return "".join([*pieces, text[last:]])
