"""The words round a number, each with a weight: its own clause most, then sentence, paragraph, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evidentia.compare.documents.passage import Passage
from evidentia.compare.foreign.numbers import Number
from evidentia.compare.foreign.terms import terms, years

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[A-Z“‘\"(\[0-9])")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|approx|no|fig|et al|cf|ca|dr|mr|ms|st)\.|\b[A-Z]\.)$", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"[,;:()\[\]\N{EN DASH}\N{EM DASH}|]\s|[()]|\b(?:and|while|whereas|compared|against|but|versus|than"
    r"|although|or)\b"
    r"|\bwith(?=\s[£€$]?\d)",
    re.IGNORECASE,
)
_CLAUSE_WEIGHT, _SENTENCE_WEIGHT, _SHARED_WEIGHT, _BEFORE, _EARLIER, _PASSAGE_BEFORE = (
    1.0,
    0.6,
    0.45,
    0.4,
    0.2,
    0.15,
)
_HEAD, _ABOVE, _CAPTION, _RANGE = 0.35, 0.2, 0.6, 120
_BACK = 4  # sentences before that are looked at
_FROM_TO = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_IN_YEAR = re.compile(
    r"^[^.;,\d]{0,80}?\b(?:in|by|for|during|of|at)\s+(?:the\s+)?(?:\w+\s+){0,5}?$", re.IGNORECASE
)
_INTERVAL = re.compile(
    r"\b(?:CIs?|C\.I\.|confidence intervals?|intervals?|limits?|95%)\b[^.;]{0,30}$", re.IGNORECASE
)
_ERROR = re.compile(r"\b(?:standard (?:error|deviation)s?|SE|s\.e\.|SD|s\.d\.)\W{0,4}(?:of|=|is|was)?\s*$")
_HEADS_INTERVAL = re.compile(r"\b(?:CI|interval|limits?|lower|upper)\b", re.IGNORECASE)
_HEADS_ERROR = re.compile(r"\b(?:standard (?:error|deviation)|SE|s\.e\.|SD)\b")


@dataclass(frozen=True)
class Context:
    """What stands round a number.

    Attributes
    ----------
    sentence : str
        The sentence, or the row of a table.
    start : int
        Where in the passage the sentence begins.
    weights : mapping of str to float
        Terms and how near they are, from 0 to 1.
    years : tuple of int
        The years that may be meant, the likeliest first.
    role : str
        ``low`` or ``high`` of an interval, ``interval``, ``error`` or empty.
    said : str
        What heads a cell's row and column; empty in a sentence.
    """

    sentence: str
    start: int
    weights: Mapping[str, float]
    years: tuple[int, ...]
    role: str
    said: str = ""


@lru_cache(maxsize=1_000)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a passage start and end."""
    starts = [0]
    for match in _SENTENCE.finditer(text):
        if not _NO_END.search(text[starts[-1] : match.start()].rstrip('"”’)]')):
            starts.append(match.end())
    return tuple(zip(starts, [*starts[1:], len(text)], strict=True))


def context_of(number: Number, passage: Passage, before: Passage | None, numbers: list[Number]) -> Context:
    """Return what stands round a number of a passage.

    Parameters
    ----------
    number : Number
    passage : Passage
    before : Passage or None
        The passage before it under the same heading.
    numbers : list of Number
        All numbers of the passage.
    """
    spans = sentences(passage.text)
    place = next(index for index, (_, end) in enumerate(spans) if number.start < end or end == spans[-1][1])
    start, end = spans[place]
    sentence = passage.text[start:end]
    weighted: dict[str, float] = {}
    cell = passage.role == "cell" or bool(passage.line)
    shared = sum(1 for item in numbers if start <= item.start < end) > 1
    for text, weight in _layers(number, passage, before, spans, place, cell=cell, shared=shared):
        for term in terms(text):
            if weight > weighted.get(term, 0.0):
                weighted[term] = weight
    said = f"{passage.row} {passage.column} {passage.caption}" if cell else ""
    found = _years(number, passage, start, end, numbers)
    if not found:
        earlier = [passage.text[a:b] for a, b in reversed(spans[max(0, place - _BACK) : place])]
        heads = [passage.row, passage.column] if cell else []
        found = _first_years([*heads, *earlier, passage.caption, *reversed(passage.headings)])
    return Context(
        passage.line or sentence.strip(),
        start,
        weighted,
        found,
        _role(number, passage, start, numbers, said),
        said,
    )


def _layers(
    number: Number,
    passage: Passage,
    before: Passage | None,
    spans: Sequence[tuple[int, int]],
    place: int,
    *,
    cell: bool,
    shared: bool,
) -> Iterable[tuple[str, float]]:
    start, end = spans[place]
    own, rest = _clause(passage.text, number, start, end)
    yield own, _CLAUSE_WEIGHT
    yield rest, _SHARED_WEIGHT if shared else _SENTENCE_WEIGHT
    for back, (first, last) in enumerate(reversed(spans[max(0, place - _BACK) : place])):
        yield passage.text[first:last], _EARLIER if back else _BEFORE
    if cell:
        yield passage.row, _CLAUSE_WEIGHT
        yield passage.column, _CLAUSE_WEIGHT
        yield passage.caption, _CAPTION
    elif before is not None:
        yield before.text, _PASSAGE_BEFORE
    for back, heading in enumerate(reversed(passage.headings)):
        yield heading, _ABOVE if back else _HEAD


def _clause(text: str, number: Number, start: int, end: int) -> tuple[str, str]:
    """Return the clause of a number, and the rest of its sentence not too far off.

    A clause of the number alone, as in parentheses, belongs to the one before.
    """
    cuts = [start, *(start + match.start() for match in _CLAUSE.finditer(text[start:end])), end]
    index = max(position for position, cut in enumerate(cuts[:-1]) if cut <= number.start)
    first, last = cuts[index], cuts[index + 1]
    while index > 0 and not terms(text[first : number.start] + " " + text[number.end : last]):
        index -= 1
        first = cuts[index]
    near = text[max(start, first - _RANGE) : first] + " " + text[last : min(end, last + _RANGE)]
    return text[first : number.start] + " " + text[number.end : last], near


def _years(number: Number, passage: Passage, start: int, end: int, numbers: list[Number]) -> tuple[int, ...]:
    """Return the years of a number's sentence, that which is meant first."""
    text = passage.text
    found = [(year, start + place) for year, place in years(text[start:end])]
    if not found:
        return ()
    distinct = list(dict.fromkeys(year for year, _ in found))
    if len(distinct) == 2:
        order = _in_pair(number, text, [item for item in numbers if start <= item.start < end])
        if order is not None:
            return (distinct[order], distinct[1 - order])
    following = next(
        (year for year, place in found if place >= number.end and _IN_YEAR.match(text[number.end : place])),
        None,
    )
    nearest = sorted(found, key=lambda item: min(abs(item[1] - number.end), abs(number.start - item[1] - 4)))
    ordered = ([following] if following else []) + [year for year, _ in nearest]
    return tuple(dict.fromkeys(ordered))


def _in_pair(number: Number, text: str, numbers: list[Number]) -> int | None:
    """Return 0 or 1 for the first or second number of 'from 45 to 43', where no year stands between."""
    for first, second in zip(numbers, numbers[1:], strict=False):
        between = text[first.end : second.start]
        if _FROM_TO.search(text[: first.start]) and re.fullmatch(r"\s*to\s*", between):
            if number is first or number == first:
                return 0
            if number is second or number == second:
                return 1
    return None


def _first_years(texts: Iterable[str]) -> tuple[int, ...]:
    """Return the years of the first text that has any, the last one first: that is what it ends with."""
    for text in texts:
        found = [year for year, _ in years(text)]
        if found:
            return tuple(dict.fromkeys(reversed(found)))
    return ()


def _role(number: Number, passage: Passage, start: int, numbers: list[Number], said: str) -> str:
    if said and (head := _HEADS_INTERVAL.search(passage.column) or _HEADS_INTERVAL.search(passage.row)):
        return {"lower": "low", "upper": "high"}.get(head[0].lower(), "interval")
    if said and _HEADS_ERROR.search(passage.column + " " + passage.row):
        return "error"
    before = passage.text[start : number.start]
    if _ERROR.search(before):
        return "error"
    first = number
    for item in numbers:
        if item.start < number.start and re.fullmatch(
            r"\s*(?:to|,|-|\N{EN DASH}|and)\s*", passage.text[item.end : number.start]
        ):
            first = item
    if not _INTERVAL.search(passage.text[start : first.start]):
        return ""
    return "low" if first is number else "high"
