"""A figure as the text of an SVG file: the same bytes each time, labels where they belong."""

from __future__ import annotations

import io
import re
from typing import Any

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from evidentia.charts.colours import COLOURS, DARK_PINK, TEXT_COLOURS
from evidentia.charts.style import current_brand
from evidentia.core.colour import darkened

AXIS_NAME = "axis name"  # marks the text above the axes that says what they count


def to_svg(figure: Figure) -> str:
    """Return the figure as SVG text: the same bytes each time, text as text, no size but its shape."""
    _align_names(figure)
    _thin_labels(figure)
    figure.set_layout_engine("none")  # all is in its place; saving would look for it once more
    out = io.StringIO()
    # the canvas's own method draws once; `savefig` draws before, to lay the figure out
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(out, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    text = re.sub(r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*|<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = _in_colours(re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL))
    return re.sub(
        r'(<svg[^>]*?)\s+width="[^"]*"',
        r"\1",
        re.sub(r'(<svg[^>]*?)\s+height="[^"]*"', r"\1", text, count=1),
        count=1,
    )


def _in_colours(text: str) -> str:
    """Return a drawing with the brand's colours in the places of the house's."""
    brand = current_brand()
    if brand.is_house:
        return text
    changed = {old.lower(): new for old, new in zip(COLOURS, brand.series, strict=True)}
    for old, own, new in zip(TEXT_COLOURS, COLOURS, brand.series, strict=True):
        if new.lower() != own.lower() and old != own:
            changed[old.lower()] = darkened(new, 4.5)
    if changed[DARK_PINK.lower()] == brand.series[2]:
        changed[DARK_PINK.lower()] = darkened(brand.series[2], 4.5)  # words have the colour of their line
    return re.sub(r"#[0-9a-fA-F]{6}\b", lambda found: changed.get(found[0].lower(), found[0]), text)


def _align_names(figure: Figure) -> None:
    """Set the name of each vertical axis flush left with the axis's own labels, and so with the caption."""
    figure.draw_without_rendering()
    for axes in figure.axes:
        low, high = sorted(axes.get_ylim())
        drawn = [
            label
            for label in axes.get_yticklabels()
            if label.get_visible() and low <= label.get_position()[1] <= high
        ]
        edges = [label.get_window_extent().x0 for label in drawn if label.get_text()]
        names: list[Any] = axes.findobj(lambda artist: artist.get_label() == AXIS_NAME)
        for name in names:
            left = axes.transAxes.inverted().transform((min(edges), 0))[0] if edges else 0.0
            name.set_position((left, name.get_position()[1]))


def _thin_labels(figure: Figure) -> None:
    """Leave out labels of the horizontal axis at even steps until none touches the next."""
    for axes in figure.axes:
        low, high = sorted(axes.get_xlim())
        labels = [tick.label1 for tick in axes.xaxis.get_major_ticks() if low <= tick.get_loc() <= high]
        labels = [
            label for label in labels if label.get_visible() and label.get_text()
        ]  # panels that share an axis show it once
        boxes = [label.get_window_extent() for label in labels]
        space = figure.dpi * 0.05
        step = next(
            step
            for step in range(1, len(boxes) + 2)
            if all(
                after.x0 - before.x1 >= space
                for before, after in zip(boxes[::step], boxes[step::step], strict=False)
            )
        )
        for place, label in enumerate(labels):
            label.set_visible(place % step == 0)
