"""The audit of a document: every number with its place, what it is bound to, and what does not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evidentia.compare.documents.passage import Bound, Document, Passage
from evidentia.compare.foreign.context import context_of, sentences
from evidentia.compare.foreign.derived import contrast, derive, pair
from evidentia.compare.foreign.directions import directions
from evidentia.compare.foreign.exhibits import Exhibits
from evidentia.compare.foreign.judge import Judge
from evidentia.compare.foreign.numbers import Number, numbers_in
from evidentia.compare.foreign.ordinary import ordinary
from evidentia.compare.foreign.past import Version
from evidentia.compare.foreign.printed import Sentences
from evidentia.compare.foreign.reported import reported
from evidentia.compare.foreign.verdict import BOUND, NONE, ORDINARY, STALE, UNJUDGED, Remark, Verdict
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import Entry
from evidentia.core.number_words import around

_WHOLE = 0.999
_NEVER = ("unit", "contents", "page margin", "code", "bibliography")
_MAYBE = ("level", "age", "scale", "fraction", "reference")
"""Kinds that may be numbers of the ledger, where the report's own sentence says so."""
_DIGITS = re.compile(r"\d[\d.,]*")
LONGEST = 6_000
"""Characters of a passage that are judged together."""
MOST = 20_000
"""Numbers of one document."""


@dataclass
class Audit:
    """What was found in a document.

    Attributes
    ----------
    path : str
    verdicts : list of Verdict
        Of every number, in the document's order.
    remarks : list of Remark
        Words that the ledger contradicts, tests and percentages that cannot be.
    notes : list of str
        What to know of the file and of the earlier ledgers.
    """

    path: str
    verdicts: list[Verdict] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, status: str) -> list[Verdict]:
        """Return the numbers of a status."""
        return [verdict for verdict in self.verdicts if verdict.status == status]

    @property
    def quantities(self) -> list[Verdict]:
        """The numbers that state a quantity."""
        return [verdict for verdict in self.verdicts if verdict.status != ORDINARY]

    def counts(self) -> dict[str, int]:
        """Return how many numbers of each status there are, and how many could be judged."""
        found = {status: len(self.of(status)) for status in (BOUND, STALE, NONE, UNJUDGED, ORDINARY)}
        return {"numbers": len(self.verdicts), **found, "remarks": len(self.remarks)}

    @property
    def judged(self) -> float:
        """The share of the quantities that could be judged; 1 where there is none."""
        quantities = self.quantities
        return 1 - len(self.of(UNJUDGED)) / len(quantities) if quantities else 1.0

    def fails(self, kinds: Sequence[str]) -> bool:
        """Tell whether anything of some kinds was found: stale, origin, words, statistics, unjudged."""
        found = {
            "stale": bool(self.of(STALE)),
            "origin": bool(self.of(NONE)),
            "words": any(remark.kind == "words" for remark in self.remarks),
            "statistics": any(remark.kind != "words" for remark in self.remarks),
            "unjudged": bool(self.of(UNJUDGED)),
        }
        return any(found[kind] for kind in kinds)

    def as_json(self) -> dict[str, Any]:
        """Return all of it for programs."""
        return {
            "document": self.path,
            "counts": self.counts(),
            "judged_share": round(self.judged, 4),
            "numbers": [verdict.as_json() for verdict in self.verdicts],
            "remarks": [remark.as_json() for remark in self.remarks],
            "notes": self.notes,
        }


def audit(
    document: Document,
    ledger: Mapping[str, Entry],
    past: Sequence[Version] = (),
    notes: Sequence[str] = (),
    build: Path | None = None,
) -> Audit:
    """Hold every number of a document against a ledger.

    Parameters
    ----------
    document : Document
    ledger : mapping of str to entry
    past : sequence of Version
        Earlier ledgers, the newest first.
    notes : sequence of str
        To be told with the result.
    build : Path, optional
        The folder build/ of the report, for the data behind its tables.
    """
    if sum(len(_DIGITS.findall(passage.text)) for passage in document) > MOST:
        raise EvidentiaError(
            f"the document has more than {MOST:,} numbers", where=document.path, remedy="give a part of it"
        )
    exhibits = Exhibits(ledger, build)
    judge = Judge(ledger, past)
    known = Sentences(ledger, *(version.ledger for version in past))
    found = Audit(document.path, notes=[*document.remarks, *notes])
    before: Passage | None = None
    for passage in (part for read in whole(document.passages) for part in parted(read)):
        verdicts = list(_judged(passage, before, judge, known))
        pair(verdicts, passage.text)
        contrast(verdicts, passage.text, ledger)
        derive(verdicts, ledger)
        if passage.role == "alt":
            exhibits.described(verdicts)
        for verdict in verdicts if passage.line else ():
            exhibits.in_table(verdict, passage.row or passage.text, passage.text)
        found.verdicts += verdicts
        found.remarks += [*directions(passage, verdicts, ledger), *reported(passage)]
        before = passage if passage.role == "text" else before
    return found


def whole(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the passages; a number that stands alone, as in a box, together with the words below it."""
    alone: Passage | None = None
    for passage in passages:
        if alone is not None and passage.role == "text" and passage.headings == alone.headings:
            passage = replace(passage, text=f"{alone.text.strip()} {passage.text.strip()}", bound=alone.bound)
        elif alone is not None:
            yield alone
        alone = passage if passage.role == "text" and _is_number(passage.text) else None
        if alone is None:
            yield passage
    if alone is not None:
        yield alone


def parted(passage: Passage) -> Iterator[Passage]:
    """Yield a passage; one that is longer than a paragraph in parts, between words or sentences."""
    text = passage.text
    if len(text) <= LONGEST:
        yield passage
        return
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST)
        if end < len(text):
            cut = max(text.rfind(". ", start, end) + 1, text.rfind(" ", end - 200, end))
            end = cut if cut > start else end
        bound = tuple(
            Bound(item.start - start, item.end - start, item.id)
            for item in passage.bound
            if start <= item.start and item.end <= end
        )
        yield replace(passage, text=text[start:end], bound=bound)
        start = end


def _is_number(text: str) -> bool:
    numbers = numbers_in(text)
    return len(numbers) == 1 and numbers[0].text == text.strip() and not numbers[0].spelt


def _judged(passage: Passage, before: Passage | None, judge: Judge, known: Sentences) -> Iterator[Verdict]:
    """Yield the verdict on each number of a passage."""
    numbers = numbers_in(passage.text)
    if not numbers:
        return
    kind_of = ordinary(passage)
    if before is not None and before.headings != passage.headings:
        before = None
    spans = sentences(passage.text)
    for number in numbers:
        start, end = next(span for span in spans if number.start < span[1] or span is spans[-1])
        sentence = passage.line or passage.text[start:end].strip()
        words = around(passage.text, number.start, number.end)
        if passage.role == "cell":
            words = f"{passage.row or passage.line[:60]} / {passage.column}: {words}"
        verdict = Verdict(number, passage.place, words, sentence)
        id = next((item.id for item in passage.bound if item.start <= number.start < item.end), "")
        id = judge.tags.get(id, id)
        kind = kind_of(number)
        if id and id in judge.index.known and kind != "unit":
            judge.by_id(verdict, id)
            yield verdict
            continue
        same = known.same(sentence, _order(number, passage, start, numbers))
        if kind:
            same = [item for item in same if item.alike > _WHOLE and kind not in _NEVER]
        if judge.by_date(verdict, same) or (
            (not kind or kind in _MAYBE) and judge.by_sentence(verdict, same)
        ):
            if kind == "reference" and verdict.status != BOUND:  # a figure's number, not the ledger's
                verdict.status, verdict.why, verdict.strength = ORDINARY, kind, ""
            yield verdict
            continue
        if kind:
            verdict.status, verdict.why = ORDINARY, kind
        else:
            judge.by_words(verdict, context_of(number, passage, before, numbers))
            if verdict.status == UNJUDGED and number.spelt:
                verdict.status, verdict.why, verdict.ids = ORDINARY, "small number in letters", []
        yield verdict


def _order(number: Number, passage: Passage, start: int, numbers: list[Number]) -> int:
    """Return which number of its sentence, or of its table's row, a number is."""
    own = sum(1 for item in numbers if start <= item.start < number.start)
    if not passage.line:
        return own
    column = int(passage.place.rpartition(" ")[2]) - 1
    cells = passage.line.split(" | ")
    return own + sum(len(numbers_in(cell)) for cell in cells[:column])
