"""Cross-references and citations: each must lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.text import read_words

KINDS = ("fig", "tbl", "sec", "eq")
_LABEL = re.compile(r"\{(?:[^{}#\n]*\s)?#((?:fig|tbl|sec|eq)-[\w-]+)")
_REFERENCE = re.compile(r"(?<![\w.\\])-?@([A-Za-z][\w:-]*(?:\.[\w:-]+)*)")
_ENTRY = re.compile(r"^[ \t]*@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)
_NO_REFERENCE = re.compile(r"`[^`]*`|<?https?://\S+|(?<!\S)[^\s@]*\w@[^\s@]+\.\w+")
MOST = 50
"""Faults of one chapter that are named."""


def labels(text: str) -> list[str]:
    """Return the labels of figures, tables and sections that a chapter sets."""
    return _LABEL.findall(text)


def citation_keys(bibliography: Path) -> set[str]:
    """Return the keys of a BibTeX file."""
    return set(_ENTRY.findall(read_words(bibliography, bibliography.as_posix())))


def reference_faults(
    text: str, path: str, known_labels: set[str], known_keys: set[str]
) -> Iterator[EvidentiaError]:
    """Yield a fault for each cross-reference without a target and each citation without an entry.

    Parameters
    ----------
    text : str
        A chapter as rendered; the line numbers are those of the source where no Jinja block spans lines.
    path : str
    known_labels, known_keys : set of str
        Of the whole report, and of its bibliography.
    """
    return islice(_faults(text, path, known_labels, known_keys), MOST)


def _faults(text: str, path: str, known_labels: set[str], known_keys: set[str]) -> Iterator[EvidentiaError]:
    for line, content in enumerate(text.split("\n"), start=1):
        for name in _REFERENCE.findall(_NO_REFERENCE.sub("", content)):
            where = f'{path}, line {line}: "{content.strip()[:80]}"'
            if name.split("-")[0] in KINDS and "-" in name:
                if name not in known_labels:
                    yield EvidentiaError(
                        f"the cross-reference @{name} leads nowhere",
                        where=where,
                        remedy=did_you_mean(name, known_labels),
                    )
            elif name not in known_keys:
                yield EvidentiaError(
                    f"the citation @{name} has no entry in the bibliography",
                    where=where,
                    remedy=did_you_mean(name, known_keys),
                )
