"""Figure of the design ``exclusions``: boxes from the top down, those left out at the side."""

from __future__ import annotations

from typing import Any

from evidentia.charts.house import DARK_BLUE, GREY, box, drawing_board
from evidentia.charts.text import wrapped
from evidentia.charts.width import width
from evidentia.core.formats import SUPPRESSED, printed
from evidentia.core.results import Frame, Result
from evidentia.designs.exclusions.display import steps_data
from evidentia.designs.exclusions.settings import ExclusionsFigure, ExclusionsSettings

LINE, PAD, GAP = 0.19, 0.16, 0.22
"""Inches: a line of text, the edges of a box, between boxes."""


def draw(settings: ExclusionsFigure, analysis: ExclusionsSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the first and the last step at the left, and each rule at the right, with its number."""
    wide = width()
    main, side = 0.42 * wide, 0.5 * wide
    first, *rules, last = [
        (row[0], _words(row, side if "." in row[0] else main)) for row in result.frames["steps"].rows
    ]
    heights = [LINE * len(lines) + PAD for _, lines in rules]
    top = LINE * len(first[1]) + PAD
    middle = sum(heights) + GAP * (len(rules) + 1)
    figure, axes = drawing_board(top + middle + LINE * len(last[1]) + PAD + 0.06)
    _box(axes, 0.02, 0.03, main, first[1], DARK_BLUE)
    low = 0.03 + top + middle
    _arrow(axes, (main / 2, 0.03 + top), (main / 2, low))
    y = 0.03 + top + GAP
    for (_, lines), height in zip(rules, heights, strict=True):
        _box(axes, wide - side - 0.02, y, side, lines, GREY)
        _arrow(axes, (main / 2, y + height / 2), (wide - side - 0.02, y + height / 2))
        y += height + GAP
    _box(axes, 0.02, low, main, last[1], DARK_BLUE)
    return figure, steps_data(settings, analysis, result)


def _words(row: list[Any], wide: float) -> list[str]:
    number = SUPPRESSED if row[2] is None else printed(row[2], "count")
    return wrapped(f"{row[1]}: {number}", wide - 0.24, 9).split("\n")


def _box(axes: Any, x: float, y: float, wide: float, lines: list[str], colour: str) -> None:
    box(axes, x, y, wide, LINE * len(lines) + PAD, facecolor="white", edgecolor=colour, linewidth=1.4)
    for place, line in enumerate(lines):
        axes.text(x + 0.12, y + PAD / 2 + LINE * (place + 0.5), line, va="center", fontsize=9)


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1})
