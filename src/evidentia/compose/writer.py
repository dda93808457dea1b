"""What chapters can call: numbers, claims, and words that follow the numbers.

The writer keeps a record of every number printed and every claim made, and collects faults, so that one
build reports all mistakes of all chapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from evidentia.compose.claim_notes import unheeded
from evidentia.compose.claims import Claim, refuse_empty
from evidentia.compose.families import with_adjusted
from evidentia.compose.markup import plain
from evidentia.compose.number_writer import NumberWriter
from evidentia.compose.private import CLOSE, OPEN
from evidentia.compose.synthetic import without_marks
from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import evaluate, known_values
from evidentia.core.expression_parser import HOW
from evidentia.core.ledger import Entry

_CALLED = "n interval span moved change compared plural has_value"


class Writer(NumberWriter):
    """Functions for chapters, and the record of what they were used for; see `NumberWriter`."""

    def __init__(self, ledger: Mapping[str, Entry]) -> None:
        super().__init__(ledger)
        self.values = known_values(ledger.values())
        self.claims: list[Claim] = []
        self.paths: dict[str, str] = {}  # chapter to file, for messages
        self.standing: Callable[[Iterable[str]], str] = lambda ids: ""  # private mark, under a frozen plan

    def names(self) -> dict[str, Callable[..., Any]]:
        """Return what a chapter can call."""
        return {name: getattr(self, name) for name in _CALLED.split()} | {"_claim": self.claim}

    def claim(self, condition: str, line: int, despite: str | list[str], caller: Callable[[], str]) -> str:
        """Check a claim and return its words; if it does not hold, or a note speaks against it, keep the
        fault and go on.

        Parameters
        ----------
        condition : str
        line : int
        despite : str or list of str
            Kinds of notes that the words allow for.
        caller : callable
            Returns the words.
        """
        words = caller()
        try:
            outcome = evaluate(with_adjusted(condition, self.ledger), self.values)
            refuse_empty(condition, without_marks(words), outcome)
        except EvidentiaError as error:
            self.fault(
                EvidentiaError(
                    f'the claim "{plain(without_marks(words))}" cannot be checked: {error.what}',
                    remedy=error.remedy or HOW,
                ),
                line,
            )
            return words
        said, words = plain(without_marks(words)), words + self.rests_mark(*outcome.values)
        words += self.standing(outcome.values)
        kinds = tuple([despite] if isinstance(despite, str) and despite else despite)
        claim = Claim(
            self.chapter, self.path, line, condition, said, bool(outcome.value), outcome.values, despite=kinds
        )
        for fault in unheeded(condition, claim.words, claim.values, kinds, self.ledger):
            self.fault(fault, line)
        self.claims.append(claim)
        index = len(self.claims) - 1
        return words if self.inside else f"{OPEN}{index}{OPEN}{words}{CLOSE}"
