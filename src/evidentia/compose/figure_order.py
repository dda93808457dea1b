"""The order in which chapters show figures, which is the order of their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHOWN = re.compile(r"^# (?P<heading>.*)$|\bfigure\(\s*[\"'](?P<name>[\w-]+)", re.MULTILINE)


def figure_order(chapters: Iterable[str]) -> dict[str, str]:
    """Return the number that each figure gets, by the order in which chapters show them; those of appendices
    have their own: A1, A2.
    """
    found: dict[str, str] = {}
    counts = {"": 0, "A": 0}
    for text in chapters:
        series = ""
        for match in _SHOWN.finditer(text):
            if match["heading"] is not None:
                series = "A" if re.search(r"\{[^{}]*\.appendix\b", match["heading"]) else ""
            elif match["name"] not in found:
                counts[series] += 1
                found[match["name"]] = f"{series}{counts[series]}"
    return found
