"""Which entries of the ledger the words round a number speak of."""

from __future__ import annotations

from dataclasses import dataclass

from evidentia.compare.foreign.context import Context
from evidentia.compare.foreign.entries import Index, Known, fits, suits
from evidentia.compare.foreign.numbers import Number

_MORE = 0.35  # of a term's weight, where the id or the report's own words have it and the label does not
_YEAR_IS, _YEAR_NEAR, _YEAR_NOT, _YEAR_UNSAID = 1.25, 0.95, 0.4, 0.85
_ROLE_IS, _ROLE_NOT = 1.3, 0.3
_ROLE_OTHER = 0.75
_SHARE = 0.35
NEAR = 0.7
"""How near to the best score one has to come to be looked at."""
_MOST = 25
OWN, _SAID, _FAR, _UNSAID = 0.95, 0.5, 0.3, 0.4
_MARGIN, _YEAR_WORTH, _CLAUSE_WORTH = 0.16, 0.5, 0.5  # of the weight of a word that one label alone has
LEAST = 0.05
"""Below this, words have nothing to do with an entry."""


@dataclass(frozen=True)
class Candidate:
    """An entry that may be meant.

    Attributes
    ----------
    known : Known
    score : float
        How well words, years, role and unit agree; 1 is as well as can be.
    shared : float
        The weight of the words that agree.
    fits : bool
        Whether the value prints as the document has it.
    """

    known: Known
    score: float
    shared: float
    fits: bool


def candidates(number: Number, context: Context, index: Index) -> list[Candidate]:
    """Return the entries whose unit suits, the best first."""
    shared: dict[str, float] = {}
    for term, near in context.weights.items():
        weight = index.weights.of(term)
        for id in index.found_by.get(term, ()):
            own = term in index.known[id].terms
            shared[id] = shared.get(id, 0.0) + near * (weight if own else weight * _MORE)
    found = []
    for id, weight in shared.items():
        known = index.known[id]
        factor = suits(number, known.unit, context.said)
        if not factor:
            continue
        score = _agreement(weight, index.size[id], index.middle) * factor
        score *= _years(known, context) * _role(known, number, context)
        if score >= LEAST:
            found.append(Candidate(known, score, weight, fits(number, known.value)))
    return sorted(found, key=lambda item: (-item.score, item.known.id))


def _agreement(shared: float, size: float, middle: float) -> float:
    """Return how far a label is said: between its share that is said, and how much that is."""
    return _SHARE * min(1.0, shared / size if size else 0.0) + (1 - _SHARE) * 2 * shared / (size + middle)


def _years(known: Known, context: Context) -> float:
    if not known.years:
        return 1.0
    if not context.years:
        return _YEAR_UNSAID
    if len(known.years) > 1:
        said = known.years & set(context.years)
        return _YEAR_IS if said == known.years else _YEAR_NEAR if said else _YEAR_NOT
    if context.years[0] in known.years:
        return _YEAR_IS
    return _YEAR_NEAR * 0.8 if known.years & set(context.years) else _YEAR_NOT


def _role(known: Known, number: Number, context: Context) -> float:
    if known.unit == "p_value":
        return 1.0
    role = context.role
    if role == "interval" and known.role in ("low", "high"):
        role = known.role
    if role == known.role:
        return _ROLE_IS if known.role else 1.0
    if role in ("low", "high") and known.role in ("low", "high"):
        turned = not number.signed and known.value is not None and known.value < 0
        return _ROLE_IS if turned else _ROLE_OTHER
    return _ROLE_NOT


def meant(found: list[Candidate], context: Context, index: Index) -> list[Candidate]:
    """Return the candidates that may be meant: near the best, and beaten by none of the others.

    Of two that share most of their words, that is meant whose own words stand nearer; one with words of its
    own that are not said is beaten by one without.
    """
    if not found:
        return []
    near = [item for item in found[:_MOST] if item.score >= found[0].score * NEAR]
    return [
        item
        for item in near
        if not any(_beats(other.known, item.known, context, index) for other in near if other is not item)
    ]


def _beats(one: Known, other: Known, context: Context, index: Index) -> bool:
    if one.label == other.label:
        return False
    most = index.weights.most
    mine = _support(one.terms - other.terms, context, index) + _marked(one, other, context) * most
    theirs = _support(other.terms - one.terms, context, index) + _marked(other, one, context) * most
    if one.years != other.years and len(one.years) == len(other.years) == 1 and context.years:
        first = context.years[0]
        mine += _YEAR_WORTH * most * (first in one.years)
        theirs += _YEAR_WORTH * most * (first in other.years)
    mine_near, theirs_near = (
        _near(own, context) for own in (one.terms - other.terms, other.terms - one.terms)
    )
    mine += _CLAUSE_WORTH * most * (mine_near and not theirs_near)
    theirs += _CLAUSE_WORTH * most * (theirs_near and not mine_near)
    return mine > theirs + _MARGIN * most


def _near(own: frozenset[str], context: Context) -> bool:
    """Tell whether a number's own clause has one of the words that only one of two entries has."""
    return any(context.weights.get(term, 0.0) >= OWN for term in own)


def _marked(one: Known, other: Known, context: Context) -> float:
    """Return how far the ordinal of an id is said, such as that of the first wave."""
    return _YEAR_WORTH * max(
        (context.weights.get(mark, 0.0) for mark in one.marks - other.marks), default=0.0
    )


def _support(own: frozenset[str], context: Context, index: Index) -> float:
    """Return how far the words that only one of two entries has are said: unsaid ones count against it."""
    total = 0.0
    for term in own:
        near = context.weights.get(term, 0.0)
        said = near if near >= OWN else near / 2 if near >= _SAID else 0.0 if near >= _FAR else -_UNSAID
        total += index.weights.of(term) * said
    return total
