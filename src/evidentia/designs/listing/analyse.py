"""Analysis of the design ``listing``: each row of a file becomes a number of the ledger."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.results import Frame, Result
from evidentia.core.units import UNITS
from evidentia.data.table import DataTable
from evidentia.designs.listing.settings import ListingSettings

COLUMNS = ("item", "measure", "value", "unit", "label")
_ID = re.compile(r"[A-Za-z][\w-]*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def analyse(settings: ListingSettings, tables: dict[str, DataTable]) -> Result:
    """Return the values of a file as numbers ``<item>.<measure>``.

    A row that names a document is a stated fact, and keeps the document and the place for the ledger; a
    row without one counts as computed from the file.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a missing column or cell, an item that is no id, the same item and measure twice,
        an unknown unit or document, a value that does not fit its unit; each with its row.
    """
    table = tables[settings.data]
    table.require(*COLUMNS)
    frame = table.frame.reindex(columns=[*COLUMNS, "document", "place"])
    result = Result()
    rows: list[list[Any]] = []
    faults: list[EvidentiaError] = []
    for number, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        try:
            rows.append(
                _add(
                    result, settings, {name: None if pd.isna(cell) else cell for name, cell in cells.items()}
                )
            )
        except EvidentiaError as fault:
            faults.append(EvidentiaError(fault.what, where=table.where([number]), remedy=fault.remedy))
    doubled = frame[frame.duplicated(["item", "measure"], keep=False)]
    for (item, measure), group in doubled.groupby(["item", "measure"], sort=False):
        faults.append(
            EvidentiaError(
                f"{item}.{measure} stands {len(group)} times",
                where=table.where(group.index),
                remedy="keep one row",
            )
        )
    raise_all(faults)
    result.frames["values"] = Frame(["item", "measure", "value", "unit", "label", "document", "place"], rows)
    for row, cells in enumerate(rows):
        result.links.show("values", row, 2, f"{cells[0]}.{cells[1]}")
    return result


def _add(result: Result, settings: ListingSettings, cells: dict[str, Any]) -> list[Any]:
    """Add one row's number, and return the row for the frame."""
    for name in COLUMNS:
        if cells[name] is None:
            raise EvidentiaError(f"the column '{name}' is empty", remedy="fill it in, or take the row out")
    for name in ("item", "measure"):
        if not _ID.fullmatch(str(cells[name])):
            raise EvidentiaError(
                f"'{cells[name]}' cannot be an id", remedy="begin with a letter, then letters, digits, _ or -"
            )
    unit = str(cells["unit"])
    if unit not in UNITS:
        raise EvidentiaError(f"unknown unit '{unit}'", remedy=did_you_mean(unit, UNITS))
    value = _value(cells["value"], unit)
    short, place = str(cells["document"] or ""), str(cells["place"] or "")
    if settings.documents and short and short not in settings.documents:
        raise EvidentiaError(
            f"the document '{short}' is not listed", remedy=did_you_mean(short, settings.documents)
        )
    if short and not place:
        raise EvidentiaError(
            "a stated value has no place", remedy="say in the column 'place' where the document states it"
        )
    document = settings.documents.get(short, short)
    basis = "stated" if document else "computed"
    result.add(
        f"{cells['item']}.{cells['measure']}",
        value,
        unit,
        str(cells["label"]),
        basis=basis,
        document=document,
        place=place,
    )
    return [cells["item"], cells["measure"], value, unit, cells["label"], document, place]


def _value(cell: Any, unit: str) -> float | int | str:
    """Return a cell as its unit asks."""
    text = f"{cell:.15g}" if isinstance(cell, int | float) else str(cell).strip()
    if unit == "text":
        return text
    if unit == "date":
        if not _DATE.fullmatch(text):
            raise EvidentiaError(
                f"'{text}' is not a date", remedy="give a day, a month or a year: 2019-03-31, 2019-03 or 2019"
            )
        return text
    try:
        number = float(text)
    except ValueError:
        raise EvidentiaError(
            f"'{text}' is not a number", remedy=f"give a number, or the unit date or text instead of {unit}"
        ) from None
    if number != number or number in (float("inf"), float("-inf")):
        raise EvidentiaError(f"'{text}' is not a number", remedy="give a finite number")
    return int(number) if unit == "count" and number.is_integer() else number
