"""Finding the sentence round a number or a claim in composed Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from evidentia.compose.markup import plain

_BREAK = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#+|\||:::)\s)|\^\["
    r"|(?<=[.!?])[\"”’)\]*\ue001\ue003]*\s+(?=(?:\ue000\d+\ue000|\ue002)?\*{0,2}[A-Z“\"\[0-9@])"
)

LONGEST = 5000
"""Characters of Markdown that are shown of a sentence."""


class Sentences:
    """The sentences of a chapter, by position.

    Parameters
    ----------
    text : str
        Composed Markdown.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain: dict[int, str] = {}
        self.starts = [0, *[match.end() for match in _BREAK.finditer(text)]]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each sentence."""
        yield from zip(self.starts, [*self.starts[1:], len(self.text)], strict=True)

    def at(self, position: int) -> str:
        """Return the sentence that covers a position, as plain text without list marks; of a very long one,
        its beginning.
        """
        index = bisect_right(self.starts, position) - 1
        if index not in self._plain:
            start, end = (
                self.starts[index],
                self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text),
            )
            shown = self.text[start : min(end, start + LONGEST)] + ("..." if end - start > LONGEST else "")
            self._plain[index] = re.sub(r"^(?:[-*+]|#+)\s+", "", plain(shown))
        return self._plain[index]
