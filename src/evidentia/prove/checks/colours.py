"""Contrast of the colours that the style sheets and the charts use (WCAG 2.2, success criteria 1.4.3 and
1.4.11).
"""

from __future__ import annotations

import re

from evidentia.charts.colours import COLOURS, GREY, INK, TEXT_COLOURS, contrast

TEXT, MARKS = 4.5, 3.0
PAIRS = (
    ("ink", "paper"),
    ("quiet", "paper"),
    ("link", "paper"),
    ("blue", "paper"),
    ("ink", "wash"),
    ("blue", "wash"),
    ("link", "wash"),
    ("banner-ink", "banner"),
)
"""Text and ground, by their names in screen.css."""


def schemes(css: str) -> dict[str, dict[str, str]]:
    """Return the named colours of screen.css: of the light scheme, and of the dark one where it differs."""
    blocks = re.findall(r":root\s*\{([^}]*)\}", css)
    found = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})", block)) for block in blocks]
    return {"light": found[0], "dark": {**found[0], **found[1]}} if len(found) > 1 else {"light": found[0]}


def palette(screen: str, paper: str) -> tuple[str, list[str]]:
    """Check the pairs of colours in both schemes, the text colours on paper, and the colours of charts.

    Parameters
    ----------
    screen, paper : str
        The style sheets.
    """
    tested = []
    for scheme, colours in schemes(screen).items():
        tested += [
            (f"{scheme}: {text} on {ground}", colours[text], colours[ground], TEXT) for text, ground in PAIRS
        ]
        tested.append((f"{scheme}: white on band", "#ffffff", colours["band"], TEXT))
    tested += [
        (f"paper: {colour}", colour, "#ffffff", TEXT)
        for colour in set(re.findall(r"[{;]\s*color:\s*(#[0-9a-f]{3,6})", paper)) - {"#fff"}
    ]
    tested += [(f"chart: series {colour}", colour, "#ffffff", MARKS) for colour in COLOURS]
    tested += [(f"chart: text {colour}", colour, "#ffffff", TEXT) for colour in (*TEXT_COLOURS, INK, GREY)]
    findings = [
        f"{name} has {contrast(one, other):.2f}:1, not {least}:1"
        for name, one, other, least in tested
        if contrast(one, other) < least
    ]
    least = min(contrast(one, other) for _, one, other, wanted in tested if wanted == TEXT)
    return f"{len(tested)} pairs, text at least {least:.1f}:1", findings
