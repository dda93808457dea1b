"""build/tables.xlsx, the spreadsheet of record: the data of every figure and table, unrounded, after the
Analysis Function's guidance.
"""

from __future__ import annotations

import datetime
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evidentia.config.model import Config
from evidentia.core.formats import SUPPRESSED, printed
from evidentia.core.language import later, translate
from evidentia.core.ledger import Entry
from evidentia.core.results import Result
from evidentia.core.synthetic import synthetic_mark
from evidentia.render.html.cover import cover
from evidentia.render.workbook_sheets import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    Sheet,
    as_text,
    reconciliation_sheet,
    sheets_of,
)

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

    sheets = [*sheets_of(config, page, ledger, results), *reconciliation_sheet(config, reconciled)]
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
            [[*row] for row in sheet.rows], columns=[as_text(name) for name in sheet.header], dtype=object
        ),
        table_name=sheet.name.lower().replace(" ", "_"),
        title=f"{as_text(sheet.title)} {notes}",
        source=as_text(sheet.source) or None,
        units={as_text(name): unit for name, unit in sheet.units.items()} or None,
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
        title=as_text(evaluation.title),
        intro=[*map(as_text, intro)],
        about=about,
        contact=[*map(as_text, contact)] or None,
    )
