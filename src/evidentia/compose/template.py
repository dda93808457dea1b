"""Jinja2 for chapters: a sandbox, claims as blocks, and the line of each call."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from evidentia.compose.lines import with_lines
from evidentia.compose.template_limits import FILTERS, JOINED, ROUNDS, Budget, checked, joined
from evidentia.core.errors import EvidentiaError

LONGEST = 1_000_000
"""Characters of a chapter."""


class ClaimBlock(Extension):
    """``{% claim "condition", despite="kind" %}words{% endclaim %}``: words that
    hold only under a condition.
    """

    tags = {"claim"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Turn the block into a call of the environment's ``claim`` with the condition and the words."""
        line = next(parser.stream).lineno
        condition = parser.parse_expression()
        despite: nodes.Expr = nodes.Const("")
        if parser.stream.skip_if("comma"):
            parser.stream.expect("name:despite")
            parser.stream.expect("assign")
            despite = parser.parse_expression()
        body = parser.parse_statements(("name:endclaim",), drop_needle=True)
        call = nodes.Call(
            nodes.Name("_claim", "load"), [condition, nodes.Const(line), despite], [], None, None
        )
        return nodes.CallBlock(call, [], [], body).set_lineno(line)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which a template can neither change what it is given nor make texts without end."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers of an ordinary size, put short texts together, and nothing else."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return joined(left, right)
        if not all(isinstance(side, int | float) and abs(side) < 1e15 for side in (left, right)) or (
            operator == "**" and abs(right) > 99
        ):
            raise SecurityError(f"{operator} is for numbers, and for small ones")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Leave out whatever can be called: a template uses functions and filters."""
        return super().is_safe_attribute(obj, attr, value) and not callable(value)


def environment(names: dict[str, Any]) -> Sandbox:
    """Return the environment in which chapters are rendered.

    ``{#`` begins an attribute in Quarto Markdown, so Jinja's comments are ``{## ... ##}`` here.

    Parameters
    ----------
    names : dict
        What chapters may call and read: functions, texts, numbers and dicts of these, never an object with
        methods of its own; ``_claim(condition, line, despite, caller)`` serves the claim blocks.
    """
    env = Sandbox(
        undefined=StrictUndefined,
        extensions=[ClaimBlock],
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
    )
    budget = Budget()
    env.globals = {**names, JOINED: joined, ROUNDS: budget.over}
    env.filters = {name: function for name, function in env.filters.items() if name in FILTERS}
    env.filters["join"] = _join
    env.finalize = lambda value: value if isinstance(value, Undefined) else budget.print(value)
    return env


def _join(values: Any, separator: str = "") -> str:
    """Return texts with a separator between them."""
    parts = [piece for value in values for piece in (separator, value)]
    return joined(*parts[1:])


def render(env: Sandbox, text: str, path: str) -> str:
    """Render the words of an exhibit, as `render_lines` does a chapter."""
    return render_lines(env, text, path)[0]


def render_lines(env: Sandbox, text: str, path: str) -> tuple[str, list[int]]:
    """Render a chapter, and say from which line of it each line of the result comes.

    Raises
    ------
    EvidentiaError
        For a fault of Jinja's: an unclosed tag, an unknown name, something that is not allowed; with
        file and line.
    """
    if len(text) > LONGEST:
        raise EvidentiaError(
            f"the words have more than {LONGEST:,} characters",
            where=path,
            remedy="divide them into several chapters",
        )
    try:
        tree = checked(env.parse(text), env.filters)
        return with_lines(env.from_string(tree).generate(), text)
    except TemplateSyntaxError as error:
        raise _unreadable(error, path) from None
    except EvidentiaError as fault:
        line = fault.where or f"line {_line_of_fault(fault)}"
        raise EvidentiaError(fault.what, where=f"{path}, {line}", remedy=fault.remedy) from None
    except RecursionError:
        raise EvidentiaError(
            "the template cannot be read: it is nested too deep",
            where=path,
            remedy="write it in several steps",
        ) from None
    except (
        Exception
    ) as error:  # whatever a template can bring about: an unknown name, 1 / 0, an attribute of a text
        raise EvidentiaError(
            f"the template cannot be filled: {error}",
            where=f"{path}, line {_line_of_fault(error)}",
            remedy="correct the name or the call",
        ) from None


def _unreadable(error: TemplateSyntaxError, path: str) -> EvidentiaError:
    return EvidentiaError(
        f"the template cannot be read: {error.message}",
        where=f"{path}, line {error.lineno}",
        remedy="close each {% claim %} with {% endclaim %}, each {{ with }}, and each quotation mark",
    )


def check_syntax(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for template code that cannot be read, whatever it names."""
    try:
        environment({}).parse(text)
    except TemplateSyntaxError as error:
        yield _unreadable(error, path)
    except RecursionError:  # which is said where the template is filled
        return


def current_line() -> int:
    """Return the line of the template that is being rendered, for a function that it calls."""
    frame = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return _line(template, frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
    return 0


_LINES: WeakKeyDictionary[Template, tuple[list[int], list[int]]] = WeakKeyDictionary()


def _line(template: Template, code_line: int) -> int:
    """Return the line of a template that a line of its code was made from."""
    if template not in _LINES:
        pairs = sorted((code, line) for line, code in template.debug_info)
        _LINES[template] = [code for code, _ in pairs], [line for _, line in pairs]
    codes, lines = _LINES[template]
    return lines[max(bisect_right(codes, code_line) - 1, 0)] if lines else 1


def _line_of_fault(error: BaseException) -> int:
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
