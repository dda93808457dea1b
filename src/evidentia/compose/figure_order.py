"""The order in which chapters show figures, which is the order of their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable


def figure_order(chapters: Iterable[str]) -> dict[str, int]:
    """Return the number that each figure gets, by the order in which chapters show them."""
    shown = [name for text in chapters for name in re.findall(r"\bfigure\(\s*[\"']([\w-]+)", text)]
    return {name: number for number, name in enumerate(dict.fromkeys(shown), start=1)}
