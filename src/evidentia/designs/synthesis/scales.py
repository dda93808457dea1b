"""Whether the effects of several evaluations are on one scale, and how they are put on one."""

from __future__ import annotations

from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.designs.synthesis.members import Member
from evidentia.designs.synthesis.settings import SynthesisSettings

OF_THE_OUTCOME = ("mean", "coefficient", "score")
"""Units that say nothing of what is measured, so that two effects in one of them need not be alike."""

Effects = list[tuple[Member, dict[str, float]]]


def outcome_of(member: Member, settings: SynthesisSettings) -> str:
    """Return the name of the outcome behind a member's effect, or an empty text
    where its settings name none.
    """
    analysis: dict[str, Any] = member.row["analyses"].get(_analysis(member, settings), {})
    return str(analysis.get("outcome") or "")


def _analysis(member: Member, settings: SynthesisSettings) -> str:
    return settings.effects.get(member.id, settings.effect).split(".")[0]


def one_scale(members: list[Member], settings: SynthesisSettings, unit: str, where: str) -> None:
    """Raise if effects are on outcomes of different names in a unit that says nothing of what is measured."""
    if settings.same_scale or unit not in OF_THE_OUTCOME:
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
    """Return effects divided by the standard deviation of their outcomes, taken as known.

    Raises
    ------
    EvidentiaError
        If a ledger does not hold the standard deviation.
    """
    divided: Effects = []
    for member, effect in found:
        id = f"{_analysis(member, settings)}.outcome_sd"
        deviation = member.ledger.get(id, {}).get("value")
        if not deviation:
            raise EvidentiaError(
                f"the effect of {member.id} cannot be standardised: its ledger has no '{id}'",
                where=where,
                remedy="pool effects of the design ipw on a continuous outcome, or leave the member out",
            )
        divided.append(
            (
                member,
                {name: value if name == "p_value" else value / deviation for name, value in effect.items()},
            )
        )
    return divided
