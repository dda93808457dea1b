"""Characters that the report's font does not have.

Where a font lacks a character, a PDF shows a box, or a font of the machine that the build happens to run on;
and a page's number set with it may be lost with it. So they are found before anything is laid out.
"""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from evidentia.core.markup import Element

_FACE = re.compile(
    r"@font-face\s*\{\s*font-family:\s*(?P<family>[^;]+);[^}]*?base64,(?P<data>[A-Za-z0-9+/=]+)"
)
_FALLBACK = "ReportFallback"
"""Begins the family of a font that gives what the report's own lacks (`evidentia.render.html.scripts`)."""

_TEXTS = re.compile(r"<text\b.*?</text>", re.DOTALL)
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
"""Categories of characters that are not drawn."""


def lacking(root: Element) -> dict[str, str]:
    """Return the characters of a page for paper that one of its fonts lacks, each with the heading above the
    first of them.

    Parameters
    ----------
    root : lxml element
        The page's ``<html>``, its fonts in its style sheets. A page without fonts of its own lacks nothing.
    """
    rules = [rule for style in root.iter("style") for rule in _FACE.finditer(style.text or "")]
    if not rules:
        return {}
    families: dict[str, list[set[int]]] = {}
    for rule in rules:
        families.setdefault(rule["family"], []).append(_characters(rule["data"]))
    whole = {family: set.intersection(*cuts) for family, cuts in families.items()}
    known = set[int]().union(*whole.values())  # each stands in for others
    drawn = set[int]().union(*(whole[name] for name in whole if _FALLBACK not in name))  # in a drawing
    found: dict[str, str] = {}
    heading = "the cover"
    for element, text in (item for part in root.body if part.tag != "nav" for item in _texts(part)):
        heading = text if element.tag == "h2" and text.strip() else heading
        for character in unicodedata.normalize("NFC", text):
            have = drawn if element.tag == "img" and text != (element.tail or "") else known
            if ord(character) not in have and unicodedata.category(character) not in _UNSEEN:
                found.setdefault(character, heading)
    return found


def named(character: str) -> str:
    """Return a character with its code and its name: '中' (U+4E2D, CJK UNIFIED IDEOGRAPH-4E2D)."""
    name = unicodedata.name(character, "")
    return f"'{character}' (U+{ord(character):04X}{', ' if name else ''}{name})"


def _characters(face: str) -> set[int]:
    from fontTools.ttLib import TTFont

    return set(TTFont(io.BytesIO(base64.b64decode(face)), lazy=True).getBestCmap())


def _texts(part: Element) -> Iterator[tuple[Element, str]]:
    """Yield each text of a page with its element, those of drawings with the image that carries them."""
    for element in part.iter():
        if isinstance(element.tag, str):
            yield element, element.text_content() if element.tag == "h2" else element.text or ""
        source = element.get("src", "") if element.tag == "img" else ""
        if source.startswith("data:image/svg+xml;base64,"):
            drawing = base64.b64decode(source.partition(",")[2]).decode("utf-8")
            yield element, unescape(re.sub(r"<[^>]*>", "", " ".join(_TEXTS.findall(drawing))))
        yield element, element.tail or ""
