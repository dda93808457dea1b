"""What can be said of a chapter before there is any number: its markup, typed digits and template code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidentia.compose.code import blanked_code
from evidentia.compose.digits import typed_digits
from evidentia.compose.faults import UNCLOSED_BOX, unclosed
from evidentia.compose.nesting import nesting_faults
from evidentia.compose.template import check_syntax
from evidentia.compose.template_source import prepared, shortcode_faults
from evidentia.core.errors import EvidentiaError

_BOX = re.compile(r"^[ \t>]{0,20}:{3,}[ \t]*(?P<name>[^\s:][^\n]*|)$", re.MULTILINE)


def static_faults(text: str, path: str, names: Iterable[re.Pattern[str]] = ()) -> Iterator[EvidentiaError]:
    """Yield what is wrong with a chapter as it is written.

    Parameters
    ----------
    text : str
    path : str
        Of the chapter, for messages.
    names : iterable of pattern
        Those of `report.names`.
    """
    still_open = list(unclosed(text, path))
    yield from still_open
    yield from shortcode_faults(text, path)
    yield from typed_digits(text, path, names)
    yield from check_syntax(prepared(text), path)
    if not still_open:
        yield from _open_boxes(text, path)
        yield from nesting_faults(prepared(text), path)


def _open_boxes(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for the first box that no line closes, told without pandoc."""
    opened: list[re.Match[str]] = []
    for match in _BOX.finditer(blanked_code(text)):
        if match["name"]:
            opened.append(match)
        elif opened:
            opened.pop()
    if opened:
        what, remedy = UNCLOSED_BOX
        line = text.count("\n", 0, opened[0].start()) + 1
        yield EvidentiaError(
            f"{what}: {opened[0][0].strip()[:60]}", where=f"{path}, line {line}", remedy=remedy
        )
