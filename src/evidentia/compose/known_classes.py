"""The classes that mean something in a report; one that is nearly written so is a mistake, and named."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from evidentia.compose.abbreviations import DEFINED
from evidentia.compose.delimiters import AFTER, ROUND
from evidentia.compose.tree import Tree

_LIKE, _LONGEST = 0.78, 60
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
    """Return what to do about a class that is mistyped; empty for one that is known, or an author's own."""
    if name in _AUTHORS or name in _OWN:
        return ""
    near = difflib.get_close_matches(name[:_LONGEST], _AUTHORS, n=1, cutoff=_LIKE)
    return f"did you mean .{near[0]}?" if near else ""


def unknown_classes(tree: Tree) -> Iterator[str]:
    """Yield the classes of a chapter's boxes, words and headings that no page obeys."""
    for element in tree.elements("Div", "Span", "Header"):
        for name in element["c"][1 if element["t"] == "Header" else 0][1]:
            if name not in _AUTHORS | _OWN:
                yield name


def pattern_of(name: str) -> str:
    """Return the pattern of how a class is written."""
    return rf"(?:\{{[^{{}}\n]*\.|:::\s*|class=[\"'][^\"'\n]*){re.escape(name)}"
