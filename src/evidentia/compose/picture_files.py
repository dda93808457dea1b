"""Picture files of the author's: PNG, JPEG and SVG in a folder ``pictures`` beside the chapters.

A picture leaves the folder as its points alone: what a camera or a program wrote beside them (the place, the
time, a name) stays behind, and one that is larger than a page can show is made smaller.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import leads_out
from evidentia.core.text import decoded, read_bytes

FOLDER = "pictures"
SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
LARGEST = 20_000_000
"""Bytes of a file."""

MOST_POINTS = 100_000_000
"""Points of a picture before it is made smaller."""

WIDEST = 2000
"""Points across that a page can show: 300 to the inch."""


@dataclass(frozen=True)
class Picture:
    """A picture as the report shows it.

    Attributes
    ----------
    content : bytes
    kind : str
        ``png``, ``jpeg`` or ``svg``.
    width, height : int
        In points; 0 for a drawing.
    """

    content: bytes
    kind: str
    width: int = 0
    height: int = 0


def pictures_of(folder: Path, chapters: Sequence[str]) -> list[str]:
    """Return the pictures that chapters may show, as paths in the evaluation folder."""
    folders = dict.fromkeys([f"report/{FOLDER}", *(beside(chapter) for chapter in chapters)])
    return sorted(
        path.relative_to(folder).as_posix()
        for name in folders
        for path in (folder / name).rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file()
    )


def beside(chapter: str) -> str:
    """Return the folder of the pictures that stand beside a chapter."""
    return (PurePosixPath(chapter).parent / FOLDER).as_posix()


def address_of(path: str) -> str:
    """Return how the composed report names a picture of the evaluation folder."""
    parts = PurePosixPath(path).parts
    place = parts.index(FOLDER)
    above = () if parts[:place] == ("report",) else parts[:place]
    return quote("/".join([FOLDER, *above, *parts[place + 1 :]]))


def path_of(folder: Path, address: str) -> str:
    """Return the path of a picture that the composed report names; an empty string if there is none."""
    parts = PurePosixPath(unquote(address)).parts[1:]
    for above in range(len(parts)):
        path = PurePosixPath(*(parts[:above] or ("report",)), FOLDER, *parts[above:])
        if (folder / path).is_file():
            return path.as_posix()
    return ""


def read_picture(folder: Path, path: str) -> Picture:
    """Return a picture of the evaluation folder.

    Raises
    ------
    EvidentiaError
        If it is none, leads outside, or is too large.
    """
    if leads_out(folder, path):
        raise EvidentiaError(
            "the picture is a link that leads outside the folder",
            where=path,
            remedy="put a copy of it there",
        )
    content, _ = read_bytes(folder / path, path, "put it there, or correct the name", most=LARGEST)
    return _read(content, path)


@lru_cache(maxsize=64)
def _read(content: bytes, path: str) -> Picture:
    if path.lower().endswith(".svg"):
        return Picture(decoded(content, path, "save it as UTF-8").encode("utf-8"), "svg")
    return _cleaned(content, path)


def _cleaned(content: bytes, path: str) -> Picture:
    """Return a photograph or a screenshot upright, no larger than a page shows, without what is not seen."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MOST_POINTS:
                raise EvidentiaError(
                    f"the picture has {opened.width:,} by {opened.height:,} points; up to {MOST_POINTS:,}"
                    " in all are read",
                    where=path,
                    remedy="save it smaller",
                )
            kind = "jpeg" if opened.format == "JPEG" else "png"
            seen = ImageOps.exif_transpose(opened)
            seen.load()
    except EvidentiaError:
        raise
    except Exception as error:  # whatever a file can bring about that is no picture
        raise EvidentiaError(
            f"the picture cannot be read ({type(error).__name__})",
            where=path,
            remedy="open it in a program for pictures, and save it as PNG or JPEG",
        ) from None
    if kind == "jpeg" and seen.mode != "L":
        seen = seen.convert("RGB")
    elif kind == "png" and seen.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        seen = seen.convert("RGBA" if "A" in seen.mode else "RGB")
    if seen.width > WIDEST:
        seen = seen.convert({"1": "L", "P": "RGBA"}.get(seen.mode, seen.mode))
        seen = seen.resize(
            (WIDEST, max(1, round(seen.height * WIDEST / seen.width))), Image.Resampling.LANCZOS
        )
    seen.info = {key: value for key, value in seen.info.items() if key == "transparency"}
    out = io.BytesIO()
    options: dict[str, Any] = {"quality": 88, "optimize": True} if kind == "jpeg" else {"optimize": True}
    seen.save(out, format=kind.upper(), **options)
    return Picture(out.getvalue(), kind, seen.width, seen.height)
