"""Formulas of a chapter before its template is filled: braces that are TeX's, not the template's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidentia.compose.code import CODE, COMMENT, FENCE, blanked_code
from evidentia.core.errors import EvidentiaError

_FORMULA = re.compile(
    r"(?<![\\$])\$\$(?P<apart>(?:[^$\\]|\\.){1,5000})\$\$"
    r"|(?<![\\$])\$(?=[^\s$])(?P<line>(?:[^$\\\n]|\\.|\n(?!\s*\n)){1,2000}?)(?<!\s)\$(?![\d$])",
    re.DOTALL,
)
_CALL = re.compile(r"\{\{\s*[A-Za-z_]\w*\s*\(|\{%")


def with_braces_apart(text: str) -> str:
    """Return a chapter in whose formulas two braces stand apart, which is the same to TeX: ``{ {a} }``."""
    parts, last = [], 0
    for start, end in _formulas(text):
        formula = text[start:end]
        if not _CALL.search(formula):
            parts += [text[last:start], re.sub(r"\{(?=\{)", "{ ", re.sub(r"\}(?=\})", "} ", formula))]
            last = end
    return "".join([*parts, text[last:]])


def bound_in_formulas(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each formula in which a number would be bound, for it could not be followed there."""
    for start, end in _formulas(text):
        if call := _CALL.search(text[start:end]):
            yield EvidentiaError(
                f"a number cannot be bound inside a formula: {' '.join(text[start:end].split())[:60]}",
                where=f"{path}, line {text.count(chr(10), 0, start + call.start()) + 1}",
                remedy='end the formula before it: $\\hat\\beta$ = {{ n("...") }}',
            )


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _FORMULA.finditer(blanked_code(text, COMMENT, FENCE, CODE)))
