"""build/tables.xlsx, the spreadsheet of record: the data of every figure and table, unrounded, after the
Analysis Function's guidance.
"""

from __future__ import annotations

import datetime
import re
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html

from evidentia.config.model import Config
from evidentia.core.files import guarded
from evidentia.core.formats import SUPPRESSED, places_of, printed
from evidentia.core.language import later, translate
from evidentia.core.ledger import Entry
from evidentia.core.reference import resolve
from evidentia.core.results import Result
from evidentia.core.synthetic import synthetic_mark
from evidentia.core.tables import Ref
from evidentia.core.units import UNITS
from evidentia.render.html.cover import cover
from evidentia.render.html.finish import text_of
from evidentia.render.html.tables import grid

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
SHORTHAND = {
    SUPPRESSED: later("{mark} = suppressed to protect confidentiality"),
    NOT_AVAILABLE: later("{mark} = not available"),
    NOT_APPLICABLE: later("{mark} = not applicable"),
}
NOTES = {
    "unrounded": later(
        "Values are not rounded. Cells show them with the decimal places of the report; select a cell to see"
        " the value."
    ),
    "invented": later(
        "All data are synthetic: they were invented, and results from them say nothing about any person or"
        " place."
    ),
    "synthetic": later(
        "Some records are synthetic: they were invented, and results from them say nothing about any person."
    ),
}


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


def write_workbook(
    config: Config,
    page: str,
    ledger: dict[str, Entry],
    results: dict[str, Result],
    reconciled: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """Return the workbook; the same bytes for the same report.

    Parameters
    ----------
    config : Config
    page : str
        build/report.html, which says how each figure and table is numbered, titled and sourced.
    ledger : dict of str to entry
    results : dict of str to Result
        By analysis.
    reconciled : sequence of mappings
        Rows of build/reconciliation.csv; the report itself need not show all of them.
    """
    from gptables import produce_workbook

    sheets = [*sheets_of(config, page, ledger, results), *_reconciliation(config, reconciled)]
    when = datetime.datetime.combine(config.evaluation.date, datetime.time())
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # gptables warns of empty cells and of notes that no sheet refers to; there are none of either
        path = Path(folder) / "tables.xlsx"
        tables = {sheet.name: _gptable(sheet) for sheet in sheets}
        book = produce_workbook(
            str(path),
            tables,
            cover=_cover(config),
            contentsheet_label=translate("Contents") if sheets else None,
            notes_table=_notes(sheets),
            notesheet_options={"title": translate("Notes")},
            workbook_options={
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        book.set_properties({"title": config.evaluation.title, "author": cover(config).by, "created": when})
        book.close()
        return path.read_bytes()


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


def _reconciliation(config: Config, rows: Sequence[Mapping[str, str]]) -> list[Sheet]:
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


def _as_text(text: str) -> str:
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
        return (_as_text(value) if re.search(r"[^\W_]", value) else NOT_APPLICABLE), ""
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


def _gptable(sheet: Sheet) -> Any:
    import pandas as pd
    from gptables import GPTable

    cells = [cell for row in sheet.rows for cell in row]
    notes = "".join(f"$${note}$$" for note in _noted(sheet))
    styled = [
        {"cell": {"cells": (row + 1, column), "format": {"num_format": how, "align": "right"}}}
        for row, formats in enumerate(sheet.formats)
        for column, how in enumerate(formats)
        if how
    ]
    return GPTable(
        table=pd.DataFrame(
            [[*row] for row in sheet.rows], columns=[_as_text(name) for name in sheet.header], dtype=object
        ),
        table_name=sheet.name.lower().replace(" ", "_"),
        title=f"{_as_text(sheet.title)} {notes}",
        source=_as_text(sheet.source) or None,
        units={_as_text(name): unit for name, unit in sheet.units.items()} or None,
        legend=[translate(words, mark=sign) for sign, words in SHORTHAND.items() if sign in cells] or None,
        index_columns={2: 0},
        additional_formatting=styled,
    )


def _noted(sheet: Sheet) -> list[str]:
    return ["unrounded"] + (["synthetic"] if synthetic_mark() in sheet.title else [])


def _notes(sheets: list[Sheet]) -> Any:
    import pandas as pd

    used = {note for sheet in sheets for note in _noted(sheet)}
    rows = [[name, translate(text)] for name, text in NOTES.items() if name in used]
    return pd.DataFrame(rows, columns=[translate("Note"), translate("Note text")]) if rows else None


def _cover(config: Config) -> Any:
    from gptables import Cover

    evaluation = config.evaluation
    month = printed(evaluation.date.isoformat(), "date", "month")
    intro = [
        f"{evaluation.subtitle or translate('Data of the report')}, {month}",
        translate("The data of every figure and table of the report."),
    ]
    about = [
        translate(
            "Each worksheet holds one table. The contents sheet leads to it, and the notes sheet explains"
            " what the notes in brackets say."
        ),
        translate(
            "The data are those of the report's own build: the same values stand in numbers.json and"
            " numbers.csv."
        ),
    ]
    if evaluation.synthetic_records:
        about.append(translate(NOTES["invented" if config.wholly_synthetic else "synthetic"]))
    contact = [text for text in (cover(config).by, evaluation.contact) if text]
    return Cover(
        title=_as_text(evaluation.title),
        intro=[*map(_as_text, intro)],
        about=about,
        contact=[*map(_as_text, contact)] or None,
    )
