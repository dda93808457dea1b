"""Patterns of a schema, matched by an engine (RE2) whose time grows linearly with the text."""

from __future__ import annotations

from collections.abc import Sequence

from evidentia.core.errors import EvidentiaError


def check_pattern(pattern: str, name: str, where: str) -> None:
    """Raise if a field's pattern is not a regular expression that the engine knows.

    Raises
    ------
    EvidentiaError
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
        re2.compile(_whole(pattern), options)  # fails where a quotation (\Q) is left open
    except re2.error as error:
        said = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else error
        raise EvidentiaError(
            f"the pattern of the field '{name}' is not a regular expression that is read here: {said}",
            where=where,
            remedy="correct it; look-ahead, look-behind and references back are not known",
        ) from None


def matches(pattern: str, texts: Sequence[str]) -> list[bool]:
    """Tell of each text whether the whole of it is as the pattern says."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: list[bool] = pc.match_substring_regex(pa.array(texts, pa.string()), _whole(pattern)).to_pylist()
    return found


def _whole(pattern: str) -> str:
    return rf"\A(?:{pattern})\z"
