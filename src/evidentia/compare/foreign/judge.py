"""Judging a number: bound to the ledger, stale against an earlier one, or without origin.

The evidence, the strongest first: the document itself says which number it is (a content control, the page's
own mark); the sentence is one of the report's, and the number stands in the place of a bound one; the words
round it speak of an entry. A value that fits an entry of which the words do not speak proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evidentia.compare.foreign.context import Context
from evidentia.compare.foreign.entries import fits, index_of, suits
from evidentia.compare.foreign.numbers import Number
from evidentia.compare.foreign.past import Version, changed, gone
from evidentia.compare.foreign.printed import Same
from evidentia.compare.foreign.rank import OWN, Candidate, candidates, meant
from evidentia.compare.foreign.verdict import (
    BOUND,
    CERTAIN,
    FAIR,
    NONE,
    STALE,
    STRONG,
    UNJUDGED,
    WEAK,
    Verdict,
)
from evidentia.core.ledger import Entry, display
from evidentia.core.number_words import tokens
from evidentia.core.units import UNITS
from evidentia.core.word_format import tag_of

CLEAR, TOPIC, ENOUGH = 0.55, 0.34, 0.42
"""The score from which words clearly speak of an entry, that from which they do at all, and that from which a
value that fits something else is wrong."""
_SHARED = 0.66  # of the weight of a word that one label alone has
_SMALL, _DIGITS, _SUITS = 10, 3, 0.9
_MOST = 3


class Judge:
    """Holds numbers against a ledger and its past.

    Parameters
    ----------
    ledger : mapping of str to entry
    versions : sequence of Version
        Earlier ledgers, the newest first.
    """

    def __init__(self, ledger: Mapping[str, Entry], versions: Sequence[Version]) -> None:
        self.ledger = ledger
        self.versions = versions
        self.index = index_of(ledger, dict(gone(ledger, versions)))
        self.past = changed(ledger, versions)
        self.tags = {tag_of(id): id for id in ledger if tag_of(id) != id}

    def by_id(self, verdict: Verdict, id: str) -> None:
        """Judge a number of which the document itself says which it is."""
        self._held(verdict, [id], CERTAIN)

    def by_sentence(self, verdict: Verdict, same: list[Same]) -> bool:
        """Judge a number by its place in a sentence of the report; tell whether that was possible."""
        ids = list(dict.fromkeys(item.id for item in same if self._possible(verdict.number, item.id)))
        if not ids:
            return False
        whole = any(item.alike > 0.999 for item in same)
        self._held(verdict, ids, CERTAIN if whole else STRONG)
        return True

    def by_date(self, verdict: Verdict, same: list[Same]) -> bool:
        """Judge a part of a date by its place in a sentence of the report; tell whether that was possible."""
        id = next((item.id for item in same if self.ledger.get(item.id, {}).get("unit") == "date"), "")
        if not id:
            return False
        entry = self.ledger[id]
        forms = [display(entry), *(str(use.get("printed", "")) for use in entry.get("uses", []))]
        if _stands_in(verdict.number.text, forms):
            _bind(verdict, [id], CERTAIN)
            return True
        for version in self.versions:
            before = version.ledger.get(id)
            if before is not None and _stands_in(verdict.number.text, [display(before)]):
                verdict.status, verdict.strength, verdict.ids = STALE, CERTAIN, [id]
                verdict.why = f"it was {display(before)} in {version}, and is {display(entry)} now"
                return True
        verdict.status, verdict.strength, verdict.why = NONE, CERTAIN, self._instead(id, verdict.number)
        return True

    def _possible(self, number: Number, id: str) -> bool:
        known = self.index.known.get(id)
        if known is None:
            return False
        return not number.unit or suits(number, known.unit, "%") > 0 or number.unit == "p_value"

    def _held(self, verdict: Verdict, ids: list[str], strength: str) -> None:
        """Hold a number against the entries that it has to be."""
        number = verdict.number
        known = [self.index.known[id] for id in ids if id in self.index.known]
        fitting = [item.id for item in known if _same_unit(number, item.unit) and fits(number, item.value)]
        if fitting:
            _bind(verdict, fitting, strength)
            return
        if self._stale(verdict, ids, strength):
            return
        verdict.status, verdict.strength, verdict.ids = NONE, strength, []
        verdict.why = self._instead(ids[0], number) if ids else ""

    def by_words(self, verdict: Verdict, context: Context) -> None:
        """Judge a number by the words round it."""
        number = verdict.number
        found = candidates(number, context, self.index)
        near = meant(found, context, self.index)
        verdict.near = [item.known.id for item in found if item.fits and self._speaks(item)]
        fitting = [item for item in near if item.fits]
        loose = number.spelt and not number.unit and number.value <= _SMALL
        if fitting and self._speaks(fitting[0]):
            clear = fitting[0].score >= CLEAR and not loose
            _bind(verdict, [item.known.id for item in fitting[:_MOST]], STRONG if clear else FAIR)
            return
        whole = [item.known.id for item in found if item.fits and _said_whole(item, context)]
        if whole and not loose:
            _bind(verdict, whole[:_MOST], FAIR)
            return
        topical = [item.known.id for item in near if self._speaks(item)]
        if topical and not number.rough and self._stale(verdict, topical, FAIR):
            return
        anywhere = [item for item in found if item.fits]
        long = len(re.sub(r"\D", "", number.text)) >= _DIGITS
        if not anywhere and (long or not topical) and not (near and self._speaks(near[0], ENOUGH)):
            anywhere = self._of_value(number, context)
        if loose or fitting or (anywhere and not (near and self._speaks(near[0], ENOUGH))):
            verdict.status, verdict.strength = UNJUDGED, WEAK
            verdict.ids = [item.known.id for item in anywhere[:_MOST]]
            verdict.why = (
                "the value alone fits, which proves nothing" if anywhere else "a small number in letters"
            )
            return
        verdict.status, verdict.meant = NONE, topical[0] if topical else ""
        verdict.strength = STRONG if found and self._speaks(found[0], CLEAR) else FAIR
        verdict.why = (
            self._instead(topical[0], number) if topical else "nothing in the ledger is of this kind"
        )

    def _speaks(self, item: Candidate, least: float = TOPIC) -> bool:
        """Tell whether words speak of an entry: by the share of its label that they have, and by how rare
        they are.
        """
        return item.score >= least and item.shared >= _SHARED * self.index.weights.most

    def _of_value(self, number: Number, context: Context) -> list[Candidate]:
        """Return the entries that fit a number, whatever the words say."""
        return [
            Candidate(known, 0.0, 0.0, True)
            for known in self.index.known.values()
            if suits(number, known.unit, context.said) >= _SUITS and fits(number, known.value)
        ]

    def _stale(self, verdict: Verdict, ids: Sequence[str], strength: str) -> bool:
        """Tell whether a number is what one of some entries was before, and say so."""
        for id in ids:
            for earlier in self.past.get(id, ()):
                if _same_unit(verdict.number, earlier.entry["unit"]) and fits(verdict.number, earlier.value):
                    now = self.ledger.get(id)
                    verdict.status, verdict.strength, verdict.ids = STALE, strength, [id]
                    verdict.why = f"it was {_shown(earlier.entry, verdict.number)} in {earlier.version}" + (
                        f", and is {_shown(now, verdict.number)} now"
                        if now is not None
                        else ", and is no longer there"
                    )
                    return True
        return False

    def _instead(self, id: str, number: Number) -> str:
        entry = self.ledger.get(id)
        if entry is None:
            return f"the words speak of {id}, which the ledger no longer has"
        return f"the words speak of {id}, which is {_shown(entry, number)}"


def _said_whole(item: Candidate, context: Context) -> bool:
    """Tell whether all words of a label stand in a number's own clause, and its year is meant, however common
    each of them is.
    """
    terms, years = item.known.terms, item.known.years
    dated = not years or (len(years) == 1 and context.years[:1] == tuple(years))
    return dated and len(terms) > 1 and all(context.weights.get(term, 0.0) >= OWN for term in terms)


def _shown(entry: Mapping[str, Any], number: Number) -> str:
    """Return an entry as precisely as a number is printed, or as the report would print it."""
    places = max(0, -int(number.step.normalize().as_tuple().exponent)) if number.step < 1 else 0
    numeric = UNITS[entry["unit"]].numeric
    return display(entry, f"{min(places, 6)}dp" if numeric and places else "")


def _stands_in(text: str, forms: Sequence[str]) -> bool:
    return any(text in tokens(form) for form in forms)


def _same_unit(number: Number, unit: str) -> bool:
    """Tell whether a number that has to be an entry can be in its unit; a number that says none can."""
    return not number.unit or suits(number, unit, "%") > 0


def _bind(verdict: Verdict, ids: list[str], strength: str) -> None:
    verdict.status, verdict.strength, verdict.ids = BOUND, strength, ids
