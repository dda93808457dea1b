"""Figures of the design ``rct``."""

from __future__ import annotations

from typing import Any

from evidentia.charts.house import COLOURS, DARK_BLUE, GREY, INK, box, drawing_board, new_figure, wrapped
from evidentia.charts.width import width as page_width
from evidentia.core.formats import MINUS, SUPPRESSED, printed
from evidentia.core.results import Frame, Result
from evidentia.designs.rct.display import effects_data, flow_data
from evidentia.designs.rct.settings import RctSettings, TrialEffectsFigure, TrialFlowFigure

LINE = 0.19  # inches


def flow(settings: TrialFlowFigure, analysis: RctSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the flow of people from assessment through assignment to analysis, a column for each arm; it is as high as it needs."""
    data = flow_data(settings, analysis, result)
    arms = result.frames["flow"].rows
    before = [row for row in data.rows if row[0] == "All"]
    top = LINE * len(before) + 0.64 if before else 0.05
    foot, wide = 0.0, page_width()
    figure, axes = drawing_board(top + 2.5)
    if before:
        lines = [f"{_said(before[0][2])} people assessed", *(f"{step}: {_said(count)}" for _, step, count in before[1:])]
        foot = _words(axes, wide / 4, 0.05, wide / 2, lines, INK)
    width = wide / len(arms)
    for place, (_, label, assigned, lost, without, analysed) in enumerate(arms):
        x, colour = place * width, COLOURS[place % len(COLOURS)]
        if before:
            _arrow(axes, (wide / 2, foot), (x + width / 2, top))
        size = max(0.9, width - 0.2)
        name = wrapped(label, size - 0.2, 9).split("\n")
        low = _words(axes, x + 0.1, top, size, [*name, f"{_said(assigned)} assigned"], colour)
        _words(axes, x + 0.1, low + 0.25, size, [f"{_said(lost)} outcome not known", f"{_said(without)} baseline not known"], GREY)
        end = low + 0.25 + 2 * LINE + 0.45
        _arrow(axes, (x + 0.25, low), (x + 0.25, low + 0.25))
        _arrow(axes, (x + 0.25, end - 0.3), (x + 0.25, end))
        _words(axes, x + 0.1, end, size, [f"{_said(analysed)} analysed"], colour)
    return figure, data


def _words(axes: Any, x: float, y: float, width: float, lines: list[str], colour: str) -> float:
    """Draw a box with lines of text and return where it ends."""
    height = LINE * len(lines) + 0.14
    box(axes, x, y, width, height, facecolor="white", edgecolor=colour, linewidth=1.4)
    for place, line in enumerate(lines):
        axes.text(x + 0.1, y + 0.08 + LINE * (place + 0.5), line, va="center", fontsize=9)
    return y + height


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1})


def _said(value: Any) -> str:
    return SUPPRESSED if value is None or value == SUPPRESSED else printed(value, "count")


def effects(settings: TrialEffectsFigure, analysis: RctSettings, result: Result) -> tuple[Any, Frame]:
    """Draw each difference as a point with its interval; nothing is drawn of what has no value."""
    data = effects_data(settings, analysis, result)
    scale = 100 if data.units[1] == "percentage_points" else 1
    points = ", percentage points" if scale == 100 else ""
    level = printed(analysis.confidence, "proportion")
    figure, axes = new_figure(settings.height, f"Difference from the control arm{points}, with {level} confidence interval")
    places = list(range(len(data.rows), 0, -1))
    for place, (label, estimate, low, high) in zip(places, data.rows, strict=True):
        if estimate is None:
            axes.text(0, place, SUPPRESSED, va="center", color=GREY)
            continue
        colour = GREY if label.endswith("not adjusted") else DARK_BLUE
        if low is not None and high is not None:
            axes.plot([low * scale, high * scale], [place, place], color=colour, linewidth=1.8, solid_capstyle="butt")
        axes.plot([estimate * scale], [place], "o", color=colour, markersize=7)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_yticks(places, [wrapped(row[0], 2.1, 9) for row in data.rows])
    axes.set_ylim(0.4, len(places) + 0.6)
    axes.grid(axis="x")
    axes.grid(False, axis="y")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", MINUS))
    return figure, data
