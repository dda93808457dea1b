"""Figure of the design ``scales``: how people moved between bands."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from evidentia.charts.house import COLOURS, GREY, INK, new_figure
from evidentia.charts.text import wrapped
from evidentia.charts.width import width
from evidentia.core.formats import SUPPRESSED, printed
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.scales.display import all_bands, bands_data
from evidentia.designs.scales.keys import said
from evidentia.designs.scales.settings import BandsFigure, ScalesSettings

BAR = 0.12  # of the distance between the times
Stack = dict[str, tuple[float, float]]


def bands(settings: BandsFigure, analysis: ScalesSettings, result: Result) -> tuple[Any, Frame]:
    """Draw a bar of bands at each time, and a ribbon for those who moved from one to another; no ribbons of
    suppressed counts.
    """
    data = bands_data(settings, analysis, result)
    scale = said(analysis.measured().scales[settings.scale].label)
    figure, axes = new_figure(settings.height, translate("People, {scale}", scale=scale))
    moves = {(start, end): people for start, end, people in data.rows}
    names = [start for start, end in moves if end == all_bands()]
    counts = [
        {name: moves[name, all_bands()] for name in names},
        {name: moves[all_bands(), name] for name in names},
    ]
    if SUPPRESSED in (people for count in counts for people in count.values()):
        axes.text(
            0.5,
            0.5,
            translate("{SUPPRESSED}: some of these counts are too small to publish", SUPPRESSED=SUPPRESSED),
            ha="center",
            transform=axes.transAxes,
        )
        axes.set_axis_off()
        return figure, data
    before, after = map(_stack, counts)
    colours = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)}
    if SUPPRESSED in moves.values():
        axes.text(
            0.5,
            0.5,
            translate("{SUPPRESSED}: who moved", SUPPRESSED=SUPPRESSED),
            ha="center",
            transform=axes.transAxes,
            color=GREY,
        )
    else:
        _ribbons(axes, moves, before, after, colours)
    for x, stack, side in ((0.0, before, "right"), (1.0, after, "left")):
        for name, (low, height) in stack.items():
            axes.bar([x], [height], BAR, bottom=low, color=colours[name], edgecolor="white", zorder=3)
            if height:
                words = wrapped(f"{name}: {printed(height, 'count')}", width() * 0.26, 8.5)
                at = x - BAR / 2 - 0.02 if side == "right" else x + BAR / 2 + 0.02
                axes.text(at, low + height / 2, words, ha=side, va="center", fontsize=8.5, color=INK)
    axes.set_xlim(-0.6, 1.6)
    axes.set_xticks([0, 1], [translate("Before"), translate("After")])
    axes.set_yticks([])
    axes.grid(False)
    return figure, data


def _ribbons(
    axes: Any, moves: dict[tuple[str, str], int], before: Stack, after: Stack, colours: dict[str, str]
) -> None:
    """Draw a ribbon for each move, from the bottom of each band up."""
    left, right = ({name: low for name, (low, _) in stack.items()} for stack in (before, after))
    for start in before:
        for end in after:
            _ribbon(axes, left[start], right[end], moves[start, end], colours[start])
            left[start] += moves[start, end]
            right[end] += moves[start, end]


def _stack(counts: dict[str, int]) -> Stack:
    """Return where each band's part of a bar begins, and its height; the best band is at the top."""
    found, low = Stack(), 0.0
    for name, count in reversed(counts.items()):
        found[name] = (low, count)
        low += count
    return found


def _ribbon(axes: Any, start: float, end: float, people: int, colour: str) -> None:
    """Draw those who moved as a ribbon between the bars."""
    if not people:
        return
    x_0, x_1, middle = BAR / 2, 1 - BAR / 2, 0.5
    points = [
        (x_0, start),
        (middle, start),
        (middle, end),
        (x_1, end),
        (x_1, end + people),
        (middle, end + people),
        (middle, start + people),
        (x_0, start + people),
        (x_0, start),
    ]
    codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
    axes.add_patch(
        PathPatch(Outline(points, codes), facecolor=colour, alpha=0.35, edgecolor="none", zorder=2)
    )
