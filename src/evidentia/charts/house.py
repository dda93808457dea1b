"""One house style for all charts, after the Analysis Function's guidance on charts.

At most 4 series in colours that differ in lightness as well as hue; direct labels instead of a legend; a
quiet horizontal grid; the vertical axis named above it, so that nobody has to turn the head. Text stays
text in the SVG, in the report's font.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
COLOURS = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE)
TEXT_COLOURS = (DARK_BLUE, "#1A6E67", DARK_PINK, "#A83F0B")  # the same hues, dark enough for small text (4.5:1)
MARKERS = ("o", "s", "^", "D")
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)))
INK, GREY, GRID = "#222222", "#595959", "#D9D9D9"
WIDTH = 6.5  # inches, the text width of the page
FAMILY = "Arimo"

_STYLE: dict[str, Any] = {
    "font.family": [FAMILY], "font.size": 9.5, "svg.fonttype": "none", "svg.hashsalt": "evidentia",
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "axes.edgecolor": GREY, "axes.linewidth": 0.8,
    "axes.grid": True, "axes.grid.axis": "y", "axes.axisbelow": True, "grid.color": GRID, "grid.linewidth": 0.7,
    "xtick.color": GREY, "ytick.color": GREY, "xtick.labelcolor": INK, "ytick.labelcolor": INK, "ytick.major.size": 0,
    "axes.labelcolor": INK, "text.color": INK, "lines.linewidth": 2.0, "lines.markersize": 5,
}  # fmt: skip


def use_style() -> None:
    """Set the house style for this process and register the report's font from its package."""
    from fontpkg import path

    mpl.rcdefaults()
    mpl.rcParams.update(_STYLE)
    font_manager.fontManager.addfont(str(path(FAMILY)))


def new_figure(height: float, axis: str = "", *, rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """Return a figure of the text width and its axes.

    Parameters
    ----------
    height : float
        Inches.
    axis : str
        Name of the vertical axis, set horizontally above it (of the first axes).
    rows, columns : int
        Panels.
    options
        For `Figure.subplots`.
    """
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.subplots(rows, columns, **options)
    if axis:
        first = axes if rows * columns == 1 else axes.flat[0]
        name_axis(first, axis)
    return figure, axes


def name_axis(axes: Any, text: str) -> None:
    """Write what the vertical axis counts above the axes, flush left with its labels."""
    axes.set_title(text, loc="left", fontsize=9.5, color=INK, pad=8, x=0)


def percent_axis(axis: Any, places: int = 0) -> None:
    """Print proportions from 0 to 1 as percentages."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100:.{places}f}%"))


def thousands_axis(axis: Any) -> None:
    """Print counts with thousands separators."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))


def label_ends(axes: Any, ends: Sequence[tuple[float, float, str, str]], *, gap: float = 0.062) -> None:
    """Write each line's name at its right end, moved apart where they would touch.

    Parameters
    ----------
    axes : matplotlib axes
        With its limits set.
    ends : sequence of (x, y, text, colour)
        In data units.
    gap : float
        Least distance between labels, as a share of the axis's height for one line of text; labels of
        several lines take that many.
    """
    low, high = axes.get_ylim()
    spots = spread([(y - low) / (high - low) for _, y, _, _ in ends], [gap * (text.count("\n") + 1) for _, _, text, _ in ends])
    for (x, _, text, colour), spot in zip(ends, spots, strict=True):
        axes.annotate(
            text, xy=(x, low + spot * (high - low)), xytext=(8, 0), textcoords="offset points", va="center", color=colour,
            annotation_clip=False, linespacing=1.15,
        )  # fmt: skip


def spread(positions: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Move positions apart so that items of the given sizes do not overlap, as little as needed, in order.

    Items that touch form a block, centred on the mean of the places that its items wanted.
    """
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    blocks: list[tuple[float, list[int]]] = []
    for index in order:
        blocks.append((positions[index], [index]))
        while len(blocks) > 1:
            (centre_1, items_1), (centre_2, items_2) = blocks[-2], blocks[-1]
            room = (sum(sizes[item] for item in items_1) + sum(sizes[item] for item in items_2)) / 2
            if centre_2 - centre_1 >= room:
                break
            items = items_1 + items_2
            blocks[-2:] = [(sum(positions[item] for item in items) / len(items), items)]
    placed = [0.0] * len(positions)
    for centre, items in blocks:
        edge = centre - sum(sizes[item] for item in items) / 2
        for item in items:
            placed[item] = edge + sizes[item] / 2
            edge += sizes[item]
    return placed


def to_svg(figure: Figure) -> str:
    """Return the figure as SVG text: the same bytes each time, text as text, no size but its shape."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    text = re.sub(r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*|<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    return re.sub(r'(<svg[^>]*?)\s+width="[^"]*"', r"\1", re.sub(r'(<svg[^>]*?)\s+height="[^"]*"', r"\1", text, count=1), count=1)
