"""One house style for all charts, after the Analysis Function's guidance on charts.

At most 4 series in colours that differ in lightness as well as hue; direct labels instead of a legend; a
quiet horizontal grid; the vertical axis named above it, so that nobody has to turn the head. Text stays
text in the SVG, in the report's font.
"""

from __future__ import annotations

from typing import Any

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import PlaceHolderLayoutEngine
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from evidentia.charts.colours import (  # noqa: F401
    COLOURS,
    DARK_BLUE,
    DARK_PINK,
    GREY,
    GRID,
    INK,
    ORANGE,
    TEXT_COLOURS,
    TURQUOISE,
)
from evidentia.charts.svg import AXIS_NAME
from evidentia.charts.text import wrapped
from evidentia.charts.width import width
from evidentia.core.formats import MINUS
from evidentia.core.language import localised

MARKERS = ("o", "s", "^", "D")
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)))


def new_figure(
    height: float, axis: str = "", *, rows: int = 1, columns: int = 1, **options: Any
) -> tuple[Figure, Any]:
    """Return a figure of the width that is drawn and its axes.

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
    figure = Figure(figsize=(width(), height), layout="constrained")
    FigureCanvasSVG(figure)
    engine: Any = figure.get_layout_engine()
    engine.set(w_pad=0, h_pad=0.03)  # flush with the caption above and the source line below
    axes = figure.subplots(rows, columns, **options)
    if axis:
        first = axes if rows * columns == 1 else axes.flat[0]
        name_axis(first, axis)
    return figure, axes


def name_axis(axes: Any, text: str) -> None:
    """Write what the vertical axis counts above the axes, flush left with its labels."""
    axes.set_title(
        wrapped(text, width() - 0.05, 9.5), loc="left", fontsize=9.5, color=INK, pad=11, x=0
    ).set_label(AXIS_NAME)


def from_zero(axes: Any) -> None:
    """Begin the vertical axis at 0 and end it at a labelled line above the highest value."""
    top = axes.dataLim.y1
    ticks = [tick for tick in axes.yaxis.get_major_locator().tick_values(0, top) if tick >= 0]
    axes.set_ylim(0, next((tick for tick in ticks if tick >= top), top))


def percent_axis(axis: Any, places: int = 0) -> None:
    """Print proportions from 0 to 1 as percentages."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(f"{value * 100:.{places}f}%")))


def thousands_axis(axis: Any, scale: float = 1) -> None:
    """Print counts with thousands separators; other numbers, such as percentage points, after a scale."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(f"{value * scale:,.10g}")))


def _tick(text: str) -> str:
    """Return a number of an axis with the marks of the language."""
    return localised(text).replace("-", MINUS)


def drawing_board(height: float) -> tuple[Figure, Any]:
    """Return a figure of the width that is drawn and axes in inches from the top left corner, without frame
    or ticks.
    """
    figure, axes = new_figure(height)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set_xlim(0, width())
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def box(axes: Any, x: float, y: float, width: float, height: float, **style: Any) -> None:
    """Draw a rectangle on a drawing board, its corner at the top left."""
    axes.add_patch(Rectangle((x, y), width, height, **{"linewidth": 0.8, "edgecolor": "none", **style}))


def say_beside(figure: Figure, words: str) -> None:
    """Write words at the lower right corner of a chart, below all else: that its records are synthetic."""
    engine = figure.get_layout_engine()
    if engine is not None and not isinstance(engine, PlaceHolderLayoutEngine):
        figure.supxlabel(words, x=1, ha="right", fontsize=8.5, color=GREY)
        return
    height, strip = figure.get_figheight(), 0.24  # a drawing board has no room of its own
    figure.set_figheight(height + strip)
    for axes in figure.axes:
        left, low, width, tall = axes.get_position().bounds
        axes.set_position(
            (left, (low * height + strip) / (height + strip), width, tall * height / (height + strip))
        )
    figure.text(1, 0.01, words, ha="right", va="bottom", fontsize=8.5, color=GREY)
