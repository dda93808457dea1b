"""An audit on a screen: a line for each number, then what to look at, then a summary."""

from __future__ import annotations

from collections.abc import Iterator

from evidentia.compare.foreign.audit import Audit
from evidentia.compare.foreign.verdict import BOUND, NONE, ORDINARY, STALE, UNJUDGED, Verdict
from evidentia.core.errors import visible

_MOST_IDS = 3
_LOOK = (STALE, NONE)


def lines(found: Audit, *, every: bool = False, brief: bool = False) -> Iterator[str]:
    """Yield the lines of an audit.

    Parameters
    ----------
    found : Audit
    every : bool
        Also the numbers that state no quantity, such as years and references.
    brief : bool
        Only what has to be looked at.
    """
    for verdict in found.verdicts:
        if verdict.status in _LOOK or not (brief or (verdict.status == ORDINARY and not every)):
            yield visible(line(verdict))
    for remark in found.remarks:
        yield visible(f'{remark.place}: {remark.kind}: {remark.what}: "{remark.sentence}"')
    yield from map(visible, summary(found))


def line(verdict: Verdict) -> str:
    """Return one number in one line: place, number, what it is, and the words round it."""
    what = verdict.status
    if verdict.status == BOUND:
        what += f" to {', '.join(verdict.ids[:_MOST_IDS])} ({verdict.strength}"
        what += f", {verdict.why})" if verdict.why else ")"
    elif verdict.status == STALE:
        what += f" ({verdict.strength}): {verdict.ids[0]}: {verdict.why}"
    elif verdict.why:
        what += f" ({verdict.why})" if verdict.status == ORDINARY else f": {verdict.why}"
    return f'{verdict.place}: {verdict.number.text}: {what}: "{verdict.words}"'


def summary(found: Audit) -> Iterator[str]:
    """Yield what was found in a few lines."""
    counts = found.counts()
    quantities = len(found.quantities)
    yield ""
    yield (
        f"{counts['numbers']:,} numbers; {quantities:,} state a quantity, {counts[ORDINARY]:,} do not (years,"
        " references, names and the like)."
    )
    strengths = [
        f"{sum(item.strength == strength for item in found.of(BOUND)):,} {strength}"
        for strength in ("certain", "strong", "fair")
    ]
    yield (
        f"Of the {quantities:,}: {counts[BOUND]:,} bound ({', '.join(strengths)}), {counts[STALE]:,} stale,"
        f" {counts[NONE]:,} without origin, {counts[UNJUDGED]:,} not judged. {found.judged:.1%} could be"
        " judged."
    )
    if found.remarks:
        kinds = {
            "words": "words that the ledger contradicts",
            "test": "tests whose p-value does not follow",
            "percentage": "percentages that cannot be",
            "interval": "estimates outside their interval",
        }
        told = [
            f"{count} {name}"
            for kind, name in kinds.items()
            if (count := sum(remark.kind == kind for remark in found.remarks))
        ]
        yield f"Also: {', '.join(told)}."
    yield from (f"Note: {note}." for note in found.notes)
