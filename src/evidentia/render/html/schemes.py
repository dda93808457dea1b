"""The drawings' colours in the dark scheme: each keeps its hue and its contrast with the paper."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

from evidentia.charts.colours import contrast

PAPER = "#14181c"
"""The page in the dark scheme (templates/screen.css)."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
_WHITE = "#ffffff"


def dark_rules(drawings: Iterable[str]) -> str:
    """Return a style sheet that gives every colour of some drawings its counterpart in the dark scheme."""
    colours = sorted({colour.lower() for text in drawings for colour in _COLOUR.findall(text)})
    rules = []
    for colour in colours:
        for name in ("fill", "stroke"):
            stated = [
                f'[style*="{name}: {colour}" i]',
                f'[style*="{name}:{colour}" i]',
                f'[{name}="{colour}" i]',
            ]
            rules.append(f".picture :is({', '.join(stated)}) {{ {name}: {dark(colour)} !important; }}")
    text = ".picture svg { fill: #e8eaed; } .picture text:not([style*='fill']) { fill: #e8eaed; }"
    return "@media (prefers-color-scheme: dark) { " + " ".join([text, *rules]) + " }" if rules else ""


def dark(colour: str) -> str:
    """Return a colour for dark paper: the hue kept, light and dark exchanged, the contrast no less than on
    white (up to 4.5).

    Parameters
    ----------
    colour : str
        As ``#rrggbb``.
    """
    if colour.lower() == _WHITE:
        return PAPER
    red, green, blue = _parts(colour)
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    wanted = min(contrast(colour, _WHITE), 4.5)
    lightness = 0.1 + 0.82 * (1 - light)
    while True:
        found = "#" + "".join(
            f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, strength * 0.85)
        )
        if contrast(found, PAPER) >= wanted or lightness >= 1:
            return found
        lightness = min(1.0, lightness + 0.01)


def _parts(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
