"""Charts of the design ``listing``."""

from __future__ import annotations

import calendar
from typing import Any

from evidentia.charts.house import DARK_BLUE, GRID, INK, new_figure
from evidentia.charts.labels import spread
from evidentia.charts.text import text_width, wrapped
from evidentia.charts.width import is_narrow, width
from evidentia.core.language import month_name, translate
from evidentia.core.results import Frame, Result
from evidentia.designs.listing.display import timeline_data
from evidentia.designs.listing.settings import ListingSettings, TimelineFigure

LABELS, LANE, BAR, NAME = (
    1.85,
    0.44,
    0.15,
    0.22,
)  # inches: width of the lanes' names; heights of a lane, its bar, a name above it
PAPER = {"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 0.8}
SIZE = 8.5  # points


def year_fraction(date: str, *, end: bool = False) -> float:
    """Return where a day, month or year begins on a scale of years, or where it ends."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return float(parts[0] + end)
    if len(parts) == 2:
        return parts[0] + (parts[1] - 1 + end) / 12
    return parts[0] + (parts[1] - 1 + (parts[2] - 1 + end) / calendar.monthrange(parts[0], parts[1])[1]) / 12


def timeline(settings: TimelineFigure, analysis: ListingSettings, result: Result) -> tuple[Any, Frame]:
    """Draw periods as bars and moments as diamonds, a lane for each activity, with the months written beside
    them.

    On a phone an activity's name stands above its lane.

    Parameters
    ----------
    settings : TimelineFigure
    analysis : ListingSettings
    result : Result

    Returns
    -------
    figure : matplotlib.figure.Figure
    data : Frame
    """
    data = timeline_data(settings, analysis, result)
    lanes = {lane.label: index for index, lane in enumerate(settings.lanes)}
    lane_height, left = (LANE + NAME, 0.05) if is_narrow() else (LANE, LABELS)
    needed = lane_height * len(lanes) + 0.5
    height = needed if is_narrow() else settings.height or needed
    figure, axes = new_figure(height)
    figure.set_layout_engine("none")
    span = width() - left - 0.1
    axes.set_position((left / width(), 0.02, span / width(), 1 - 0.4 / height))
    spans = [
        (label, year_fraction(start), year_fraction(end or start, end=True), start, end)
        for label, start, end in data.rows
    ]
    first, last = int(min(item[1] for item in spans)), -int(-max(item[2] for item in spans) // 1)
    for label, lane in lanes.items():
        own = [item[1:] for item in spans if item[0] == label]
        for begin, finish, _, end in own:
            if end:
                axes.barh(lane, finish - begin, left=begin, height=BAR / lane_height, color=DARK_BLUE)
            else:
                axes.plot([(begin + finish) / 2], [lane], marker="D", color=DARK_BLUE, markersize=7)
        marks = [((begin + finish) / 2, _months(start, end)) for begin, finish, start, end in own]
        _write(axes, lane - 0.132 / lane_height, marks, span / (last - first), (first, last))
    axes.set_xlim(first, last)
    axes.set_ylim(len(lanes) - 0.6, -0.9)
    axes.set_yticks(
        list(lanes.values()), [wrapped(label, LABELS - 0.15, SIZE) for label in lanes], fontsize=SIZE
    )
    if is_narrow():
        axes.tick_params(axis="y", labelleft=False)
        for label, lane in lanes.items():
            axes.text(
                first,
                lane - 0.32 / lane_height,
                label,
                va="bottom",
                fontsize=SIZE,
                fontweight="bold",
                bbox=PAPER,
            )
    axes.set_xticks(range(first, last + 1), ["" for _ in range(first, last + 1)])
    for year in range(first, last):
        axes.annotate(
            str(year),
            (year + 0.5, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 6),
            textcoords="offset points",
            ha="center",
        )
    axes.grid(axis="x", color="#A6A6A6", linewidth=0.6)
    axes.grid(axis="y", color=GRID)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", length=0)
    return figure, data


def _write(
    axes: Any, place: float, marks: list[tuple[float, str]], year: float, limits: tuple[float, float]
) -> None:
    """Write the months at a height above the marks of a lane, moved apart where they would touch, and kept
    within the chart.
    """
    widths = [text_width(text, SIZE) / year + 0.06 for _, text in marks]
    first, last = limits
    wanted = [
        max(first + wide / 2, min(middle, last - wide / 2))
        for (middle, _), wide in zip(marks, widths, strict=True)
    ]
    for middle, (_, text) in zip(spread(wanted, widths), marks, strict=True):
        axes.text(middle, place, text, ha="center", va="bottom", color=INK, fontsize=SIZE, bbox=PAPER)


def _months(start: str, end: str | None) -> str:
    """Return a period in short: Feb to Mar 2019, Nov 2019 to Jan 2020."""
    names = [_short(date) for date in ([start, end] if end and end != start else [start])]
    if len(names) == 2 and names[0].split()[-1] == names[1].split()[-1] and " " in names[0]:
        names[0] = names[0].rsplit(" ", 1)[0]
    return names[0] if len(names) == 1 else translate("{low} to {high}", low=names[0], high=names[1])


def _short(date: str) -> str:
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = f"{month_name(int(parts[1]), short=True)} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month
