"""Charts of the design ``theory_of_change``."""

from __future__ import annotations

from typing import Any

from evidentia.charts.house import DARK_BLUE, GREY, INK, WIDTH, box, drawing_board, text_width, wrapped
from evidentia.core.results import Frame, Result
from evidentia.designs.theory_of_change.display import chosen, theory_data
from evidentia.designs.theory_of_change.settings import TheoryOfChangeFigure, TheoryOfChangeSettings

SIZE, LINE = 8.5, 0.148  # points, inches a line
HEAD, ARROW, PAD, KEY = 1.02, 0.17, 0.07, 0.3  # inches
COLUMNS = 3
PALE = "#EAF0F6"


def theory_of_change(settings: TheoryOfChangeFigure, analysis: TheoryOfChangeSettings, result: Result) -> tuple[Any, Frame]:
    """Draw each stage as a band with its elements as boxes, and lead from each band to the next.

    Elements that are assembled from elsewhere have a dashed edge.

    Parameters
    ----------
    settings : TheoryOfChangeFigure
    analysis : TheoryOfChangeSettings
    result : Result

    Returns
    -------
    figure : matplotlib.figure.Figure
    data : Frame
    """
    elements = chosen(settings.stages, result)
    names = {row[0]: row[1] for row in elements}
    width = (WIDTH - HEAD - PAD) / COLUMNS
    bands = {stage: _lines([(row[2], bool(row[4])) for row in elements if row[0] == stage], width - 3 * PAD) for stage in names}
    depths = {stage: sum(_depth(line) + PAD for line in lines) + PAD for stage, lines in bands.items()}
    figure, axes = drawing_board(settings.height or sum(depths.values()) + ARROW * (len(bands) - 1) + KEY)
    top = 0.0
    for index, (stage, lines) in enumerate(bands.items()):
        if index:
            _draw_arrow(axes, top)
            top += ARROW
        box(axes, 0, top, WIDTH, depths[stage], facecolor=PALE)
        box(axes, 0, top, HEAD, depths[stage], facecolor=DARK_BLUE)
        label = wrapped(names[stage], HEAD - 0.12, 9, bold=True)
        axes.text(HEAD / 2, top + depths[stage] / 2, label, ha="center", va="center", fontsize=9, fontweight="bold", color="#FFFFFF")
        y = top + PAD
        for line in lines:
            for place, (text, assembled) in enumerate(line):
                _draw_box(axes, HEAD + PAD + place * width, y, width - PAD, _depth(line), text, assembled)
            y += _depth(line) + PAD
        top += depths[stage]
    _draw_key(axes, top + KEY * 0.6, list(dict.fromkeys((row[3], bool(row[4])) for row in elements)))
    return figure, theory_data(settings, analysis, result)


Line = list[tuple[str, bool]]


def _lines(elements: Line, room: float) -> list[Line]:
    """Return the boxes of a band, wrapped, line by line."""
    boxes = [(wrapped(text, room, SIZE), assembled) for text, assembled in elements]
    return [boxes[start : start + COLUMNS] for start in range(0, len(boxes), COLUMNS)]


def _depth(line: Line) -> float:
    return max(text.count("\n") + 1 for text, _ in line) * LINE + 2 * PAD


def _draw_box(axes: Any, x: float, y: float, width: float, depth: float, text: str, assembled: bool) -> None:
    box(axes, x, y, width, depth, facecolor="#FFFFFF", edgecolor=DARK_BLUE, linestyle=(0, (4, 2)) if assembled else "-")
    axes.text(x + PAD, y + depth / 2, text, va="center", fontsize=SIZE, linespacing=1.18)


def _draw_arrow(axes: Any, top: float) -> None:
    axes.fill([HEAD / 2 - 0.14, HEAD / 2 + 0.14, HEAD / 2], [top + 0.03, top + 0.03, top + ARROW - 0.02], color=GREY, linewidth=0)


def _draw_key(axes: Any, y: float, origins: Line) -> None:
    """Say which edge means which origin."""
    x = 0.0
    for words, assembled in origins:
        box(axes, x, y - 0.06, 0.3, 0.13, facecolor="#FFFFFF", edgecolor=DARK_BLUE, linestyle=(0, (4, 2)) if assembled else "-")
        axes.text(x + 0.37, y, words, va="center", fontsize=SIZE, color=INK)
        x += 0.37 + text_width(words, SIZE) + 0.35
