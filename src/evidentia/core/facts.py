"""report/facts.yaml: facts that no data set holds, each with the document and the place that states it.

::

    documents:
      plan: Programme plan of May 2017
    facts:
      programme.start: {value: 2017-08, unit: date, label: Start of the programme, document: plan, place:
      section 1}

A fact may carry a quotation that states it, and the stored file in which it stands, which is hashed::

      programme.start: {..., quotation: The programme began in August 2017., source: sources/plan.pdf}

A document that all its facts are quoted from is given once: ``plan: {title: Programme plan, source:
sources/plan.pdf}``. Where a document may not be copied, ``passage: {words: 14, sha256: ...}`` stands for the
quotation; it is checked where the document is at hand (`evidentia facts`).
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import leads_out
from evidentia.core.quotations import LEAST_WORDS, MOST_WORDS, holds, read_source, stands, words_of
from evidentia.core.units import UNITS
from evidentia.core.yamlio import line_of, read_yaml

KEYS = ("value", "unit", "label", "document", "place")
PROOF = ("quotation", "source", "passage")
Sources = dict[str, tuple[list[str], str]]


def load_facts(path: Path | str, folder: Path = Path()) -> list[dict[str, Any]]:
    """Return the stated facts as ledger entries without uses.

    Parameters
    ----------
    path : path
        Of facts.yaml.
    folder : Path
        The evaluation folder, in which sources are stored.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown or missing key, an unknown unit, a document that is not listed, a
        value that does not fit the unit, a quotation that is not in its source or does not hold the value;
        each with file and line.
    """
    raw = read_yaml(path) or {}
    documents = raw.get("documents") or {}
    entries, faults = [], []
    sources: Sources = {}
    for id, fact in (raw.get("facts") or {}).items():
        line = line_of(path, ["facts", id])
        try:
            entry = _entry(str(id), fact, documents)
            entry["source"] |= _proof(fact, documents[fact["document"]], folder, sources)
            entries.append(entry)
        except EvidentiaError as fault:
            what = f"{fault.what} ({fault.where})" if fault.where else fault.what
            faults.append(EvidentiaError(what, where=f"{path}, line {line}, fact {id}", remedy=fault.remedy))
    raise_all(faults)
    return entries


def _entry(id: str, fact: Any, documents: dict[str, Any]) -> dict[str, Any]:
    if "." not in id:
        raise EvidentiaError("a fact's id has at least two parts", remedy="write for example programme.start")
    if not isinstance(fact, dict):
        raise EvidentiaError("a fact is not a mapping", remedy="give " + ", ".join(KEYS))
    for key in fact:
        if key not in (*KEYS, *PROOF):
            raise EvidentiaError(f"unknown key '{key}'", remedy=did_you_mean(key, (*KEYS, *PROOF)))
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
    source = {
        "basis": "stated",
        "document": title_of(documents[fact["document"]]),
        "place": str(fact["place"]),
    }
    return {"id": id, "value": value, "unit": fact["unit"], "label": fact["label"], "source": source}


def title_of(document: Any) -> str:
    """Return what a document is called."""
    return str(document.get("title", "")) if isinstance(document, dict) else str(document)


def stored_sources(path: Path | str) -> list[str]:
    """Return the stored sources that facts are quoted from; none of a file that cannot be read."""
    try:
        raw = read_yaml(path) or {}
        rows = [*(raw.get("facts") or {}).values(), *(raw.get("documents") or {}).values()]
    except (EvidentiaError, AttributeError):
        return []
    named = [row["source"] for row in rows if isinstance(row, dict) and row.get("source")]
    return list(dict.fromkeys(map(str, named)))


def _proof(fact: dict[str, Any], document: Any, folder: Path, sources: Sources) -> dict[str, Any]:
    """Return what proves a fact: its quotation and the hash of the source, or a passage; empty if nothing
    does.

    Raises
    ------
    EvidentiaError
        If the quotation is not in the source, is too short to prove anything, or does not hold the value.
    """
    if "passage" in fact:
        return {"passage": _passage(fact)}
    quotation = str(fact.get("quotation") or "").strip()
    own = document.get("source", "") if isinstance(document, dict) else ""
    path = str(fact.get("source") or own)
    if not quotation:
        if "source" in fact:
            raise EvidentiaError(
                "a source is given and no quotation",
                remedy="add quotation: with the words that state the fact",
            )
        return {}
    if not path:
        raise EvidentiaError(
            "a quotation is given and no source",
            remedy="store the document, for example as sources/plan.pdf, and add source: sources/plan.pdf",
        )
    if len(words_of(quotation)) < LEAST_WORDS:
        raise EvidentiaError(
            f"the quotation has fewer than {LEAST_WORDS} words, so it proves nothing: {quotation}",
            remedy="quote the whole sentence",
        )
    if path not in sources:
        if Path(path).is_absolute() or ".." in Path(path).parts or leads_out(folder, path):
            raise EvidentiaError(
                f"the source {path} lies outside the evaluation folder",
                remedy="put a copy of it into sources/",
            )
        sources[path] = read_source(folder / path, path)
    words, known = sources[path]
    if not stands(quotation, words):
        raise EvidentiaError(
            f'the quotation is not in {path}: "{quotation}"',
            remedy="copy it from the source, with ... where words are left out; or correct the source",
        )
    _check_holds(fact, quotation)
    return {"quotation": quotation, "inputs": {path: known}}


def _passage(fact: dict[str, Any]) -> dict[str, Any]:
    passage = fact["passage"]
    if "quotation" in fact or "source" in fact:
        raise EvidentiaError(
            "a fact has a passage and a quotation", remedy="keep the quotation, if its source is stored"
        )
    if (
        not isinstance(passage, dict)
        or set(passage) != {"words", "sha256"}
        or not isinstance(passage["words"], int)
        or not LEAST_WORDS <= passage["words"] <= MOST_WORDS
        or not re.fullmatch(r"[0-9a-f]{64}", str(passage["sha256"]))
    ):
        raise EvidentiaError(
            "the passage is none",
            remedy="write it as evidentia facts --quote prints it: {words: 14, sha256: ...}",
        )
    return dict(passage)


def _check_holds(fact: dict[str, Any], quotation: str) -> None:
    value = fact["value"].isoformat() if isinstance(fact["value"], datetime.date) else fact["value"]
    if not holds(value, fact["unit"], quotation):
        raise EvidentiaError(
            f'the quotation does not hold the value {value}: "{quotation}"',
            remedy="quote the words that state it, or correct the value",
        )
