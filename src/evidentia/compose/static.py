"""What can be said of a chapter before there is any number: its markup, typed digits and template code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidentia.compose.digits import typed_digits
from evidentia.compose.faults import unclosed
from evidentia.compose.nesting import nesting_faults
from evidentia.compose.template import check_syntax
from evidentia.compose.template_source import prepared, shortcode_faults
from evidentia.core.errors import EvidentiaError


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
        yield from nesting_faults(prepared(text), path)
