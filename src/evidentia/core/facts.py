"""report/facts.yaml: facts that no data set holds, each with the document and the place that states it.

::

    documents:
      plan: Programme plan of May 2017
    facts:
      programme.start: {value: 2017-08, unit: date, label: Start of the programme, document: plan, place:
      section 1}
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.units import UNITS
from evidentia.core.yamlio import line_of, read_yaml

KEYS = ("value", "unit", "label", "document", "place")


def load_facts(path: Path | str) -> list[dict[str, Any]]:
    """Return the stated facts as ledger entries without uses.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown or missing key, an unknown unit, a document that is not listed, a
        value that does not fit the unit; each with file and line.
    """
    raw = read_yaml(path) or {}
    documents = raw.get("documents") or {}
    entries, faults = [], []
    for id, fact in (raw.get("facts") or {}).items():
        line = line_of(path, ["facts", id])
        try:
            entries.append(_entry(str(id), fact, documents))
        except EvidentiaError as fault:
            faults.append(
                EvidentiaError(fault.what, where=f"{path}, line {line}, fact {id}", remedy=fault.remedy)
            )
    raise_all(faults)
    return entries


def _entry(id: str, fact: Any, documents: dict[str, str]) -> dict[str, Any]:
    if "." not in id:
        raise EvidentiaError("a fact's id has at least two parts", remedy="write for example programme.start")
    if not isinstance(fact, dict):
        raise EvidentiaError("a fact is not a mapping", remedy="give " + ", ".join(KEYS))
    for key in fact:
        if key not in KEYS:
            raise EvidentiaError(f"unknown key '{key}'", remedy=did_you_mean(key, KEYS))
    for key in KEYS:
        if key not in fact:
            raise EvidentiaError(
                f"the key '{key}' is missing", remedy="a stated fact needs " + ", ".join(KEYS)
            )
    if fact["unit"] not in UNITS:
        raise EvidentiaError(f"unknown unit '{fact['unit']}'", remedy=did_you_mean(fact["unit"], UNITS))
    if fact["document"] not in documents:
        raise EvidentiaError(
            f"the document '{fact['document']}' is not listed",
            remedy=did_you_mean(fact["document"], documents),
        )
    value = fact["value"]
    if isinstance(value, datetime.date):
        value = value.isoformat()
    textual = not UNITS[fact["unit"]].numeric
    if textual != isinstance(value, str) or isinstance(value, bool):
        raise EvidentiaError(
            f"the value {value!r} does not fit the unit '{fact['unit']}'",
            remedy="give a number; for date and text, a text in quotes",
        )
    source = {"basis": "stated", "document": documents[fact["document"]], "place": str(fact["place"])}
    return {"id": id, "value": value, "unit": fact["unit"], "label": fact["label"], "source": source}
