"""Which analyses read the results of others, and that none waits for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean


def reads_others(analysis: Any) -> bool:
    """Tell whether a design's settings have the method ``after()``; a key of this name is none."""
    return callable(getattr(analysis, "after", None))


def others_before(analysis: Any) -> list[str]:
    """Return the ids of the analyses whose results an analysis reads."""
    return list(analysis.after()) if reads_others(analysis) else []


def order_faults(analyses: Mapping[str, Any], place: Callable[[list[str]], str]) -> Iterator[EvidentiaError]:
    """Yield an error, with its place, for each analysis that reads the results of one that is not there, or
    waits for itself.
    """
    for name, analysis in analyses.items():
        for other in others_before(analysis):
            if other not in analyses:
                remedy = did_you_mean(other, analyses)
                yield EvidentiaError(
                    f"there is no analysis '{other}'", where=place(["analyses", name]), remedy=remedy
                )
        if name in _reached(name, analyses):
            yield EvidentiaError(
                f"the analysis '{name}' waits for its own result",
                where=place(["analyses", name]),
                remedy="take one of the references out",
            )


def _reached(name: str, analyses: Mapping[str, Any]) -> set[str]:
    """Return all analyses that come before an analysis."""
    found: set[str] = set()
    waiting = others_before(analyses[name])
    while waiting:
        other = waiting.pop()
        if other in analyses and other not in found:
            found.add(other)
            waiting += others_before(analyses[other])
    return found
