"""Places in a source that a citation names: ``[@austin2015, p. 3]``, ``@austin2015 [chap. 4]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TERM = r"""(?:pp?\.?|pages?|ch(?:ap)?s?\.|chapters?|vols?\.|volumes?|sect?s?\.|sections?|§§?|¶¶?|paras?\.?
    |paragraphs?|figs?\.|figures?|tbls?\.|tables?|box|cols?\.|columns?|ll?\.|lines?|nn?\.|notes?|nos?\.|numbers?
    |pts?\.|parts?|bks?\.|books?|fols?\.|arts?\.|articles?|app\.|appendix|annex|slides?|verses?|vv?\.)"""
_PLACE = r"[A-Z]?\d{1,5}[a-z]?(?:[.:]\d{1,4})*(?:\s?[-\N{EN DASH}]{1,2}\s?\d{1,5}[a-z]?(?:[.:]\d{1,4})*)?"
_ONE = rf"\{{?(?:{_TERM}\s?)?{_PLACE}\}}?"
_PLACES = rf"(?P<places>{_ONE}(?:(?:\s?[,;&]|\sand|\sor)\s{_ONE})*)(?=\s?[,;\]]|\s(?:and\s)?\*?passim)"
_INSIDE = re.compile(rf"@[\w:.-]*\w,\s?{_PLACES}", re.VERBOSE)
_BEHIND = re.compile(rf"@[\w:.-]*\w\s\[{_PLACES}", re.VERBOSE)
_BRACKET = re.compile(r"\[[^\[\]]{0,800}@[^\[\]]{1,800}\]")


def locators(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a chapter that name places in a source, behind the source's key.

    Parameters
    ----------
    text : str
        The chapter as written.
    """
    for bracket in _BRACKET.finditer(text):
        for match in _INSIDE.finditer(text, *bracket.span()):
            yield match.span("places")
    for match in _BEHIND.finditer(text):
        yield match.span("places")
