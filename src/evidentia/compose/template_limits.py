"""What a template may say: a small part of Jinja's language, in which no input takes more than its share of
time and memory.

Whatever is not named here is refused, so that a new feature of Jinja's is no new way round. What remains can
neither call a method, nor hold a list of lists of lists, nor write a block into a name; texts that are put
together, the rounds of loops, and all that a chapter prints have a limit each.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from evidentia.core.errors import EvidentiaError

LONGEST_TEXT, MOST_ROUNDS, MOST_PRINTED, DEEPEST = 100_000, 10_000, 20_000_000, 100
"""Characters of a text that is put together, rounds of all loops and characters printed in a report, and
levels of a template's tree.
"""

FILTERS = frozenset(
    [
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "first",
        "float",
        "int",
        "join",
        "last",
        "length",
        "lower",
        "max",
        "min",
        "title",
        "trim",
        "upper",
    ]
)
_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Call,
    nodes.Keyword,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Test,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Assign,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Neg,
    nodes.Pos,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Pow,
    nodes.Concat,
    nodes.List,
    nodes.Tuple,
    nodes.Dict,
    nodes.Pair,
    nodes.CallBlock,
)
_WORDS = {
    nodes.Macro: "a macro",
    nodes.Include: "an include",
    nodes.Import: "an import",
    nodes.FromImport: "an import",
    nodes.Extends: "a parent template",
    nodes.Block: "a block",
    nodes.AssignBlock: "a block that is set as a name",
    nodes.FilterBlock: "a block that is filtered",
    nodes.Slice: "a slice",
}
JOINED, ROUNDS = "_joined", "_rounds"
"""Names of the functions that stand in for ``~`` and for what a loop goes over."""


class _Checked(NodeTransformer):
    """Refuses what is not allowed, and puts the functions with limits in."""

    def __init__(self, filters: frozenset[str]) -> None:
        self.filters = filters
        self.depth = 0

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        """Check a node and those below it."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _refused(node, f"it is nested more than {DEEPEST} levels deep", "write it in several steps")
        if not isinstance(node, _NODES):
            what = _WORDS.get(type(node), f"'{type(node).__name__.lower()}' of Jinja's")
            raise _refused(node, f"{what} cannot stand in a chapter", "write the words themselves")
        if isinstance(node, nodes.Filter) and node.name not in self.filters:
            raise _refused(
                node,
                f"the filter '{node.name}' cannot stand in a chapter",
                f"use one of {', '.join(sorted(self.filters))}",
            )
        if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
            raise _refused(
                node,
                "only functions are called, not what belongs to a value",
                "use a filter, as in {{ name | upper }}",
            )
        if (
            isinstance(node, nodes.List | nodes.Tuple | nodes.Dict)
            and getattr(node, "ctx", "load") == "load"
            and not _constant(node)
        ):
            raise _refused(
                node,
                "a list holds texts and numbers as they are, nothing named",
                "name the values one by one",
            )
        super().generic_visit(node)
        self.depth -= 1
        if isinstance(node, nodes.Concat):
            return nodes.Call(nodes.Name(JOINED, "load"), node.nodes, [], None, None).set_lineno(node.lineno)
        if isinstance(node, nodes.For):
            if node.recursive:
                raise _refused(
                    node, "a loop that calls itself cannot stand in a chapter", "write the words themselves"
                )
            words = nodes.Const(sum(len(data.data) for data in node.find_all(nodes.TemplateData)))
            node.iter = nodes.Call(nodes.Name(ROUNDS, "load"), [node.iter, words], [], None, None).set_lineno(
                node.lineno
            )
        return node


def _refused(node: nodes.Node, what: str, remedy: str) -> EvidentiaError:
    return EvidentiaError(
        f"the template cannot be filled: {what}", where=f"line {node.lineno}", remedy=remedy
    )


def _constant(node: nodes.Node) -> bool:
    return all(
        isinstance(child, nodes.Const | nodes.Tuple | nodes.List | nodes.Pair | nodes.Neg)
        for child in node.iter_child_nodes()
    )


def checked(tree: nodes.Template, known: Iterable[str]) -> nodes.Template:
    """Return a template's tree with the limits in it.

    Parameters
    ----------
    tree : jinja2.nodes.Template
        As ``Environment.parse`` returns it.
    known : iterable of str
        Names of the environment's filters.

    Raises
    ------
    EvidentiaError
        For anything that a chapter has no use for; its place is the line alone.
    """
    _Checked(FILTERS & frozenset(known)).visit(tree)
    return tree


class Budget:
    """What the templates of one report have used of their limits."""

    def __init__(self) -> None:
        self.rounds = 0
        self.printed = 0

    def over(self, values: Iterable[Any], words: int) -> Iterator[Any]:
        """Yield what a loop goes over, until all loops together had as many rounds as they may; `words` is
        the length of its body.
        """
        for value in values:
            self.rounds += 1
            if self.rounds > MOST_ROUNDS:
                raise EvidentiaError(
                    f"the loops of the report go round more than {MOST_ROUNDS:,} times",
                    remedy="go over fewer values",
                )
            self.charge(words)
            yield value

    def charge(self, length: int) -> None:
        """Count characters that are printed, until they are as many as they may be."""
        self.printed += length
        if self.printed > MOST_PRINTED:
            raise EvidentiaError(
                f"the report prints more than {MOST_PRINTED:,} characters", remedy="print less"
            )

    def print(self, value: Any) -> str:
        """Return a value as it is printed: a text that a function or config.yaml gave, and no number without
        its origin.
        """
        if callable(value):
            raise TypeError(f"the function '{getattr(value, '__name__', 'unknown')}' is named, not called")
        if isinstance(value, int | float):
            raise TypeError(f"the number {value} would be printed without its origin; bind it with n(...)")
        text = printable(value)
        self.charge(len(text))
        return text


def joined(*values: Any) -> str:
    """Return values put together as one text (``~``), up to a length."""
    texts = [printable(value) for value in values]
    if sum(map(len, texts)) > LONGEST_TEXT:
        raise EvidentiaError(
            f"a text that is put together has more than {LONGEST_TEXT:,} characters", remedy="print its parts"
        )
    return "".join(texts)


def printable(value: Any) -> str:
    """Return a value as text: a text or a number, nothing that holds others."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool | int | float | datetime.date):
        return str(value)
    raise TypeError(f"a value of the kind '{type(value).__name__}' cannot be printed")
