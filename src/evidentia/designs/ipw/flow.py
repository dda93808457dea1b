"""From the people who came in to those who are analysed."""

from __future__ import annotations

from typing import Any

from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.data.table import MOST, DataTable
from evidentia.designs.ipw.sample import Sample
from evidentia.designs.ipw.settings import IpwSettings

GROUPS = ("treated", "comparator")


def prepare_people(settings: IpwSettings, tables: dict[str, DataTable], result: Result) -> DataTable:
    """Make one record a person, and report who is left out."""
    from evidentia.designs.ipw.prepare import prepare

    plan = settings.prepare
    assert plan is not None
    made = prepare(settings, tables)
    noun = plan.events.noun
    result.add(
        "lag.mean",
        made.lag,
        "mean",
        translate(
            "Mean days from first {noun} to start, {treated}", noun=noun, treated=settings.groups.treated
        ),
    )
    result.add(
        "follow_up.months",
        plan.follow_up.months,
        "months",
        translate("Follow-up after the start"),
        basis="configured",
    )
    result.add(
        "data.end",
        plan.end_of_data.isoformat(),
        "date",
        translate("Last day for which a {noun} is recorded", noun=noun),
        basis="configured",
    )
    rows: list[list[Any]] = [
        ["people", translate("People in the data"), made.people["treated"], made.people["comparator"]]
    ]
    for name, words, treated, comparators, where in made.left_out:
        rows.append([name, words, treated, comparators])
        if where:
            shown = ", ".join(map(str, where[:MOST])) + (
                f" and {len(where) - MOST} more" if len(where) > MOST else ""
            )
            result.messages.append(
                f"{len(where)} people are left out: {words[0].lower()}{words[1:]} ({made.table.path}, rows"
                f" {shown})"
            )
    result.frames["flow"] = Frame(["step", "label", *GROUPS], rows, ["", "", "count", "count"])
    return made.table


def report_flow(result: Result, sample: Sample) -> None:
    """Report how many people came in, were left out, and are analysed."""
    counts = [int(sample.treated.sum()), int((~sample.treated).sum())]
    before = result.frames.get("flow", Frame([], [["people", translate("People in the data"), *counts]]))
    rows = [*before.rows, ["analysed", translate("People analysed"), *counts]]
    result.frames["flow"] = Frame(["step", "label", *GROUPS], rows, ["", "", "count", "count"])
    for step, label, *people in rows:
        for group, count in zip(GROUPS, people, strict=True):
            result.add(
                f"flow.{step}.{group}",
                count,
                "count",
                translate("{label}, {group} group", label=label, group=group),
            )
        result.add(f"flow.{step}.all", sum(people), "count", translate("{label}, both groups", label=label))
    for group, first, last in zip(GROUPS, rows[0][2:], counts, strict=True):
        result.add(
            f"flow.left_out.{group}",
            first - last,
            "count",
            translate("People left out, {group} group", group=group),
        )
    result.add(
        "flow.left_out.all",
        sum(rows[0][2:]) - sum(counts),
        "count",
        translate("People left out, both groups"),
    )
