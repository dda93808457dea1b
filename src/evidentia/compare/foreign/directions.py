"""Words of comparison near bound numbers that the ledger contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from evidentia.compare.documents.passage import Passage
from evidentia.compare.foreign.context import sentences
from evidentia.compare.foreign.entries import scaled
from evidentia.compare.foreign.verdict import BOUND, Remark, Verdict
from evidentia.core.ledger import Entry, display

_UP = (
    r"rose|risen|rises?|rising|grew|grown|grows?|growing|increas(?:ed?|es|ing)|climbed|went up|gone up"
    r"|improved|doubled"
)
_DOWN = (
    r"fell|fallen|falls?|falling|dropped|drops?|declin(?:ed?|es|ing)|decreas(?:ed?|es|ing)"
    r"|reduc(?:ed|es|tion)|shrank|went down|gone down|halved"
)
_MOVED = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_MORE = r"higher|more|greater|larger|above|longer|better"
_LESS = r"lower|less|fewer|smaller|below|shorter|worse"
_THAN = re.compile(rf"\b(?:(?P<up>{_MORE})|(?P<down>{_LESS}))\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no|neither|nor|without|non|never|isn't|wasn't)\b[^.;,]{0,60}$|\b(?:insignificant|non-?significant)\b",
    re.IGNORECASE,
)
_SIGNIFICANT = re.compile(r"\b(?:statistically\s+)?(?P<in>in|non-?)?significant(?:ly)?\b", re.IGNORECASE)
_LEVEL = Decimal("0.05")
_TO = re.compile(r"^\W*(?:[^.;,\d]{0,40}?\b(?:in|at)\b[^.;,\d]{0,30}\d{4}\W*)?to\W", re.IGNORECASE)


def directions(passage: Passage, verdicts: list[Verdict], ledger: Mapping[str, Entry]) -> Iterator[Remark]:
    """Yield the words of a passage that its bound numbers contradict."""
    if passage.line:
        return
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end].strip()
        bound = [
            item
            for item in verdicts
            if start <= item.number.start < end and item.status == BOUND and item.ids and not item.why
        ]
        place = passage.place
        values = [(item, scaled(ledger[item.ids[0]])) for item in bound if item.ids[0] in ledger]
        known = [(item, value) for item, value in values if value is not None]
        for what, ids in (
            *_moved(passage.text, start, end, known, ledger),
            *_compared(passage.text, start, end, known, ledger),
            *_significant(passage.text[start:end], start, known, ledger),
        ):
            yield Remark("words", place, what, sentence, ids)


Found = list[tuple[Verdict, Decimal]]
Said = Iterator[tuple[str, tuple[str, ...]]]


def _moved(text: str, start: int, end: int, known: Found, ledger: Mapping[str, Entry]) -> Said:
    """Yield 'rose from A to B' and 'fell by X' where A, B and X say otherwise."""
    for match in _MOVED.finditer(text, start, end):
        later = [(item, value) for item, value in known if item.number.start >= match.end()]
        if not later:
            continue
        first = later[0][0]
        between = text[match.end() : first.number.start]
        up = bool(match["up"])
        if re.search(r"\d|[;:]", between) or len(between) > 90 or _MOVED.search(between):
            continue
        if re.search(r"\bfrom\W*$", between, re.IGNORECASE) and len(later) > 1:
            second = later[1][0]
            if not _TO.match(text[first.number.end : second.number.start]):
                continue
            before, after = later[0][1], later[1][1]
            same = ledger[first.ids[0]]["unit"] == ledger[second.ids[0]]["unit"]
            if same and before != after and (after > before) != up:
                shown = f"{display(ledger[first.ids[0]])} to {display(ledger[second.ids[0]])}"
                yield f"'{match[0]}', but the ledger has {shown}", (first.ids[0], second.ids[0])
        elif re.search(r"\bby\W*(?:around |about |nearly |almost )?$", between, re.IGNORECASE):
            entry, value = ledger[first.ids[0]], later[0][1]
            if _is_change(first.ids[0], entry) and value and (value > 0) != up:
                yield f"'{match[0]}', but the ledger has {display(entry)}", (first.ids[0],)


def _is_change(id: str, entry: Mapping[str, object]) -> bool:
    """Tell whether an entry's sign is that of a change over time."""
    return bool(re.search(r"chang|slope|moved|growth", f"{id} {entry['label']}", re.IGNORECASE))


def _compared(text: str, start: int, end: int, known: Found, ledger: Mapping[str, Entry]) -> Said:
    """Yield 'A, higher than B' where A is not: a sentence with two numbers of one unit and one comparison."""
    words = list(_THAN.finditer(text, start, end))
    numbers = [(item, value) for item, value in known if item.number.unit != "p_value"]
    if len(words) != 1 or len(numbers) != 2 or re.search(r"\brather than\b", text[start:end], re.IGNORECASE):
        return
    (first, before), (second, after) = numbers
    one, other = ledger[first.ids[0]], ledger[second.ids[0]]
    than = re.search(r"\bthan\b", text[words[0].end() : end], re.IGNORECASE)
    word = words[0]["up"] or words[0]["down"]
    if one["unit"] != other["unit"] or before == after or _NOT.search(text[start : words[0].start()]):
        return
    between = text[first.number.end : second.number.start]
    compared = re.search(r"\b(?:than|compared (?:with|to)|against|versus|vs)\b", between, re.IGNORECASE)
    if than is None or not compared or re.search(r"\d", text[words[0].end() : first.number.start]):
        return
    if (before > after) != bool(words[0]["up"]):
        shown = f"{display(one)} and {display(other)}"
        yield f"'{word} than', but the ledger has {shown}", (first.ids[0], second.ids[0])


def _significant(sentence: str, start: int, known: Found, ledger: Mapping[str, Entry]) -> Said:
    """Yield 'significant' where the p-value of the sentence, or of its one estimate, is above 5%."""
    found = list(_SIGNIFICANT.finditer(sentence))
    if len(found) != 1:
        return
    match = found[0]
    said = not (match["in"] or _NOT.search(sentence[: match.start()]))
    tests = {id: ledger[id] for item, _ in known if (id := _test_of(item.ids[0], ledger))}
    if len(tests) != 1 or re.search(r"\b(?:1|10)\s?%\s+level", sentence):
        return
    id, entry = next(iter(tests.items()))
    value = scaled(entry)
    if value is not None and (value < _LEVEL) != said:
        yield f"'{'' if said else 'not '}significant', but {id} is {display(entry)}", (id,)


def _test_of(id: str, ledger: Mapping[str, Entry]) -> str:
    """Return the p-value that belongs to a number."""
    if ledger[id]["unit"] == "p_value":
        return id
    stem, _, last = id.rpartition(".")
    beside = f"{stem}.p_value"
    return beside if last in ("estimate", "ci_low", "ci_high") and beside in ledger else ""
