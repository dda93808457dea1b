"""The files that a brand names, proved to be what they are to be: its logo and its fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import leads_out
from evidentia.core.text import read_bytes

NAME = "_brand.yml"
LARGEST_LOGO = 2_000_000
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"wOF2", b"wOFF")


@dataclass(frozen=True)
class FontFile:
    """A cut of a font: a file of the evaluation folder."""

    family: str
    path: str
    weight: int
    style: str


def faults_of_files(folder: Path, logo: str, fonts: tuple[FontFile, ...]) -> Iterator[EvidentiaError]:
    """Yield a fault for each file that is not there, or is not what it is to be."""
    for name, kinds in [(logo, "logo")] * bool(logo) + [(font.path, "font") for font in fonts]:
        try:
            if leads_out(folder, name):
                raise EvidentiaError("the file lies outside the folder", where=name, remedy="put it there")
            data, _ = read_bytes(folder / name, name, f"put it there, or correct {NAME}", most=20_000_000)
        except EvidentiaError as fault:
            yield fault
            continue
        if kinds == "font" and not data.startswith(FONTS):
            yield EvidentiaError("this is no font", where=name, remedy="give a TTF, OTF or WOFF2 file")
        if kinds == "logo" and not (picture_type(data) or _is_svg(data)):
            yield EvidentiaError(
                "this is no picture for a logo", where=name, remedy="give a PNG, JPEG or SVG file"
            )
        if kinds == "logo" and _is_svg(data) and b"<text" in data:
            yield EvidentiaError(
                "the logo holds words that need a font, which another machine may lack",
                where=name,
                remedy="turn its words into outlines in the drawing program (Inkscape: Path, Object to Path)",
            )
        if kinds == "logo" and len(data) > LARGEST_LOGO:
            yield EvidentiaError(
                f"the logo has {len(data):,} bytes", where=name, remedy="save it smaller, or as SVG"
            )


def picture_type(data: bytes) -> str:
    """Return the media type of a PNG or JPEG; an empty string for anything else."""
    return next((kind for sign, kind in PICTURES.items() if data.startswith(sign)), "")


def _is_svg(data: bytes) -> bool:
    return b"<svg" in data[:4096]


def font_as_truetype(data: bytes) -> bytes:
    """Return a font's file without compression, for programs that read no WOFF."""
    if not data.startswith((b"wOF2", b"wOFF")):
        return data
    from fontTools.ttLib import TTFont

    font, out = TTFont(io.BytesIO(data), recalcTimestamp=False), io.BytesIO()
    font.flavor = None
    font.save(out)
    return out.getvalue()
