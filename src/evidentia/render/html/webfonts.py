"""The report's font: static cuts of Arimo, so that no machine's fonts change the pages.

Most reports need Latin and Greek letters alone; one that holds a letter beyond them (Cyrillic, Hebrew, rarer
signs) gets cuts with all that the font has, which are three times as large.

They are made once from the font's package and kept beside this module: python -m
evidentia.render.html.webfonts
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from evidentia.core.font import FAMILY, font_file

CUTS = {"regular": ("", 400, "normal"), "bold": ("", 700, "normal"), "italic": ("-Italic", 400, "italic")}
"""Name to the package's file, weight and style."""

KEPT = Path(__file__).with_name("fonts")
"""Where the cuts are kept."""

WHOLE = "whole-"
"""Stands before the name of a cut with all characters of the font."""

_CHARACTERS = [
    *range(0x20, 0x250),
    *range(0x370, 0x400),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2090),
    0x20AC,
    0x2116,
    0x2122,
    *range(0x2190, 0x219A),
    *range(0x2200, 0x2270),
    0x25A0,
    0x25A1,
    0x25B2,
    0x25B6,
    0x25BC,
    0x25C6,
    0x25CB,
    0x25CF,
    0x2713,
    0x2717,
]


def cut(name: str, whole: bool = False) -> bytes:
    """Return one cut of the font as WOFF2; the same bytes each time.

    Parameters
    ----------
    name : str
        A key of `CUTS`.
    whole : bool
        With all characters of the font.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    suffix, weight, _ = CUTS[name]
    regular = font_file()
    file = regular.with_name(regular.name.replace("Arimo", f"Arimo{suffix}"))
    font = TTFont(file, recalcTimestamp=False, lazy=True)
    options = subset.Options()
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(font.getBestCmap()) if whole else _CHARACTERS)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@cache
def known() -> frozenset[int]:
    """Return the characters that the font has."""
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(font_file(), lazy=True).getBestCmap())


def font_faces(text: str = "", folder: Path = KEPT) -> str:
    """Return @font-face rules with the cuts in a folder embedded that a text needs."""
    import base64

    rules = []
    beyond = set(map(ord, text)).difference(_CHARACTERS)
    which = (
        WHOLE if beyond and beyond & known() else ""
    )  # a sign that no cut has, as a note's arrow, asks none
    for name, (_, weight, style) in CUTS.items():
        data = base64.b64encode((folder / f"{which}{name}.woff2").read_bytes()).decode("ascii")
        rules.append(
            f"@font-face{{font-family:{FAMILY};font-weight:{weight};font-style:{style};font-display:swap;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "\n".join(rules)


def for_paper(style: str) -> str:
    """Return a style sheet whose smaller cuts are TrueType, which a PDF takes without decoding them."""
    import base64

    for name in CUTS:
        packed, plain = (
            base64.b64encode((KEPT / f"{name}.{kind}").read_bytes()).decode("ascii")
            for kind in ("woff2", "ttf")
        )
        style = style.replace(
            f"url(data:font/woff2;base64,{packed}) format('woff2')",
            f"url(data:font/ttf;base64,{plain}) format('truetype')",
        )
    return style


def unpacked(font: bytes) -> bytes:
    """Return a WOFF2 font as TrueType, with the bytes that WeasyPrint makes of it."""
    from fontTools.ttLib import woff2

    out = io.BytesIO()
    woff2.decompress(io.BytesIO(font), out)
    return out.getvalue()


if __name__ == "__main__":
    for each in CUTS:
        (KEPT / f"{each}.woff2").write_bytes(cut(each))
        (KEPT / f"{each}.ttf").write_bytes(unpacked((KEPT / f"{each}.woff2").read_bytes()))
        (KEPT / f"{WHOLE}{each}.woff2").write_bytes(cut(each, whole=True))
