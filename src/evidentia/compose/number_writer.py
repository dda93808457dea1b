"""Numbers printed in a chapter, and words that the program chooses by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from evidentia.compose.claims import Use
from evidentia.compose.markup import attribute, escape
from evidentia.compose.private import ENDS, FOLLOWS
from evidentia.compose.synthetic import RESTS
from evidentia.compose.template import current_line
from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.language import later, translate
from evidentia.core.ledger import Entry, display
from evidentia.core.synthetic import rests

_BETWEEN, _FROM_TO = later("{low} to {high}"), later("from {low} to {high}")
_MOVED = (later("fell"), later("did not change"), later("rose"))
_COMPARED = (later("lower than"), later("the same as"), later("higher than"))


class NumberWriter:
    """Functions that print numbers, and words that follow them, with the record of every use.

    Parameters
    ----------
    ledger : mapping of str to entry
        All numbers by id.
    """

    def __init__(self, ledger: Mapping[str, Entry]) -> None:
        self.ledger = ledger
        self.uses: list[Use] = []
        self.faults: list[EvidentiaError] = []
        self.chapter = ""
        self.path = ""
        self.known: list[re.Pattern[str]] = []  # names that hold digits
        self.rows: set[int] = set()  # lines of the chapter that are rows of a table
        self.instead: Callable[[Entry, str], str] = lambda entry, words: words
        self.inside = ""  # the anchor of a figure or table whose plain text is being written

    def fault(self, error: EvidentiaError, line: int) -> str:
        """Keep a fault with its place, and return what stands in the text instead."""
        self.faults.append(EvidentiaError(error.what, where=f"{self.path}, line {line}", remedy=error.remedy))
        return "?"

    def entry(self, id: str) -> Entry:
        """Return a number's entry, or raise with the nearest id."""
        if id not in self.ledger:
            raise EvidentiaError(f"unknown number id '{id}'", remedy=did_you_mean(id, self.ledger))
        return self.ledger[id]

    def n(self, id: str, spec: str = "", *, suppressed: str = "") -> str:
        """Print a number in a format, and note the use; where it is suppressed, a sentence needs words."""
        try:
            entry = self.entry(id)
            if entry.get("suppressed") and not (self.inside or current_line() in self.rows):
                return self._follows(self.instead(entry, suppressed))
        except EvidentiaError as error:
            return self.fault(error, current_line())
        return self.cell(id, spec)

    def cell(self, id: str, spec: str = "") -> str:
        """Print a number as `n` does, or the mark of a suppressed one, in a table."""
        line = current_line()
        try:
            words = self._print(id, display(self.entry(id), spec), line)
            held = "relative" in spec.split() and not self.inside  # its "lower" follows the number by itself
            return f"{FOLLOWS}{words}{ENDS}" if held else words
        except EvidentiaError as error:
            return self.fault(error, line)

    def _print(self, id: str, text: str, line: int) -> str:
        anchor = self.inside or f"n-{len(self.uses) + 1}"
        self.uses.append(Use(id, self.chapter, anchor, text, line))
        words = text if self.inside else f"[{escape(text)}]{{#{anchor} .n data-id={attribute(id)}}}"
        return words + self.rests_mark(id)

    def rests_mark(self, *ids: str) -> str:
        """Return the private mark of words that rest on synthetic records, if one of these numbers does."""
        return RESTS if any(rests(self.ledger[id]["source"]) for id in ids) else ""

    def interval(self, estimate: str, spec: str = "") -> str:
        """Print an estimate's confidence interval: "from 1 to 21 percentage points".

        Parameters
        ----------
        estimate : str
            The id without its last part; its ``ci_low`` and ``ci_high`` are printed, for ``abs`` the
            smaller size first.
        spec : str
            Format of both limits; the unit is named once.
        """
        return self.span(f"{estimate}.ci_low", f"{estimate}.ci_high", spec, words=_FROM_TO)

    def span(self, low: str, high: str, spec: str = "", *, words: str | tuple[str, str] = _BETWEEN) -> str:
        """Print a range from 2 numbers of the same unit, which is named once: "6 to 12 months"."""
        line = current_line()
        try:
            first, last = self._pair(low, high)
            if "abs" in spec.split() and abs(first["value"]) > abs(last["value"]):
                low, high, first, last = high, low, last, first
            start, end = display(first, spec), display(last, spec)
            start = re.split(r"(?<=\d)\s", start)[0]  # the unit's words stand once, at the end
            ends = self._print(low, start, line), self._print(high, end, line)
            if isinstance(words, str):
                return translate(words, low=ends[0], high=ends[1])
            return f"{words[0]}{ends[0]}{words[1]}{ends[1]}"  # the author's own words
        except EvidentiaError as error:
            return self.fault(error, line)

    def moved(self, before: str, after: str, spec: str = "") -> str:
        """Return "rose", "fell" or "did not change", by the two numbers as they are printed."""
        return self._by_direction(before, after, spec, _MOVED)

    def compared(self, id: str, other: str, spec: str = "") -> str:
        """Return "lower than", "the same as" or "higher than", by the two numbers as they are printed."""
        return self._by_direction(other, id, spec, _COMPARED)

    def plural(self, id: str, one: str, other: str) -> str:
        """Return the word that goes with a number: the first if it prints as 1, else the second."""
        line = current_line()
        try:
            return self._follows(one if display(self._valued(self.entry(id)), "plain") == "1" else other, id)
        except EvidentiaError as error:
            return self.fault(error, line)

    def has_value(self, id: str) -> bool:
        """Tell whether a number has a value that may be printed, for words that are left out where it has
        none.
        """
        line = current_line()
        try:
            return self.entry(id)["value"] is not None
        except EvidentiaError as error:
            self.fault(error, line)
            return True  # so that the words are read, and their own mistakes said too

    def _by_direction(self, before: str, after: str, spec: str, words: tuple[str, str, str]) -> str:
        line = current_line()
        try:
            first, last = self._pair(before, after)
            if display(first, spec) == display(last, spec):
                return self._follows(translate(words[1]), before, after)
            chosen = words[0] if last["value"] < first["value"] else words[2]
            return self._follows(translate(chosen), before, after)
        except EvidentiaError as error:
            return self.fault(error, line)

    def _follows(self, words: str, *ids: str) -> str:
        """Mark words that the program chose after the numbers, so that they need no claim."""
        words += self.rests_mark(*ids)
        return words if self.inside else f"{FOLLOWS}{words}{ENDS}"

    def _pair(self, before: str, after: str) -> tuple[Entry, Entry]:
        first, last = self.entry(before), self.entry(after)
        if first["unit"] != last["unit"]:
            raise EvidentiaError(
                f"'{before}' is in {first['unit']} and '{after}' in {last['unit']}",
                remedy="compare numbers of the same unit",
            )
        for entry in (first, last):
            self._valued(entry)
        return first, last

    def _valued(self, entry: Entry) -> Entry:
        """Return an entry, or raise if it has no value that words could follow."""
        if entry["value"] is None:
            why = (
                "is suppressed, so that nobody can be identified"
                if entry.get("suppressed")
                else "has no value"
            )
            raise EvidentiaError(f"the number '{entry['id']}' {why}", remedy="compare others")
        return entry

    def change(self, before: str, after: str, spec: str = "", *, by: str = "") -> str:
        """Write a change from two numbers: "fell from 10% to 6%, by 4 percentage points".

        Parameters
        ----------
        before, after : str
            Number ids of the same unit.
        spec : str
            Format of both.
        by : str
            Id of the difference, printed as well; it must be the difference.
        """
        line = current_line()
        try:
            first, last = self._pair(before, after)
            old, new = display(first, spec), display(last, spec)
            if old == new:
                unchanged = self._follows(translate("did not change"))
                return f"{unchanged} ({self._print(after, new, line)})"
            text = translate(
                "{verb} from {before} to {after}",
                verb=self._follows(translate("fell" if last["value"] < first["value"] else "rose")),
                before=self._print(before, old, line),
                after=self._print(after, new, line),
            )
            if not by:
                return text
            difference = self._difference(first, last, by, spec, line)
            return translate("{change}, by {difference}", change=text, difference=difference)
        except EvidentiaError as error:
            return self.fault(error, line)

    def _difference(self, first: Entry, last: Entry, by: str, spec: str, line: int) -> str:
        entry = self._valued(self.entry(by))
        if abs(entry["value"] - (last["value"] - first["value"])) > 1e-9 * max(1.0, abs(last["value"])):
            raise EvidentiaError(
                f"'{by}' is not the difference between '{first['id']}' and '{last['id']}'",
                remedy="name their difference",
            )
        places = " ".join(word for word in spec.split() if word.endswith("dp"))
        return self._print(by, display(entry, f"abs {places}".strip()), line)
