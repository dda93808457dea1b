"""Reading a condition or formula without its values: the ids that it names, and its tree."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from evidentia.core.errors import EvidentiaError

LONGEST, DEEPEST = 2000, 50
"""Characters of an expression, and levels of nesting."""
_ID = re.compile(r"(?<![\w.])[A-Za-z][\w-]*(?:\.(?:[\w-]*\*[\w-]*|[\w-]+))+")


def ids_in(text: str) -> list[str]:
    """Return the number ids, and patterns of ids, that a condition or formula names."""
    return _ID.findall(text)


HOW = "write for example a.b.estimate < 0 and a.b.p_value < 0.05"
_PLACE = "\N{LATIN LETTER DENTAL CLICK}"
"""Begins the names that stand for ids; no expression may hold this letter."""


@dataclass(frozen=True)
class Parsed:
    """An expression as a tree in which names stand for number ids."""

    text: str
    tree: ast.AST
    ids: dict[str, str]


def parse(text: str) -> Parsed:
    """Read a condition or formula without its values.

    Raises
    ------
    EvidentiaError
        If it is too long, nested too deep, or no expression.
    """
    if len(text) > LONGEST:
        raise EvidentiaError(
            f"an expression has more than {LONGEST:,} characters", remedy="divide it into several"
        )
    if _PLACE in text:
        raise EvidentiaError(f"not a condition: {text}", remedy=HOW)
    ids: dict[str, str] = {}

    def placeholder(match: re.Match[str]) -> str:
        name = f"{_PLACE}{len(ids)}"
        ids[name] = match[0]
        return name

    try:
        tree = ast.parse(_ID.sub(placeholder, text.strip()), mode="eval").body
        deep = _depth(tree) > DEEPEST
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise EvidentiaError(f"not a condition: {text}", remedy=HOW) from None
    if deep:
        raise EvidentiaError(
            f"an expression is nested more than {DEEPEST} levels deep: {text}",
            remedy="divide it into several",
        )
    return Parsed(text, tree, ids)


def _depth(tree: ast.AST) -> int:
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return depth
