"""The ledger: every number with its value, its source and each place where it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.expression import describe, evaluate
from evidentia.core.files import csv_text, read_json, to_json, write_whole
from evidentia.core.formats import MINUS, SUPPRESSED, printed, unit_words
from evidentia.core.language import localised
from evidentia.core.notes import kind_of, notes_on
from evidentia.core.results import Condition
from evidentia.core.units import NBSP, UNITS
from evidentia.core.version import version

SCHEMA = 1
_LONG = (
    Decimal("1e-6"),
    Decimal("1e15"),
)  # below and from these on, powers of ten say more than rows of zeros
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
Entry = dict[str, Any]


def condition_faults(
    conditions: Iterable[Condition], values: Mapping[str, Any], ledger: Mapping[str, Mapping[str, Any]]
) -> list[EvidentiaError]:
    """Return what is wrong with the conditions on which results rest.

    One that no longer holds or cannot be read, or that reads an estimate with a note for which it does not
    allow. Each names the condition, the values and the row that states it.
    """
    faults = []
    for condition in conditions:
        try:
            outcome = evaluate(condition.text, values)
        except EvidentiaError as fault:
            faults.append(
                EvidentiaError(
                    f"{fault.what}, in the condition: {condition.text}",
                    where=condition.where,
                    remedy=fault.remedy,
                )
            )
            continue
        if not outcome.value:
            faults.append(
                EvidentiaError(
                    f"{condition.what}\n  condition: {condition.text}\n  values: {describe(outcome.values)}",
                    where=condition.where,
                    remedy="judge the numbers anew and correct the row, or correct the data",
                )
            )
        faults += _unheeded(condition, outcome.values, ledger)
    return faults


def _unheeded(
    condition: Condition, ids: Iterable[str], ledger: Mapping[str, Mapping[str, Any]]
) -> Iterator[EvidentiaError]:
    """Yield a fault for each note on the numbers of a condition for which it does not allow."""
    for note in notes_on(ids, ledger):
        kind = kind_of(note["id"])
        if kind not in condition.despite:
            yield EvidentiaError(
                f"a condition rests on an estimate with a note: {condition.text}\n  note {note['id']}:"
                f" {note['value']}",
                where=condition.where,
                remedy=(
                    f"if the judgement stands nevertheless, write {kind} into the row's column 'despite';"
                    " else rest it on other numbers"
                ),
            )


def display(entry: Mapping[str, Any], spec: str = "") -> str:
    """Return an entry's printed form in a format; a suppressed value prints as ``[c]``."""
    return SUPPRESSED if entry.get("suppressed") else printed(entry["value"], entry["unit"], spec)


def exact(entry: Mapping[str, Any]) -> str:
    """Return an entry's value before rounding, in the scale in which it is printed, to 10 significant digits.

    A very small or large number is a power of ten: 9.6 × 10⁻¹⁷.
    """
    value, unit = entry["value"], entry["unit"]
    if entry.get("suppressed") or value is None or not UNITS[unit].numeric:
        return display(entry)
    scale = UNITS[unit].scale
    ending = unit_words(UNITS[unit].after).replace(NBSP, " ") if scale != 1 else ""
    number = Decimal(format(Decimal(format(value, ".15g")) * scale, ".10g")).normalize()
    if number and not _LONG[0] <= abs(number) < _LONG[1]:
        digits, _, power = f"{number:e}".partition("e")
        text = f"{digits} × 10{power.replace('+', '').translate(_RAISED)}"
    else:
        text = localised(f"{number:,f}")
    return text.replace("-", MINUS) + ending


def finished(entries: Iterable[Entry], uses: Mapping[str, list[dict[str, str]]]) -> list[Entry]:
    """Return the entries with their default display and the places where each is printed."""
    order = ("id", "value", "unit", "display", "label", "formula", "suppressed", "about", "source", "uses")
    rows = [{**entry, "display": display(entry), "uses": uses.get(entry["id"], [])} for entry in entries]
    return [{key: row[key] for key in order if key in row} for row in rows]


def present_ledger(build: Path) -> dict[str, Entry]:
    """Return the numbers of this build with the places where they are printed."""
    return {
        entry["id"]: entry
        for entry in finished(load(build / "values.json").values(), read_json(build / "uses.json"))
    }


def save(path: Path, evaluation: str, entries: list[Entry]) -> tuple[Path, Path]:
    """Write numbers.json, and numbers.csv beside it for people who use a spreadsheet; return both paths."""
    write_whole(
        path,
        to_json(
            {"schema": SCHEMA, "evaluation": evaluation, "engine": version(), "numbers": entries},
            lines="numbers",
        ),
    )
    header = [
        "id",
        "value",
        "unit",
        "display",
        "label",
        "basis",
        "rule",
        "inputs",
        "document",
        "place",
        "times_printed",
        "printed_in",
    ]
    rows = []
    for entry in entries:
        source = entry["source"]
        chapters = list(dict.fromkeys(use["chapter"] for use in entry["uses"]))
        rows.append(
            [
                entry["id"],
                entry["value"],
                entry["unit"],
                entry["display"],
                entry["label"],
                source["basis"],
                source.get("rule", ""),
                " ".join(source.get("inputs", {})),
                source.get("document", ""),
                source.get("place", ""),
                len(entry["uses"]),
                " ".join(chapters),
            ]
        )
    return path, write_whole(path.with_suffix(".csv"), csv_text(header, rows))


def load(path: Path | str) -> dict[str, Entry]:
    """Return the entries of a numbers.json (or build/values.json) by id.

    Raises
    ------
    EvidentiaError
        If the file is no ledger, or one of another schema.
    """
    return parse(read_json(path), str(path))


def parse(raw: Any, where: str) -> dict[str, Entry]:
    """Return the entries of a ledger that was read as JSON, by id; `where` says in a message where it is
    from.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("numbers"), list):
        raise EvidentiaError(
            "this is not a ledger", where=where, remedy="give a numbers.json that Evidentia wrote"
        )
    if raw.get("schema") != SCHEMA:
        raise EvidentiaError(
            f"the ledger has schema {raw.get('schema')}; this version reads {SCHEMA}",
            where=where,
            remedy="rebuild it with this version",
        )
    for place, entry in enumerate(raw["numbers"], start=1):
        if not _is_entry(entry):
            raise EvidentiaError(
                f"entry {place} is no number of a ledger",
                where=where,
                remedy="give a numbers.json that Evidentia wrote",
            )
    return {entry["id"]: entry for entry in raw["numbers"]}


def _is_entry(entry: Any) -> bool:
    """Tell whether a value has the form of a ledger's entry, as far as everything rests on it."""
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("id"), str)
        and isinstance(entry.get("label"), str)
        and isinstance(entry.get("source"), dict)
        and isinstance(entry.get("uses", []), list)
        and isinstance(entry.get("value"), int | float | str | None)
        and isinstance(entry.get("unit"), str)
        and entry["unit"] in UNITS
    )
