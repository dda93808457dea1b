"""Saying which covariate tells the two groups apart, when no propensity can be fitted."""

from __future__ import annotations

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.designs.ipw.arrays import Array, Mask
from evidentia.designs.ipw.logit import basis as orthogonal
from evidentia.designs.ipw.logit import separates
from evidentia.designs.ipw.terms import INTERCEPT, Terms

REMEDY = (
    "compare only people who could have been in either group: leave the term out, merge its levels, "
    "or take the people out whom it sets apart"
)


def separation(terms: Terms, kept: list[int], treated: Mask, where: str) -> EvidentiaError:
    """Return the error for a propensity model that separates the groups.

    Parameters
    ----------
    terms : Terms
    kept : list of int
        Terms that are no combination of those before them.
    treated : array of bool
    where : str
        The file.
    """
    single = [
        said
        for name, column in zip(terms.names, terms.matrix.T, strict=True)
        if (said := _by_itself(name, column, treated))
    ]
    if single:
        pattern = "; ".join(single)
    else:
        names = [terms.names[index] for index in _involved(kept, treated, terms)]
        pattern = (
            f"a combination of {', '.join(names)} sets people of one group apart from all people of the other"
        )
    return EvidentiaError(f"the propensity model separates the groups: {pattern}", where=where, remedy=REMEDY)


def _by_itself(name: str, column: Array, treated: Mask) -> str:
    """Say how one term separates the groups, or return an empty text."""
    if name == INTERCEPT:
        return ""
    ours, theirs = column[treated], column[~treated]
    low, high = column.min(), column.max()
    if np.isin(column, (low, high)).all():
        for value in (high, low):
            counts = int((ours == value).sum()), int((theirs == value).sum())
            if 0 in counts:
                who = "treated" if counts[1] == 0 else "comparators"
                return f"all {sum(counts)} people with {name} = {value:g} are {who}"
        return ""
    for above, below, words in (
        (ours, theirs, ("treated", "comparators")),
        (theirs, ours, ("comparators", "treated")),
    ):
        if above.min() >= below.max():
            return (
                f"no one of the {words[0]} has {name} below {above.min():g}, no one of the {words[1]} above"
                f" {below.max():g}"
            )
    return ""


def _involved(given: list[int], treated: Mask, terms: Terms) -> list[int]:
    """Return the terms that make up a separating combination, as few as can be found by leaving out one after
    another.
    """
    kept = [index for index in given if terms.names[index] != INTERCEPT]
    always = [index for index in given if terms.names[index] == INTERCEPT]
    for index in list(kept):
        fewer = [other for other in kept if other != index]
        if (
            fewer
            and separates(orthogonal(terms.matrix[:, always + fewer]).matrix, treated.astype(float))
            is not None
        ):
            kept = fewer
    return kept
