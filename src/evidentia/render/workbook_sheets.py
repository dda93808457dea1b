"""The data of each figure and table as a sheet: values, number formats and units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from evidentia.config.model import Config
from evidentia.core.files import guarded
from evidentia.core.formats import SUPPRESSED, places_of
from evidentia.core.language import translate
from evidentia.core.ledger import Entry
from evidentia.core.reference import resolve
from evidentia.core.results import Result
from evidentia.core.tables import Ref
from evidentia.core.units import UNITS
from evidentia.render.html.finish import text_of
from evidentia.render.html.tables import grid

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"


@dataclass
class Sheet:
    """One figure's or table's data.

    ``rows`` hold values, ``formats`` the number format of each cell ('' for text), ``units`` the unit of a
    column that has one.
    """

    name: str
    title: str
    source: str
    header: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    formats: list[list[str]] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)


def sheets_of(config: Config, page: str, ledger: dict[str, Entry], results: dict[str, Result]) -> list[Sheet]:
    """Return a sheet for each figure and then each table that the report shows, in its order."""
    main = html.document_fromstring(page).xpath("//main")[0]
    sheets = []
    for element in main.xpath(".//figure[@id]") + main.xpath(".//div[contains(@class, 'tabular') and @id]"):
        kind, _, id = element.get("id").partition("-")
        title = text_of(element.xpath(".//*[self::figcaption or self::caption]")[0])
        sheet = Sheet(
            title.partition(":")[0],
            title,
            "".join(text_of(line) for line in element.xpath(".//p[@class='source']")),
            [],
        )
        if kind == "fig" and id in config.figures:
            _fill_from_frame(sheet, config, id, results)
        elif kind == "tbl" and id in config.tables:
            _fill_from_rows(sheet, config, id, ledger, results, element.xpath(".//table/tbody/tr"))
        else:
            _fill_as_printed(sheet, element.xpath(".//table"))
        if sheet.rows:
            sheets.append(sheet)
    return sheets


def reconciliation_sheet(config: Config, rows: Sequence[Mapping[str, str]]) -> list[Sheet]:
    """Return a sheet of all figures of the published report beside those of this edition, if there is such a
    report.
    """
    if not rows or config.evaluation.reproduces is None:
        return []
    columns = {
        "subject": translate("Number or subject"),
        "chapter": translate("Where it is published"),
        "published": translate("Published"),
        "here": translate("Here"),
    }
    columns |= {
        "status": translate("Result"),
        "note": translate("What differs, and why"),
        "id": translate("Number in the ledger"),
    }
    title = translate(
        "Figures of {reference} beside those of this edition",
        reference=config.evaluation.reproduces.reference,
    )
    sheet = Sheet(translate("Reconciliation"), title, "", [*columns.values()])
    for row in rows:
        _add(sheet, [_cell(row[key] or "–", "", "") for key in columns])
    return [sheet]


def _fill_from_frame(sheet: Sheet, config: Config, id: str, results: dict[str, Result]) -> None:
    settings: Any = config.figures[id]
    frame = resolve(config.registry.figures[settings.kind].data)(
        settings, config.analyses[settings.analysis], results[settings.analysis]
    )
    units = [unit.partition(" ")[::2] for unit in frame.units] or [("", "")] * len(frame.columns)
    sheet.header = list(frame.columns)
    sheet.units = {
        name: translate(UNITS[unit].label)
        for name, (unit, _) in zip(frame.columns, units, strict=True)
        if unit and UNITS[unit].label
    }
    for row in frame.rows:
        cells = [_cell(value, unit, spec) for value, (unit, spec) in zip(row, units, strict=True)]
        _add(sheet, cells)


def _fill_from_rows(
    sheet: Sheet,
    config: Config,
    id: str,
    ledger: dict[str, Entry],
    results: dict[str, Result],
    printed_rows: list[Any],
) -> None:
    """Take a table's numbers from the ledger; a cell of several pieces, or with a reference, as the page
    prints it.
    """
    settings: Any = config.tables[id]
    content = resolve(config.registry.tables[settings.kind].rows)(
        settings, config.analyses[settings.analysis], results[settings.analysis]
    )
    sheet.header = list(content.header)
    for number, row in enumerate(content.rows):
        cells = [
            cell if isinstance(cell, str | Ref) else text_of(printed_rows[number][column])
            for column, cell in enumerate(row)
        ]
        _add(
            sheet,
            [_from_ledger(cell, ledger) if isinstance(cell, Ref) else _cell(cell, "", "") for cell in cells],
        )


def _fill_as_printed(sheet: Sheet, tables: list[Any]) -> None:
    """Take a table that a chapter writes out itself, or a figure without data of its own."""
    for table in tables[:1]:
        levels = grid(table.xpath("./thead/tr"))
        rows = grid(table.xpath("./tbody/tr"))
        width = max((len(row) for row in [*levels, *rows]), default=0)
        sheet.header = [_heading(levels, column) for column in range(width)]
        for row in rows:
            cells = [_cell(text_of(cell), "", "") for cell in row]
            _add(sheet, cells + [_cell("", "", "")] * (width - len(cells)))


def _heading(levels: list[list[Any]], column: int) -> str:
    """Return the words above a column, from its topmost heading to its own: "Before: Girls"."""
    cells = dict.fromkeys(row[column] for row in levels if column < len(row))
    return ": ".join(filter(None, map(text_of, cells))) or f"Column {column + 1}"


def _add(sheet: Sheet, cells: list[tuple[Any, str]]) -> None:
    sheet.rows.append([value for value, _ in cells])
    sheet.formats.append([how for _, how in cells])


def as_text(text: str) -> str:
    """Return a text without the signs by which gptables knows a note and a link, and by which a spreadsheet
    knows a formula.
    """
    return str(guarded(text.replace("$$", "$ $").replace("](", "] (")))


def _from_ledger(cell: Ref, ledger: dict[str, Entry]) -> tuple[Any, str]:
    entry = ledger.get(cell.id)
    if entry is None:
        return NOT_AVAILABLE, ""
    return (SUPPRESSED, "") if entry.get("suppressed") else _cell(entry["value"], entry["unit"], cell.spec)


def _cell(value: Any, unit: str, spec: str) -> tuple[Any, str]:
    """Return a value as the workbook holds it, and its number format."""
    if value is None or value == "":
        return NOT_AVAILABLE, ""
    if isinstance(value, str):
        return (as_text(value) if re.search(r"[^\W_]", value) else NOT_APPLICABLE), ""
    if not unit or not UNITS[unit].numeric:
        return value, ""
    if unit == "percentage_points":
        value = float(f"{value * 100:.14g}")
    return value, number_format(unit, spec)


def number_format(unit: str, spec: str) -> str:
    """Return the spreadsheet's number format for a unit and a format of the report."""
    places = places_of(unit, spec.replace("relative", ""))  # a cell holds the ratio itself
    digits = "#,##0" + ("." + "0" * places if places else "")
    return UNITS[unit].spreadsheet.replace("0", digits)
