"""Whether the effects of several evaluations are on one scale, and how they are put on one."""

from __future__ import annotations

import math
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.designs.synthesis.members import STATISTICS, Member
from evidentia.designs.synthesis.settings import SynthesisSettings

OF_THE_OUTCOME = ("mean", "coefficient", "score")
"""Units that say nothing of what is measured, so that two effects in one of them need not be alike."""
RATIO = "ratio"
SIZE = "hedges_g"
BETWEEN, WITHIN = "a difference between groups", "a change of the same people over time"
_WITHIN = ("scales",)
"""Designs whose effects are changes without a comparison group."""
_SIZED = {"rct": "effect", "scales": "change"}
"""Designs that report a standardised size beside their effect, and what that is called."""
_DIVIDED = ("ipw", "did")
"""Designs that report the standard deviation of their outcome instead."""

Effects = list[tuple[Member, dict[str, float]]]


def stem_of(member: Member, settings: SynthesisSettings) -> str:
    """Return the number id of a member's effect, without its last part."""
    return settings.effects.get(member.id, settings.effect)


def outcome_of(member: Member, settings: SynthesisSettings) -> str:
    """Return the name of the outcome behind a member's effect, or an empty text
    where its settings name none.
    """
    return str(_analysis(member, settings).get("outcome") or "")


def _analysis(member: Member, settings: SynthesisSettings) -> dict[str, Any]:
    """Return the settings of the analysis behind a member's effect."""
    found: dict[str, Any] = member.row["analyses"].get(stem_of(member, settings).split(".")[0], {})
    return found


def _is_size(stem: str) -> bool:
    return any(part == SIZE or part.startswith(f"{SIZE}_") for part in stem.split("."))


def one_kind(members: list[Member], settings: SynthesisSettings, where: str) -> None:
    """Raise if differences between groups stand beside changes of the same people: no division by a standard
    deviation makes these alike, since a change holds what would have come about anyway.
    """
    kinds: dict[str, list[str]] = {}
    for member in members:
        design = str(_analysis(member, settings).get("design", ""))
        kinds.setdefault(WITHIN if design in _WITHIN else BETWEEN, []).append(member.id)
    if len(kinds) > 1:
        listed = "; ".join(f"{kind} in {', '.join(ids)}" for kind, ids in kinds.items())
        raise EvidentiaError(
            f"the effects are not of one kind: {listed}",
            where=where,
            remedy="pool each kind in a synthesis of its own, or name other effects under 'effects'",
        )


def one_scale(members: list[Member], settings: SynthesisSettings, unit: str, where: str) -> None:
    """Raise if effects are on outcomes of different names in a unit that says nothing of what is measured, or
    if some are standardised and others are not.
    """
    sizes = {member.id: _is_size(stem_of(member, settings)) for member in members}
    if len(set(sizes.values())) > 1:
        apart = ", ".join(id for id, size in sizes.items() if not size)
        raise EvidentiaError(
            f"some effects are standardised and others are not: {apart}",
            where=where,
            remedy="set standardise: true, or name the standardised size (hedges_g) of each under 'effects'",
        )
    if settings.same_scale or unit not in OF_THE_OUTCOME or all(sizes.values()):
        return
    outcomes = {outcome_of(member, settings): member.id for member in reversed(members)}
    if len(outcomes) > 1:
        listed = ", ".join(
            f"{outcome or 'one without a name'} in {member}" for outcome, member in reversed(outcomes.items())
        )
        raise EvidentiaError(
            f"the effects are on different outcomes, which need not be on one scale: {listed}",
            where=where,
            remedy=(
                "set standardise: true to divide them by their standard deviations, or same_scale: true if"
                " they are on one scale"
            ),
        )


def standardised(found: Effects, settings: SynthesisSettings, where: str) -> Effects:
    """Return standardised effects: the size that a trial or a scale reports itself, and effects of other
    designs divided by the standard deviation of their outcomes, taken as known.

    Raises
    ------
    EvidentiaError
        If a ledger does not hold what is needed.
    """
    return [(member, _standardised(member, effect, settings, where)) for member, effect in found]


def _standardised(
    member: Member, effect: dict[str, float], settings: SynthesisSettings, where: str
) -> dict[str, float]:
    stem, design = stem_of(member, settings), _analysis(member, settings).get("design", "")
    if _is_size(stem):
        return effect
    if design in _SIZED:
        *before, last = stem.split(".")
        called = _SIZED[design]
        size = member.effect(".".join([*before, SIZE + last.removeprefix(called)]))
        if last.startswith(called) and size is not None:
            return size
        needed = ".".join([*before, SIZE])
    else:
        needed = f"{stem.split('.')[0]}.outcome_sd"
        deviation = member.ledger.get(needed, {}).get("value")
        if design in ("", *_DIVIDED) and deviation:
            return {name: value if name == "p_value" else value / deviation for name, value in effect.items()}
    raise EvidentiaError(
        f"the effect of {member.id} cannot be standardised: its ledger has no '{needed}'",
        where=where,
        remedy=(
            "pool effects of trials, of differences in differences, of scales, or of the design ipw on a"
            " continuous outcome; or leave the member out"
        ),
    )


def on_logs(effect: dict[str, float]) -> dict[str, float]:
    """Return a ratio on the log scale, on which it is pooled; its standard error is by the delta method."""
    return {
        "estimate": math.log(effect["estimate"]),
        "se": effect["se"] / effect["estimate"],
        **{end: math.log(effect[end]) if effect[end] > 0 else math.nan for end in ("ci_low", "ci_high")},
        "p_value": effect["p_value"],
    }


def as_ratio(logs: dict[str, float]) -> dict[str, float]:
    """Return the ratio behind a log."""
    estimate = math.exp(logs["estimate"])
    found = {name: math.exp(logs[name]) for name in ("ci_low", "ci_high")}
    found |= {"estimate": estimate, "se": estimate * logs["se"], "p_value": logs["p_value"]}
    return {name: found[name] for name in STATISTICS}
