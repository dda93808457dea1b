"""The report's fonts, which all parts share: each is in the PDF once, with the glyphs that any part uses.

WeasyPrint keeps the numbers of glyphs when it takes the unused ones out of a font, so what a part has drawn is right
for the font that is made for the whole report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Font = Any
Glyphs = dict[str, dict[int, tuple[str, float]]]
"""Name of a font in the PDF to each glyph that is used, with its text and its width."""

SAMPLE = "<p>a <i>a</i> <b>a <i>a</i></b></p>"
"""Names the fonts of a report: a letter in each cut."""


@dataclass
class FontList:
    """The dictionary of fonts of one PDF.

    Attributes
    ----------
    dictionary : pydyf.Dictionary or None
        Once the PDF is made.
    glyphs : dict
        What is used of fonts that are not in it.
    """

    dictionary: Any = None
    glyphs: Glyphs = field(default_factory=dict)


@contextmanager
def without(names: frozenset[str]) -> Iterator[FontList]:
    """Let WeasyPrint leave fonts out of the PDFs that it makes meanwhile, and note what they use of them.

    A font that lacks a character stays in, because WeasyPrint gives such a character a number of its own.

    Parameters
    ----------
    names : frozenset of str
        Hashes of fonts.
    """
    kept = FontList()

    def build(make: Callable[..., Any], pdf: Any, fonts: dict[Any, Font], *arguments: Any) -> Any:
        own = {key: font for key, font in fonts.items() if font.hash not in names or font.missing}
        for key, font in fonts.items():
            if key not in own:
                used = {glyph: (text, font.widths[glyph]) for glyph, text in font.to_unicode.items()}
                kept.glyphs[font.hash] = used | kept.glyphs.get(font.hash, {})
        kept.dictionary = make(pdf, own, *arguments)
        return kept.dictionary

    with _making(build):
        yield kept


def sampled(draw: Callable[[], object]) -> dict[str, Font]:
    """Return the fonts of what `draw` lets WeasyPrint make a PDF of, by name.

    Parameters
    ----------
    draw : callable
        Makes a PDF of `SAMPLE` in the report's style.
    """
    found: dict[str, Font] = {}

    def build(make: Callable[..., Any], pdf: Any, fonts: dict[Any, Font], *arguments: Any) -> Any:
        found.update({font.hash: font for font in fonts.values()})
        return make(pdf, {}, *arguments)

    with _making(build):
        draw()
    return found


def add_fonts(pdf: Any, fonts: dict[str, Font], used: list[Glyphs], options: dict[str, Any]) -> Any:
    """Add the report's fonts to a PDF, with all glyphs that are used; return their references by name.

    Parameters
    ----------
    pdf : pydyf.PDF
    fonts : dict of str to weasyprint.pdf.fonts.Font
        From `sampled`.
    used : list of dict
        What each part uses of them.
    options : dict
        Of the PDF.
    """
    from weasyprint.pdf.fonts import build_fonts_dictionary

    needed = {}
    for name, font in fonts.items():
        glyphs: dict[int, tuple[str, float]] = {}
        for part in used:
            glyphs = part.get(name, {}) | glyphs
        if glyphs:
            font.to_unicode = {glyph: text for glyph, (text, _) in sorted(glyphs.items())}
            font.widths = {glyph: width for glyph, (_, width) in sorted(glyphs.items())}
            needed[name] = font
    return build_fonts_dictionary(pdf, needed, True, True, options)


@contextmanager
def _making(build: Callable[..., Any]) -> Iterator[None]:
    from weasyprint import pdf

    original = pdf.build_fonts_dictionary
    pdf.build_fonts_dictionary = lambda *arguments: build(original, *arguments)
    try:
        yield
    finally:
        pdf.build_fonts_dictionary = original
