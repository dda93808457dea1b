"""The text that stands on a page of a PDF, by the numbers of its marked content."""

from __future__ import annotations

import re
from typing import Any

from evidentia.core.pdf_fonts import Font, Line, read_font

_CONTENT = re.compile(
    rb"""
      /MCID\s+(?P<mcid>\d+)[^<>]{0,500}>>\s*BDC    # marked content with a number
    | (?P<open>\b(?:BMC|BDC)\b)                     # marked content without one
    | (?P<close>\bEMC\b)
    | (?P<begin>\bBT\b)
    | ^(?P<place>(?:-?[\d.]+\s+){6})Tm\b
    | /(?P<font>[^\s/]+)\s+(?P<size>-?[\d.]+)\s+Tf\b
    | (?P<text>\[(?:<[^<>]*>|\((?:\\.|[^\\()])*\)|[^\[\]()<>])*\]\s*TJ\b
      |(?:<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\))\s*(?:Tj\b|'|"))
    | /(?P<form>[^\s/]+)\s+Do\b
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
LARGEST = 300_000_000
"""Bytes of a PDF, and of its pages with drawings in drawings."""
MARGIN = -1
"""Key of the first text of a page that no number marks; the next ones follow below it, so that one is not run
into another.
"""


class ContentReader:
    """Reads what stands on pages, in the order in which it was written there."""

    def __init__(self) -> None:
        self._read = 0  # bytes of pages and of drawings in them
        self._margins = MARGIN
        self._fonts: dict[int, Font] = {}

    def marked(self, page: Any) -> dict[int, str]:
        """Return the text of each marked content of a page; what no number marks is
        under `MARGIN` and below.
        """
        texts: dict[int, list[str]] = {}
        contents = page.get_contents()
        if contents is not None:
            self._scan(contents.get_data(), page.get("/Resources", {}), MARGIN, texts)
        return {mcid: "".join(parts) for mcid, parts in texts.items()}

    def _scan(self, data: bytes, resources: Any, inside: int, texts: dict[int, list[str]]) -> None:
        self._read += len(data) + 100
        if self._read > LARGEST:
            raise ValueError("its drawings stand for more than a report holds")
        fonts, forms = resources.get("/Font", {}), resources.get("/XObject", {})
        stack, line = [inside], Line()
        for match in _CONTENT.finditer(data):
            kind = match.lastgroup
            if kind == "mcid":
                stack.append(int(match["mcid"]))
            elif kind == "open":
                stack.append(stack[-1])
            elif kind == "close" and len(stack) > 1:
                stack.pop()
            elif kind == "begin":
                line.end = None
            elif kind == "place":
                line.place = tuple(float(part) for part in match["place"].split())
            elif kind == "size":
                line.font, line.size = (
                    self._font(fonts.get("/" + match["font"].decode("latin-1"))),
                    float(match["size"]),
                )
            elif kind == "text":
                self._margins -= stack[-1] == MARGIN
                key = stack[-1] if stack[-1] != MARGIN else self._margins
                texts.setdefault(key, []).append(line.show(match["text"]))
            elif kind == "form":
                form = forms.get("/" + match["form"].decode("latin-1"))
                if form is not None and form.get_object().get("/Subtype") == "/Form":
                    form = form.get_object()
                    self._scan(form.get_data(), form.get("/Resources", resources), stack[-1], texts)

    def _font(self, font: Any) -> Font:
        """Return a font's tables, read once."""
        if font is None:
            return Font()
        font = font.get_object()
        if id(font) not in self._fonts:
            self._fonts[id(font)] = read_font(font)
        return self._fonts[id(font)]
