"""The members' effects, and these pooled, as numbers of the ledger."""

from __future__ import annotations

from typing import Any

import numpy as np

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.units import UNITS
from evidentia.designs.synthesis.common_scale import (
    RATIO,
    as_ratio,
    on_logs,
    one_kind,
    one_scale,
    standardised,
    stem_of,
)
from evidentia.designs.synthesis.members import Member
from evidentia.designs.synthesis.pool import Pooled, pool
from evidentia.designs.synthesis.settings import SynthesisSettings

POOLED_LABELS = {
    "fixed": later("fixed effect"),
    "random": later("random effects"),
    "hartung_knapp": later("random effects, Hartung-Knapp interval"),
}


def add_effects(result: Result, settings: SynthesisSettings, members: list[Member]) -> None:
    """Report each member's effect, and pool those that there are."""
    found: list[tuple[Member, dict[str, float]]] = []
    units: dict[str, str] = {}
    for member in members:
        stem = stem_of(member, settings)
        effect = member.effect(stem)
        unit = member.ledger.get(f"{stem}.estimate", {}).get("unit", "")
        if effect is not None and (unit != RATIO or effect["estimate"] > 0):
            found.append((member, effect))
            units.setdefault(unit, member.id)
        elif unit:
            why = "a ratio of 0, which has no logarithm" if effect else "no standard error"
            result.notes.append(f"{stem} of {member.label} has {why} and is not pooled")
    where = f"config.yaml, analysis of '{settings.label}'"
    _enough(settings, len(found), members, where)
    one_kind([member for member, _ in found], settings, where)
    if settings.standardise:
        unit = "coefficient"
        found = standardised(found, settings, where)
        stems = [
            "fixed",
            "random",
            "hartung_knapp",
            "prediction",
            *(f"effect.{member.id}" for member, _ in found),
        ]
        result.note("unlike_units", "each effect is in standard deviations of its own outcome", stems)
    else:
        unit = _one_unit(units, where)
        one_scale([member for member, _ in found], settings, unit, where)
    pooling = [on_logs(effect) if unit == RATIO else effect for _, effect in found]
    estimates, errors = (
        np.array([effect[name] for effect in pooling], dtype=float) for name in ("estimate", "se")
    )
    pooled = pool(estimates, errors, settings.method, settings.confidence)
    _members(result, settings, found, pooled, unit)
    result.add("members.pooled", len(found), "count", translate("Evaluations whose effect is pooled"))
    result.add(
        "members.without_effect",
        len(members) - len(found),
        "count",
        translate("Evaluations that were built and have no such effect, or none with a standard error"),
    )
    result.add(
        "effects.negative",
        int((estimates < 0).sum()),
        "count",
        translate(
            "Evaluations with an effect below 1" if unit == RATIO else "Evaluations with an effect below zero"
        ),
    )
    result.add(
        "effects.significant",
        sum(effect["p_value"] is not None and effect["p_value"] < 0.05 for _, effect in found),
        "count",
        translate("Evaluations with p < 0.05"),
    )
    _pooled(result, settings, pooled, unit)


def _members(
    result: Result,
    settings: SynthesisSettings,
    found: list[tuple[Member, dict[str, float]]],
    pooled: Pooled,
    unit: str,
) -> None:
    """Report each effect with its weights, and all of them as a frame."""
    rows: list[list[Any]] = []
    for index, (member, effect) in enumerate(found):
        result.add_estimate(f"effect.{member.id}", effect, unit, f"{settings.label}, {member.label}")
        weights = float(pooled.weights_fixed[index]), float(pooled.weights_random[index])
        for kind, weight in zip(("fixed", "random"), weights, strict=True):
            result.add(
                f"weight_{kind}.{member.id}",
                weight,
                "proportion",
                translate(
                    "Weight in the {model}, {of}", model=translate(POOLED_LABELS[kind]), of=member.label
                ),
            )
        rows.append(
            [
                member.id,
                member.label,
                effect["estimate"],
                effect["ci_low"],
                effect["ci_high"],
                effect["p_value"],
                *weights,
            ]
        )
    result.frames["effects"] = Frame(
        ["id", "label", "estimate", "ci_low", "ci_high", "p_value", "fixed", "random"], rows
    )


def _enough(settings: SynthesisSettings, number: int, members: list[Member], where: str) -> None:
    """Raise if the effects are too few."""
    if number < 2:
        known = {id.removesuffix(".se") for member in members for id in member.ledger if id.endswith(".se")}
        raise EvidentiaError(
            f"the effect '{settings.effect}' has a value and a standard error in {number} of {len(members)}"
            " ledgers; pooling needs 2",
            where=where,
            remedy="add members that have it" if number else did_you_mean(settings.effect, known),
        )


def _one_unit(units: dict[str, str], where: str) -> str:
    """Return the unit in which all effects are; raise if they cannot be added."""
    if len(units) > 1:
        listed = ", ".join(f"{unit} in {member}" for unit, member in units.items())
        raise EvidentiaError(
            f"the effects are in different units: {listed}",
            where=where,
            remedy="pool effects of one unit, or set standardise: true",
        )
    unit = next(iter(units))
    if not UNITS[unit].pooled and unit != RATIO:
        pooled = [*(name for name, one in UNITS.items() if one.pooled), RATIO]
        raise EvidentiaError(
            f"effects in the unit '{unit}' cannot be pooled",
            where=where,
            remedy=f"name a difference or a ratio, in {', '.join(pooled)}",
        )
    return unit


def _pooled(result: Result, settings: SynthesisSettings, pooled: Pooled, unit: str) -> None:
    """Report the pooled effects and how much the members differ."""
    how = translate("pooled on the log scale") if unit == RATIO else ""
    for kind, label in POOLED_LABELS.items():
        statistics = getattr(pooled, kind)
        shown = as_ratio(statistics) if unit == RATIO else statistics
        result.add_estimate(kind, shown, unit, f"{settings.label}, {translate(label)}", how)
    low, high = np.exp(pooled.prediction) if unit == RATIO else pooled.prediction
    low, high = float(low), float(high)
    result.add(
        "prediction.ci_low",
        low,
        unit,
        translate(
            "{label} in a further evaluation, lower limit of the prediction interval", label=settings.label
        ),
    )
    result.add(
        "prediction.ci_high",
        high,
        unit,
        translate(
            "{label} in a further evaluation, upper limit of the prediction interval", label=settings.label
        ),
    )
    how = (
        translate("Paule and Mandel")
        if settings.method == "paule_mandel"
        else translate("DerSimonian and Laird")
    )
    result.add("heterogeneity.q", pooled.q, "coefficient", translate("Cochran's Q"))
    result.add(
        "heterogeneity.degrees", pooled.degrees, "count", translate("Degrees of freedom of Cochran's Q")
    )
    result.add("heterogeneity.p_value", pooled.q_p_value, "p_value", translate("Cochran's Q, p-value"))
    result.add(
        "heterogeneity.i2",
        pooled.i2,
        "proportion",
        translate("I²: share of the variation beyond chance"),
        translate("(Q - df) / Q, not below 0"),
    )
    result.add(
        "heterogeneity.tau2",
        pooled.tau2,
        "coefficient",
        translate("τ²: variance between evaluations ({how})", how=how),
    )
    result.add(
        "heterogeneity.tau",
        pooled.tau2**0.5,
        "coefficient" if unit == RATIO else unit,
        translate("τ: standard deviation between evaluations ({how})", how=how),
    )
    result.add(
        "confidence.level",
        settings.confidence,
        "proportion",
        translate("Confidence level of the intervals"),
        basis="configured",
    )
    result.frames["pooled"] = Frame(["unit"], [[unit]])
