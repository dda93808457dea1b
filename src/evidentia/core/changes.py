"""What changed from one ledger to another, and what that means: records that pages,
screens and checks read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evidentia.core.ledger import Entry, display


@dataclass(frozen=True)
class Change:
    """A number that is new, gone, of another unit, or moved by more than its tolerance.

    Attributes
    ----------
    id : str
    kind : str
        ``changed``, ``new`` or ``gone``.
    before, after : entry or None
    """

    id: str
    kind: str
    before: Entry | None
    after: Entry | None

    @property
    def difference(self) -> float | None:
        """The new value minus the old, if both are numbers."""
        if self.before and self.after and numeric(self.before["value"]) and numeric(self.after["value"]):
            return float(self.after["value"] - self.before["value"])
        return None

    @property
    def relative(self) -> float | None:
        """The difference as a share of the old value's size."""
        if self.difference is None or not self.before or not self.before["value"]:
            return None
        return self.difference / abs(self.before["value"])

    def printed(self) -> tuple[str, str]:
        """Return the old and the new form as the report prints it, with as many decimals as are needed to
        tell them apart.
        """
        if self.before is None or self.after is None:
            return (display(self.before) if self.before else "", display(self.after) if self.after else "")
        text = next((use["printed"] for use in self.places), "")
        old, new = _like(self.before, text), _like(self.after, text)
        places = 1
        while old == new and places <= 6 and numeric(self.before["value"]):
            old, new = display(self.before, f"{places}dp"), display(self.after, f"{places}dp")
            places += 1
        return (repr(self.before["value"]), repr(self.after["value"])) if old == new else (old, new)

    @property
    def places(self) -> list[dict[str, Any]]:
        """Where the number is printed now, or was."""
        entry = self.after or self.before or {}
        return list(entry.get("uses", []))

    @property
    def label(self) -> str:
        """What the number is, in words."""
        return str((self.after or self.before or {}).get("label", ""))

    @property
    def seen(self) -> bool:
        """Whether a reader of the report sees it: the number is printed, and not as before."""
        printed = [
            {use["printed"] for use in (entry or {}).get("uses", [])} for entry in (self.before, self.after)
        ]
        if self.before and self.after and printed[0] == printed[1]:
            return any(_like(self.before, text) != _like(self.after, text) for text in printed[0])
        return bool(printed[0] or printed[1])


def _like(entry: Entry, text: str) -> str:
    """Return an entry's printed form with as many decimals as a text has."""
    places = re.search(r"\d\.(\d{1,6})(?!\d)", text)
    return (
        display(entry, f"{len(places[1])}dp" if places else "") if numeric(entry["value"]) else display(entry)
    )


def numeric(value: Any) -> bool:
    """Tell whether a ledger's value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True)
class Flip:
    """A claim that one of the ledgers bears out and the other does not.

    Attributes
    ----------
    claim : dict
        Its row of build/claims.json.
    held, holds : bool
        Whether the old and the new numbers bear it out.
    page : int
        Of the PDF, or 0.
    """

    claim: dict[str, Any]
    held: bool
    holds: bool
    page: int = 0

    @property
    def sentence(self) -> str:
        """The sentence, or the claim's words where it has none."""
        return str(self.claim.get("sentence") or self.claim["words"])


@dataclass(frozen=True)
class Finding:
    """A change, and what it means.

    Attributes
    ----------
    change : Change
    flips : tuple of Flip
        The claims that rest on the number and flip.
    sign : bool
        The number changes its sign.
    significance : str
        Empty, ``gained`` or ``lost``: the estimate to which the number belongs.
    places : tuple of dict
        Where it is printed now (or was, if it is gone): chapter, sentence, printed, anchor and page.
    """

    change: Change
    flips: tuple[Flip, ...]
    sign: bool
    significance: str
    places: tuple[dict[str, Any], ...]

    @property
    def rank(self) -> int:
        """Its place in the order of `evidentia.compare.meaning`."""
        return next(
            index
            for index, holds in enumerate(
                (self.flips, self.sign, self.significance, self.change.seen, True), 1
            )
            if holds
        )

    @property
    def marks(self) -> list[str]:
        """What it means, in a few words each."""
        words = ["a claim flips"] if self.flips else []
        words += ["the sign changes"] if self.sign else []
        words += [f"significance is {self.significance}"] if self.significance else []
        return words


@dataclass(frozen=True)
class Comparison:
    """All changes from one ledger to another, the most important first."""

    findings: list[Finding]
    flips: list[Flip]
    unjudged: int = 0

    def __bool__(self) -> bool:
        return bool(self.findings)

    def count(self, kind: str) -> int:
        """Return how many numbers are ``changed``, ``new`` or ``gone``."""
        return sum(finding.change.kind == kind for finding in self.findings)

    @property
    def sentences(self) -> list[dict[str, Any]]:
        """The sentences that make a claim that flips or print a changed number, each once, in the order of
        the findings.
        """
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for flip in self.flips:
            key = (flip.claim["chapter"], flip.sentence)
            found[key] = {"chapter": key[0], "sentence": key[1], "page": flip.page}
        for finding in self.findings:
            if not finding.change.seen and not finding.flips:
                continue
            for place in finding.places:
                sentence = place.get("sentence") or f"(what is said for {place['anchor']})"
                found.setdefault((place["chapter"], sentence), {**place, "sentence": sentence})
        return list(found.values())

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as JSON-like data."""
        claims = [
            {**flip.claim, "held": flip.held, "holds": flip.holds, "page": flip.page} for flip in self.flips
        ]
        numbers = []
        for finding in self.findings:
            change = finding.change
            old, new = change.printed()
            values = {
                "before": (change.before or {}).get("value"),
                "after": (change.after or {}).get("value"),
            }
            moved = {
                "printed_before": old,
                "printed_after": new,
                "difference": change.difference,
                "relative": change.relative,
            }
            meaning = {
                "sign": finding.sign,
                "significance": finding.significance,
                "claims": [flip.claim["id"] for flip in finding.flips],
            }
            head = {"id": change.id, "label": change.label, "kind": change.kind, "rank": finding.rank}
            numbers.append({**head, **values, **moved, **meaning, "places": list(finding.places)})
        return {"summary": self.summary(), "claims": claims, "numbers": numbers, "sentences": self.sentences}

    def summary(self) -> str:
        """Say in one sentence what changed."""
        if not self.findings:
            return "No number differs."
        parts = [
            f"{self.count(kind)} {word}"
            for kind, word in (("changed", "changed"), ("new", "new"), ("gone", "gone"))
            if self.count(kind)
        ]
        pages = sorted({place["page"] for place in self.sentences if place.get("page")})
        total = len(self.findings)
        text = (
            f"{total} number{'s' if total != 1 else ''} differ{'s' if total == 1 else ''}"
            f" ({', '.join(parts)})"
        )
        if self.flips:
            text += (
                f"; {len(self.flips)} claim{'s' if len(self.flips) > 1 else ''}"
                f" flip{'s' if len(self.flips) == 1 else ''}"
            )
        if self.sentences:
            text += f"; {len(self.sentences)} sentence{'s' if len(self.sentences) > 1 else ''} to read again"
            text += f" (page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages))})" if pages else ""
        return text + "."
