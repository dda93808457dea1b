"""Figures of the design ``did``."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

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
from evidentia.charts.width import is_narrow
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.did.display import cohorts_data, event_study_data, starts, unit_of
from evidentia.designs.did.settings import CohortsFigure, DidSettings, EventStudyFigure

ACROSS = 3
MOST = 9


def event_study(settings: EventStudyFigure, analysis: DidSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the effect by periods since the start with its interval; before the start it should be none."""
    points = unit_of(result) == "percentage_points"
    what = translate("Effect on {what}", what=analysis.named[:1].lower() + analysis.named[1:])
    what += translate(", percentage points") if points else ""
    figure, axes = new_figure(settings.height, what)
    axes.axhline(0, color=INK, linewidth=1)
    axes.axvline(-0.5, color=INK, linewidth=1, linestyle=DASHES[1])
    for k, estimate, low, high, band_low, band_high in result.frames["events"].rows:
        if estimate is None:
            continue
        colour = DARK_PINK if k >= 0 else DARK_BLUE
        if band_low is not None:
            axes.vlines(k, band_low, band_high, color=colour, linewidth=1)
        if low is not None:
            axes.vlines(k, low, high, color=colour, linewidth=3.2)
        axes.plot([k], [estimate], marker="o" if k >= 0 else "s", color=colour, linestyle="", markersize=6)
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    thousands_axis(axes.xaxis)
    axes.set_xlabel(translate("Periods since the first treated period"), loc="left", fontsize=9.5)
    thousands_axis(axes.yaxis, 100 if points else 1)
    _say_side(axes, translate("Before the start"), DARK_BLUE, right=True)
    _say_side(axes, translate("After"), DARK_PINK, right=False)
    return figure, event_study_data(settings, analysis, result)


def _say_side(axes: Any, text: str, colour: str, *, right: bool) -> None:
    """Name a side of the line at the start, above the data."""
    low, high = axes.get_ylim()
    if right:
        axes.set_ylim(low, high + 0.12 * (high - low))
    axes.annotate(
        text,
        (-0.5, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-5 if right else 5, -3),
        textcoords="offset points",
        ha="right" if right else "left",
        va="top",
        fontsize=9,
        color=colour,
    )


def cohorts(settings: CohortsFigure, analysis: DidSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the mean outcome of each group in a panel of its own, beside those never treated; the first nine
    groups.
    """
    groups = starts(result)
    never = groups.pop("never", None)
    shown = list(groups.values())[:MOST]
    across = 1 if is_narrow() else min(ACROSS, len(shown))
    down = math.ceil(len(shown) / across)
    figure, panels = new_figure(
        settings.height * (1 if down < 3 else down / 2),
        rows=down,
        columns=across,
        squeeze=False,
        sharex=True,
        sharey=True,
    )
    share = unit_of(result) == "percentage_points"
    for index, axes in enumerate(panels.flat):
        if index >= len(shown):
            axes.remove()
            continue
        one = shown[index]
        name_axis(axes, one["label"])
        if never:
            axes.plot(
                never["places"],
                _drawn(never["means"]),
                color=GREY,
                linestyle=DASHES[1],
                linewidth=1.4,
                marker="s",
                markersize=3,
            )
        axes.plot(one["places"], _drawn(one["means"]), color=DARK_BLUE, marker="o", markersize=4)
        axes.axvline(one["start"] - 0.5, color=INK, linewidth=1, linestyle=DASHES[2])
        places, periods = one["places"], one["periods"]
        room = 4 if max(map(len, periods)) <= len("2019") else 3  # labels such as 2018/19 are longer
        step = max(1, math.ceil(len(places) / room))
        axes.set_xticks(places[::step], periods[::step], fontsize=8.5)
        axes.tick_params(labelbottom=index + across >= len(shown))  # where no panel is below
        (percent_axis if share else thousands_axis)(axes.yaxis)
    measure = translate("{named}, mean", named=analysis.named) + (
        translate("; the first {MOST} of {value} groups", MOST=MOST, value=len(groups))
        if len(groups) > MOST
        else ""
    )
    figure.suptitle(measure, x=0, ha="left", fontsize=9.5, color=INK)
    if never:
        _name_line(panels[0, 0], never, shown[0], translate("Never treated"))
    return figure, cohorts_data(settings, analysis, result)


def _name_line(axes: Any, group: dict[str, Any], other: dict[str, Any], text: str) -> None:
    """Write a group's name over the highest of its means that is published, or below it if another line is
    above.
    """
    places, means = np.array(group["places"], dtype=float), _drawn(group["means"])
    if np.isfinite(means).any():
        top = int(np.nanargmax(means))
        below = bool(np.nan_to_num(_drawn(other["means"])[: top + 1]).max() > means[top])
        side = "left" if places[top] < places.mean() else "right"
        axes.annotate(
            text,
            (places[top], means[top]),
            xytext=(0, -14 if below else 6),
            textcoords="offset points",
            ha=side,
            fontsize=8.5,
        )
        axes.margins(y=0.12)


def _drawn(means: list[Any]) -> Any:
    return np.array([np.nan if mean is None else mean for mean in means], dtype=float)
