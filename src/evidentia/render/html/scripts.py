"""Fonts of the evaluation's own for scripts and signs that the report's font lacks.

A font in ``report/fonts`` gives the characters that Arimo does not have, and no others; of each file no more
than these go into the page.
"""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import leads_out
from evidentia.core.font import FAMILY
from evidentia.core.font_files import fonts_of
from evidentia.core.text import read_bytes
from evidentia.render.html.webfonts import known

LARGEST = 40_000_000
"""Bytes of a font."""

FALLBACK = "ReportFallback"
"""Begins the names of the fonts in a PDF that are not the report's main one."""

_UNSEEN = {"Cc", "Cf", "Co", "Zs", "Zl", "Zp"}


def further_faces(folder: Path, text: str) -> dict[str, str]:
    """Return @font-face rules for the characters of a text that the report's font lacks, as far as fonts of
    the folder have them, by the names under which they are known.

    Parameters
    ----------
    folder : Path
        The evaluation folder.
    text : str

    Raises
    ------
    EvidentiaError
        For a file in report/fonts that is no font.
    """
    files = fonts_of(folder)
    if not files:
        return {}
    normal = unicodedata.normalize("NFC", text)
    wanted = {ord(sign) for sign in set(normal) if unicodedata.category(sign) not in _UNSEEN} - known()
    rules: dict[str, str] = {}
    for number, path in enumerate(files, start=1):
        if wanted:
            if leads_out(folder, path):
                raise EvidentiaError(
                    "the font is a link that leads outside the folder", where=path, remedy="put a copy there"
                )
            content, _ = read_bytes(folder / path, path, most=LARGEST)
            given, data = _part(content, path, tuple(sorted(wanted)), number)
            wanted -= given
            if given:
                rules[f"{FALLBACK}{number}"] = _face(f"{FALLBACK}{number}", given, data)
    return rules


def with_families(style: str, names: Iterable[str]) -> str:
    """Return a style sheet in which further fonts stand behind the report's own."""
    families = ", ".join([FAMILY, *names])
    return style if families == FAMILY else re.sub(rf"\b{FAMILY}\b", families, style)


@lru_cache(maxsize=8)
def _part(content: bytes, path: str, wanted: tuple[int, ...], number: int) -> tuple[frozenset[int], bytes]:
    """Return which of some characters a font has, and a font of these alone."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    try:
        font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
        given = frozenset(wanted) & font.getBestCmap().keys()
        if not given:
            return frozenset(), b""
        options = subset.Options()
        options.layout_features = ["*"]
        options.notdef_outline = True
        options.drop_tables += ["FFTM"]  # notes of a font editor, of which the log would speak
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[*sorted(given), 0x20])
        subsetter.subset(font)
        if "fvar" in font:
            instancer.instantiateVariableFont(
                font, {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}, inplace=True
            )
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                record.string = f"{FALLBACK}{number}"
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
    except Exception as error:  # whatever a file can bring about that is no font
        raise EvidentiaError(
            f"the font cannot be read ({type(error).__name__})",
            where=path,
            remedy="put a TrueType or OpenType font there (.ttf, .otf or .woff2)",
        ) from None
    return given, out.getvalue()


def _face(name: str, given: Iterable[int], data: bytes) -> str:
    reach = ",".join(f"U+{code:X}" for code in sorted(given))
    source = base64.b64encode(data).decode("ascii")
    return (
        f"@font-face{{font-family:{name};font-weight:400;font-style:normal;font-display:swap;"
        f"unicode-range:{reach};src:url(data:font/woff2;base64,{source}) format('woff2')}}"
    )
