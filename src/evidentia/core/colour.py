"""Colours and how well one is seen on another (WCAG 2.2)."""

from __future__ import annotations

import colorsys


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


def darkened(colour: str, least: float, ground: str = "#ffffff") -> str:
    """Return a colour of the same hue that has at least a contrast with a light ground: itself, or darker."""
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    found = colour
    while contrast(found, ground) < least and light > 0:
        light = max(0.0, light - 0.01)
        parts = colorsys.hls_to_rgb(hue, light, strength)
        found = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return found
