"""What the audit says of a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evidentia.compare.foreign.numbers import Number

BOUND, STALE, NONE, UNJUDGED = "bound", "stale", "without origin", "not judged"
CERTAIN, STRONG, FAIR, WEAK = "certain", "strong", "fair", "weak"
ORDINARY = "no quantity"


@dataclass
class Verdict:
    """A number of the document, and what was found of it.

    Attributes
    ----------
    number : Number
    place : str
    words : str
        The words round it.
    sentence : str
    status : str
        `BOUND`, `STALE`, `NONE`, `UNJUDGED` or `ORDINARY`.
    strength : str
        `CERTAIN`, `STRONG`, `FAIR` or `WEAK`: how far words, unit and precision carry the match.
    ids : list of str
        The entries that fit, the likeliest first; of a stale number, what it was.
    why : str
        In words: what it was and when, what the ledger has instead, which kind it is.
    near : list of str
        Entries that fit and of which the words may speak, even if others are likelier.
    meant : str
        The entry of which the words speak where the number is none of its; empty if they speak of none.
    """

    number: Number
    place: str
    words: str
    sentence: str
    status: str = UNJUDGED
    strength: str = ""
    ids: list[str] = field(default_factory=list)
    why: str = ""
    near: list[str] = field(default_factory=list)
    meant: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the verdict for programs."""
        told: dict[str, Any] = {
            "printed": self.number.text,
            "place": self.place,
            "status": self.status,
            "strength": self.strength,
            "unit": self.number.unit,
            "ids": self.ids,
            "why": self.why,
            "words": self.words,
        }
        return told


@dataclass(frozen=True)
class Remark:
    """Something that does not agree: words with numbers, or the numbers of a test among themselves.

    Attributes
    ----------
    kind : str
        ``words``, ``test``, ``percentage`` or ``interval``.
    place : str
    what : str
    sentence : str
    ids : tuple of str
        Of the ledger's numbers behind it.
    """

    kind: str
    place: str
    what: str
    sentence: str
    ids: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the remark for programs."""
        return {
            "kind": self.kind,
            "place": self.place,
            "what": self.what,
            "sentence": self.sentence,
            "ids": list(self.ids),
        }
