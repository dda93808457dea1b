"""Charts of the design ``synthesis``: the forest plot, and the grid of all members."""

from __future__ import annotations

from typing import Any

from matplotlib import ticker

from evidentia.charts.house import DARK_BLUE, DARK_PINK, GREY, INK, box, drawing_board, new_figure
from evidentia.charts.labels import name_rows
from evidentia.charts.text import wrapped
from evidentia.charts.width import WIDTH
from evidentia.core.formats import MINUS, printed
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.units import UNITS
from evidentia.designs.synthesis.common_scale import RATIO
from evidentia.designs.synthesis.display import (
    drawn_effects,
    forest_data,
    grid_cells,
    grid_data,
    spec_of,
    unit_of,
)
from evidentia.designs.synthesis.settings import ForestFigure, SynthesisGridFigure, SynthesisSettings

LEFT, ROW, HEAD, PART, LINE = 2.3, 0.3, 0.95, 0.26, 0.125  # inches
SHADES = ((0.75, DARK_BLUE, "#FFFFFF"), (0.5, "#A8D8D5", INK), (-1.0, "#E8E8E8", INK))
"""Least share of positive sources, and the colours of cell and words; the words alone carry the meaning."""


def forest(settings: ForestFigure, analysis: SynthesisSettings, result: Result) -> tuple[Any, Frame]:
    """Draw each effect with its interval, a square as large as its weight, and the pooled effects as
    diamonds.
    """
    rows = drawn_effects(settings, result)
    values: dict[str, Any] = {number.id: number.value for number in result.numbers}
    unit = unit_of(result)
    scale = UNITS[unit].scale
    pooled = [(translate("Fixed effect"), "fixed"), (translate("Random effects"), "random")]
    further = [values[f"prediction.{name}"] for name in ("ci_low", "ci_high")]
    below = int(further[0] is not None)  # places under the pooled effects; 2 evaluations predict nothing
    places = len(rows) + len(pooled) + below
    level = printed(analysis.confidence, "proportion")
    words = translate(
        "{label}{value}, with {level} confidence interval",
        label=analysis.label,
        value=translate(", in percentage points") if scale == 100 else "",
        level=level,
    )
    figure, axes = new_figure(settings.height or min(9.0, 0.9 + 0.24 * places), words)
    _draw_members(axes, rows, places, unit)
    for place, (_, kind) in zip((2 + below, 1 + below), pooled, strict=True):
        _draw_pooled(
            axes, place, [values[f"{kind}.{name}"] for name in ("estimate", "ci_low", "ci_high")], unit
        )
    if below:
        axes.plot(
            [end * scale for end in further],
            [1, 1],
            color=DARK_PINK,
            linewidth=2.2,
            solid_capstyle="butt",
            zorder=2,
        )
        _say(axes, 1, further, unit)
    _set_axes(axes, unit, len(pooled) + below + 0.5)
    labels = (
        [row[1] for row in rows] + [name for name, _ in pooled] + [translate("A further evaluation")] * below
    )
    name_rows(axes, range(places, 0, -1), labels, 2.2, 9)
    axes.set_ylim(0.4, places + 0.6)
    return figure, forest_data(settings, analysis, result)


def _draw_members(axes: Any, rows: list[list[Any]], places: int, unit: str) -> None:
    """Draw each effect with its interval, from the top down."""
    scale, heaviest = UNITS[unit].scale, max(row[7] for row in rows)
    for place, (_, _, estimate, low, high, _, _, weight) in zip(range(places, 0, -1), rows, strict=False):
        if low is not None and high is not None:
            axes.plot(
                [low * scale, high * scale],
                [place, place],
                color=GREY,
                linewidth=1.4,
                solid_capstyle="butt",
                zorder=2,
            )
        axes.plot(
            [estimate * scale],
            [place],
            "s",
            color=DARK_BLUE,
            markersize=3 + 5.5 * (weight / heaviest) ** 0.5,
            zorder=3,
        )
        _say(axes, place, [estimate, low, high], unit)


def _draw_pooled(axes: Any, place: int, values: list[Any], unit: str) -> None:
    """Draw a pooled effect as a diamond, as wide as its interval."""
    estimate, low, high = (value * UNITS[unit].scale for value in values)
    corners = [(low, place), (estimate, place + 0.32), (high, place), (estimate, place - 0.32)]
    axes.fill(*zip(*corners, strict=True), color=DARK_PINK, zorder=3)
    _say(axes, place, values, unit)


def _set_axes(axes: Any, unit: str, line: float) -> None:
    """Set the scale of the axis, the line of no effect, and the line above the pooled effects."""
    if unit == RATIO:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(ticker.LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.axvline(1 if unit == RATIO else 0, color=INK, linewidth=1, zorder=1)
    axes.axhline(line, color=GREY, linewidth=0.7)
    axes.grid(axis="x")
    axes.grid(False, axis="y")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", MINUS))


def _say(axes: Any, place: int, values: list[float | None], unit: str) -> None:
    """Write an effect with its interval, or an interval alone, at the right."""
    shown = [printed(value, unit, spec_of(unit)) for value in values]
    text = (
        translate("{value} ({low} to {high})", value=shown[0], low=shown[1], high=shown[2])
        if len(shown) > 2
        else translate("{low} to {high}", low=shown[0], high=shown[1])
    )
    axes.annotate(
        text,
        xy=(1, place),
        xycoords=("axes fraction", "data"),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        annotation_clip=False,
    )


def synthesis_grid(
    settings: SynthesisGridFigure, analysis: SynthesisSettings, result: Result
) -> tuple[Any, Frame]:
    """Draw the evidence of all members: each cell says how many of the sources that speak are positive."""
    members, cells = grid_cells(settings, result)
    labels = {row[3]: row[4] for row in cells}
    found = {(row[1], row[3]): (row[5], row[6]) for row in cells}
    items = {row[1]: (row[0], row[2]) for row in cells}
    parts = list(dict.fromkeys(kind for kind, _ in items.values()))
    width = (WIDTH - LEFT) / len(members)
    flat = width >= 0.7  # wide enough for a name that lies
    names = {member: wrapped(labels[member], (width if flat else HEAD) - 0.1, 8) for member in members}
    head = 0.12 + LINE * (1 + max(name.count("\n") for name in names.values())) if flat else HEAD
    figure, axes = drawing_board(settings.height or head + len(parts) * PART + len(items) * ROW + 0.05)
    for index, member in enumerate(members):
        place = LEFT + (index + 0.5) * width
        axes.text(
            place,
            head - 0.06,
            names[member],
            rotation=0 if flat else 90,
            ha="center",
            va="bottom",
            fontsize=8,
            linespacing=1.0,
        )
    top = head
    for part in parts:
        axes.text(
            0,
            top + PART - 0.06,
            f"{part.capitalize()}s",
            va="bottom",
            fontsize=9,
            fontweight="bold",
            color=DARK_BLUE,
        )
        top += PART
        for item in (item for item, (kind, _) in items.items() if kind == part):
            axes.text(
                0,
                top + ROW / 2,
                wrapped(items[item][1], LEFT - 0.1, 8),
                va="center",
                fontsize=8,
                linespacing=1.0,
            )
            for index, member in enumerate(members):
                _draw_cell(axes, LEFT + index * width, top, width, *found.get((item, member), (None, None)))
            top += ROW
    return figure, grid_data(settings, analysis, result)


def _draw_cell(
    axes: Any, x: float, y: float, width: float, sources: int | None, positive: int | None
) -> None:
    colour, ink = "#FFFFFF", GREY
    if sources and positive is not None:
        colour, ink = next((fill, text) for least, fill, text in SHADES if positive / sources >= least)
    box(
        axes,
        x + 0.015,
        y + 0.015,
        width - 0.03,
        ROW - 0.03,
        facecolor=colour,
        edgecolor="#B0B0B0",
        linewidth=0.6,
    )
    words = (
        translate("{positive} of {sources}", positive=positive, sources=sources)
        if sources
        else translate("none")
    )
    axes.text(
        x + width / 2,
        y + ROW / 2,
        words,
        ha="center",
        va="center",
        fontsize=7.5 if width > 0.38 else 6,
        color=ink,
    )
