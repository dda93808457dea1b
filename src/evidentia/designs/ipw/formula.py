"""What a formula may hold: columns, numbers, arithmetic and the transforms of formulaic; nothing else of
Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from evidentia.core.errors import EvidentiaError, did_you_mean

FUNCTIONS = (
    "C",
    "I",
    "Q",
    "poly",
    "bs",
    "cs",
    "cc",
    "cr",
    "center",
    "scale",
    "standardize",
    "lag",
    "log",
    "log2",
    "log10",
    "exp",
    "exp2",
    "exp10",
)
OF_MODULE = {
    "np": (
        "abs",
        "arcsinh",
        "cbrt",
        "clip",
        "cos",
        "exp",
        "floor",
        "log",
        "log10",
        "log1p",
        "log2",
        "maximum",
        "minimum",
        "sign",
        "sin",
        "sqrt",
        "square",
        "tanh",
        "where",
    ),
    "contr": ("diff", "helmert", "poly", "sum", "treatment", "Diff", "Helmert", "Poly", "Sum", "Treatment"),
}
_PLAIN = (
    ast.Expression,
    ast.Constant,
    ast.Name,
    ast.Load,
    ast.Tuple,
    ast.List,
    ast.keyword,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.operator,
    ast.unaryop,
    ast.cmpop,
    ast.Call,
    ast.Attribute,
)
_HIGHEST_POWER = 20
_HOW = "write columns, numbers, + - * / **, comparisons, and functions such as log, poly or C"


def refuse_other_code(expression: str, where: str) -> None:
    """Raise if a factor of a formula could do anything but compute a column from columns.

    formulaic evaluates a factor as Python, and so would run whatever stands in the configuration.

    Parameters
    ----------
    expression : str
        A factor, such as ``"I(age ** 2)"``.
    where : str
        For the message.
    """
    bare = re.sub(r"`[^`]*`", "x", expression).strip("{} ")
    try:
        tree = ast.parse(bare, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise EvidentiaError(
            f"the formula's part '{expression[:80]}' cannot be read", where=where, remedy=_HOW
        ) from None
    for found, remedy in _others(tree):
        raise EvidentiaError(
            f"'{found}' cannot stand in a formula, as in '{expression[:80]}'",
            where=where,
            remedy=remedy or _HOW,
        )


def _others(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield what is neither a column nor arithmetic nor a known function, with a
    remedy where there is one.
    """
    modules = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in OF_MODULE:
                if name not in OF_MODULE[module] or id(node) not in called:
                    yield f"{module}.{name}", did_you_mean(name, OF_MODULE[module])
            case ast.Name(id=name) if id(node) in called and name not in FUNCTIONS:
                yield name, did_you_mean(name, FUNCTIONS)
            case ast.Name(id=name) if name.startswith("__") or (
                name in OF_MODULE and id(node) not in modules
            ):
                yield name, ""
            case ast.BinOp(op=ast.Pow(), right=power) if not (
                isinstance(power, ast.Constant) and _low(power.value)
            ):
                yield ast.unparse(node), f"give a power up to {_HIGHEST_POWER}"
            case ast.Constant(value=value) if not isinstance(value, str | int | float | bool | None):
                yield ast.unparse(node), ""
            case ast.Call(func=ast.Name() | ast.Attribute()) | ast.Constant() | ast.Name():
                continue
            case ast.Attribute() | ast.Call():
                yield ast.unparse(node), ""
            case _ if not isinstance(node, _PLAIN):
                yield ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__, ""


def _low(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= _HIGHEST_POWER
