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
    name_axis,
    new_figure,
    percent_axis,
    thousands_axis,
)
from evidentia.charts.labels import label_ends
from evidentia.charts.width import is_narrow
from evidentia.core.language import month_name, translate
from evidentia.core.results import Frame, Result
from evidentia.designs.its.display import diagnostics_data, event_names, series_data, unit_of
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
    frame, control = result.frames["series"], result.frames.get("control")
    share = unit_of(result, "mean.pre") == "proportion"
    name = settings.axis or analysis.label or analysis.outcome
    if control:
        figure, (axes, below) = new_figure(settings.height, name, rows=2, sharex=True, height_ratios=[3, 2])
        _draw_control(below, control, settings.control, _columns(frame)[0], _segments(result))
    else:
        figure, axes = new_figure(settings.height, name)
    x, values = _columns(frame)
    segments = _segments(result)
    _draw_series(axes, x, values, segments)
    _mark_events(
        axes,
        [place - 0.5 for place in _starts(result)],
        event_names(settings, len(_starts(result))),
        settings.height,
    )
    for panel in figure.axes[1:]:
        for place in _starts(result):
            panel.axvline(place - 0.5, color=INK, linewidth=1.2, linestyle=DASHES[1])
    _period_ticks(figure.axes[-1], frame.column("period"), x)
    for panel in figure.axes:
        (percent_axis if share else thousands_axis)(panel.yaxis)
    ends = [
        (x[-1], float(values["observed"][-1]), translate("Observed (dots)"), INK),
        (x[-1], float(values["fitted"][-1]), translate("Trend after"), DARK_PINK),
        (
            x[-1],
            float(values["counterfactual"][-1]),
            translate("Counterfactual:\nearlier trend\ncarried on"),
            DARK_BLUE,
        ),
    ]
    label_ends(
        axes, [end for end in ends if np.isfinite(end[1])], gap=(0.42 if control else 0.25) / settings.height
    )
    return figure, series_data(settings, analysis, result)


def _columns(frame: Frame) -> tuple[Any, dict[str, Any]]:
    """Return the place of each period in time, from 0, and the other columns as numbers."""
    values = {
        name: np.array([np.nan if cell is None else cell for cell in frame.column(name)], dtype=float)
        for name in frame.columns[2:]
    }
    return values["place"] - 1, values


def _starts(result: Result) -> list[float]:
    """Return the place in time of each intervention, from 0."""
    return [place - 1 for place in result.frames["interventions"].column("place")]


def _segments(result: Result) -> list[Any]:
    """Return the rows of each segment."""
    x, _ = _columns(result.frames["series"])
    return np.split(np.arange(len(x)), np.searchsorted(x, _starts(result)).tolist())


def _draw_series(axes: Any, x: Any, values: dict[str, Any], segments: list[Any]) -> None:
    """Draw dots, the fitted line of each segment and the earlier line carried on, with their intervals."""
    before, after = segments[0], np.concatenate(segments[1:])
    bands = [
        (before, "fitted", DARK_BLUE),
        *((part, "fitted", DARK_PINK) for part in segments[1:]),
        (after, "counterfactual", DARK_BLUE),
    ]
    for part, name, colour in bands:
        axes.fill_between(
            x[part], values[f"{name}_low"][part], values[f"{name}_high"][part], color=colour, **BAND
        )
    joined = np.concatenate([values["fitted"][before[-1:]], values["counterfactual"][after]])
    axes.plot(x[before[-1] :], joined, color=DARK_BLUE, linestyle=DASHES[1])
    axes.plot(x[before], values["fitted"][before], color=DARK_BLUE)
    for part in segments[1:]:
        axes.plot(x[part], values["fitted"][part], color=DARK_PINK)
    axes.plot(x, values["observed"], linestyle="", marker="o", color=INK, markersize=4.5)
    _mark_gaps(axes, x)


def _mark_gaps(axes: Any, x: Any) -> None:
    """Say of periods between others that are left out that they are."""
    for before, after in zip(x, x[1:], strict=False):
        if after - before > 1:
            axes.axvspan(before + 0.5, after - 0.5, color=GREY, alpha=0.16, linewidth=0)
            at = {
                "xy": ((before + after) / 2, 0.02),
                "xycoords": ("data", "axes fraction"),
                "ha": "center",
                "va": "bottom",
            }
            axes.annotate(translate("left out"), rotation=90, fontsize=8, color=INK, **at)


def _draw_control(axes: Any, control: Frame, name: str, x: Any, segments: list[Any]) -> None:
    """Draw the control series with the fitted line of each segment, on an axis of its own."""
    name_axis(axes, name)
    observed, fitted = (np.array(control.column(column), dtype=float) for column in ("observed", "fitted"))
    axes.plot(x, observed, linestyle="", marker="o", color=GREY, markersize=4.5)
    for part in segments:
        axes.plot(x[part], fitted[part], color=GREY)
    label_ends(
        axes,
        [
            (x[-1], float(observed[-1]), translate("Observed (dots)"), GREY),
            (x[-1], float(fitted[-1]), translate("Trend"), GREY),
        ],
        gap=0.12,
    )


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
    name_axis(
        top,
        translate("Residual: observed minus fitted") + (translate(", percentage points") if share else ""),
    )
    residuals = frame.column("residual")
    top.axhline(0, color=GREY, linewidth=0.8)
    x, _ = _columns(frame)
    top.plot(x, residuals, color=DARK_BLUE, linewidth=1.2, marker="o", markersize=4)
    for place in _starts(result):
        top.axvline(place - 0.5, color=INK, linewidth=1, linestyle=DASHES[1])
    _period_ticks(top, frame.column("period"), x)
    thousands_axis(top.yaxis, 100 if share else 1)
    limit, lags = correlogram.column("limit")[0], correlogram.column("lag")
    sizes = {  # residuals that do not vary have none
        name: [0.0 if value is None else value for value in correlogram.column(name)]
        for name in ("acf", "pacf")
    }
    reach = 1.15 * max(1.4 * limit, *(abs(value) for values in sizes.values() for value in values))
    for panel, name, title in zip(
        panels,
        ("acf", "pacf"),
        (translate("Autocorrelation, by lag"), translate("Partial autocorrelation, by lag")),
        strict=True,
    ):
        name_axis(panel, title)
        panel.axhspan(-limit, limit, color=GREY, alpha=0.12, linewidth=0)
        panel.axhline(0, color=GREY, linewidth=0.8)
        panel.vlines(lags, 0, sizes[name], color=DARK_BLUE, linewidth=2.4)
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


def _mark_events(axes: Any, places: Sequence[float], names: Sequence[str], height: float) -> None:
    """Draw a dashed vertical line for each intervention with its name at the top, above the data; several
    names in steps.
    """
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + (0.1 + 0.2 / height * (len(places) - 1)) * (high - low))
    for step, (place, text) in enumerate(zip(places, names, strict=True)):
        axes.axvline(place, color=INK, linewidth=1.2, linestyle=DASHES[1])
        at = {
            "xy": (place, 1),
            "xycoords": ("data", "axes fraction"),
            "xytext": (5, -3 - 13 * step),
            "textcoords": "offset points",
        }
        axes.annotate(text, va="top", fontsize=9, **at)


def _period_ticks(axes: Any, labels: Sequence[str], x: Any) -> None:
    """Name every period, or as many at even steps as there is room for."""
    steps = [step for step in (1, 2, 3, 4, 6, 12, 24, 60, 120, 240) if len(labels) / step <= MOST_TICKS]
    step = steps[0] if steps else len(labels) // MOST_TICKS
    places = range(0, len(labels), step)
    axes.set_xticks([x[place] for place in places], [_in_two_lines(labels[place]) for place in places])
    axes.margins(x=0.02)


def _in_two_lines(label: str) -> str:
    """Return a month or day with its year below; other periods as they are."""
    parts = label.split("-")
    if len(parts) == 1 or not parts[1].isdigit():
        return label
    month = month_name(int(parts[1]), short=True)
    return f"{int(parts[2])} {month}\n{parts[0]}" if len(parts) == 3 else f"{month}\n{parts[0]}"
