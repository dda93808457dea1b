"""The font of formulas on a screen: what a page needs of STIX Two Math, for few machines have such a font."""

from __future__ import annotations

import base64
import io
import unicodedata
from functools import lru_cache
from importlib.resources import files

from evidentia.core.markup import Element

FAMILY = "STIX Two Math"


def math_face(main: Element) -> str:
    """Return an @font-face rule with the characters of a page's formulas; empty for a page without one."""
    text = "".join(main.xpath(".//math//text()"))
    letters = frozenset(character for character in text if not character.isspace())
    return _face(letters) if letters else ""


@lru_cache(maxsize=8)
def _face(letters: frozenset[str]) -> str:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(
        io.BytesIO(files("ziamath.fonts").joinpath("STIXTwoMath-Regular.ttf").read_bytes()),
        lazy=True,
        recalcTimestamp=False,
    )
    slanted = {
        code
        for code in range(0x1D400, 0x1D800)
        if unicodedata.normalize("NFKD", chr(code)) in letters and "ITALIC" in unicodedata.name(chr(code), "")
    }
    options = subset.Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted({*map(ord, letters), *slanted, 0x20}))
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    data = base64.b64encode(out.getvalue()).decode("ascii")
    return f"@font-face{{font-family:'{FAMILY}';src:url(data:font/woff2;base64,{data}) format('woff2')}}"
