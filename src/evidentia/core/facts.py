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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all
from evidentia.core.files import leads_out
from evidentia.core.quotations import LEAST_WORDS, MOST_WORDS, holds, read_source, stands, words_of
from evidentia.core.units import UNITS
from evidentia.core.yamlio import line_of, read_yaml

KEYS = ("value", "unit", "label", "document", "place")
SECTIONS = ("documents", "facts")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
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
    faults: list[EvidentiaError] = []
    raw = read_yaml(path, faults) or {}
    _refuse_shape(raw, path)
    documents = raw.get("documents") or {}
    entries: list[dict[str, Any]] = []
    sources: Sources = {}
    for id, fact in (raw.get("facts") or {}).items():
        found = list(_faults(str(id), fact, documents))
        try:
            if not found:
                proof = _proof(fact, documents[fact["document"]], folder, sources)
                entries.append(_entry(str(id), fact, documents, proof))
        except EvidentiaError as wrong:
            found = [wrong]
        for fault in found:
            what = f"{fault.what} ({fault.where})" if fault.where else fault.what
            where = f"{path}, line {line_of(path, ['facts', id])}, fact {id}"
            faults.append(EvidentiaError(what, where=where, remedy=fault.remedy))
    raise_all(faults)
    return entries


def check_facts(path: Path | str) -> None:
    """Raise for all that is wrong with the facts by themselves, without a look at their sources."""
    cut: list[EvidentiaError] = []
    raw = read_yaml(path, cut) or {}
    _refuse_shape(raw, path)
    rows, documents = raw.get("facts") or {}, raw.get("documents") or {}
    faults = (
        EvidentiaError(
            fault.what, where=f"{path}, line {line_of(path, ['facts', id])}, fact {id}", remedy=fault.remedy
        )
        for id, fact in rows.items()
        for fault in _faults(str(id), fact, documents)
    )
    raise_all([*cut, *faults])


def _refuse_shape(raw: Any, path: Path | str) -> None:
    """Raise for a file that has other sections than documents and facts, or no names in them."""
    example = "programme.start: {value: 2017-08, unit: date, label: Start, document: plan, place: page 1}"
    if not isinstance(raw, dict):
        raise EvidentiaError(
            "the file of facts has no sections", where=str(path), remedy=f"write facts: and {example}"
        )
    for key, section in raw.items():
        if key not in SECTIONS:
            where = f"{path}, line {line_of(path, [key])}"
            raise EvidentiaError(f"unknown key '{key}'", where=where, remedy=did_you_mean(str(key), SECTIONS))
        if section is not None and not isinstance(section, dict):
            raise EvidentiaError(
                f"the section '{key}' is no list of names with what they stand for",
                where=f"{path}, line {line_of(path, [key])}",
                remedy=f"write below it {example if key == 'facts' else 'plan: Programme plan'}",
            )


def _faults(id: str, fact: Any, documents: dict[str, Any]) -> Iterator[EvidentiaError]:
    """Yield all that is wrong with a fact by itself."""
    if "." not in id:
        yield EvidentiaError(
            "a fact's id has at least two parts", remedy=f"write for example programme.{id.casefold()}"
        )
    if not isinstance(fact, dict):
        yield EvidentiaError("a fact is not a mapping", remedy="give " + ", ".join(KEYS))
        return
    for key in fact:
        if key not in (*KEYS, *PROOF):
            yield EvidentiaError(f"unknown key '{key}'", remedy=did_you_mean(str(key), (*KEYS, *PROOF)))
    for key in KEYS:
        if key not in fact:
            yield EvidentiaError(
                f"the key '{key}' is missing", remedy="a stated fact needs " + ", ".join(KEYS)
            )
    if "unit" in fact and fact["unit"] not in UNITS:
        yield EvidentiaError(f"unknown unit '{fact['unit']}'", remedy=did_you_mean(str(fact["unit"]), UNITS))
    if "document" in fact and str(fact["document"]) not in map(str, documents):
        yield EvidentiaError(
            f"the document '{fact['document']}' is not listed",
            remedy=did_you_mean(str(fact["document"]), map(str, documents)),
        )
    if "value" in fact and fact.get("unit") in UNITS:
        yield from _wrong_value(_value(fact), str(fact["unit"]))


def _wrong_value(value: Any, unit: str) -> Iterator[EvidentiaError]:
    """Yield a fault for a value that does not fit its unit, with one that would."""
    textual = not UNITS[unit].numeric
    if unit == "date":
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            yield EvidentiaError(
                f"the value {value!r} does not fit the unit 'date'",
                remedy="write a month, a day or a year: value: 2026-11, value: 2026-11-30, value: '2026'",
            )
    elif textual != isinstance(value, str) or isinstance(value, bool):
        right = 'a text in quotation marks: value: "..."' if textual else "a number in digits: value: 12"
        yield EvidentiaError(f"the value {value!r} does not fit the unit '{unit}'", remedy=f"write {right}")


def _value(fact: dict[str, Any]) -> Any:
    value = fact["value"]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _entry(id: str, fact: dict[str, Any], documents: dict[str, Any], proof: dict[str, Any]) -> dict[str, Any]:
    """Return a fact as a ledger entry without uses."""
    stated = {"document": title_of(documents[fact["document"]]), "place": str(fact["place"])}
    source = {"basis": "stated", **stated, **proof}
    return {"id": id, "value": _value(fact), "unit": fact["unit"], "label": fact["label"], "source": source}


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
