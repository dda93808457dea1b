"""Analysis of the design ``exclusions``: each rule that leaves out records is a number of the ledger."""

from __future__ import annotations

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.exclusions.settings import ExclusionsSettings


def analyse(settings: ExclusionsSettings, tables: dict[str, DataTable]) -> Result:
    """Return how many records there were, how many each rule left out, and how many remain."""
    prepared = tables[settings.data].prepared
    if prepared is None:
        raise EvidentiaError(
            f"the data set '{settings.data}' is a file, of which no program leaves anybody out",
            where="config.yaml",
            remedy="name a data set with from and run; docs/scripts.md",
        )
    what = settings.unit_name
    words = {rule.rule: rule.label for rule in prepared.rules}
    words |= {
        "start": translate("{what} considered", what=what[:1].upper() + what[1:]),
        "kept": translate("{what} kept", what=what[:1].upper() + what[1:]),
    }
    raise_all(
        EvidentiaError(
            f"there is no rule '{name}'", where="config.yaml, analyses", remedy=did_you_mean(name, words)
        )
        for name in settings.labels
        if name not in words
    )
    words |= settings.labels
    result = Result()
    for name, rows in prepared.rows_in.items():
        result.add(f"n.in.{name}", rows, "count", translate("Rows of the data set {name}", name=name))
    result.add("n.start", prepared.start, "count", words["start"])
    for rule in prepared.rules:
        result.add(
            f"left_out.{rule.rule}",
            rule.rows,
            "count",
            translate("Left out: {words}", words=words[rule.rule]),
            translate("by {program}", program=prepared.by),
        )
    result.add("n.kept", prepared.rows, "count", words["kept"])
    steps = [["start", words["start"], prepared.start]]
    steps += [[f"left_out.{rule.rule}", words[rule.rule], rule.rows] for rule in prepared.rules]
    result.frames["steps"] = Frame(
        ["step", "label", "rows"], [*steps, ["kept", words["kept"], prepared.rows]]
    )
    _declare(result, tables[settings.data], prepared.start)
    return result


def _declare(result: Result, table: DataTable, start: int) -> None:
    """Declare that all add up, and that a row of the only source is one that was considered."""
    links = result.links
    links.who("n.kept", table.path, table.frame.index)
    left = [number.id for number in result.numbers if number.id.startswith("left_out.")]
    links.add_up("n.start", [*left, "n.kept"])
    sources = [number for number in result.numbers if number.id.startswith("n.in.")]
    if len(sources) == 1 and sources[0].value == start:
        links.add_up("n.start", [sources[0].id])
    names = {"start": "n.start", "kept": "n.kept"}
    for row, (step, _, _) in enumerate(result.frames["steps"].rows):
        links.show("steps", row, 2, names.get(step, step))
