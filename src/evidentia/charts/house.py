"""One house style for all charts, after the Analysis Function's guidance on charts.

At most 4 series in colours that differ in lightness as well as hue; direct labels instead of a legend; a
quiet horizontal grid; the vertical axis named above it, so that nobody has to turn the head. Text stays
text in the SVG, in the report's font.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextToPath
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import ScaledTranslation

from evidentia.charts.colours import (  # noqa: F401
    COLOURS,
    DARK_BLUE,
    DARK_PINK,
    GREY,
    GRID,
    INK,
    ORANGE,
    TEXT_COLOURS,
    TURQUOISE,
)
from evidentia.charts.width import is_narrow, width
from evidentia.config.brand import Brand, font_as_truetype
from evidentia.core.colour import darkened
from evidentia.core.files import write_whole
from evidentia.core.font import FAMILY, font_file
from evidentia.core.formats import MINUS
from evidentia.core.language import localised
from evidentia.core.paths import BUILD

MARKERS = ("o", "s", "^", "D")
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)))
_NAME = "axis name"  # marks the text above the axes that says what they count
BOLD = 1.09  # how much wider the bold cut runs

_STYLE: dict[str, Any] = {
    "font.family": [FAMILY],
    "font.size": 9.5,
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "evidentia",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "ytick.major.size": 0,
    "axes.labelcolor": INK,
    "text.color": INK,
    "lines.linewidth": 2.0,
    "lines.markersize": 5,
}


def use_style(brand: Brand | None = None, folder: Path = Path()) -> None:
    """Set the house style for this process and register the report's font from its package.

    Parameters
    ----------
    brand : Brand, optional
        Of the organisation; its colours and its font take the place of the house's.
    folder : Path
        The evaluation folder, with the brand's fonts.
    """
    global _brand
    _brand = brand or Brand()
    mpl.rcdefaults()
    mpl.rcParams.update(_STYLE)
    if _brand.family != FAMILY:
        _add_fonts(_brand, folder)
        mpl.rcParams["font.family"] = [_brand.family, FAMILY]
    font_manager.fontManager.addfont(str(font_file()))
    entries = font_manager.fontManager.ttflist
    own = [entry for entry in entries if entry.name == FAMILY]
    if not any(
        entry.weight == 700 for entry in own
    ):  # the file is variable, so it is the bold cut too; the page sets the weight
        entries.append(dataclasses.replace(own[-1], weight=700))


_brand = Brand()


def _add_fonts(brand: Brand, folder: Path) -> None:
    """Register the brand's font under the name that the brand gives it."""
    for font in brand.fonts:
        if font.family == brand.family:
            file = folder / font.path
            plain = font_as_truetype(file.read_bytes())
            if plain != file.read_bytes():
                file = write_whole(
                    folder / BUILD / ".cache" / "fonts" / f"{font.path.replace('/', '-')}.ttf", plain
                )
            entry = font_manager.ttfFontProperty(font_manager.get_font(str(file)))
            own = dataclasses.replace(entry, name=font.family, weight=font.weight, style=font.style)
            font_manager.fontManager.ttflist.append(own)


def new_figure(
    height: float, axis: str = "", *, rows: int = 1, columns: int = 1, **options: Any
) -> tuple[Figure, Any]:
    """Return a figure of the width that is drawn and its axes.

    Parameters
    ----------
    height : float
        Inches.
    axis : str
        Name of the vertical axis, set horizontally above it (of the first axes).
    rows, columns : int
        Panels.
    options
        For `Figure.subplots`.
    """
    figure = Figure(figsize=(width(), height), layout="constrained")
    FigureCanvasSVG(figure)
    engine: Any = figure.get_layout_engine()
    engine.set(w_pad=0, h_pad=0.03)  # flush with the caption above and the source line below
    axes = figure.subplots(rows, columns, **options)
    if axis:
        first = axes if rows * columns == 1 else axes.flat[0]
        name_axis(first, axis)
    return figure, axes


def name_axis(axes: Any, text: str) -> None:
    """Write what the vertical axis counts above the axes, flush left with its labels."""
    axes.set_title(
        wrapped(text, width() - 0.05, 9.5), loc="left", fontsize=9.5, color=INK, pad=11, x=0
    ).set_label(_NAME)


def from_zero(axes: Any) -> None:
    """Begin the vertical axis at 0 and end it at a labelled line above the highest value."""
    top = axes.dataLim.y1
    ticks = [tick for tick in axes.yaxis.get_major_locator().tick_values(0, top) if tick >= 0]
    axes.set_ylim(0, next((tick for tick in ticks if tick >= top), top))


def percent_axis(axis: Any, places: int = 0) -> None:
    """Print proportions from 0 to 1 as percentages."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(f"{value * 100:.{places}f}%")))


def thousands_axis(axis: Any, scale: float = 1) -> None:
    """Print counts with thousands separators; other numbers, such as percentage points, after a scale."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(f"{value * scale:,.10g}")))


def _tick(text: str) -> str:
    """Return a number of an axis with the marks of the language."""
    return localised(text).replace("-", MINUS)


def name_rows(
    axes: Any, places: Iterable[float], names: Sequence[str], room: float, size: float = 9.5
) -> None:
    """Name the rows of a chart at its left, in lines of at most so many inches; on a phone in shorter ones,
    with higher rows.
    """
    lines = [wrapped(name, min(room, 1.3) if is_narrow() else room, size) for name in names]
    axes.set_yticks(list(places), lines, fontsize=size, linespacing=1.1)
    if is_narrow():
        most = max(line.count("\n") + 1 for line in lines)
        axes.figure.set_figheight(
            max(axes.figure.get_figheight(), 1.0 + len(lines) * (most + 0.6) * size * 1.15 / 72)
        )


def label_ends(axes: Any, ends: Sequence[tuple[float, float, str, str]], *, gap: float = 0.062) -> None:
    """Write each line's name at its right end, moved apart where they would touch.

    Parameters
    ----------
    axes : matplotlib axes
        With its limits set.
    ends : sequence of (x, y, text, colour)
        In data units.
    gap : float
        Least distance between labels, as a share of the axis's height for one line of text; labels of
        several lines take that many.
    """
    if is_narrow():
        ends = [
            (x, y, "\n".join(wrapped(line, 1.1, 9.5) for line in text.split("\n")), colour)
            for x, y, text, colour in ends
        ]
    scale = axes.yaxis.get_transform()  # distances count as the axis draws them, on a log scale too
    low, high = (float(scale.transform(limit)) for limit in axes.get_ylim())
    wanted = [(float(scale.transform(y)) - low) / (high - low) for _, y, _, _ in ends]
    spots = spread(wanted, [gap * (text.count("\n") + 1) for _, _, text, _ in ends])
    for (x, y, text, colour), place, spot in zip(ends, wanted, spots, strict=True):
        height = float(scale.inverted().transform(low + spot * (high - low)))
        moved = abs(spot - place) > 0.7 * gap
        beside = axes.transData + ScaledTranslation((15 if moved else 8) / 72, 0, axes.figure.dpi_scale_trans)
        axes.annotate(
            text,
            xy=(x, y),
            xytext=(x, height),
            textcoords=beside,
            va="center",
            color=colour,
            annotation_clip=False,
            linespacing=1.15,
            arrowprops=_leader(colour) if moved else None,
        )


def _leader(colour: str) -> dict[str, Any]:
    """Return the style of a thin line from a label that had to move to the end of its own line."""
    return {
        "arrowstyle": "-",
        "color": colour,
        "linewidth": 0.7,
        "shrinkA": 0,
        "shrinkB": 4,
        "relpos": (0, 0.5),
    }


def spread(positions: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Move positions apart so that items of the given sizes do not overlap, as little as needed, in order.

    Items that touch form a block, centred on the mean of the places that its items wanted.
    """
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    blocks: list[tuple[float, list[int]]] = []
    for index in order:
        blocks.append((positions[index], [index]))
        while len(blocks) > 1:
            (centre_1, items_1), (centre_2, items_2) = blocks[-2], blocks[-1]
            room = (sum(sizes[item] for item in items_1) + sum(sizes[item] for item in items_2)) / 2
            if centre_2 - centre_1 >= room:
                break
            items = items_1 + items_2
            blocks[-2:] = [(sum(positions[item] for item in items) / len(items), items)]
    placed = [0.0] * len(positions)
    for centre, items in blocks:
        edge = centre - sum(sizes[item] for item in items) / 2
        for item in items:
            placed[item] = edge + sizes[item] / 2
            edge += sizes[item]
    return placed


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide one line of text is in the report's font, in inches."""
    font = font_manager.FontProperties(family=_brand.family, size=size, weight="bold" if bold else "normal")
    width, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72 * (BOLD if bold else 1)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Break text into lines that are at most so many inches wide; a single longer word keeps its line.

    A confidence level stays with what it is a level of: so it is read as one, by people and by the round
    trip.
    """
    lines: list[str] = []
    for word in re.findall(r"\d[\d.]*%\s+confidence\b\S*|\S+", text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def drawing_board(height: float) -> tuple[Figure, Any]:
    """Return a figure of the width that is drawn and axes in inches from the top left corner, without frame
    or ticks.
    """
    figure, axes = new_figure(height)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set_xlim(0, width())
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def box(axes: Any, x: float, y: float, width: float, height: float, **style: Any) -> None:
    """Draw a rectangle on a drawing board, its corner at the top left."""
    axes.add_patch(Rectangle((x, y), width, height, **{"linewidth": 0.8, "edgecolor": "none", **style}))


def say_beside(figure: Figure, words: str) -> None:
    """Write words at the lower right corner of a chart, below all else: that its records are synthetic."""
    if figure.get_layout_engine():
        figure.supxlabel(words, x=1, ha="right", fontsize=8.5, color=GREY)
        return
    height, strip = figure.get_figheight(), 0.24  # a drawing board has no room of its own
    figure.set_figheight(height + strip)
    for axes in figure.axes:
        left, low, width, tall = axes.get_position().bounds
        axes.set_position(
            (left, (low * height + strip) / (height + strip), width, tall * height / (height + strip))
        )
    figure.text(1, 0.01, words, ha="right", va="bottom", fontsize=8.5, color=GREY)


def to_svg(figure: Figure) -> str:
    """Return the figure as SVG text: the same bytes each time, text as text, no size but its shape."""
    _align_names(figure)
    _thin_labels(figure)
    figure.set_layout_engine("none")  # all is in its place; saving would look for it once more
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    text = re.sub(r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*|<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = _in_colours(re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL))
    return re.sub(
        r'(<svg[^>]*?)\s+width="[^"]*"',
        r"\1",
        re.sub(r'(<svg[^>]*?)\s+height="[^"]*"', r"\1", text, count=1),
        count=1,
    )


def _in_colours(text: str) -> str:
    """Return a drawing with the brand's colours in the places of the house's."""
    if _brand.is_house:
        return text
    changed = {old.lower(): new for old, new in zip(COLOURS, _brand.series, strict=True)}
    for old, own, new in zip(TEXT_COLOURS, COLOURS, _brand.series, strict=True):
        if new.lower() != own.lower() and old != own:
            changed[old.lower()] = darkened(new, 4.5)
    if changed[DARK_PINK.lower()] == _brand.series[2]:
        changed[DARK_PINK.lower()] = darkened(_brand.series[2], 4.5)  # words have the colour of their line
    return re.sub(r"#[0-9a-fA-F]{6}\b", lambda found: changed.get(found[0].lower(), found[0]), text)


def _align_names(figure: Figure) -> None:
    """Set the name of each vertical axis flush left with the axis's own labels, and so with the caption."""
    figure.draw_without_rendering()
    for axes in figure.axes:
        low, high = sorted(axes.get_ylim())
        drawn = [
            label
            for label in axes.get_yticklabels()
            if label.get_visible() and low <= label.get_position()[1] <= high
        ]
        edges = [label.get_window_extent().x0 for label in drawn if label.get_text()]
        names: list[Any] = axes.findobj(lambda artist: artist.get_label() == _NAME)
        for name in names:
            left = axes.transAxes.inverted().transform((min(edges), 0))[0] if edges else 0.0
            name.set_position((left, name.get_position()[1]))


def _thin_labels(figure: Figure) -> None:
    """Leave out labels of the horizontal axis at even steps until none touches the next."""
    for axes in figure.axes:
        low, high = sorted(axes.get_xlim())
        labels = [tick.label1 for tick in axes.xaxis.get_major_ticks() if low <= tick.get_loc() <= high]
        labels = [
            label for label in labels if label.get_visible() and label.get_text()
        ]  # panels that share an axis show it once
        boxes = [label.get_window_extent() for label in labels]
        space = figure.dpi * 0.05
        step = next(
            step
            for step in range(1, len(boxes) + 2)
            if all(
                after.x0 - before.x1 >= space
                for before, after in zip(boxes[::step], boxes[step::step], strict=False)
            )
        )
        for place, label in enumerate(labels):
            label.set_visible(place % step == 0)
