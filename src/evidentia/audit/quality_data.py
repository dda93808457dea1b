"""Lines of the quality log about data and sources: as read, as declared, as quoted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidentia.audit.quality_check import Check
from evidentia.core.files import read_json
from evidentia.core.keyed_hashes import is_same, short
from evidentia.core.ledger import Entry


def data_as_read(ledger: Mapping[str, Entry], folder: Path) -> Check:
    """Return whether the data files are still those from which the numbers were made."""
    inputs = {
        path: value for entry in ledger.values() for path, value in entry["source"].get("inputs", {}).items()
    }
    same = {
        path: (folder / path).is_file() and is_same(folder / path, value)
        for path, value in sorted(inputs.items())
    }
    changed = [path for path, judged in same.items() if judged is False]
    known = sum(judged is True for judged in same.values())
    fine = f"{known} of {len(inputs)} have the hash that the ledger names"
    if known < len(same):
        fine += "; the others' hashes were made with another user's key"
    result = f"changed since: {', '.join(changed)}" if changed else fine
    return Check(
        "Repeatable",
        "The data on disk are those behind the numbers",
        "rule review",
        result,
        ", ".join(sorted(inputs)),
        not changed,
    )


def validated(validation: Mapping[str, Any]) -> list[Check]:
    """Return what the schemas asked of each data file."""
    return [
        Check(
            "Grounded in reality",
            "The data agree with their schema",
            "rule validate",
            f"{_rows(row['rows'])}{len(row['columns'])} columns, none at fault",
            f"{path} ({short(row['sha256'])})",
            True,
        )
        for path, row in sorted(validation.items())
    ]


def imported(path: Path) -> list[Check]:
    """Return what the reading of the data left to look at; a remark is no fault."""
    reports = read_json(path)["data"] if path.is_file() else {}
    found = []
    for name, report in sorted(reports.items()):
        left = [f"{item.get('rows', 'some')} rows left out: {item['reason']}" for item in report["left_out"]]
        said = [
            remark.removeprefix(f"{report['path']}: ")
            for remark in report["remarks"]
            if " rows left out: " not in remark
        ]
        if left or said:
            found.append(
                Check(
                    "Grounded in reality",
                    f"What reading the data set {name} left to look at",
                    "rule values",
                    "; ".join([*left, *said]),
                    report["path"],
                    None,
                )
            )
    return found


def _rows(number: int | None) -> str:
    return "" if number is None else f"{number:,} rows, "


def sources(ledger: Mapping[str, Entry]) -> Check:
    """Return how many numbers are computed, stated and configured."""
    bases = [entry["source"].get("basis", "") for entry in ledger.values()]
    parts = [f"{bases.count(basis):,} {basis}" for basis in ("computed", "stated", "configured")]
    return Check(
        "Objective",
        "Each number has a source",
        "rule numbers",
        ", ".join(parts),
        "build/numbers.json",
        all(bases),
    )


def quoted(ledger: Mapping[str, Entry]) -> list[Check]:
    """Return what share of the stated facts is proved by a quotation."""
    stated = [entry["source"] for entry in ledger.values() if entry["source"].get("basis") == "stated"]
    facts = [source for source in stated if "analysis" not in source]
    if not facts:
        return []
    proved = sum("quotation" in source for source in facts)
    passages = sum("passage" in source for source in facts)
    result = f"{proved} of {len(facts)} ({proved / len(facts):.0%}) by a quotation in a stored source"
    if passages:
        result += f"; {passages} by a passage that evidentia facts checks where its document is at hand"
    return [
        Check(
            "Grounded in reality",
            "Stated facts are proved by what their documents say",
            "rule values",
            result,
            ", ".join(sorted({path for source in facts for path in source.get("inputs", {})})),
            True if proved == len(facts) else None,
        )
    ]
