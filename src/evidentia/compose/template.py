"""Jinja2 for chapters: a sandbox, claims as blocks, and the line of each call."""

from __future__ import annotations

import sys
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from evidentia.core.errors import EvidentiaError


class ClaimBlock(Extension):
    """``{% claim "condition", despite="kind" %}words{% endclaim %}``: words that hold only under a condition."""

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
        call = nodes.Call(nodes.Name("_claim", "load"), [condition, nodes.Const(line), despite], [], None, None)
        return nodes.CallBlock(call, [], [], body).set_lineno(line)


UNFIT = {"random", "pprint", "center", "format", "indent"}
"""Jinja's filters that a report has no use for: by chance, by address in memory, or by as many spaces as asked."""

_PADDING = {"center", "expandtabs", "ljust", "rjust", "zfill", "format", "format_map"}


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which a template can neither change what it is given nor multiply texts without end."""

    intercepted_binops = frozenset(["*", "**"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers of an ordinary size, and nothing else."""
        if not all(isinstance(side, int | float) and abs(side) < 1e15 for side in (left, right)) or (operator == "**" and abs(right) > 99):
            raise SecurityError(f"{operator} is for numbers, and for small ones")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Leave out the methods of a text that make it as long as asked."""
        return super().is_safe_attribute(obj, attr, value) and not (isinstance(obj, str) and attr in _PADDING)


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
        undefined=StrictUndefined, extensions=[ClaimBlock], keep_trailing_newline=True, comment_start_string="{##", comment_end_string="##}"
    )
    env.globals = dict(names)
    env.filters = {name: function for name, function in env.filters.items() if name not in UNFIT}
    env.finalize = _printable
    return env


def _printable(value: Any) -> Any:
    if callable(value) and not isinstance(value, Undefined):
        raise TypeError(f"the function '{getattr(value, '__name__', 'unknown')}' is named, not called")
    return value


def render(env: Sandbox, text: str, path: str) -> str:
    """Render a chapter.

    Raises
    ------
    EvidentiaError
        For a fault of Jinja's: an unclosed tag, an unknown name, something the sandbox forbids; with
        file and line.
    """
    try:
        return env.from_string(text).render()
    except TemplateSyntaxError as error:
        raise EvidentiaError(
            f"the template cannot be read: {error.message}",
            where=f"{path}, line {error.lineno}",
            remedy="close each {% claim %} with {% endclaim %}, each {{ with }}, and each quotation mark",
        ) from None
    except EvidentiaError:
        raise
    except Exception as error:  # whatever a template can bring about: an unknown name, 1 / 0, an attribute of a text
        raise EvidentiaError(
            f"the template cannot be filled: {error}", where=f"{path}, line {_line_of_fault(error)}", remedy="correct the name or the call"
        ) from None


def current_line() -> int:
    """Return the line of the template that is being rendered, for a function that it calls."""
    frame = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back  # type: ignore[assignment]
    return 0


def _line_of_fault(error: BaseException) -> int:
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
