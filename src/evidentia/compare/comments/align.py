"""Which words of one text stand in the place of which of another."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LARGEST = 4_000_000
"""Words of one text times those of the other, beyond which only what they begin and end with is compared."""

Code = tuple[str, int, int, int, int]


@lru_cache(maxsize=4_096)
def opcodes(before: str, after: str) -> tuple[Code, ...]:
    """Return how one text becomes another, in whole words: what is equal, replaced, deleted or inserted.

    Returns
    -------
    tuple of (str, int, int, int, int)
        As `difflib.SequenceMatcher.get_opcodes` gives them, counted in characters.
    """
    if before == after:
        return (("equal", 0, len(before), 0, len(after)),)
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    first = next(
        (place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    middle, other = old[first : len(old) - last], new[first : len(new) - last]
    if len(middle) * len(other) > _LARGEST:
        codes = [("replace", 0, len(middle), 0, len(other))]
    else:
        codes = list(difflib.SequenceMatcher(None, middle, other, autojunk=False).get_opcodes())
    whole = [("equal", 0, first, 0, first)] if first else []
    whole += [(tag, a + first, b + first, c + first, d + first) for tag, a, b, c, d in codes]
    if last:
        whole.append(("equal", len(old) - last, len(old), len(new) - last, len(new)))
    at, to = _offsets(old), _offsets(new)
    return tuple((tag, at[a], at[b], to[c], to[d]) for tag, a, b, c, d in whole)


def shared(before: str, after: str) -> tuple[int, int]:
    """Return how many characters two texts have in common at the beginning and at the end, in whole words."""
    codes = opcodes(before, after)
    if not before or not after or not codes:
        return 0, 0
    first = codes[0][2] if codes[0][0] == "equal" else 0
    last = codes[-1][2] - codes[-1][1] if codes[-1][0] == "equal" and len(codes) > 1 else 0
    return first, last


def carried(before: str, after: str, position: int) -> int:
    """Return where a position of one text stands in the other."""
    for tag, a, b, c, d in opcodes(before, after):
        if position < b or (position == b and tag != "insert"):
            return c + position - a if tag == "equal" else c if position == a else d
    return len(after)


def _offsets(words: list[str]) -> list[int]:
    """Return where each word begins, and where the last one ends."""
    found = [0]
    for word in words:
        found.append(found[-1] + len(word))
    return found
