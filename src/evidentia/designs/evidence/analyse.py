"""Analysis of the design ``evidence``: every item judged by every source, each judgement with its reason and
condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.language import later, translate
from evidentia.core.notes import check_kind
from evidentia.core.results import Condition, Frame, Result
from evidentia.data.table import DataTable
from evidentia.designs.evidence.settings import EvidenceSettings

COLUMNS = ("kind", "item", "source", "direction", "strength", "reason")
OPTIONAL = ("condition", "sections", "despite")
NO_EVIDENCE, NO_CHANGE = "no evidence", "no change"
DIRECTIONS = ("positive", "mixed", "negative", NO_CHANGE, NO_EVIDENCE)
STRENGTHS = ("strong", "moderate", "weak", "none")
_SECTION = re.compile(r"sec-[\w-]+")


def analyse(settings: EvidenceSettings, tables: dict[str, DataTable]) -> Result:
    """Return the direction and strength of each item's evidence by source, and the conditions on which they
    rest.

    Each item has one row a source. "no evidence" is a value like the others: a pair without a row is an
    error. A row's condition is checked when the ledger is complete (`evidentia.core.ledger.collect`).

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown kind, item, source, direction or strength, a pair that is missing or
        stands twice, a row with no reason, or evidence that names neither a condition nor a section.
    """
    table = tables[settings.data]
    table.require(*COLUMNS)
    data = table.frame.reindex(columns=[*COLUMNS, *OPTIONAL]).astype(object)
    data = data.where(data.notna(), "").map(lambda cell: str(cell).strip())
    raise_all(
        [fault for number, row in data.iterrows() for fault in _row_faults(settings, table, number, row)]
    )
    raise_all(_pair_faults(settings, table, data))
    result = Result()
    rows: list[list[Any]] = []
    by_pair = {(row["item"], row["source"]): row for row in data.assign(row=data.index).to_dict("records")}
    for item, (kind, name) in settings.items().items():
        for source, words in settings.sources.items():
            row = by_pair[item, source]
            stem = f"{item}.{source}"
            result.add(
                f"{stem}.direction",
                row["direction"],
                "text",
                translate("{name}: direction of the evidence, {words}", name=name, words=words),
            )
            result.add(
                f"{stem}.strength",
                row["strength"],
                "text",
                translate("{name}: strength of the evidence, {words}", name=name, words=words),
            )
            rows.append(
                [kind, item, name, source, words, *(row[column] for column in (*COLUMNS[3:], *OPTIONAL))]
            )
            if row["condition"]:
                coded = f"{kind} '{item}', source '{source}', coded {row['direction']}"
                what, where = f"the evidence no longer points as coded: {coded}", table.where([row["row"]])
                result.conditions.append(
                    Condition(row["condition"], what, where, despite=tuple(row["despite"].split()))
                )
    result.frames["evidence"] = Frame(
        ["kind", "item", "name", "source", "source_name", *COLUMNS[3:], *OPTIONAL], rows
    )
    _counts(result, settings)
    result.links.count_nobody(*(number.id for number in result.numbers))
    return result


def _row_faults(
    settings: EvidenceSettings, table: DataTable, number: Any, row: pd.Series[Any]
) -> Iterator[EvidentiaError]:
    """Yield what is wrong with one row."""
    items = settings.items()
    known: dict[str, list[str]] = {
        "kind": ["practice feature", "outcome"],
        "source": list(settings.sources),
        "direction": list(DIRECTIONS),
        "strength": list(STRENGTHS),
    }
    for column, allowed in known.items():
        if row[column] not in allowed:
            yield EvidentiaError(
                f"unknown {column} '{row[column]}'",
                where=table.where([number], column),
                remedy=did_you_mean(row[column], allowed),
            )
    kind, item = row["kind"], row["item"]
    if kind in known["kind"] and (item not in items or items[item][0] != kind):
        same = [name for name, (known_kind, _) in items.items() if known_kind == kind]
        yield EvidentiaError(
            f"unknown {kind} '{item}'", where=table.where([number], "item"), remedy=did_you_mean(item, same)
        )
    if not row["reason"]:
        yield EvidentiaError(
            "the row gives no reason",
            where=table.where([number], "reason"),
            remedy="say in one line what it rests on",
        )
    if (row["direction"] == NO_EVIDENCE) != (row["strength"] == "none"):
        yield EvidentiaError(
            f"the direction '{row['direction']}' has the strength '{row['strength']}'",
            where=table.where([number], "strength"),
            remedy=f"'{NO_EVIDENCE}' goes with 'none', every other direction with strong, moderate or weak",
        )
    elif row["direction"] != NO_EVIDENCE and not row["condition"] and not row["sections"]:
        yield EvidentiaError(
            "the evidence names neither a condition nor a section",
            where=table.where([number]),
            remedy=(
                "give a condition over the ledger, or the section of the report that tells of it (sec-...)"
            ),
        )
    for note in row["despite"].split():
        try:
            check_kind(note)
        except EvidentiaError as fault:
            yield EvidentiaError(fault.what, where=table.where([number], "despite"), remedy=fault.remedy)
    if row["despite"] and not row["condition"]:
        yield EvidentiaError(
            "'despite' allows for a note on the numbers of a condition, and the row has none",
            where=table.where([number], "despite"),
            remedy="give the condition, or leave the cell empty",
        )
    for section in row["sections"].split():
        if not _SECTION.fullmatch(section):
            yield EvidentiaError(
                f"'{section}' is not a section's label",
                where=table.where([number], "sections"),
                remedy="write for example sec-outcomes",
            )


def _pair_faults(
    settings: EvidenceSettings, table: DataTable, data: pd.DataFrame
) -> Iterator[EvidentiaError]:
    """Yield a fault for each item and source that has no row, or more than one."""
    groups = data.groupby(["item", "source"], sort=False).groups
    for item, (kind, _) in settings.items().items():
        for source in settings.sources:
            rows = groups.get((item, source), [])
            if len(rows) > 1:
                yield EvidentiaError(
                    f"the {kind} '{item}' has {len(rows)} rows for the source '{source}'",
                    where=table.where(rows),
                    remedy="keep one",
                )
            elif len(rows) == 0:
                yield EvidentiaError(
                    f"the {kind} '{item}' has no row for the source '{source}'",
                    where=table.path,
                    remedy=(
                        f"add one; where a source says nothing, the direction is '{NO_EVIDENCE}' and the"
                        " strength 'none'"
                    ),
                )


def _counts(result: Result, settings: EvidenceSettings) -> None:
    """Add how many sources speak to each item, and how many items have any evidence."""
    frame = result.frames["evidence"]
    directions: dict[str, list[str]] = {item: [] for item in settings.items()}
    for item, direction in zip(frame.column("item"), frame.column("direction"), strict=True):
        directions[item].append(direction)
    for item, (_, name) in settings.items().items():
        found = [direction for direction in directions[item] if direction != NO_EVIDENCE]
        result.add(
            f"{item}.sources", len(found), "count", translate("{name}: sources with evidence", name=name)
        )
        result.add(
            f"{item}.positive",
            found.count("positive"),
            "count",
            translate("{name}: sources with positive evidence", name=name),
        )
    for part, names, words in (
        ("features", settings.features, later("Practice features")),
        ("outcomes", settings.outcomes, later("Outcomes")),
    ):
        with_evidence = sum(any(direction != NO_EVIDENCE for direction in directions[item]) for item in names)
        result.add(f"{part}.n", len(names), "count", translate("{words} in the grid", words=translate(words)))
        result.add(
            f"{part}.with_evidence",
            with_evidence,
            "count",
            translate("{words} with evidence from any source", words=translate(words)),
        )
        result.add(
            f"{part}.without_evidence",
            len(names) - with_evidence,
            "count",
            translate("{words} with no evidence from any source", words=translate(words)),
        )
    result.add("sources.n", len(settings.sources), "count", translate("Sources of evidence in the grid"))
