"""The colours of charts, without matplotlib, so that a check of their contrast loads nothing heavy."""

from __future__ import annotations

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
COLOURS = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE)
TEXT_COLOURS = (
    DARK_BLUE,
    "#1A6E67",
    DARK_PINK,
    "#A83F0B",
)  # the same hues, dark enough for small text (4.5:1)
INK, GREY, GRID = "#222222", "#595959", "#D9D9D9"


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as ``#12436d``, from 0 to 1."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
