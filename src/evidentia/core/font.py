"""The file of the report's font, from its package, so that no machine's fonts change the pages."""

from __future__ import annotations

from pathlib import Path

from evidentia.core.errors import EvidentiaError

FAMILY = "Arimo"
PACKAGE = "fontpkg-arimo"


def font_file() -> Path:
    """Return the variable font's file.

    Raises
    ------
    EvidentiaError
        If the font's package is missing or not whole.
    """
    try:
        from fontpkg import path

        file = Path(str(path(FAMILY)))
    except Exception as error:  # the package has no exception of its own for a font that is not there
        raise _missing(f"the font {FAMILY} is not installed ({type(error).__name__})") from None
    if not file.is_file():
        raise _missing(f"the font {FAMILY} is installed without its file")
    return file


def _missing(what: str) -> EvidentiaError:
    return EvidentiaError(
        what, where=f"package {PACKAGE}", remedy=f"python -m pip install --force-reinstall {PACKAGE}"
    )
