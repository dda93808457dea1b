"""What the figures and tables of the design ``listing`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows
from evidentia.designs.listing.settings import ListingSettings, ListingTable, TimelineFigure


def listing_rows(settings: ListingTable, analysis: ListingSettings, result: Result) -> Rows:
    """Return a row a value, or a row an item with its measures as columns; "–" where an item lacks one."""
    values = [
        dict(zip(result.frames["values"].columns, row, strict=True)) for row in result.frames["values"].rows
    ]
    known = list(dict.fromkeys(row["item"] for row in values))
    for item in settings.items:
        _require(item, known, "item")
    for measure in settings.measures:
        _require(measure, {row["measure"] for row in values}, "measure")
    header, rows, texts = (
        [settings.heading, *([settings.stated] if settings.stated else [])],
        [],
        2 if settings.stated else 1,
    )
    if settings.measures:
        columns: dict[str, list[str]] = {}
        for measure, heading in settings.measures.items():
            columns.setdefault(heading, []).append(measure)
        header += columns
        units = {row["measure"]: row["unit"] for row in values}
        texts += len(
            list(
                takewhile(
                    lambda measures: all(units[measure] in ("date", "text") for measure in measures),
                    columns.values(),
                )
            )
        )
        for item in settings.items or known:
            own = {row["measure"]: row for row in values if row["item"] == item}
            shown = [
                next((own[measure] for measure in measures if measure in own), None)
                for measures in columns.values()
            ]
            label = settings.items.get(item) or str(next(iter(own.values()))["label"])
            cells: list[Cell] = [_number(settings, row) if row else "–" for row in shown]
            rows.append([label, *_stated(settings, [row for row in shown if row]), *cells])
    else:
        header += [translate("Value")]
        for row in values:
            if not settings.items or row["item"] in settings.items:
                rows.append([str(row["label"]), *_stated(settings, [row]), _number(settings, row)])
    return Rows(header, rows, texts)


def _require(name: str, known: Any, what: str) -> None:
    if name not in known:
        raise EvidentiaError(f"the listing has no {what} '{name}'", remedy=did_you_mean(name, known))


def _number(settings: ListingTable, row: dict[str, Any]) -> Ref:
    return Ref(
        f"{settings.analysis}.{row['item']}.{row['measure']}", settings.formats.get(row["measure"], "")
    )


def _stated(settings: ListingTable, rows: list[dict[str, Any]]) -> list[Cell]:
    """Return the cell that says where values are stated, if the table has such a column."""
    return ["; ".join(dict.fromkeys(row["place"] for row in rows if row["place"]))] if settings.stated else []


def timeline_data(settings: TimelineFigure, analysis: ListingSettings, result: Result) -> Frame:
    """Return the periods of a timeline: lane, start and end; a moment has no end."""
    dates = {(row[0], row[1]): row[2] for row in result.frames["values"].rows if row[3] == "date"}
    rows = []
    for lane in settings.lanes:
        for item in lane.items:
            if (item, "start") not in dates:
                known = sorted({name for name, measure in dates if measure == "start"})
                raise EvidentiaError(
                    f"the listing has no start of '{item}'", remedy=did_you_mean(item, known)
                )
            rows.append([lane.label, dates[item, "start"], dates.get((item, "end"))])
    return Frame(
        [translate("Activity"), translate("From"), translate("To")], rows, ["", "date month", "date month"]
    )
