"""The key of a scale: its answers in their colours, in the lines that there is room for."""

from __future__ import annotations

from typing import Any

from evidentia.charts.house import DARK_BLUE, DARK_PINK, INK, box
from evidentia.charts.text import text_width
from evidentia.charts.width import is_narrow, width
from evidentia.core.language import translate

SIZE = 8.5  # points
KEY = 0.26  # inches: the key's line
KEY_LINE = 0.18  # inches, a further line of the key
NEUTRAL = "#EDEDED"


def shades(count: int) -> list[str]:
    """Return colours for a scale of so many answers: pink that pales, light grey in the middle, blue that
    darkens.

    The pinks are paler than the blues, so that the sides differ in grey too.
    """
    half = count // 2
    steps = [index / (half - 1) if half > 1 else 0.0 for index in range(half)]
    pink = [_mixed(DARK_PINK, 0.78 - 0.45 * step) for step in steps]
    blue = [_mixed(DARK_BLUE, 1 - 0.5 * step) for step in steps]
    return [*pink, *([NEUTRAL] if count % 2 else []), *reversed(blue)]


def _mixed(colour: str, strength: float) -> str:
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02X}" for part in parts)


def draw_key(axes: Any, answers: list[str], top: float) -> None:
    """Name the answers in the order of the scale, with their colours, above the bars; smaller where they need
    the room.
    """
    size = (
        SIZE
        if is_narrow()
        else next((size for size in (SIZE, 8.0, 7.5) if _key_width(answers, size) <= _key_room()), 7.0)
    )
    colours = iter(shades(len(answers)))
    for line in _key_lines(answers):
        x = 0.0
        for answer in line:
            box(
                axes,
                x,
                top + KEY / 2 - 0.06,
                0.12,
                0.12,
                facecolor=next(colours),
                edgecolor=INK,
                linewidth=0.4,
            )
            axes.text(x + 0.17, top + KEY / 2, answer, va="center", fontsize=size)
            x += 0.17 + text_width(answer, size) + 0.16
        top += KEY_LINE


def _key_room() -> float:
    return width() - text_width(translate("answers"), SIZE) - 0.15


def _key_lines(answers: list[str]) -> list[list[str]]:
    """Return the answers by line of the key: all on one, on a phone as many as there is room for."""
    lines: list[list[str]] = [[]]
    for answer in answers:
        if is_narrow() and lines[-1] and _key_width([*lines[-1], answer], SIZE) > _key_room():
            lines.append([])
        lines[-1].append(answer)
    return lines


def key_height(answers: list[str]) -> float:
    """Return how high the key of a scale is, in inches."""
    return KEY + KEY_LINE * (len(_key_lines(answers)) - 1)


def _key_width(answers: list[str], size: float) -> float:
    return sum(0.33 + text_width(answer, size) for answer in answers)
