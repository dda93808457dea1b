"""Labels at the ends of lines and beside rows, moved apart where they would touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.transforms import ScaledTranslation

from evidentia.charts.text import wrapped
from evidentia.charts.width import is_narrow


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
