"""Font files of an evaluation folder."""

from __future__ import annotations

from pathlib import Path

FONTS = "report/fonts"
"""Where fonts stand that give what the report's own font lacks."""

_SUFFIXES = (".ttf", ".otf", ".woff2")


def fonts_of(folder: Path) -> list[str]:
    """Return the fonts of an evaluation folder, in the order of their names."""
    there = (folder / FONTS).glob("*")
    return sorted(
        path.relative_to(folder).as_posix()
        for path in there
        if path.suffix.lower() in _SUFFIXES and path.is_file()
    )
