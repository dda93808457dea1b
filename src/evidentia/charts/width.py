"""How wide a figure is drawn: over the text of a page, or over the screen of a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

WIDTH = 6.5  # inches, the text width of the page
NARROW = 3.6  # inches, a phone held upright

_drawn: ContextVar[float] = ContextVar("drawn", default=WIDTH)


def width() -> float:
    """Return how many inches wide figures are drawn."""
    return _drawn.get()


def is_narrow() -> bool:
    """Tell whether figures are drawn for a phone."""
    return width() < WIDTH


@contextmanager
def drawn_narrow() -> Iterator[None]:
    """Draw figures for a phone, with text of the same size, as long as this is open."""
    before = _drawn.set(NARROW)
    try:
        yield
    finally:
        _drawn.reset(before)


def drawing_of(figure: str, *, narrow: bool = False) -> str:
    """Return the name of the file with a figure's drawing, or with the one for phones (no id of a figure
    holds a dot).
    """
    return f"{figure}.narrow.svg" if narrow else f"{figure}.svg"
