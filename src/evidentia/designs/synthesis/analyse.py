"""Analysis of the design ``synthesis``: the ledgers of many evaluations put together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.results import Frame, Number, Result
from evidentia.core.units import UNITS
from evidentia.designs.synthesis.members import Member, check_names, read_members
from evidentia.designs.synthesis.pool import Pooled, pool
from evidentia.designs.synthesis.scales import (
    RATIO,
    as_ratio,
    on_logs,
    one_kind,
    one_scale,
    standardised,
    stem_of,
)
from evidentia.designs.synthesis.settings import SynthesisSettings
from evidentia.designs.synthesis.standards import standard, title_of

LEVELS = (1, 2, 3, 4, 5)
POOLED_LABELS = {
    "fixed": "fixed effect",
    "random": "random effects",
    "hartung_knapp": "random effects, Hartung-Knapp interval",
}


def analyse(settings: SynthesisSettings, tables: dict[str, Any]) -> Result:
    """Pool an effect over the members, set their evidence side by side, and grade their analyses.

    Raises
    ------
    EvidentiaError
        If the effect is in fewer than 2 ledgers, or in different units; if a named member is not there.
    """
    members, failed = read_members(settings.members)
    check_names(settings.effects, members, failed, f"config.yaml, effects of '{settings.label}'")
    result = Result(inputs={member.row["ledger"]: member.row["sha256"] for member in members})
    result.synthetic = any(
        entry["source"].get("synthetic") for member in members for entry in member.ledger.values()
    )
    _who(result, members, failed)
    _effects(result, settings, members)
    if settings.evidence:
        _evidence(result, settings.evidence, members)
    _standards(result, members)
    if result.synthetic:
        result.numbers = _of_real_records(result.numbers, members)
    return result


def _of_real_records(numbers: list[Number], members: list[Member]) -> list[Number]:
    """Return numbers in which those of a member without synthetic records say that they are real."""
    real = {
        member.id
        for member in members
        if not any(entry["source"].get("synthetic") for entry in member.ledger.values())
    }
    return [replace(number, real=not real.isdisjoint(number.id.split("."))) for number in numbers]


def _who(result: Result, members: list[Member], failed: list[dict[str, Any]]) -> None:
    """Report the members, and name those that were not built."""
    rows: list[list[Any]] = [[member.label, member.row["folder"], "Built", member.id] for member in members]
    rows += [[row["label"], row["folder"], f"Not built: failed in {row['failed']}", ""] for row in failed]
    result.frames["members"] = Frame(["label", "folder", "state", "id"], rows)
    result.add("members.n", len(rows), "count", "Evaluations in the portfolio")
    result.add("members.built", len(members), "count", "Evaluations that were built")
    result.add("members.not_built", len(failed), "count", "Evaluations that were not built")
    names = ", ".join(row["label"] for row in failed) or "none"
    result.add("members.not_built_names", names, "text", "Evaluations that were not built, by name")
    result.add(
        "members.numbers",
        sum(len(member.ledger) for member in members),
        "count",
        "Numbers in the ledgers of the evaluations",
    )
    for member in members:
        result.add(
            f"member.{member.id}.numbers",
            len(member.ledger),
            "count",
            f"{member.label}: numbers in its ledger",
        )


def _effects(result: Result, settings: SynthesisSettings, members: list[Member]) -> None:
    """Report each member's effect, and pool those that there are."""
    found: list[tuple[Member, dict[str, float]]] = []
    units: dict[str, str] = {}
    for member in members:
        stem = stem_of(member, settings)
        effect = member.effect(stem)
        if effect is not None:
            found.append((member, effect))
            units.setdefault(member.ledger[f"{stem}.estimate"]["unit"], member.id)
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
    rows: list[list[Any]] = []
    for index, (member, effect) in enumerate(found):
        result.add_estimate(f"effect.{member.id}", effect, unit, f"{settings.label}, {member.label}")
        weights = float(pooled.weights_fixed[index]), float(pooled.weights_random[index])
        for kind, weight in zip(("fixed", "random"), weights, strict=True):
            result.add(
                f"weight_{kind}.{member.id}",
                weight,
                "proportion",
                f"Weight in the {POOLED_LABELS[kind]}, {member.label}",
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
    result.add("members.pooled", len(found), "count", "Evaluations whose effect is pooled")
    result.add(
        "members.without_effect",
        len(members) - len(found),
        "count",
        "Evaluations that were built and have no such effect",
    )
    result.add(
        "effects.negative",
        int((estimates < 0).sum()),
        "count",
        f"Evaluations with an effect below {'1' if unit == RATIO else 'zero'}",
    )
    result.add(
        "effects.significant",
        sum(row[5] is not None and row[5] < 0.05 for row in rows),
        "count",
        "Evaluations with p < 0.05",
    )
    _pooled(result, settings, pooled, unit)


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
    how = "pooled on the log scale" if unit == RATIO else ""
    for kind, label in POOLED_LABELS.items():
        statistics = getattr(pooled, kind)
        shown = as_ratio(statistics) if unit == RATIO else statistics
        result.add_estimate(kind, shown, unit, f"{settings.label}, {label}", how)
    low, high = np.exp(pooled.prediction) if unit == RATIO else pooled.prediction
    low, high = float(low), float(high)
    result.add(
        "prediction.ci_low",
        low,
        unit,
        f"{settings.label} in a further evaluation, lower limit of the prediction interval",
    )
    result.add(
        "prediction.ci_high",
        high,
        unit,
        f"{settings.label} in a further evaluation, upper limit of the prediction interval",
    )
    how = "Paule and Mandel" if settings.method == "paule_mandel" else "DerSimonian and Laird"
    result.add("heterogeneity.q", pooled.q, "coefficient", "Cochran's Q")
    result.add("heterogeneity.degrees", pooled.degrees, "count", "Degrees of freedom of Cochran's Q")
    result.add("heterogeneity.p_value", pooled.q_p_value, "p_value", "Cochran's Q, p-value")
    result.add(
        "heterogeneity.i2",
        pooled.i2,
        "proportion",
        "I²: share of the variation beyond chance",
        "(Q - df) / Q, not below 0",
    )
    result.add("heterogeneity.tau2", pooled.tau2, "coefficient", f"τ²: variance between evaluations ({how})")
    result.add(
        "heterogeneity.tau",
        pooled.tau2**0.5,
        "coefficient" if unit == RATIO else unit,
        f"τ: standard deviation between evaluations ({how})",
    )
    result.add(
        "confidence.level",
        settings.confidence,
        "proportion",
        "Confidence level of the intervals",
        basis="configured",
    )
    result.frames["pooled"] = Frame(["unit"], [[unit]])


def _evidence(result: Result, analysis: str, members: list[Member]) -> None:
    """Report, by item and member, how many sources speak and how many are positive."""
    items: dict[str, tuple[str, str]] = {}
    having = [
        member for member in members if member.row["analyses"].get(analysis, {}).get("design") == "evidence"
    ]
    if not having:
        known = [
            name
            for member in members
            for name, one in member.row["analyses"].items()
            if one["design"] == "evidence"
        ]
        raise EvidentiaError(
            f"no member has an analysis '{analysis}' of the design evidence",
            where="config.yaml, evidence",
            remedy=did_you_mean(analysis, known),
        )
    for member in having:
        for part, kind in (("features", "practice feature"), ("outcomes", "outcome")):
            for item, name in member.row["analyses"][analysis][part].items():
                items.setdefault(item, (kind, name))
    rows: list[list[Any]] = []
    for item, (kind, name) in items.items():
        counts = {member.id: _counts(member, analysis, item) for member in having}
        for member in having:
            sources, positive = counts[member.id]
            rows.append([kind, item, name, member.id, member.label, sources, positive])
            if sources is not None:
                result.add(
                    f"grid.{member.id}.{item}.sources",
                    sources,
                    "count",
                    f"{name}, {member.label}: sources with evidence",
                )
                result.add(
                    f"grid.{member.id}.{item}.positive",
                    positive,
                    "count",
                    f"{name}, {member.label}: sources with positive evidence",
                )
        told = [(sources, positive) for sources, positive in counts.values() if sources]
        result.add(f"item.{item}.with_evidence", len(told), "count", f"{name}: evaluations with evidence")
        mostly = sum(2 * positive > sources for sources, positive in told if positive is not None)
        result.add(
            f"item.{item}.positive", mostly, "count", f"{name}: evaluations with mostly positive evidence"
        )
        result.add(
            f"item.{item}.without", len(members) - len(told), "count", f"{name}: evaluations without evidence"
        )
    result.frames["grid"] = Frame(["kind", "item", "name", "member", "label", "sources", "positive"], rows)


def _counts(member: Member, analysis: str, item: str) -> tuple[int | None, int | None]:
    """Return how many sources speak to an item, and how many are positive; None where the member has no such
    item.
    """
    found = [
        member.ledger.get(f"{analysis}.{item}.{name}", {}).get("value") for name in ("sources", "positive")
    ]
    return found[0], found[1]


def _standards(result: Result, members: list[Member]) -> None:
    """Report the level of each impact analysis of each member, the best first."""
    rows: list[list[Any]] = []
    best: list[int] = []
    for member in members:
        levels = []
        for name, settings in member.row["analyses"].items():
            graded = standard(settings, member.values_of(name), member.row["before"].get(name, ""))
            if graded:
                result.add(
                    f"standard.{member.id}.{name}",
                    graded.level,
                    "count",
                    f"{member.label}, {name}: level on the Maryland scale",
                )
                rows.append(
                    [member.id, member.label, name, title_of(settings["design"]), graded.level, graded.why]
                )
                levels.append(graded.level)
        best.append(max(levels, default=0))
    for name, level in (("lowest", LEVELS[0]), ("middle", LEVELS[2]), ("highest", LEVELS[-1])):
        result.add(
            f"standards.{name}",
            level,
            "count",
            f"Maryland Scientific Methods Scale: {name} level",
            basis="configured",
        )
    for level in LEVELS:
        result.add(
            f"standards.level_{level}",
            best.count(level),
            "count",
            f"Evaluations whose best analysis is at level {level}",
        )
    result.frames["standards"] = Frame(
        ["member", "label", "analysis", "design", "level", "why"],
        sorted(rows, key=lambda row: (-row[4], row[1])),
    )
