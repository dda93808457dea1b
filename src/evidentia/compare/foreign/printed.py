"""The sentences of the report, to find a sentence of another document again, whatever its numbers are now."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evidentia.compare.foreign.numbers import Number, numbers_in
from evidentia.core.ledger import Entry
from evidentia.core.synthetic import synthetic_mark

_PLACE = re.compile(r"[^\W\d_]+|\N{REPLACEMENT CHARACTER}")
_HOLE = "\N{REPLACEMENT CHARACTER}"
_ALIKE, _SHARE = 0.75, 0.5
_CANDIDATES = 6
_MEASURE = "\N{SYMBOL FOR UNIT SEPARATOR}"
"""Stands, while sentences are read, between a caption's title and what it measures."""
_LABEL = re.compile(r"\s*(?:Figure|Table|Box|Chart|Exhibit)\s+\w+[.:]\s+(?=\S)", re.IGNORECASE)
_FEWEST = 3
"""Words that a sentence has to have to be known again."""


@dataclass
class Sentence:
    """A sentence, or a table's row, of the report.

    Attributes
    ----------
    words : tuple of str
        Its words; every number is one sign.
    slots : dict of int to str
        The id of each number that is bound, by its place among the numbers.
    chapter : str
    """

    words: tuple[str, ...]
    slots: dict[int, str] = field(default_factory=dict)
    chapter: str = ""


@dataclass(frozen=True)
class Same:
    """A number of the report in the same place of the same sentence.

    Attributes
    ----------
    id : str
    alike : float
        How far the sentences agree; 1 where all words do.
    chapter : str
    """

    id: str
    alike: float
    chapter: str


class Sentences:
    """The report's sentences with a bound number.

    Parameters
    ----------
    ledgers : sequence of mapping
        The present one first, then earlier ones, whose sentences count where the present has none.
    """

    def __init__(self, *ledgers: Mapping[str, Entry]) -> None:
        self.known: dict[tuple[str, ...], list[Sentence]] = {}
        for ledger in ledgers:
            before = set(self.known)
            for sentence in _sentences(ledger):
                if sentence.words not in before:
                    self.known.setdefault(sentence.words, []).append(sentence)
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        for words in self.known:
            for word in set(words) - {_HOLE}:
                self._by_word.setdefault(word, []).append(words)
        self._found: dict[str, list[tuple[Sentence, float, dict[int, int]]]] = {}

    def same(self, text: str, number: int) -> list[Same]:
        """Return the bound numbers in the place of a number of a sentence.

        Parameters
        ----------
        text : str
            The other document's sentence.
        number : int
            Which of its numbers, from 0.
        """
        if label := _LABEL.match(text):
            number -= len(numbers_in(label[0]))
            text = text[label.end() :]
        if text not in self._found:
            self._found[text] = list(self._like(words_of(text, numbers_in(text))))
        return [
            Same(sentence.slots[places[number]], alike, sentence.chapter)
            for sentence, alike, places in self._found[text]
            if number in places and places[number] in sentence.slots
        ]

    def _like(self, words: tuple[str, ...]) -> Iterator[tuple[Sentence, float, dict[int, int]]]:
        """Yield the report's sentences like one, how like, and which number of it is which of theirs."""
        if len(set(words) - {_HOLE}) < _FEWEST and words not in self.known:
            return
        if words in self.known:
            for sentence in self.known[words]:
                count = words.count(_HOLE)
                yield sentence, 1.0, {index: index for index in range(count)}
            return
        votes: Counter[tuple[str, ...]] = Counter()
        for word in set(words) - {_HOLE}:
            found = self._by_word.get(word, [])
            if len(found) < len(self.known) * _SHARE:
                votes.update(found)
        for other, _ in votes.most_common(_CANDIDATES):
            matcher = difflib.SequenceMatcher(None, words, other, autojunk=False)
            if matcher.real_quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
                continue
            places = dict(_aligned(words, other, matcher))
            for sentence in self.known[other]:
                yield sentence, matcher.ratio(), places


def words_of(text: str, numbers: list[Number]) -> tuple[str, ...]:
    """Return a text's words in lower case, with one sign for each number."""
    parts, end = [], 0
    for number in numbers:
        digits = re.match(r"[^\s\N{NO-BREAK SPACE}]*", text[number.start : number.end])
        stop = number.end if number.spelt or digits is None else number.start + digits.end()
        parts += [text[end : number.start], _HOLE]
        end = max(stop, number.start)
    joined = " ".join([*parts, text[end:]]).replace(synthetic_mark(), " ")
    return tuple(_PLACE.findall(joined.casefold()))


def _aligned(
    words: tuple[str, ...], other: tuple[str, ...], matcher: difflib.SequenceMatcher[str]
) -> Iterator[tuple[int, int]]:
    """Yield which number of a sentence stands in the place of which of the other."""
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            if words[block.a + offset] == _HOLE:
                yield (
                    words[: block.a + offset].count(_HOLE),
                    other[: block.b + offset].count(_HOLE),
                )


def _sentences(ledger: Mapping[str, Entry]) -> Iterator[Sentence]:
    uses: dict[tuple[str, int, str], list[tuple[int, str, str]]] = {}
    for id, entry in ledger.items():
        for use in entry.get("uses", []):
            order = re.fullmatch(r"n-(\d+)", str(use.get("anchor", "")))
            if order and use.get("sentence"):
                place = (str(use.get("chapter", "")), int(use.get("line") or 0), _plain(str(use["sentence"])))
                printed = _spaces(str(use.get("printed", "")))
                uses.setdefault(place, []).append((int(order[1]), id, printed))
    for (chapter, _, text), bound in uses.items():
        for part in _parts(text):
            numbers = numbers_in(part)
            sentence = Sentence(words_of(part, numbers), {}, chapter)
            _fill(sentence, part, numbers, sorted(bound))
            if sentence.slots:
                yield sentence


def _parts(text: str) -> Iterator[str]:
    """Yield a sentence, and of a caption its title and what it measures as well."""
    plain = text.replace(_MEASURE, " ")
    yield plain
    title, mark, measure = text.partition(_MEASURE)
    if mark:
        yield title
        yield measure


def _fill(
    sentence: Sentence,
    text: str,
    numbers: list[Number],
    bound: list[tuple[int, str, str]],
) -> None:
    """Say which number of a sentence is which: in the order in which they were bound, as far as it goes."""
    cursor = 0
    for _, id, printed in bound:
        starts = [match.start() for match in re.finditer(re.escape(printed), text)] if printed else []
        starts = [start for start in starts if start >= cursor] + [
            start for start in starts if start < cursor
        ]
        for start in starts:
            stop = start + len(printed)
            index = next(
                (
                    place
                    for place, item in enumerate(numbers)
                    if start <= item.start and _end(text, item) <= stop
                ),
                -1,
            )
            if index >= 0 and index not in sentence.slots:
                sentence.slots[index] = id
                cursor = max(cursor, stop)
                break


def _end(text: str, number: Number) -> int:
    """Return where the digits of a number end, without its unit."""
    digits = re.match(r"\W?\d(?:[\d.,]*\d)?", text[number.start :])
    return number.start + digits.end() if digits else number.end


def _plain(sentence: str) -> str:
    """Return a sentence as a reader sees it; of a table's row, the cells as an audit joins them."""
    sentence = re.sub(r"\[(?=[^\]]*\]\{\.measure\})", _MEASURE, sentence)
    sentence = re.sub(r"\[\[\w+\]\]\{\.synthetic\}", _MEASURE, sentence)
    text = _spaces(re.sub(r"\]\{\.[\w-]+\}|\[(?=[^\]]*\]\{)", " ", sentence))
    if text.startswith("|"):
        return " | ".join(cell.strip() for cell in text.strip().strip("|").split("|"))
    return text


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text)
