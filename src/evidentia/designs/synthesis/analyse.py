"""Analysis of the design ``synthesis``: the ledgers of many evaluations put together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.language import translate
from evidentia.core.results import Frame, Number, Result
from evidentia.designs.synthesis.effects import add_effects
from evidentia.designs.synthesis.members import Member, check_names, read_members
from evidentia.designs.synthesis.settings import SynthesisSettings
from evidentia.designs.synthesis.standards import standard, title_of

LEVELS = (1, 2, 3, 4, 5)


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
    add_effects(result, settings, members)
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
    result.add("members.n", len(rows), "count", translate("Evaluations in the portfolio"))
    result.add("members.built", len(members), "count", translate("Evaluations that were built"))
    result.add("members.not_built", len(failed), "count", translate("Evaluations that were not built"))
    names = ", ".join(row["label"] for row in failed) or translate("none")
    result.add(
        "members.not_built_names", names, "text", translate("Evaluations that were not built, by name")
    )
    result.add(
        "members.numbers",
        sum(len(member.ledger) for member in members),
        "count",
        translate("Numbers in the ledgers of the evaluations"),
    )
    for member in members:
        result.add(
            f"member.{member.id}.numbers",
            len(member.ledger),
            "count",
            translate("{of}: numbers in its ledger", of=member.label),
        )


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
                    translate("{name}, {of}: sources with evidence", name=name, of=member.label),
                )
                result.add(
                    f"grid.{member.id}.{item}.positive",
                    positive,
                    "count",
                    translate("{name}, {of}: sources with positive evidence", name=name, of=member.label),
                )
        told = [(sources, positive) for sources, positive in counts.values() if sources]
        result.add(
            f"item.{item}.with_evidence",
            len(told),
            "count",
            translate("{name}: evaluations with evidence", name=name),
        )
        mostly = sum(2 * positive > sources for sources, positive in told if positive is not None)
        result.add(
            f"item.{item}.positive",
            mostly,
            "count",
            translate("{name}: evaluations with mostly positive evidence", name=name),
        )
        result.add(
            f"item.{item}.without",
            len(members) - len(told),
            "count",
            translate("{name}: evaluations without evidence", name=name),
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
                    translate("{of}, {name}: level on the Maryland scale", of=member.label, name=name),
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
            translate("Maryland Scientific Methods Scale: {name} level", name=name),
            basis="configured",
        )
    for level in LEVELS:
        result.add(
            f"standards.level_{level}",
            best.count(level),
            "count",
            translate("Evaluations whose best analysis is at level {level}", level=level),
        )
    result.frames["standards"] = Frame(
        ["member", "label", "analysis", "design", "level", "why"],
        sorted(rows, key=lambda row: (-row[4], row[1])),
    )
