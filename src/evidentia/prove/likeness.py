"""When a text of the page says what a value, a label or a name says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from evidentia.prove.blocks import Block, Mark


def marks_of(block: Block, matches: list[re.Match[str]]) -> list[Mark | None]:
    """Return the last mark that each number of a block lies in, if any."""
    owners: list[Mark | None] = [None] * len(matches)
    ends = [match.end() for match in matches]
    for mark in block.marks:
        index = bisect_right(ends, mark.start)
        while index < len(matches) and matches[index].start() < mark.end:
            owners[index] = mark
            index += 1
    return owners


def with_any_quotes(text: str) -> str:
    """Return a pattern for a text whose quotation marks may have become curly."""
    return re.escape(text).replace('"', '["“”]').replace("'", "['‘’]")


def texts_within(value: Any) -> Iterator[str]:
    """Yield every text in a JSON-like value, keys too, but not the templates of words, which are checked when
    they are composed.
    """
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            if key not in ("alt", "caption", "note"):
                yield from texts_within(item)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_within(item)


def is_number(text: str) -> bool:
    """Tell whether a text is a number as Python writes it."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def rounds_to(values: list[float], token: str) -> bool:
    """Tell whether one of the values prints as a number, as it is or as a percentage, whichever way a half is
    rounded.
    """
    printed = token.replace(",", "").rstrip("%")
    wanted, within = float(printed), 0.5 * 10 ** -len(printed.partition(".")[2]) + 1e-9
    return any(abs(abs(value) * scale - wanted) <= within for value in values for scale in (1, 100))
