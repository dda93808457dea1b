"""Figures of the design ``cost_benefit``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.ticker import MaxNLocator

from evidentia.charts.house import DARK_BLUE, DARK_PINK, GREY, INK, TURQUOISE, new_figure
from evidentia.charts.labels import name_rows
from evidentia.charts.text import wrapped
from evidentia.charts.width import is_narrow, width
from evidentia.core.formats import MINUS, printed
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.cost_benefit.display import tornado_data, waterfall_data
from evidentia.designs.cost_benefit.settings import CostBenefitSettings, TornadoFigure, WaterfallFigure

BAR = 0.6


def waterfall(settings: WaterfallFigure, analysis: CostBenefitSettings, result: Result) -> tuple[Any, Frame]:
    """Draw costs as a step down, each benefit as a step up, and where they end; on a phone from left to
    right, a row for each.
    """
    data = waterfall_data(settings, analysis, result)
    if is_narrow():
        return _waterfall_in_rows(settings, analysis, data), data
    figure, axes = new_figure(
        settings.height, translate("Pounds, in prices of {price_year}", price_year=analysis.price_year)
    )
    level, last = 0.0, len(data.rows) - 1
    for place, (_, value) in enumerate(data.rows):
        start = 0.0 if place == last else level
        colour = DARK_PINK if value < 0 else DARK_BLUE if place == last else TURQUOISE
        axes.bar([place], [value], BAR, bottom=start, color=colour, zorder=2)
        end = start + value
        above = end if value >= 0 else start
        axes.annotate(
            printed(value, "pounds", "0dp"),
            (place, above),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            bbox={"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 0.6},  # the line at 0 may run behind
        )
        if place < last:
            axes.plot([place + BAR / 2, place + 1 - BAR / 2], [end, end], color=GREY, linewidth=0.8)
        level = end
    axes.axhline(0, color=INK, linewidth=1)
    axes.set_xticks(
        range(last + 1), [wrapped(row[0], 5.2 / (last + 1), 8.5) for row in data.rows], fontsize=8.5
    )
    axes.yaxis.set_major_formatter(lambda value, _: _pounds(value))
    axes.use_sticky_edges = False
    axes.margins(y=0.12)
    return figure, data


def _waterfall_in_rows(settings: WaterfallFigure, analysis: CostBenefitSettings, data: Frame) -> Any:
    figure, axes = new_figure(
        settings.height, translate("Pounds, in prices of {price_year}", price_year=analysis.price_year)
    )
    level, last = 0.0, len(data.rows) - 1
    for place, (_, value) in enumerate(data.rows):
        start = 0.0 if place == last else level
        level = start + value
        colour = DARK_PINK if value < 0 else DARK_BLUE if place == last else TURQUOISE
        axes.barh([place], [value], BAR, left=start, color=colour, zorder=2)
        axes.annotate(
            printed(value, "pounds", "0dp"),
            ((start + level) / 2, place - BAR / 2),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            bbox={"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 0.6},
        )
        if place < last:
            axes.plot([level, level], [place + BAR / 2, place + 1 - BAR / 2], color=GREY, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=1)
    name_rows(axes, range(last + 1), [row[0] for row in data.rows], 1.3, 8.5)
    axes.set_ylim(last + 0.5, -0.8)
    axes.grid(visible=False)
    axes.use_sticky_edges = False
    axes.margins(x=0.14)
    axes.xaxis.set_major_locator(MaxNLocator(3))
    axes.xaxis.set_major_formatter(lambda value, _: _pounds(value))
    return figure


def tornado(settings: TornadoFigure, analysis: CostBenefitSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the net present value at both ends of each assumption, the widest at the top."""
    data = tornado_data(settings, analysis, result)
    values = {number.id: number.value for number in result.numbers}
    middle = float(values["net_present_value.estimate"] or 0)
    figure, axes = new_figure(settings.height, translate("Net present value, pounds"))
    places = range(len(data.rows), 0, -1)
    for place, (_, low, high, at_low, at_high) in zip(places, data.rows, strict=True):
        for said, value in ((low, at_low), (high, at_high)):
            axes.barh(
                [place],
                [value - middle],
                BAR,
                left=middle,
                color=DARK_BLUE if value >= middle else DARK_PINK,
                zorder=2,
            )
            right = value >= middle
            axes.annotate(
                said,
                (value, place),
                xytext=(4 if right else -4, 0),
                textcoords="offset points",
                ha="left" if right else "right",
                va="center",
                fontsize=8,
            )
    axes.axvline(middle, color=GREY, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=1)
    name_rows(axes, places, [row[0] for row in data.rows], 2.0, 8.5)
    axes.set_ylim(0.4, len(data.rows) + 0.6)
    axes.grid(axis="x")
    axes.grid(False, axis="y")
    axes.margins(x=_room_beside([said for row in data.rows for said in row[1:3]]))
    axes.xaxis.set_major_locator(MaxNLocator(3 if is_narrow() else 5))
    axes.xaxis.set_major_formatter(lambda value, _: _pounds(value))
    return figure, data


def _room_beside(labels: Sequence[str]) -> float:
    """Return the margin, as a share of the bars' span, in which labels beside the longest bars have room."""
    across = width() - (1.4 if is_narrow() else 2.1)  # inches that the names of the rows leave
    longest = max((len(label) for label in labels), default=0) * 8 * 0.55 / 72 + 0.1
    return max(0.14, longest / max(across - 2 * longest, longest))


def _pounds(value: float) -> str:
    """Return pounds short enough for an axis: £1.2m, £340,000."""
    if abs(value) >= 1e6:
        return f"{MINUS if value < 0 else ''}£{abs(value) / 1e6:.2f}".rstrip("0").rstrip(".") + "m"
    return printed(value, "pounds", "0dp")
