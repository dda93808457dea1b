"""Figures of the design ``rct``."""

from __future__ import annotations

from typing import Any

from evidentia.charts.house import COLOURS, DARK_BLUE, GREY, INK, box, drawing_board, new_figure
from evidentia.charts.labels import name_rows
from evidentia.charts.text import wrapped
from evidentia.charts.width import width as page_width
from evidentia.core.formats import MINUS, SUPPRESSED, printed
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.rct.display import effects_data, flow_data
from evidentia.designs.rct.settings import RctSettings, TrialEffectsFigure, TrialFlowFigure

LINE, PAD = 0.19, 0.14  # inches: a line of text, the edges of a box


def flow(settings: TrialFlowFigure, analysis: RctSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the flow of people from assessment through assignment to analysis, a column for each arm; it is as
    high as it needs.
    """
    data = flow_data(settings, analysis, result)
    arms = result.frames["flow"].rows
    before = [row for row in data.rows if row[0] == translate("All")]
    wide = page_width()
    lines = [
        translate("{value} people assessed", value=_said(count)) if place == 0 else f"{step}: {_said(count)}"
        for place, (_, step, count) in enumerate(before)
    ]
    lines = _broken(lines, wide / 2)
    width = wide / len(arms)
    size = max(0.9, width - 0.2)
    columns = [_boxes(row, size) for row in arms]
    foot, top = 0.0, LINE * len(lines) + 0.64 if before else 0.05
    figure, axes = drawing_board(
        top + max(LINE * sum(map(len, column)) for column in columns) + 3 * PAD + 0.25 + 0.31 + 0.2
    )
    if before:
        foot = _words(axes, wide / 4, 0.05, wide / 2, lines, INK)
    for place, (first, left, last) in enumerate(columns):
        x, colour = place * width, COLOURS[place % len(COLOURS)]
        if before:
            _arrow(axes, (wide / 2, foot), (x + width / 2, top))
        low = _words(axes, x + 0.1, top, size, first, colour)
        middle = _words(axes, x + 0.1, low + 0.25, size, left, GREY)
        _arrow(axes, (x + 0.25, low), (x + 0.25, low + 0.25))
        _arrow(axes, (x + 0.25, middle), (x + 0.25, middle + 0.31))
        _words(axes, x + 0.1, middle + 0.31, size, last, colour)
    return figure, data


def _boxes(arm: list[Any], width: float) -> list[list[str]]:
    """Return the lines of an arm's three boxes: assigned, not known, analysed."""
    _, label, assigned, lost, without, analysed = arm
    boxes = [
        [label, translate("{value} assigned", value=_said(assigned))],
        [
            translate("{value} outcome not known", value=_said(lost)),
            translate("{value} baseline not known", value=_said(without)),
        ],
        [translate("{value} analysed", value=_said(analysed))],
    ]
    return [_broken(lines, width) for lines in boxes]


def _broken(lines: list[str], width: float) -> list[str]:
    """Return lines broken to fit a box."""
    return [part for line in lines for part in wrapped(line, width - 0.2, 9).split("\n")]


def _words(axes: Any, x: float, y: float, width: float, lines: list[str], colour: str) -> float:
    """Draw a box with lines of text and return where it ends."""
    height = LINE * len(lines) + PAD
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
    points = translate(", percentage points") if scale == 100 else ""
    level = printed(analysis.confidence, "proportion")
    figure, axes = new_figure(
        settings.height,
        translate(
            "Difference from the control arm{points}, with {level} confidence interval",
            points=points,
            level=level,
        ),
    )
    places = list(range(len(data.rows), 0, -1))
    for place, (label, estimate, low, high) in zip(places, data.rows, strict=True):
        if estimate is None:
            axes.text(0, place, SUPPRESSED, va="center", color=GREY)
            continue
        colour = GREY if label.endswith("not adjusted") else DARK_BLUE
        if low is not None and high is not None:
            axes.plot(
                [low * scale, high * scale],
                [place, place],
                color=colour,
                linewidth=1.8,
                solid_capstyle="butt",
            )
        axes.plot([estimate * scale], [place], "o", color=colour, markersize=7)
    axes.axvline(0, color=INK, linewidth=1)
    name_rows(axes, places, [row[0] for row in data.rows], 2.1)
    axes.set_ylim(0.4, len(places) + 0.6)
    axes.grid(axis="x")
    axes.grid(False, axis="y")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", MINUS))
    return figure, data
