"""Charts of the design ``evidence``."""

from __future__ import annotations

from typing import Any

from evidentia.charts.house import DARK_BLUE, DARK_PINK, GREY, INK, box, drawing_board
from evidentia.charts.text import text_width, wrapped
from evidentia.charts.width import is_narrow, width
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.synthetic import synthetic_mark
from evidentia.designs.evidence.display import grid_data, synthetic_conditions
from evidentia.designs.evidence.settings import EvidenceGridFigure, EvidenceSettings

STYLES = {
    "positive": (DARK_BLUE, "#FFFFFF"), "mixed": ("#A8D8D5", INK), "negative": (DARK_PINK, "#FFFFFF"),
    "no change": ("#E8E8E8", INK), "no evidence": ("#FFFFFF", GREY),
}  # fmt: skip
"""Direction to the colours of its cell and its words; the words alone carry the meaning."""
DOTS = {"strong": 3, "moderate": 2, "weak": 1, "none": 0}
LEFT, ROW, HEAD, PART, KEY, LINE = 1.95, 0.4, 0.42, 0.26, 0.32, 0.15  # inches


def evidence_grid(
    settings: EvidenceGridFigure, analysis: EvidenceSettings, result: Result
) -> tuple[Any, Frame]:
    """Draw the grid: each cell says its direction in words, and its strength by one to three dots.

    On a phone each item stands above its cells, and each part has the sources' names.

    Parameters
    ----------
    settings : EvidenceGridFigure
    analysis : EvidenceSettings
    result : Result

    Returns
    -------
    figure : matplotlib.figure.Figure
    data : Frame
    """
    frame = result.frames["evidence"]
    synthetic = synthetic_conditions(result)
    cells = {
        (item, source): (direction, strength, condition in synthetic)
        for item, source, direction, strength, condition in zip(
            *(frame.column(name) for name in ("item", "source", "direction", "strength", "condition")),
            strict=True,
        )
    }
    items = analysis.items()
    parts = list(dict.fromkeys(kind for kind, _ in items.values()))
    left = 0.0 if is_narrow() else LEFT
    room = (width() - left) / len(analysis.sources)
    names = {
        item: wrapped(name, (width() if is_narrow() else LEFT) - 0.1, 8.5)
        for item, (_, name) in items.items()
    }
    above = {
        item: (name.count("\n") + 1) * LINE + 0.1 if is_narrow() else 0.0 for item, name in names.items()
    }
    head = HEAD + 0.15 if is_narrow() else HEAD
    heads = head * (len(parts) if is_narrow() else 1)
    needed = heads + len(parts) * PART + len(items) * ROW + sum(above.values()) + KEY
    figure, axes = drawing_board(needed if is_narrow() else settings.height or needed)
    top = 0.0
    for part in parts:
        if is_narrow() or not top:
            _draw_heads(axes, list(analysis.sources.values()), left, room, top + head)
            top += head
        axes.text(
            0,
            top + PART - 0.06,
            translate(f"{part.capitalize()}s"),
            va="bottom",
            fontsize=9,
            fontweight="bold",
            color=DARK_BLUE,
        )
        top += PART
        for item in (item for item, (kind, _) in items.items() if kind == part):
            middle = (above[item] + 0.04) / 2 if is_narrow() else ROW / 2
            axes.text(0, top + middle, names[item], va="center", fontsize=8.5, linespacing=1.1)
            top += above[item]
            for index, source in enumerate(analysis.sources):
                _draw_cell(axes, left + index * room, top, room, *cells[item, source])
            top += ROW
    _draw_key(axes, top + KEY / 2 + 0.04)
    return figure, grid_data(settings, analysis, result)


def _draw_heads(axes: Any, names: list[str], left: float, room: float, foot: float) -> None:
    """Name the sources above their columns, smaller where a word needs it."""
    words = [word for name in names for word in name.split()]
    size = next(
        (
            size
            for size in (8.5, 8.0, 7.5, 7.0)
            if all(text_width(word, size, bold=True) < room - 0.02 for word in words)
        ),
        6.5,
    )
    for index, name in enumerate(names):
        text = wrapped(name, room - 0.06, size, bold=True)
        axes.text(
            left + (index + 0.5) * room,
            foot - 0.06,
            text,
            ha="center",
            va="bottom",
            fontsize=size,
            fontweight="bold",
        )


def _draw_cell(
    axes: Any, x: float, y: float, width: float, direction: str, strength: str, synthetic: bool
) -> None:
    colour, ink = STYLES[direction]
    box(
        axes,
        x + 0.02,
        y + 0.02,
        width - 0.04,
        ROW - 0.04,
        facecolor=colour,
        edgecolor="#B0B0B0",
        linewidth=0.6,
    )
    dots = DOTS[strength]
    words = translate(direction[:1].upper() + direction[1:])
    if not dots:
        words = wrapped(words, width - 0.08, 8)
    lines = (0.24, 0.52, 0.81) if synthetic else (0.35, 0.72, 1.0) if dots else (0.5, 0.5, 1.0)
    axes.text(
        x + width / 2,
        y + ROW * lines[0],
        words,
        ha="center",
        va="center",
        fontsize=8,
        color=ink,
        linespacing=1.0,
    )
    for dot in range(dots):
        place = x + width / 2 + (dot - (dots - 1) / 2) * 0.11
        axes.plot([place], [y + ROW * lines[1]], marker="o", markersize=4.2, color=ink, linestyle="none")
    if synthetic:
        axes.text(
            x + width / 2,
            y + ROW * lines[-1],
            synthetic_mark(),
            ha="center",
            va="center",
            fontsize=7,
            color=ink,
        )


def _draw_key(axes: Any, y: float) -> None:
    """Say what the dots mean."""
    x = 0.0
    for words, dots in (
        (translate("Evidence:") if is_narrow() else translate("Strength of the evidence:"), 0),
        (translate("strong"), 3),
        (translate("moderate"), 2),
        (translate("weak"), 1),
    ):
        for dot in range(dots):
            axes.plot([x + 0.05 + dot * 0.11], [y], marker="o", markersize=4.2, color=INK, linestyle="none")
        x += dots * 0.11 + (0.05 if dots else 0)
        axes.text(x, y, words, va="center", fontsize=8.5)
        x += text_width(words, 8.5) + 0.22
