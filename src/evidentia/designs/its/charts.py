"""Charts of the design ``its``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evidentia.charts.house import (
    DARK_BLUE,
    DARK_PINK,
    DASHES,
    GREY,
    INK,
    label_ends,
    name_axis,
    new_figure,
    percent_axis,
    thousands_axis,
)
from evidentia.charts.width import is_narrow
from evidentia.core.formats import MONTHS
from evidentia.core.results import Frame, Result
from evidentia.designs.its.display import diagnostics_data, series_data, unit_of, value_of
from evidentia.designs.its.settings import DiagnosticsFigure, ITSSettings, SeriesFigure

MOST_TICKS = 9
BAND = {"alpha": 0.13, "linewidth": 0}


def series(settings: SeriesFigure, analysis: ITSSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the observed series, the fitted line of each segment, and the earlier line carried on.

    Parameters
    ----------
    settings : SeriesFigure
    analysis : ITSSettings
        Names the outcome.
    result : Result

    Returns
    -------
    figure : matplotlib.figure.Figure
    data : Frame
        What the chart shows.
    """
    frame = result.frames["series"]
    start = value_of(result, "n.pre")
    share = unit_of(result, "mean.pre") == "proportion"
    figure, axes = new_figure(settings.height, settings.axis or analysis.label or analysis.outcome)
    x = np.arange(len(frame.rows))
    values = {name: np.array([np.nan if cell is None else cell for cell in frame.column(name)], dtype=float) for name in frame.columns[2:]}
    before, after = x[:start], x[start:]
    for part, name, colour in ((before, "fitted", DARK_BLUE), (after, "fitted", DARK_PINK), (after, "counterfactual", DARK_BLUE)):
        axes.fill_between(part, values[f"{name}_low"][part], values[f"{name}_high"][part], color=colour, **BAND)
    joined = np.concatenate([values["fitted"][start - 1 : start], values["counterfactual"][start:]])
    axes.plot(x[start - 1 :], joined, color=DARK_BLUE, linestyle=DASHES[1])
    axes.plot(before, values["fitted"][before], color=DARK_BLUE)
    axes.plot(after, values["fitted"][after], color=DARK_PINK)
    axes.plot(x, values["observed"], linestyle="", marker="o", color=INK, markersize=4.5)
    _mark_event(axes, start - 0.5, settings.event)
    _period_ticks(axes, frame.column("period"))
    (percent_axis if share else thousands_axis)(axes.yaxis)
    ends = [
        (x[-1], float(values["observed"][-1]), "Observed (dots)", INK),
        (x[-1], float(values["fitted"][-1]), "Trend after", DARK_PINK),
        (x[-1], float(values["counterfactual"][-1]), "Counterfactual:\nearlier trend\ncarried on", DARK_BLUE),
    ]
    label_ends(axes, ends, gap=0.25 / settings.height)
    return figure, series_data(settings, analysis, result)


def diagnostics(settings: DiagnosticsFigure, analysis: ITSSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the residuals by period over the two correlograms.

    Parameters
    ----------
    settings : DiagnosticsFigure
    analysis : ITSSettings
    result : Result

    Returns
    -------
    figure : matplotlib.figure.Figure
    data : Frame
        What the chart shows.
    """
    frame, correlogram = result.frames["series"], result.frames["correlogram"]
    figure, top, panels = _three_panels(settings.height)
    share = unit_of(result, "mean.pre") == "proportion"
    name_axis(top, f"Residual: observed minus fitted{', percentage points' if share else ''}")
    residuals = frame.column("residual")
    top.axhline(0, color=GREY, linewidth=0.8)
    top.plot(range(len(residuals)), residuals, color=DARK_BLUE, linewidth=1.2, marker="o", markersize=4)
    top.axvline(value_of(result, "n.pre") - 0.5, color=INK, linewidth=1, linestyle=DASHES[1])
    _period_ticks(top, frame.column("period"))
    thousands_axis(top.yaxis, 100 if share else 1)
    limit, lags = correlogram.column("limit")[0], correlogram.column("lag")
    reach = 1.15 * max(1.4 * limit, *(abs(value) for name in ("acf", "pacf") for value in correlogram.column(name)))
    for panel, name, title in zip(panels, ("acf", "pacf"), ("Autocorrelation, by lag", "Partial autocorrelation, by lag"), strict=True):
        name_axis(panel, title)
        panel.axhspan(-limit, limit, color=GREY, alpha=0.12, linewidth=0)
        panel.axhline(0, color=GREY, linewidth=0.8)
        panel.vlines(lags, 0, correlogram.column(name), color=DARK_BLUE, linewidth=2.4)
        panel.set_ylim(-reach, reach)
        panel.set_xticks([lag for lag in lags if lag == 1 or lag % (2 if len(lags) <= 14 else 5) == 0])
        panel.grid(visible=False)
        thousands_axis(panel.yaxis)
    return figure, diagnostics_data(settings, analysis, result)


def _three_panels(height: float) -> tuple[Any, Any, list[Any]]:
    """Return a figure with one panel over two beside each other, which on a phone are below each other."""
    if is_narrow():
        figure, axes = new_figure(height * 1.4, rows=3)
        return figure, axes[0], list(axes[1:])
    figure, axes = new_figure(height, rows=2, columns=2)
    axes[0, 1].remove()
    top = axes[0, 0]
    top.set_subplotspec(top.get_gridspec()[0, :])
    return figure, top, list(axes[1])


def _mark_event(axes: Any, place: float, text: str) -> None:
    """Draw the dashed vertical line with its name at the top, above the data."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.1 * (high - low))
    axes.axvline(place, color=INK, linewidth=1.2, linestyle=DASHES[1])
    axes.annotate(text, xy=(place, 1), xycoords=("data", "axes fraction"), xytext=(5, -3), textcoords="offset points", va="top", fontsize=9)


def _period_ticks(axes: Any, labels: Sequence[str]) -> None:
    """Name every period, or as many at even steps as there is room for."""
    steps = [step for step in (1, 2, 3, 4, 6, 12, 24, 60, 120, 240) if len(labels) / step <= MOST_TICKS]
    step = steps[0] if steps else len(labels) // MOST_TICKS
    places = range(0, len(labels), step)
    axes.set_xticks(list(places), [_in_two_lines(labels[place]) for place in places])
    axes.margins(x=0.02)


def _in_two_lines(label: str) -> str:
    """Return a month or day with its year below; other periods as they are."""
    parts = label.split("-")
    if len(parts) == 1 or not parts[1].isdigit():
        return label
    month = MONTHS[int(parts[1]) - 1][:3]
    return f"{int(parts[2])} {month}\n{parts[0]}" if len(parts) == 3 else f"{month}\n{parts[0]}"
