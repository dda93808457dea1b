"""The logs that people write: assumptions, and where the data are from.

::

    # assurance/assumptions.yaml
    assumptions:
      overlap:
        words: Families without the service had the same chance of being offered it
        basis: Interviews with 4 team managers, May 2024
        quality: medium        # of the evidence for it: high, medium or low
        impact: high           # on the results if it is wrong
        owner: Lead analyst
        numbers: [weeks.max_weight]

    # assurance/data.yaml
    data:
      cases: {source: Case management system, release: 2024-06-30, owner: County performance team,
              quality: Dates are entered by teams, limits: No record of families who moved away}
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.yamlio import line_of, read_yaml

FOLDER = "assurance"
ASSUMPTIONS, DATA = f"{FOLDER}/assumptions.yaml", f"{FOLDER}/data.yaml"
LEVELS = ("high", "medium", "low")
_OF_ASSUMPTION = {
    "words": True,
    "basis": True,
    "quality": True,
    "impact": True,
    "owner": False,
    "numbers": False,
}
_OF_DATA = {"source": True, "release": True, "owner": True, "quality": True, "limits": True}
Row = dict[str, Any]


def load_assumptions(folder: Path) -> dict[str, Row]:
    """Return the assumptions by id; none if there is no log.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown or missing key, or a level that is none; each with file and line.
    """
    return _read(folder / ASSUMPTIONS, "assumptions", _OF_ASSUMPTION)


def load_data_log(folder: Path, known: Mapping[str, Any]) -> dict[str, Row]:
    """Return what the log says of each data set; none if there is no log.

    Raises
    ------
    EvidentiaError
        Or `Problems`: as for assumptions, or a data set that config.yaml does not name.
    """
    rows = _read(folder / DATA, "data", _OF_DATA)
    raise_all(
        EvidentiaError(
            f"the data log has '{name}', which 'data' in config.yaml does not name",
            where=f"{folder / DATA}, line {line_of(folder / DATA, ['data', name])}",
            remedy=did_you_mean(name, known),
        )
        for name in rows
        if name not in known
    )
    return rows


def _read(path: Path, section: str, keys: Mapping[str, bool]) -> dict[str, Row]:
    if not path.is_file():
        return {}
    raw = read_yaml(path)
    rows = raw.get(section) if isinstance(raw, dict) else None
    if not isinstance(rows, dict) or set(raw) != {section}:
        raise EvidentiaError(
            f"the log has not the one key '{section}'",
            where=str(path),
            remedy=f"write {section}: and below it an id and its " + ", ".join(keys),
        )
    faults = []
    for id, row in rows.items():
        line = line_of(path, [section, id])
        faults += [
            EvidentiaError(what, where=f"{path}, line {line}, {id}", remedy=remedy)
            for what, remedy in _faults(row, keys)
        ]
    raise_all(faults)
    return {str(id): {key: _plain(value) for key, value in row.items()} for id, row in rows.items()}


def _faults(row: Any, keys: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    if not isinstance(row, dict):
        yield "the entry is no mapping", "give " + ", ".join(keys)
        return
    for key in row:
        if key not in keys:
            yield f"unknown key '{key}'", did_you_mean(str(key), keys)
    for key, needed in keys.items():
        if needed and not str(row.get(key) or "").strip():
            yield (
                f"the key '{key}' is missing or empty",
                "an entry needs " + ", ".join(name for name, must in keys.items() if must),
            )
    for key in ("quality", "impact"):
        if "impact" in keys and row.get(key) and row[key] not in LEVELS:
            yield f"'{row[key]}' is no {key}", "write high, medium or low"
    if not isinstance(row.get("numbers", []), list):
        yield "'numbers' is no list", "write numbers: [pupils.effect.estimate]"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
