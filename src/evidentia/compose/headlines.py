"""Headline figures for a page at a glance: a number, what it says, its source, and the strength of its
evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from evidentia.compose.digits import typed_digits
from evidentia.compose.grades import HIGHEST, LEVEL
from evidentia.compose.template import current_line
from evidentia.compose.writer import Writer
from evidentia.core.errors import EvidentiaError
from evidentia.core.language import translate

_BOUND = re.compile(r"\[[^\[\]]*\]\{#n-[^}]*\}")


class Headlines:
    """Function ``headline`` for chapters."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def names(self) -> dict[str, Callable[..., Any]]:
        """Return what a chapter can call."""
        return {"headline": self.headline}

    def headline(
        self,
        id: str,
        spec: str = "",
        *,
        words: str,
        claim: str = "",
        despite: str | list[str] = "",
        source: str = "",
        strength: str = "",
    ) -> str:
        """Show a number large, with the words that it completes, its source and the strength of its evidence.

        Parameters
        ----------
        id, spec : str
            The number and its format.
        words : str
            What follows the number; may hold other numbers, joined with ``~ n("...")``.
        claim : str
            The condition under which the words stand.
        despite : str or list of str
            Notes on the numbers that the words allow for.
        source : str
            Without the word Source.
        strength : str
            An analysis, whose level on the Maryland Scientific Methods Scale is printed with its reason.
        """
        writer, line = self.writer, current_line()
        for text in (words, source):
            for fault in typed_digits(_BOUND.sub("", text), writer.path, writer.known):
                writer.fault(fault, line)
        said = writer.claim(claim, line, despite, lambda: words) if claim else words
        parts = [f"[{writer.n(id, spec)}]{{.headline-number}} {said}"]
        if source:
            parts.append(translate("Source: {words}.", words=source.rstrip(".")))
        if strength:
            parts.append(self._strength(strength, line))
        return "\n\n".join(["::: {.headline}", *parts, ":::"])

    def _strength(self, analysis: str, line: int) -> str:
        writer = self.writer
        entry = writer.ledger.get(f"{analysis}.{LEVEL}")
        if entry is None:
            known = [id.removesuffix(f".{LEVEL}") for id in writer.ledger if id.endswith(f".{LEVEL}")]
            remedy = f"name one of: {', '.join(known)}; or leave it out" if known else "leave it out"
            return writer.fault(
                EvidentiaError(f"the analysis '{analysis}' has no level of evidence", remedy=remedy), line
            )
        level, highest = writer.n(f"{analysis}.{LEVEL}"), writer.n(HIGHEST)
        words = translate(
            "Strength of evidence: level {level} of {highest} on the Maryland Scientific Methods Scale.",
            level=level,
            highest=highest,
        )
        return f"{words} {entry['formula']}."
