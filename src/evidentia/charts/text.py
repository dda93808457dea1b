"""Text in charts, measured in the report's font and broken into lines."""

from __future__ import annotations

import re

from matplotlib import font_manager
from matplotlib.textpath import TextToPath

from evidentia.charts.style import current_brand

BOLD = 1.09  # how much wider the bold cut runs


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide one line of text is in the report's font, in inches."""
    font = font_manager.FontProperties(
        family=current_brand().family, size=size, weight="bold" if bold else "normal"
    )
    width, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72 * (BOLD if bold else 1)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Break text into lines that are at most so many inches wide; a single longer word keeps its line.

    A confidence level stays with what it is a level of: so it is read as one, by people and by the round
    trip.
    """
    lines: list[str] = []
    for word in re.findall(r"\d[\d.]*%\s+confidence\b\S*|\S+", text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
