"""Jinja2 for chapters: a sandbox, claims as blocks, and the line of each call."""

from __future__ import annotations

import sys
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment

from evidentia.errors import EvidentiaError


class ClaimBlock(Extension):
    """``{% claim "condition" %}words{% endclaim %}``: words that hold only under a condition."""

    tags = {"claim"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Turn the block into a call of the environment's ``claim`` with the condition and the words."""
        line = next(parser.stream).lineno
        condition = parser.parse_expression()
        body = parser.parse_statements(("name:endclaim",), drop_needle=True)
        call = nodes.Call(nodes.Name("_claim", "load"), [condition, nodes.Const(line)], [], None, None)
        return nodes.CallBlock(call, [], [], body).set_lineno(line)


def environment(names: dict[str, Any]) -> SandboxedEnvironment:
    """Return the environment in which chapters are rendered.

    ``{#`` begins an attribute in Quarto Markdown, so Jinja's comments are ``{## ... ##}`` here.

    Parameters
    ----------
    names : dict
        What chapters may call; ``_claim(condition, line, caller)`` serves the claim blocks.
    """
    env = SandboxedEnvironment(
        undefined=StrictUndefined, extensions=[ClaimBlock], keep_trailing_newline=True, comment_start_string="{##", comment_end_string="##}"
    )
    env.globals = dict(names)
    return env


def render(env: SandboxedEnvironment, text: str, path: str) -> str:
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
    except (UndefinedError, SecurityError, TypeError) as error:
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
