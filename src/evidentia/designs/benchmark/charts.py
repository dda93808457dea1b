"""Charts of the design ``benchmark``."""

from __future__ import annotations

from typing import Any

import numpy as np

from evidentia.charts.house import (
    COLOURS,
    DASHES,
    MARKERS,
    ORANGE,
    TEXT_COLOURS,
    from_zero,
    new_figure,
    percent_axis,
    thousands_axis,
)
from evidentia.charts.labels import label_ends
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.units import UNITS, Unit
from evidentia.designs.benchmark.settings import BenchmarkSettings, TrendFigure


def trend(settings: TrendFigure, analysis: BenchmarkSettings, result: Result) -> tuple[Any, Frame]:
    """Draw an indicator over the years.

    Parameters
    ----------
    settings : TrendFigure
    analysis : BenchmarkSettings
        Names the area and the nation.
    result : Result
        Of the analysis; its frame of the indicator holds the series.

    Returns
    -------
    figure : matplotlib.figure.Figure
    data : Frame
        What the chart shows; missing values are None and are not drawn.
    """
    data = _within(result.frames[settings.indicator], settings)
    unit = next(row[2] for row in result.frames["indicators"].rows if row[0] == settings.indicator)
    names = {
        "area": analysis.area,
        "neighbours": translate("Neighbours\n(mean of {value})", value=_how_many(data)),
        "nation": analysis.nation,
    }
    if "neighbours_without" in data.columns:
        left_out = analysis.indicators[settings.indicator].without
        names["neighbours_without"] = translate("Neighbours without\n") + translate(" and ").join(left_out)
    figure, axes = new_figure(settings.height, settings.axis or _axis(UNITS[unit]))
    years = data.column("year")
    ends = []
    for index, (key, name) in enumerate(names.items()):
        values = np.array([np.nan if value is None else value for value in data.column(key)], dtype=float)
        axes.plot(
            years,
            values,
            color=COLOURS[index],
            linestyle=DASHES[index],
            marker=MARKERS[index],
            zorder=5 - index,
            linewidth=2.6 if key == "area" else 1.8,
            clip_on=False,
        )
        _mark_gaps(axes, years, values, TEXT_COLOURS[index])
        known = np.flatnonzero(~np.isnan(values))
        if len(known):
            ends.append((years[-1], float(values[known[-1]]), name, TEXT_COLOURS[index]))
    _draw_target(axes, data, analysis.area)
    from_zero(axes)
    axes.set_xticks(years, data.column("label"))
    axes.margins(x=0.03)
    (percent_axis if unit == "proportion" else thousands_axis)(axes.yaxis)
    label_ends(axes, ends, gap=0.27 / settings.height)
    return figure, data


def _mark_gaps(axes: Any, years: list[int], values: Any, colour: str) -> None:
    """Say in each gap of a line that there is no value."""
    known = np.flatnonzero(~np.isnan(values))
    for before, after in zip(known, known[1:], strict=False):
        if after - before > 1:
            middle = (years[before] + years[after]) / 2, (values[before] + values[after]) / 2
            axes.annotate(
                translate("no\nvalue"),
                middle,
                ha="center",
                va="center",
                fontsize=8,
                linespacing=1.0,
                color=colour,
                zorder=6,
                bbox={"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 0.5},
            )


def _axis(unit: Unit) -> str:
    words = translate(unit.spoken.removeprefix("a ") or unit.label or unit.name)
    return words[:1].upper() + words[1:]


def _how_many(data: Frame) -> str:
    """Return how many neighbours are behind the mean: "10", or "9 to 10" where the years differ."""
    counts = [
        count
        for count, mean in zip(data.column("neighbours_n"), data.column("neighbours"), strict=True)
        if mean is not None
    ]
    least, most = min(counts, default=0), max(counts, default=0)
    return str(most) if least == most else translate("{least} to {most}", least=least, most=most)


def _draw_target(axes: Any, data: Frame, area: str) -> None:
    """Draw the target where there is one; nothing stands for a missing one."""
    targets = [
        (year, value)
        for year, value in zip(data.column("year"), data.column("target"), strict=True)
        if value is not None
    ]
    if targets:
        years, values = zip(*targets, strict=True)
        axes.step(years, values, where="mid", color=ORANGE, linewidth=1.4, linestyle=(0, (1, 1.2)))
        axes.annotate(
            translate("{area}'s target", area=area),
            xy=(years[0], values[0]),
            xytext=(0, 4),
            textcoords="offset points",
            fontsize=8.5,
        )


def _within(frame: Frame, settings: TrendFigure) -> Frame:
    """Keep the years that the figure asks for, and drop an empty target."""
    first, last = settings.first_year or -(10**6), settings.last_year or 10**6
    return Frame(frame.columns, [row for row in frame.rows if first <= row[0] <= last])
