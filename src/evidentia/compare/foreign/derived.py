"""Numbers that follow from two others of the same sentence: a difference, a sum, a share, a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from evidentia.compare.foreign.entries import fits, scaled
from evidentia.compare.foreign.verdict import BOUND, FAIR, NONE, STRONG, UNJUDGED, Verdict
from evidentia.core.ledger import Entry

_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_TO = re.compile(r"[^.;:]{0,60}?\bto\s+", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:and|but|against|compared|versus|vs|while|whereas|without|than)\b", re.IGNORECASE)
_MOST = 12
"""Numbers of a sentence beyond which any number follows from some two."""


def pair(verdicts: list[Verdict], text: str) -> None:
    """Bind 'from 45 to 43' to two entries of one family that have these values in this order, such as one
    item at the first wave and at the second.
    """
    for first, second in zip(verdicts, verdicts[1:], strict=False):
        if first.status == BOUND and second.status == BOUND:
            continue
        between = text[first.number.end : second.number.start]
        if not _FROM.search(text[: first.number.start]) or not _TO.fullmatch(between):
            continue
        both = next(
            ((one, other) for one in first.near for other in second.near if _is_next(one, other)), None
        )
        if both:
            for verdict, id in zip((first, second), both, strict=True):
                verdict.status, verdict.strength, verdict.ids, verdict.why = BOUND, STRONG, [id], ""


def _is_next(one: str, other: str) -> bool:
    """Tell whether two ids differ in one part, and the second one's comes later."""
    parts = list(zip(one.split("."), other.split("."), strict=False))
    unlike = [(first, second) for first, second in parts if first != second]
    return one.count(".") == other.count(".") and len(unlike) == 1 and unlike[0][0] < unlike[0][1]


def contrast(verdicts: list[Verdict], text: str, ledger: Mapping[str, Entry]) -> None:
    """Bind a number that is set against another of its sentence and is that one's counterpart in the ledger,
    where words name the first alone: 30% with support and 41% without.
    """
    for before, verdict in zip(verdicts, verdicts[1:], strict=False):
        if verdict.status != NONE or not verdict.meant or verdict.sentence != before.sentence:
            continue
        if before.status != BOUND or before.ids[:1] != [verdict.meant]:
            continue
        if not _AGAINST.search(text[before.number.end : verdict.number.start]):
            continue
        unit = ledger[verdict.meant]["unit"] if verdict.meant in ledger else ""
        family = verdict.meant.rpartition(".")[0] + "."
        others = [
            id
            for id, entry in ledger.items()
            if id.rpartition(".")[0] + "." == family and id != verdict.meant and entry["unit"] == unit
        ]
        fitting = [id for id in others if (value := scaled(ledger[id])) is not None and _fit(verdict, value)]
        if len(fitting) == 1:
            verdict.status, verdict.strength, verdict.ids = BOUND, FAIR, fitting
            verdict.why = "the counterpart of the number before it"


def derive(verdicts: list[Verdict], ledger: Mapping[str, Entry]) -> None:
    """Bind each number without origin that follows from two bound ones of its sentence."""
    for verdict in verdicts:
        if verdict.status not in (NONE, UNJUDGED) or (
            verdict.status == NONE and verdict.strength == "certain"
        ):
            continue
        bound = [
            other
            for other in verdicts
            if other.status == BOUND and other.ids and other.sentence == verdict.sentence
        ]
        if not 2 <= len(bound) <= _MOST:
            continue
        for first, second in combinations(bound, 2):
            how = next(_follows(verdict, first.ids[0], second.ids[0], ledger), "")
            if how:
                verdict.status, verdict.strength = BOUND, FAIR
                verdict.ids, verdict.why = [first.ids[0], second.ids[0]], how
                break


def _follows(verdict: Verdict, one: str, other: str, ledger: Mapping[str, Entry]) -> Iterator[str]:
    """Yield how a number follows from two entries."""
    if one == other or one not in ledger or other not in ledger:
        return
    first, second = scaled(ledger[one]), scaled(ledger[other])
    unit = ledger[one]["unit"]
    if first is None or second is None or unit != ledger[other]["unit"]:
        return
    number = verdict.number
    difference = "percentage_points" if unit == "proportion" else unit
    if number.unit in ("", difference) and (number.unit or unit != "proportion"):
        if _fit(verdict, abs(first - second)):
            yield "the difference of two numbers of the sentence"
        if unit == "count" and _fit(verdict, first + second):
            yield "the sum of two numbers of the sentence"
    if number.unit == "proportion":
        for start, end in ((first, second), (second, first)):
            if start and _fit(verdict, abs(end - start) / abs(start) * 100):
                yield "the relative change between two numbers of the sentence"
            if unit == "count" and start and end <= start and _fit(verdict, end / start * 100):
                yield "the share of one number of the sentence in the other"


def _fit(verdict: Verdict, value: Decimal) -> bool:
    return value != 0 and fits(verdict.number, value)
