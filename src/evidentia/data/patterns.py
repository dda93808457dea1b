"""Patterns of a schema, matched by an engine whose time grows linearly with the text."""

from __future__ import annotations

from functools import cache
from typing import Any

from evidentia.core.errors import EvidentiaError


@cache
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def check_pattern(pattern: str, name: str, where: str) -> None:
    """Raise if a field's pattern is not a regular expression that the engine knows.

    Raises
    ------
    EvidentiaError
    """
    import re2

    try:
        _compiled(pattern)
    except re2.error as error:
        said = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else error
        raise EvidentiaError(
            f"the pattern of the field '{name}' is not a regular expression that is read here: {said}",
            where=where,
            remedy="correct it; look-ahead, look-behind and references back are not known",
        ) from None


def matches(pattern: str, text: str) -> bool:
    """Tell whether the whole text is as the pattern says."""
    return _compiled(pattern).fullmatch(text) is not None
