"""Charts of the design ``theory_of_change``."""

from __future__ import annotations

from typing import Any

from evidentia.charts.house import DARK_BLUE, GREY, INK, box, drawing_board
from evidentia.charts.text import text_width, wrapped
from evidentia.charts.width import is_narrow, width
from evidentia.core.results import Frame, Result
from evidentia.designs.theory_of_change.display import chosen, theory_data
from evidentia.designs.theory_of_change.settings import TheoryOfChangeFigure, TheoryOfChangeSettings

SIZE, LINE = 8.5, 0.148  # points, inches a line
HEAD, ARROW, PAD, KEY = 1.02, 0.17, 0.07, 0.3  # inches
COLUMNS = 3
TITLE, KEY_LINE = 0.28, 0.2  # inches, on a phone: a stage's name above its boxes, a further line of the key
PALE = "#EAF0F6"


def theory_of_change(
    settings: TheoryOfChangeFigure, analysis: TheoryOfChangeSettings, result: Result
) -> tuple[Any, Frame]:
    """Draw each stage as a band with its elements as boxes, and lead from each band to the next.

    Elements that are assembled from elsewhere have a dashed edge. On a phone a stage's name stands above its
    boxes, which are below each other.

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
    left, over, columns = (0.0, TITLE, 1) if is_narrow() else (HEAD, 0.0, COLUMNS)
    room = (width() - left - PAD) / columns
    bands = {
        stage: _lines(
            [(row[2], bool(row[4])) for row in elements if row[0] == stage], room - 3 * PAD, columns
        )
        for stage in names
    }
    depths = {stage: over + sum(_depth(line) + PAD for line in lines) + PAD for stage, lines in bands.items()}
    origins = list(dict.fromkeys((row[3], bool(row[4])) for row in elements))
    key = KEY + (KEY_LINE * (len(origins) - 1) if is_narrow() else 0.0)
    needed = sum(depths.values()) + ARROW * (len(bands) - 1) + key
    figure, axes = drawing_board(needed if is_narrow() else settings.height or needed)
    top = 0.0
    for index, (stage, lines) in enumerate(bands.items()):
        if index:
            _draw_arrow(axes, top)
            top += ARROW
        box(axes, 0, top, width(), depths[stage], facecolor=PALE)
        _draw_name(axes, names[stage], top, (width(), over) if is_narrow() else (HEAD, depths[stage]))
        y = top + over + PAD
        for line in lines:
            for place, (text, assembled) in enumerate(line):
                _draw_box(axes, left + PAD + place * room, y, room - PAD, _depth(line), text, assembled)
            y += _depth(line) + PAD
        top += depths[stage]
    _draw_key(axes, top + KEY * 0.6, origins)
    return figure, theory_data(settings, analysis, result)


Line = list[tuple[str, bool]]


def _lines(elements: Line, room: float, columns: int) -> list[Line]:
    """Return the boxes of a band, wrapped, line by line."""
    boxes = [(wrapped(text, room, SIZE), assembled) for text, assembled in elements]
    return [boxes[start : start + columns] for start in range(0, len(boxes), columns)]


def _depth(line: Line) -> float:
    return max(text.count("\n") + 1 for text, _ in line) * LINE + 2 * PAD


def _draw_name(axes: Any, name: str, top: float, size: tuple[float, float]) -> None:
    """Write a stage's name on dark ground, beside its boxes or above them."""
    box(axes, 0, top, *size, facecolor=DARK_BLUE)
    label = wrapped(name, size[0] - 0.12, 9, bold=True)
    axes.text(
        size[0] / 2,
        top + size[1] / 2,
        label,
        ha="center",
        va="center",
        fontsize=9,
        fontweight="bold",
        color="#FFFFFF",
    )


def _draw_box(axes: Any, x: float, y: float, width: float, depth: float, text: str, assembled: bool) -> None:
    box(
        axes,
        x,
        y,
        width,
        depth,
        facecolor="#FFFFFF",
        edgecolor=DARK_BLUE,
        linestyle=(0, (4, 2)) if assembled else "-",
    )
    axes.text(x + PAD, y + depth / 2, text, va="center", fontsize=SIZE, linespacing=1.18)


def _draw_arrow(axes: Any, top: float) -> None:
    middle = (width() if is_narrow() else HEAD) / 2
    axes.fill(
        [middle - 0.14, middle + 0.14, middle],
        [top + 0.03, top + 0.03, top + ARROW - 0.02],
        color=GREY,
        linewidth=0,
    )


def _draw_key(axes: Any, y: float, origins: Line) -> None:
    """Say which edge means which origin."""
    x = 0.0
    for words, assembled in origins:
        if is_narrow() and x:
            x, y = 0.0, y + KEY_LINE
        box(
            axes,
            x,
            y - 0.06,
            0.3,
            0.13,
            facecolor="#FFFFFF",
            edgecolor=DARK_BLUE,
            linestyle=(0, (4, 2)) if assembled else "-",
        )
        axes.text(x + 0.37, y, words, va="center", fontsize=SIZE, color=INK)
        x += 0.37 + text_width(words, SIZE) + 0.35
