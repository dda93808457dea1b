"""Reconciliation: each figure that a published report prints, beside the one that the data give.

The rows come from a data set that config.yaml names under ``evaluation.reproduces.published``. Slips of the
published report are found by checks of a general kind: a unit that is not the number's, a cross-reference
to another figure than the one meant, a factor turned upside down, a statement that the data do not
support (that parts add up to their total is such a statement, over the ids of `evidentia.compose.totals`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from evidentia.compose.figure_order import figure_order
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.expression import evaluate, known_values
from evidentia.core.files import csv_text, sha256
from evidentia.core.formats import SUPPRESSED, rounded
from evidentia.core.formats import printed as print_number
from evidentia.core.ledger import Entry
from evidentia.core.reconciled import DIFFERS, REPRODUCED, STATED, Reconciled
from evidentia.core.text import read_text, read_words
from evidentia.core.units import UNITS

COLUMNS = ("id", "subject", "printed", "chapter", "here", "refers_to", "check", "why")
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
_MILLIONS = re.compile(r"\s*(?:m\b|million)")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")
_OTHER, _NOT_SO = "another value", "the data do not support it"
"""Findings that say no more than that figures differ; the reason that a row gives stands in their place."""


def reconcile_folder(
    config: Config, folder: Path, entries: list[Entry]
) -> tuple[list[Reconciled], list[Entry]]:
    """Reconcile the published figures that config.yaml names, if it names any.

    Returns
    -------
    found : list of Reconciled
    counts : list of entry
        For the ledger: how many are reproduced, differ, or are stated only.
    """
    reproduces = config.evaluation.reproduces
    if not reproduces or not reproduces.published:
        return [], []
    path = config.data[reproduces.published].path
    chapters = [read_words(folder / name, name) for name in config.report.chapters] if config.report else []
    ledger = {entry["id"]: entry for entry in entries}
    found = reconcile(read_published(folder / path), ledger, figure_order(chapters), path)
    return found, summary_entries(found, path, sha256(folder / path))


def read_published(path: Path) -> list[dict[str, str]]:
    """Return the rows of the published figures; absent columns are empty."""
    rows: list[dict[str, str]]
    if path.suffix.lower() in (".parquet", ".xlsx"):
        from evidentia.data.readers import read_cells

        rows = read_cells(path, path.name, None).frame.to_dict("records")
    else:  # without pandas, which every build would have to wait for
        text, _ = read_text(path, path.as_posix())
        rows = list(csv.DictReader(io.StringIO(text)))
    return [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in rows]


def reconcile(
    rows: list[dict[str, str]], ledger: Mapping[str, Entry], figures: Mapping[str, str], path: str
) -> list[Reconciled]:
    """Compare every published figure with the ledger.

    Parameters
    ----------
    rows : list of dict
        With the keys of `COLUMNS`.
    ledger : mapping of str to entry
    figures : mapping of str to int
        Number of each figure, for cross-references.
    path : str
        Of the file, for messages.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a number id or a figure that does not exist, a condition that cannot be read.
    """
    values = known_values(ledger.values())
    found, faults = [], []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(_reconciled(row, ledger, values, figures))
        except EvidentiaError as fault:
            faults.append(EvidentiaError(fault.what, where=f"{path}, row {number}", remedy=fault.remedy))
    raise_all(faults)
    return found


def _reconciled(
    row: dict[str, str], ledger: Mapping[str, Entry], values: Mapping[str, Any], figures: Mapping[str, str]
) -> Reconciled:
    here, findings, basis, subject = "", [], "computed", row.get("subject") or row["chapter"]
    if row["id"]:
        if row["id"] not in ledger:
            raise EvidentiaError(f"unknown number id '{row['id']}'", remedy=did_you_mean(row["id"], ledger))
        entry = ledger[row["id"]]
        basis, subject = entry["source"]["basis"], row.get("subject") or entry["label"]
        here, finding = _compare(row["printed"], entry)
        findings += [finding]
    if row["refers_to"]:
        here, finding = _reference(row["printed"], row["refers_to"], figures)
        findings.append(finding)
    if row["check"]:
        outcome = evaluate(row["check"], values)
        here = here or ("holds" if outcome.value else "does not hold")
        findings.append("" if outcome.value else _NOT_SO)
    findings = [finding for finding in findings if finding]
    if findings and row.get("here"):
        here = _instead(row["here"], row["printed"], ledger)
    status = DIFFERS if findings else STATED if basis == "stated" else REPRODUCED
    if findings and row["why"]:
        findings = [*(finding for finding in findings if finding not in (_OTHER, _NOT_SO)), row["why"]]
    note = "; ".join(findings)
    return Reconciled(row["id"], subject, row["printed"], row["chapter"], here, status, note, row["check"])


def _instead(here: str, text: str, ledger: Mapping[str, Entry]) -> str:
    """Return what the data give in place of a published figure: a number at its precision, or words."""
    if here in ledger:
        return _compare(text, ledger[here])[0]
    if re.fullmatch(r"[a-z]\w*(\.\w+)+", here):
        raise EvidentiaError(f"unknown number id '{here}' under 'here'", remedy=did_you_mean(here, ledger))
    return here


def _compare(text: str, entry: Entry) -> tuple[str, str]:
    """Return the entry printed as precisely as the published figure, and what differs."""
    unit, value = entry["unit"], entry["value"]
    if entry.get("suppressed"):
        return SUPPRESSED, "suppressed here, so that nobody can be identified"
    if not UNITS[unit].numeric:
        here = print_number(value, unit)
        return here, "" if here in text or text in here else _OTHER
    fraction = _FRACTION.search(text)
    if fraction and unit == "ratio":
        stated = int(fraction[1]) / int(fraction[2])
        upside_down = abs(stated * value - 1) < 1e-9 and abs(stated - value) > 1e-9
        here = print_number(value, unit)
        return here, (
            "the factor is turned upside down"
            if upside_down
            else ""
            if abs(stated - value) < 1e-9
            else "another factor"
        )
    match = _NUMBER.search(text)
    if not match:
        raise EvidentiaError(
            f"'{text}' holds no number", remedy="give the figure as printed, for example 30%"
        )
    places = len(match[0].partition(".")[2])
    millions = "millions" in UNITS[unit].forms and bool(_MILLIONS.match(text, match.end()))
    spec = (
        f"abs {places}dp"
        if value is not None and value < 0 and not match[0].startswith(("-", "−"))
        else f"{places}dp"
    )
    spec += " millions" if millions else ""
    here = print_number(value, unit, spec)
    scale = 1e-6 if millions else UNITS[unit].scale
    given = Decimal(match[0].replace(",", "").replace("−", "-"))
    if value is None or abs(rounded(abs(value) * scale, places)) != abs(given):
        return here, _OTHER
    return here, _unit_finding(text, unit)


def _unit_finding(text: str, unit: str) -> str:
    """Say if the unit printed is not the number's."""
    points, percentage = UNITS["percentage_points"], UNITS["proportion"]
    signed = points if points.sign in text else percentage if percentage.sign in text else None
    if signed is None or signed.name == unit:
        return ""
    own = UNITS[unit]
    return f"printed as {signed.spoken}, but it is {own.spoken or own.label or unit}"


def _reference(text: str, target: str, figures: Mapping[str, str]) -> tuple[str, str]:
    if target not in figures:
        raise EvidentiaError(f"no chapter shows the figure '{target}'", remedy=did_you_mean(target, figures))
    here = f"Figure {figures[target]}"
    return here, "" if here.lower() == text.lower() else "the reference leads to another figure"


def summary_entries(found: list[Reconciled], path: str, digest: str) -> list[Entry]:
    """Return ledger entries that count the figures by status."""
    source = {"rule": "values", "script": "scripts/values.py", "basis": "computed", "inputs": {path: digest}}
    labels = {
        "figures": "Figures of the published report",
        "reproduced": "of these, reproduced at printed precision",
    }
    labels |= {"differs": "of these, different", "stated": "of these, stated only"}
    counts = {"figures": len(found)} | {
        key: sum(item.status == status for item in found)
        for key, status in (("reproduced", REPRODUCED), ("differs", DIFFERS), ("stated", STATED))
    }
    return [
        {
            "id": f"reconciliation.{key}",
            "value": count,
            "unit": "count",
            "label": labels[key],
            "source": source,
        }
        for key, count in counts.items()
    ]


def reconciliation_csv(found: list[Reconciled]) -> str:
    """Return the reconciliation as CSV text."""
    return csv_text(list(Reconciled.__dataclass_fields__), [list(asdict(item).values()) for item in found])
