"""A printed number, and a claim of the words about numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from evidentia.compose.markup import plain
from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import Outcome, describe
from evidentia.core.expression_parser import HOW
from evidentia.core.vacuous import vacuous


@dataclass(frozen=True)
class Use:
    """A place where a number is printed."""

    id: str
    chapter: str
    anchor: str
    printed: str
    line: int


@dataclass
class Claim:
    """Words that hold only under a condition."""

    chapter: str
    path: str
    line: int
    condition: str
    words: str
    holds: bool
    values: dict[str, Any]
    sentence: str = ""
    despite: tuple[str, ...] = ()


def refuse_empty(condition: str, words: str, outcome: Outcome) -> None:
    """Raise for a claim that claims nothing: without words, without a number, or true whatever the numbers
    are.
    """
    if not plain(words):
        raise EvidentiaError(
            "it has no words",
            remedy="put the words that the numbers bear out between {% claim %} and {% endclaim %}",
        )
    if not outcome.values:
        raise EvidentiaError("it rests on no number of the ledger", remedy=HOW)
    if not isinstance(outcome.value, bool):
        raise EvidentiaError("it is a number, not a condition", remedy=HOW)
    if outcome.value and vacuous(condition):
        raise EvidentiaError(f"it would hold whatever the numbers are: {condition}", remedy=HOW)


def failed(claims: Iterable[Claim]) -> Iterator[EvidentiaError]:
    """Yield a fault for each claim that does not hold, with its whole sentence."""
    for claim in claims:
        if not claim.holds:
            yield EvidentiaError(
                f'a claim no longer holds: "{claim.sentence or claim.words}"\n'
                f"  condition: {claim.condition}\n  values: {describe(claim.values)}",
                where=f"{claim.path}, line {claim.line}",
                remedy="write what the numbers now show, or correct the data",
            )
