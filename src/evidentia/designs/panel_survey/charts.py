"""Charts of the design ``panel_survey``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidentia.charts.house import GRID, INK, box, drawing_board
from evidentia.charts.text import text_width, wrapped
from evidentia.charts.width import is_narrow, width
from evidentia.core.formats import SUPPRESSED, printed
from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.designs.panel_survey.chart_key import KEY, SIZE, draw_key, key_height, shades
from evidentia.designs.panel_survey.display import diverging_data
from evidentia.designs.panel_survey.settings import DivergingFigure, PanelSurveySettings

ROW, GAP, BLOCK = 0.205, 0.1, 0.1  # inches: a bar's row, between items, between blocks
LEFT, COUNT = 1.6, 0.42  # inches: the items' names, the number of answers
LEFT_ALONE, LINE = 2.4, 0.145  # inches: the items' names where there is one wave only, a line of them


@dataclass(frozen=True)
class Bar:
    """One item at one wave: its shares in the order of the scale, none if one of them is suppressed, and the
    number of answers.
    """

    wave: str
    shares: list[float]
    n: int | str


Block = tuple[list[str], dict[str, list[Bar]]]
"""A scale, and the bars of the items that have it, by item."""


@dataclass(frozen=True)
class Layout:
    """Where the parts of the figure stand, in inches: names and heights of the items, and whether the bars
    name their wave.

    On a phone names and waves stand above the bars: `left` is 0, `row` is higher, and `above` is the height
    of an item's name.
    """

    several: bool
    names: dict[str, str]
    heights: dict[str, float]
    above: dict[str, float]
    left: float
    row: float

    def needed(self, blocks: list[Block]) -> float:
        """Return the height of the whole figure."""
        return sum(
            key_height(answers) + sum(self.heights[item] + GAP for item in items) + BLOCK
            for answers, items in blocks
        )


def _layout(blocks: list[Block]) -> Layout:
    """Return a layout in which each name has its lines; with one wave the names take the wave's place."""
    several = len({bar.wave for _, items in blocks for bars in items.values() for bar in bars}) > 1
    left = 0.0 if is_narrow() else LEFT if several else LEFT_ALONE
    row = ROW + LINE if is_narrow() and several else ROW
    names = {
        item: wrapped(item, (left or width()) - 0.1, SIZE, bold=is_narrow())
        for _, items in blocks
        for item in items
    }
    lines = {item: (name.count("\n") + 1) * LINE for item, name in names.items()}
    above = {item: line + 0.04 if is_narrow() else 0.0 for item, line in lines.items()}
    heights = {
        item: above[item] + len(bars) * row if is_narrow() else max(len(bars) * row, lines[item])
        for _, items in blocks for item, bars in items.items()
    }  # fmt: skip
    return Layout(several, names, heights, above, left, row)


def diverging(settings: DivergingFigure, analysis: PanelSurveySettings, result: Result) -> tuple[Any, Frame]:
    """Draw answers as stacked bars that part at the middle of the scale.

    Unfavourable answers go to the left of the line, favourable ones to the right, and a middle answer to
    both sides, so that colour is not needed to tell them apart.

    Parameters
    ----------
    settings : DivergingFigure
    analysis : PanelSurveySettings
    result : Result

    Returns
    -------
    figure : matplotlib.figure.Figure
    data : Frame
    """
    data = diverging_data(settings, analysis, result)
    blocks = _blocks(settings, analysis, data)
    layout = _layout(blocks)
    figure, axes = drawing_board(
        layout.needed(blocks) if is_narrow() else settings.height or layout.needed(blocks)
    )
    reach = [_reach(bar.shares) for _, items in blocks for bars in items.values() for bar in bars]
    left, right = max(side[0] for side in reach), max(side[1] for side in reach)
    waves = (
        max(text_width(wave, SIZE - 0.5) for wave in data.column(translate("Wave"))) + 0.12
        if layout.several and layout.left
        else 0.0
    )
    scale = (width() - layout.left - waves - COUNT) / (left + right or 1.0)
    zero = layout.left + waves + left * scale
    top = 0.0
    for answers, items in blocks:
        draw_key(axes, answers, top)
        axes.text(width(), top + KEY / 2, translate("answers"), ha="right", va="center", fontsize=SIZE - 0.5)
        start = top = top + key_height(answers)
        for item, bars in items.items():
            top = _draw_item(axes, layout, item, bars, zero, scale, top)
        if not is_narrow():
            axes.plot([zero, zero], [start, top], color=INK, linewidth=0.8, zorder=0.5)
        top += BLOCK
    return figure, data


def _draw_item(
    axes: Any, layout: Layout, item: str, bars: list[Bar], zero: float, scale: float, top: float
) -> float:
    """Draw an item's name and bars, and return where the next one begins."""
    height = layout.heights[item]
    above = layout.above[item]
    weight = "bold" if above else "normal"
    middle = top + GAP / 2 + (above or height) / 2
    axes.text(0, middle, layout.names[item], va="center", fontsize=SIZE, linespacing=1.15, fontweight=weight)
    place = top + GAP / 2 + above + (height - above - len(bars) * layout.row) / 2
    for bar in bars:
        over = layout.row - ROW
        if layout.several:
            axes.text(layout.left, place + (over or ROW) / 2, bar.wave, va="center", fontsize=SIZE - 0.5)
        _draw_bar(axes, bar, zero, scale, place + over)
        if is_narrow():  # the words above each bar part the line
            axes.plot([zero, zero], [place + over, place + layout.row], color=INK, linewidth=0.8, zorder=0.5)
        place += layout.row
    end = top + height + GAP
    axes.plot([0, width()], [end, end], color=GRID, linewidth=0.6)
    return end


def _blocks(settings: DivergingFigure, analysis: PanelSurveySettings, data: Frame) -> list[Block]:
    """Return the items by scale, each with its bars."""
    found: dict[tuple[str, ...], dict[str, list[Bar]]] = {}
    for name in settings.items:
        item = analysis.items[name]
        label = item.label or name
        bars: dict[str, Bar] = {}
        for row in data.rows:
            if row[0] == label:
                bar = bars.setdefault(row[1], Bar(row[1], [], row[5]))
                bar.shares.append(row[3] or 0.0)
        whole = [
            Bar(bar.wave, [], bar.n) if SUPPRESSED in map(str, bar.shares) else bar for bar in bars.values()
        ]
        found.setdefault(tuple(item.scale), {})[label] = whole
    return [(list(answers), items) for answers, items in found.items()]


def _reach(shares: list[float]) -> tuple[float, float]:
    """Return how far a bar goes to the left and to the right of the line."""
    half = len(shares) // 2
    middle = shares[half] / 2 if len(shares) % 2 else 0.0
    return sum(shares[:half]) + middle, sum(shares[len(shares) - half :]) + middle


def _draw_bar(axes: Any, bar: Bar, zero: float, scale: float, top: float) -> None:
    axes.text(
        width(),
        top + ROW / 2,
        bar.n if isinstance(bar.n, str) else printed(bar.n, "count"),
        ha="right",
        va="center",
        fontsize=SIZE,
    )
    if not bar.shares:
        axes.text(zero, top + ROW / 2, SUPPRESSED, ha="center", va="center", fontsize=SIZE - 0.5)
    x = zero - _reach(bar.shares)[0] * scale
    for share, colour in zip(bar.shares, shades(len(bar.shares)), strict=True):
        wide = share * scale
        box(axes, x, top + 0.02, wide, ROW - 0.04, facecolor=colour, edgecolor="#FFFFFF", linewidth=0.8)
        text = printed(share, "proportion")
        if wide > text_width(text, SIZE - 1) + 0.05:
            axes.text(
                x + wide / 2,
                top + ROW / 2,
                text,
                ha="center",
                va="center",
                fontsize=SIZE - 1,
                color=_on(colour),
                zorder=6,
            )
        x += wide


def _on(colour: str) -> str:
    """Return white on dark colours, ink on pale ones."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK
