"""The colours of charts, without matplotlib, so that a check of their contrast loads nothing heavy."""

from __future__ import annotations

from evidentia.core.colour import contrast, luminance  # noqa: F401

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
COLOURS = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE)
TEXT_COLOURS = (
    DARK_BLUE,
    "#1A6E67",
    DARK_PINK,
    "#A83F0B",
)  # the same hues, dark enough for small text (4.5:1)
INK, GREY, GRID = "#222222", "#595959", "#D9D9D9"
