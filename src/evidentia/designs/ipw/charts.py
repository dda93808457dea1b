"""Charts of the design ``ipw``: people in and out, balance, overlap, effects."""

from __future__ import annotations

import textwrap
from typing import Any

from evidentia.charts.house import COLOURS, GREY, GRID, INK, TEXT_COLOURS, new_figure, percent_axis
from evidentia.charts.labels import name_rows
from evidentia.charts.text import wrapped
from evidentia.charts.width import is_narrow, width
from evidentia.core.formats import SUPPRESSED, printed
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.ipw.display import (
    effects_data,
    estimators,
    flow_data,
    love_data,
    overlap_data,
    unit_of_effect,
)
from evidentia.designs.ipw.settings import EffectsFigure, FlowFigure, IpwSettings, LoveFigure, OverlapFigure

GOOD_BALANCE = (
    0.1  # a standardised mean difference below this is commonly called balanced (Austin and Stuart 2015)
)


def flow(settings: FlowFigure, analysis: IpwSettings, result: Result) -> tuple[Any, Frame]:
    """Draw how many people of each group came in, were left out by reason, and are analysed."""
    data = flow_data(settings, analysis, result)
    across, down = (1, 2) if is_narrow() else (2, 1)  # the groups stand beside each other, on a phone below
    figure, axes = new_figure(settings.height * down)
    axes.set_axis_off()
    axes.set(xlim=(0, across), ylim=(3 - 3 * down, 3))
    for index, name in enumerate(data.columns[1:]):
        column, foot = (0, -3 * index) if is_narrow() else (index, 0)
        counts = dict(zip(data.column(translate("People")), data.column(name), strict=True))
        colour = COLOURS[index]
        steps = list(counts.items())
        out = [
            (label.removeprefix(translate("Left out: ")), count) for label, count in steps[1:-1] if count != 0
        ]
        _box(
            axes,
            column,
            foot + 2.6,
            translate("{name}\n{value} people in the data", name=name, value=_count(steps[0][1])),
            colour,
        )
        _box(
            axes,
            column,
            foot + 0.35,
            translate("{value} people analysed", value=_count(steps[-1][1])),
            colour,
        )
        axes.annotate(
            "",
            xy=(column + 0.12, foot + 0.65),
            xytext=(column + 0.12, foot + 2.25),
            arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1.2},
        )
        lines = [f"{label}: {_count(count)}" for label, count in out] or [translate("Nobody is left out")]
        text = "\n".join(
            textwrap.fill(line, 36, subsequent_indent="   ")
            for line in ([translate("Left out"), *lines] if out else lines)
        )
        axes.text(column + 0.2, foot + 1.5, text, ha="left", va="center", fontsize=9, linespacing=1.45)
    return figure, data


def _box(axes: Any, column: int, middle: float, text: str, colour: str) -> None:
    from matplotlib.patches import Rectangle

    height = 0.3 * (1 + text.count("\n")) + 0.1
    axes.add_patch(
        Rectangle(
            (column + 0.02, middle - height / 2),
            0.9,
            height,
            facecolor="white",
            edgecolor=colour,
            linewidth=1.4,
        )
    )
    axes.text(column + 0.07, middle, text, ha="left", va="center", fontsize=9.5, linespacing=1.4)


def _count(value: Any) -> str:
    return SUPPRESSED if value is None or value == SUPPRESSED else printed(value, "count")


def love(settings: LoveFigure, analysis: IpwSettings, result: Result) -> tuple[Any, Frame]:
    """Draw each variable's standardised mean difference before and after weighting."""
    data = love_data(settings, analysis, result)
    figure, axes = new_figure(settings.height, translate("Standardised mean difference, without its sign"))
    places = range(len(data.rows), 0, -1)
    for place, (_, before, after) in zip(places, data.rows, strict=True):
        if SUPPRESSED in (before, after):
            axes.text(0.01, place, SUPPRESSED, va="center", color=GREY)
        elif before is not None and after is not None:
            axes.plot([before, after], [place, place], color=GRID, linewidth=2.2, zorder=2)
    for index, (when, marker) in enumerate(
        ((translate("Before weighting"), "o"), (translate("After weighting"), "D"))
    ):
        known = [
            (value, place)
            for value, place in zip(data.column(when), places, strict=True)
            if isinstance(value, float)
        ]
        sizes, rows = zip(*known, strict=True) if known else ((), ())
        axes.plot(
            sizes,
            rows,
            marker,
            color=COLOURS[index],
            markerfacecolor="white" if index == 0 else COLOURS[index],
            markersize=7,
            markeredgewidth=1.6,
            zorder=3,
            linestyle="none",
            label=when,
        )
    axes.axvline(GOOD_BALANCE, color=GREY, linewidth=1, linestyle=(0, (4, 2)), zorder=1)
    name_rows(axes, places, data.column(translate("Variable")), 3.2)
    axes.set_ylim(0.4, len(data.rows) + 0.8)
    axes.set_xlim(0, 1.05 * axes.get_xlim()[1])  # so that no mark is cut off
    axes.grid(axis="x")
    axes.grid(False, axis="y")
    figure.legend(loc="outside upper right", ncols=2, frameon=False, handletextpad=0.2, columnspacing=1.2)
    return figure, data


def overlap(settings: OverlapFigure, analysis: IpwSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the propensity's spread in each group, the treated above the line and the comparators below."""
    data = overlap_data(settings, analysis, result)
    figure, axes = new_figure(
        settings.height, translate("Share of the group for each 5 points of propensity")
    )
    highest = 0.01
    for index, name in enumerate((analysis.groups.treated, analysis.groups.comparator)):
        bars = [row[1:] for row in data.rows if row[0] == name and row[3] != SUPPRESSED]
        total = sum(people for _, _, people in bars)
        sign = 1 if index == 0 else -1
        for low, high, people in bars:
            share = people / total / (high - low) * 0.05
            highest = max(highest, share)
            axes.bar(
                low,
                sign * share,
                width=high - low,
                align="edge",
                color=COLOURS[index],
                alpha=1,
                edgecolor="white",
                linewidth=1,
                hatch=None if index == 0 else "////",
            )
        axes.annotate(
            name,
            xy=(1, 0.97 if index == 0 else 0.03),
            xycoords="axes fraction",
            ha="right",
            va="top" if index == 0 else "bottom",
            color=TEXT_COLOURS[index],
            fontweight="bold",
        )
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set_xlim(0, 1)
    axes.set_ylim(-highest * 1.25, highest * 1.25)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value) * 100:.0f}%")
    percent_axis(axes.xaxis)
    axes.set_xlabel(
        wrapped(
            translate("Propensity: probability of being in the treated group, given the covariates"),
            width() - 0.6,
            9.5,
        )
    )
    return figure, data


def effects(settings: EffectsFigure, analysis: IpwSettings, result: Result) -> tuple[Any, Frame]:
    """Draw the effect under each estimand and estimator with its confidence interval."""
    data = effects_data(settings, analysis, result)
    points = unit_of_effect(result) == "percentage_points"
    scale = 100 if points else 1
    level = printed(analysis.confidence, "proportion")
    unit = translate(" in percentage points") if points else ""
    figure, axes = new_figure(
        settings.height,
        translate("Difference{points}, with {level} confidence interval", points=unit, level=level),
    )
    places = list(range(len(data.rows), 0, -1))
    own = f"effect_{analysis.estimand.lower()}"
    for place, (id, _), (_, estimate, low, high, _) in zip(
        places, estimators(analysis, result), data.rows, strict=True
    ):
        if estimate is None:
            continue
        colour = COLOURS[0] if id in (own, "effect_robust", "effect_bootstrap", "effect_aipw") else GREY
        if low is not None and high is not None:
            axes.plot(
                [low * scale, high * scale],
                [place, place],
                color=colour,
                linewidth=1.8,
                solid_capstyle="butt",
            )
        axes.plot(
            [estimate * scale],
            [place],
            "o" if id == own else "s",
            color=colour,
            markersize=8 if id == own else 5.5,
        )
        axes.annotate(
            printed(estimate, unit_of_effect(result), "plain 1dp" if points else "plain 2dp"),
            xy=(1, place),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
        )
    axes.axvline(0, color=INK, linewidth=1)
    name_rows(axes, places, data.column(translate("Effect for")), 2.3)
    axes.set_ylim(0.4, len(data.rows) + 0.6)
    axes.grid(axis="x")
    axes.grid(False, axis="y")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "\N{MINUS SIGN}"))
    return figure, data
