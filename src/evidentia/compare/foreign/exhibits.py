"""The report's figures and tables: what is printed in each, and the data behind it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from evidentia.compare.foreign.entries import fits
from evidentia.compare.foreign.numbers import numbers_in
from evidentia.compare.foreign.verdict import BOUND, CERTAIN, NONE, ORDINARY, STRONG, UNJUDGED, Verdict
from evidentia.core.ledger import Entry
from evidentia.core.number_words import fold

_SHARE = 0.6
_FEWEST = 3
_LONGEST = 5_000_000
"""Bytes of the data behind one exhibit."""


@dataclass
class Row:
    """A row of the data behind a figure or table."""

    id: str
    text: str
    numbers: list[Decimal] = field(default_factory=list)


class Exhibits:
    """The figures and tables of a ledger's report.

    Parameters
    ----------
    ledger : mapping of str to entry
    build : Path, optional
        The folder build/, with the data behind figures and tables.
    """

    def __init__(self, ledger: Mapping[str, Entry], build: Path | None = None) -> None:
        self.printed: dict[str, dict[str, list[str]]] = {}
        for id, entry in ledger.items():
            for use in entry.get("uses", []):
                anchor = str(use.get("anchor", ""))
                if not re.fullmatch(r"n-\d+", anchor):
                    found = self.printed.setdefault(anchor, {}).setdefault(str(use.get("printed", "")), [])
                    found.append(id)
        self.rows = list(_rows(build)) if build is not None else []

    def described(self, verdicts: Sequence[Verdict]) -> None:
        """Bind the numbers of a picture's description to those of the one figure that has most of them."""
        open_ = [item for item in verdicts if item.status in (NONE, UNJUDGED) or item.status == BOUND]
        texts = {item.number.text: item for item in open_}
        votes = Counter(
            {anchor: sum(text in _cores(known) for text in texts) for anchor, known in self.printed.items()}
        )
        if not open_ or not votes:
            return
        anchor, count = max(sorted(votes.items()), key=lambda item: item[1])
        if count < _SHARE * len(texts):
            return
        known = _cores(self.printed[anchor])
        for item in open_:
            if item.number.text in known:
                item.status, item.strength, item.why = BOUND, CERTAIN, ""
                item.ids = known[item.number.text]

    def in_table(self, verdict: Verdict, label: str, line: str) -> None:
        """Bind a cell's number to a row of the data behind a table that has the same words."""
        if verdict.status in (BOUND, ORDINARY) or verdict.strength == CERTAIN:
            return
        words = fold(label)
        whole = fold(line)
        for row in self.rows:
            if len(words) < _FEWEST or words not in row.text:
                continue
            told = fold(verdict.number.text)
            if any(fits(verdict.number, value * scale) for value in row.numbers for scale in (1, 100)) or (
                whole and told and whole in row.text
            ):
                verdict.status, verdict.strength, verdict.ids = BOUND, STRONG, [row.id]
                verdict.why = "the data behind a table of the report"
                return


def _cores(printed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the numbers in what is printed, with and without their units, and their ids."""
    found: dict[str, list[str]] = {}
    for text, ids in printed.items():
        for number in numbers_in(text):
            for form in (number.text, re.sub(r"[^\d.,]+$", "", number.text)):
                found.setdefault(form, []).extend(id for id in ids if id not in found.get(form, []))
    return found


def _rows(build: Path) -> list[Row]:
    found = []
    for path in sorted([*build.glob("*.csv"), *build.glob("tables/*.csv")]):
        if path.name == "numbers.csv" or path.stat().st_size > _LONGEST:
            continue
        kind = "tbl" if path.parent.name == "tables" else "table"
        with path.open(encoding="utf-8", newline="") as stream:
            for cells in csv.reader(stream):
                row = Row(f"{kind}-{path.stem}", fold(" ".join(cells)))
                for cell in cells:
                    try:
                        row.numbers.append(Decimal(cell))
                    except InvalidOperation:
                        row.numbers += [number.value for number in numbers_in(cell)]
                found.append(row)
    return found
