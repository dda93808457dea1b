"""What changes between two ledgers mean for the report: claims that flip, signs, significance, words and
pages.

Changes are put in order of what they mean, the most important first:

1. a claim rests on the number, and flips;
2. the number changes its sign;
3. the estimate gains or loses significance (its p-value crosses the level, or its interval the value of no
effect);
4. a reader of the report sees it: the number is printed, and not as before;
5. the rest, new and gone numbers before changed ones; within each, the larger relative change first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidentia.compare.ledgers import compare
from evidentia.compare.sources import Present
from evidentia.config.model import Config
from evidentia.core.changes import Change, Comparison, Finding, Flip
from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import evaluate, known_values
from evidentia.core.ledger import Entry

STATISTICS = ("estimate", "se", "ci_low", "ci_high", "p_value")
LEVEL = 0.05


def judge(before: Mapping[str, Entry], present: Present, config: Config) -> Comparison:
    """Compare an older ledger with the present build and say what the changes mean.

    Parameters
    ----------
    before : mapping of str to entry
        The older ledger.
    present : Present
    config : Config
        Its tolerances, and the confidence levels of its analyses.
    """
    changes = compare(before, present.ledger, config.regression)
    values = [known_values(ledger.values()) for ledger in (before, present.ledger)]
    flips, unjudged = _flips(present, *values)
    changed = {change.id for change in changes}
    flips = [flip for flip in flips if changed & set(flip.claim["values"])]
    findings = []
    for change in changes:
        resting = tuple(flip for flip in flips if change.id in flip.claim["values"])
        places = tuple({**use, "page": present.page_of(use)} for use in change.places)
        findings.append(
            Finding(
                change,
                resting,
                _sign(change),
                _significance(change.id, before, present.ledger, config),
                places,
            )
        )
    findings.sort(
        key=lambda finding: (
            finding.rank,
            {"gone": 0, "new": 1, "changed": 2}[finding.change.kind],
            -_size(finding.change),
        )
    )
    return Comparison(findings, flips, unjudged)


def _size(change: Change) -> float:
    relative = change.relative
    return abs(relative) if relative is not None else (float("inf") if change.difference else 0.0)


def _sign(change: Change) -> bool:
    if change.difference is None or change.before is None or change.after is None:
        return False
    return bool(change.before["value"] * change.after["value"] < 0)


def _flips(present: Present, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[list[Flip], int]:
    """Return the claims that flip, and how many cannot be judged by the old numbers."""
    flips, unjudged = [], 0
    for claim in present.claims:
        held, holds = (_holds(claim["condition"], values) for values in (before, after))
        if held is None or holds is None:
            unjudged += 1
        elif held != holds:
            flips.append(Flip(claim, held, holds, present.page_with(claim.get("sentence") or claim["words"])))
    return sorted(flips, key=lambda flip: flip.holds), unjudged


def _holds(condition: str, values: Mapping[str, Any]) -> bool | None:
    try:
        return bool(evaluate(condition, values).value)
    except (EvidentiaError, TypeError):
        return None


def _significance(id: str, before: Mapping[str, Entry], after: Mapping[str, Entry], config: Config) -> str:
    """Tell whether the estimate to which a number belongs gains or loses significance."""
    stem, _, last = id.rpartition(".")
    if last not in STATISTICS:
        return ""
    level = 1 - float(getattr(config.analyses.get(id.partition(".")[0]), "confidence", 1 - LEVEL))
    old, new = _is_significant(stem, before, level), _is_significant(stem, after, level)
    if old is None or new is None or old == new:
        return ""
    return "gained" if new else "lost"


def _is_significant(stem: str, ledger: Mapping[str, Entry], level: float) -> bool | None:
    """Judge by the p-value, or else by the interval; None if there is neither."""

    def value(name: str) -> Any:
        return ledger.get(f"{stem}.{name}", {}).get("value")

    p_value, low, high = value("p_value"), value("ci_low"), value("ci_high")
    if p_value is not None:
        return bool(p_value < level)
    if low is None or high is None:
        return None
    none = 1 if ledger[f"{stem}.ci_low"]["unit"] == "ratio" else 0
    return bool(low > none or high < none)


def message(comparison: Comparison, *, most: int = 40) -> str:
    """Return the comparison as text, for a test's failure: what flips, what moved, and the sentences to read
    again.
    """
    lines = [comparison.summary()]
    for flip in comparison.flips:
        lines.append(
            f'  claim {"no longer holds" if not flip.holds else "holds only now"}: "{flip.sentence}"'
        )
        lines.append(f"      {flip.claim['chapter']}{_page(flip.page)}: {flip.claim['condition']}")
    for finding in comparison.findings[:most]:
        lines.append(
            f"  {finding.change.id}: {what_changed(finding.change)}"
            + "".join(f"; {mark}" for mark in finding.marks)
        )
        lines += [
            f"      {place_of(place)}: {place.get('sentence') or place['anchor']}" for place in finding.places
        ]
    if len(comparison.findings) > most:
        lines.append(f"  and {len(comparison.findings) - most} more")
    return "\n".join(lines)


def what_changed(change: Change) -> str:
    """Return the old and the new printed form with the relative change."""
    old, new = change.printed()
    what = {"new": f"new: {new}", "gone": f"gone: was {old}"}.get(change.kind, f"{old} -> {new}")
    return what + (f" ({change.relative:+.2%})" if change.relative is not None else "")


def place_of(place: Mapping[str, Any]) -> str:
    """Return a place's chapter and page."""
    return f"{place['chapter']}{_page(place.get('page', 0))}"


def _page(page: int) -> str:
    return f", page {page}" if page else ""
