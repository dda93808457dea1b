"""The classes that mean something in a report; any other would be dropped, so it is refused by name."""

from __future__ import annotations

import re

from evidentia.compose.abbreviations import DEFINED
from evidentia.compose.delimiters import AFTER, ROUND
from evidentia.core.errors import nearest

_AUTHORS = frozenset(
    re.findall(
        r"[\w-]+",
        """abbr annex appendix at-a-glance back-page callout-caution callout-important callout-note
        callout-tip callout-warning content-hidden content-visible glossary instrument landscape mark opening
        panel-tabset pull-quote quotation run-on smallcaps source technical underline unnumbered""",
    )
)
"""Those that an author writes."""

_OWN = frozenset(
    re.findall(r"[\w-]+", "n figure-data headline headline-number measure standing synthetic ul pullquote")
) | {AFTER, ROUND, DEFINED}
"""Those that the engine writes into a chapter, and other spellings."""


def class_fault(name: str) -> str:
    """Return what to do about a class that means nothing, or an empty string for one that is known."""
    if name in _AUTHORS or name in _OWN:
        return ""
    near = nearest(name, _AUTHORS)
    if near:
        return f"did you mean .{near}?"
    return f"take it out; those that are known are .{', .'.join(sorted(_AUTHORS))}"


def pattern_of(name: str) -> str:
    """Return the pattern of how a class is written."""
    return rf"(?:\{{[^{{}}\n]*\.|:::\s*|class=[\"'][^\"'\n]*){re.escape(name)}"
