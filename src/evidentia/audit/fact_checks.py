"""Stated facts against their documents: quotations in stored sources, passages in documents that are at
hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.facts import load_facts, title_of
from evidentia.core.quotations import (
    LEAST_WORDS,
    MOST_WORDS,
    find_passage,
    holds,
    passage_of,
    read_source,
    stands,
    words_of,
)
from evidentia.core.yamlio import read_yaml

PROVED, FOUND, GONE = "proved by its quotation", "proved by its passage", "passage not in the document"
WITHOUT, AWAY, BARE = "passage does not hold the value", "document not at hand", "not proved"


@dataclass(frozen=True)
class Stated:
    """A stated fact and what proves it.

    Attributes
    ----------
    id, document, result : str
    """

    id: str
    document: str
    result: str

    @property
    def fails(self) -> bool:
        """Whether its document speaks against it."""
        return self.result in (GONE, WITHOUT)


def check_facts(path: Path, folder: Path, at_hand: Mapping[str, Path]) -> list[Stated]:
    """Check the stated facts; nothing of a document is kept or written.

    Parameters
    ----------
    path : Path
        Of facts.yaml.
    folder : Path
        The evaluation folder.
    at_hand : mapping of str to Path
        Document id to a file outside the folder.
    """
    load_facts(path, folder)  # every quotation stands in its source, or this raises
    raw = read_yaml(path)
    documents = raw.get("documents") or {}
    for id in at_hand:
        if id not in documents:
            raise EvidentiaError(
                f"the document '{id}' is not listed", where=str(path), remedy=did_you_mean(id, documents)
            )
    sources = {id: read_source(file, str(file))[0] for id, file in at_hand.items()}
    return list(_checked(raw.get("facts") or {}, documents, sources))


def _checked(
    facts: Mapping[str, Any], documents: Mapping[str, Any], sources: Mapping[str, list[str]]
) -> Iterator[Stated]:
    for id, fact in facts.items():
        document = fact["document"]
        result = PROVED if fact.get("quotation") else BARE
        if "passage" in fact:
            result = _passage(fact, sources.get(document))
        yield Stated(str(id), title_of(documents[document]), result)


def _passage(fact: Mapping[str, Any], words: list[str] | None) -> str:
    if words is None:
        return AWAY
    text = find_passage(fact["passage"]["words"], fact["passage"]["sha256"], words)
    if not text:
        return GONE
    return FOUND if holds(_value(fact), fact["unit"], text) else WITHOUT


def _value(fact: Mapping[str, Any]) -> Any:
    value = fact["value"]
    return value.isoformat() if hasattr(value, "isoformat") else value


def passage_for(path: Path, id: str, quotation: str, file: Path) -> dict[str, int | str]:
    """Return the passage that stands for a quotation of a document that may not be copied.

    Raises
    ------
    EvidentiaError
        If the fact is unknown, or the quotation is too short or long, not in the document, or without the
        value.
    """
    facts = read_yaml(path).get("facts") or {}
    if id not in facts:
        raise EvidentiaError(f"there is no fact '{id}'", where=str(path), remedy=did_you_mean(id, facts))
    if not LEAST_WORDS <= len(words_of(quotation)) <= MOST_WORDS:
        raise EvidentiaError(
            f"a passage has {LEAST_WORDS} to {MOST_WORDS} words",
            remedy="quote the sentence that states the fact",
        )
    words, _ = read_source(file, str(file))
    if "..." in quotation or not stands(quotation, words):
        raise EvidentiaError(
            "the quotation is not in the document",
            where=str(file),
            remedy="copy it whole, as it stands there",
        )
    if not holds(_value(facts[id]), facts[id]["unit"], quotation):
        raise EvidentiaError(
            f"the quotation does not hold the value {facts[id]['value']}",
            remedy="quote the words that state it, or correct the value",
        )
    return passage_of(quotation)
