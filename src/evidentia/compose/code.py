"""Code, comments and template code of a chapter: where each begins and ends, and which is never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = re.compile(
    r"(?P<comment><!--)"
    r"|^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r"|(?<!\\)(?P<ticks>`+)"
    r"|(?P<template>\{\{|\{%|\{##)",
    re.MULTILINE,
)
_ENDS = {"{{": "}}", "{%": "%}", "{##": "##}"}
MOST_TICKS = 30
COMMENT, FENCE, CODE, TEMPLATE = "comment", "fence", "code", "template"


@dataclass(frozen=True)
class Span:
    """A stretch of a chapter that is no running text; if it is not closed, it goes to the end.

    Attributes
    ----------
    kind : str
        ``comment``, ``fence``, ``code`` (in a line) or ``template``.
    start, end : int
    closed : bool
    """

    kind: str
    start: int
    end: int
    closed: bool = True


def spans(text: str) -> Iterator[Span]:
    """Yield the code, comments and template code of a chapter, one after the other."""
    place = 0
    while opening := _OPENING.search(text, place):
        start = opening.start(opening.lastgroup or 0)
        if opening["comment"]:
            end = text.find("-->", opening.end())
            span = Span(COMMENT, start, end + 3) if end >= 0 else Span(COMMENT, start, len(text), False)
        elif opening["fence"]:
            closing = _fence_end(opening["fence"]).search(text, opening.end())
            span = Span(FENCE, start, closing.end()) if closing else Span(FENCE, start, len(text), False)
        elif opening["ticks"]:
            span = _in_line(text, start, opening["ticks"])
        else:
            end = text.find(_ENDS[opening["template"]], opening.end())
            if end < 0:  # which the template's reader says
                return
            span = Span(TEMPLATE, start, end + len(_ENDS[opening["template"]]))
        yield span
        place = span.end


def _fence_end(fence: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE)


def _in_line(text: str, start: int, ticks: str) -> Span:
    """Return code between signs of equal number, which end with the paragraph."""
    end = None
    if len(ticks) <= MOST_TICKS:
        closing = re.compile(rf"(?<!`)`{{{len(ticks)}}}(?!`)|(?P<none>\n[ \t]*\n)")
        end = closing.search(text, start + len(ticks))
    if end is None or end["none"]:
        return Span(CODE, start, start + len(ticks), False)
    return Span(CODE, start, end.end())


def blanked_code(text: str, *kinds: str) -> str:
    """Return a text with blanks in place of its code and comments, of some kinds or all; line breaks stay."""
    parts, last = [], 0
    for span in spans(text):
        if not kinds or span.kind in kinds:
            parts += [text[last : span.start], re.sub(r"[^\n]", " ", text[span.start : span.end])]
            last = span.end
    return "".join([*parts, text[last:]])


def without_comments(text: str) -> str:
    """Return a chapter whose comments are empty: they are the author's, and no page carries them.

    An empty one stays, because it keeps two lists apart.
    """
    parts, last = [], 0
    for span in spans(text):
        if span.kind == COMMENT and span.closed:
            parts += [
                text[last : span.start],
                "<!--" + text.count("\n", span.start, span.end) * "\n" + " -->",
            ]
            last = span.end
    return "".join([*parts, text[last:]])
