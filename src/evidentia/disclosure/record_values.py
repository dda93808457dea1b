"""What must not leave a protected data set: people's ids, values that few records hold, whole records, runs
of a column.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Words = tuple[str, ...]
_WORD = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?!\w)|\d+\.\d+|[^\W_]+")
ID, RARE, RECORD, RUN = "id of a person", "value of few records", "whole record", "run of a column"
LEAST_WORDS, LEAST_LETTERS = 4, 4
RUN_LENGTH = 8


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text, in small letters, whatever stands between them."""
    return _WORD.findall(text.casefold())


@dataclass(frozen=True)
class Records:
    """A protected data set as text.

    Attributes
    ----------
    path : str
    columns : list of str
    rows : list of list of str
        Cells; empty where nothing is given.
    ids : list of str
        The columns that name a person.
    few : int
        A value that fewer records hold points at someone.
    """

    path: str
    columns: list[str]
    rows: list[list[str]]
    ids: list[str]
    few: int


@dataclass
class RecordValues:
    """Sequences of words to look for, each with what it is and where it is from."""

    by_length: dict[int, dict[Words, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, words: Iterable[str], what: str) -> None:
        """Add a sequence; the first thing said of it stays."""
        key = tuple(words)
        if key:
            self.by_length[len(key)].setdefault(key, what)

    def remove_known(self, text: str) -> None:
        """Take out values, not ids or records, that stand in a public text."""
        for words, what in self.found(text):
            if what.startswith(RARE):
                del self.by_length[len(words)][words]

    def remove_labels(self, labels: Sequence[str]) -> None:
        """Take out records and runs that are no more than labels one after the other, forwards or backwards,
        as on a scale.
        """
        for order in (labels, labels[::-1]):
            for words, what in self.found(" ".join([*order, *order])):
                if what.startswith((RECORD, RUN)):
                    del self.by_length[len(words)][words]

    def found(self, text: str) -> set[tuple[Words, str]]:
        """Return the sequences that a text holds."""
        words, found = words_of(text), set()
        lengths: dict[str, set[int]] = defaultdict(set)
        for length, record_values in self.by_length.items():
            for record_value in record_values:
                lengths[record_value[0]].add(length)
        for start, word in enumerate(words):
            for length in lengths.get(word, ()):
                key = tuple(words[start : start + length])
                if key in self.by_length[length]:
                    found.add((key, self.by_length[length][key]))
        return found

    def __len__(self) -> int:
        return sum(map(len, self.by_length.values()))


def record_values_of(records: Iterable[Records]) -> RecordValues:
    """Return all that must not be found of some data sets."""
    record_values = RecordValues()
    for data in records:
        for what, words in _of(data):
            record_values.add(words, f"{what}, {data.path}")
    return record_values


def _of(data: Records) -> Iterator[tuple[str, list[str]]]:
    ids = {place for place, name in enumerate(data.columns) if name in data.ids}
    for place, name in enumerate(data.columns):
        cells = [row[place] for row in data.rows]
        counts = Counter(cell for cell in cells if cell)
        if place in ids:
            yield from ((f"{ID}, column {name}", words_of(cell)) for cell in counts if _tells(cell))
        else:
            rare = [cell for cell, count in counts.items() if count < data.few and _tells(cell)]
            yield from ((f"{RARE}, column {name}", words_of(cell)) for cell in rare)
        if len(counts) > RUN_LENGTH / 2:
            for start in range(0, len(cells) - RUN_LENGTH + 1, RUN_LENGTH):
                run = cells[start : start + RUN_LENGTH]
                if not _is_order(run, counts, data.few):
                    yield f"{RUN}, column {name}", words_of(" ".join(run))
    for row in data.rows:
        for kept in (row, [cell for place, cell in enumerate(row) if place not in ids]):
            words = words_of(" ".join(kept))
            if len(words) >= LEAST_WORDS and sum(map(len, words)) > 3 * LEAST_WORDS:
                yield RECORD, words


def _is_order(run: Sequence[str], counts: Mapping[str, int], few: int) -> bool:
    """Tell whether a run is no more than values in their order that many records have, such as years."""
    ordered = sorted(set(run))
    return list(run) in (ordered, ordered[::-1]) and min(counts[cell] for cell in run) >= few


def _tells(cell: str) -> bool:
    """Tell whether a value can be recognised: a text or a date, not a mere number.

    A date counts in the form in which data and ledger hold it; every date that the report prints is in the
    ledger.
    """
    return len(cell) >= LEAST_LETTERS and not re.fullmatch(r"[\d.,+-]*\d(?<!\d-\d\d)(?<!\d-\d\d-\d\d)", cell)
