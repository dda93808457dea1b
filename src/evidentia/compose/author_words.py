"""The author's own words of a chapter: without code, formulas, quotations, questionnaires and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidentia.compose.code import CODE, COMMENT, FENCE, TEMPLATE, spans
from evidentia.compose.stretches import ADDRESS, Kind, blanked, stretches

ATTRIBUTES = Kind(r"\{(?=[#.]|[\w-]{1,60}=)", r"(?P<close>\})|\n")
_WORDS_OF_OTHERS = 4
_QUOTED = re.compile(
    r"“(?P<curly>[^“”]*)”"
    r'|(?<![\w"])"(?P<straight>(?:[^"\n]|\n(?![ \t]*\n))*)"(?!\w)'
    r"|(?<!\w)‘(?P<single>(?:[^‘’]|(?<=\w)’(?=\w))*)’(?!\w)"
    r"|(?<![\w'])'(?P<plain>(?=\S)(?:[^'\n]|(?<=\w)'(?=\w)|\n(?![ \t]*\n))*)'(?!\w)"
)
_BLOCK = re.compile(r"^[ \t]*>.*(?:\n(?![ \t]*\n).+)*", re.MULTILINE)
_MATH = re.compile(
    r"(?<!\\)\$\$(?P<display>(?:[^$]|\\\$)+?)\$\$"
    r"|(?<![\\$])\$(?=\S)(?P<inline>(?:[^$\n\\]|\\.|\n(?![ \t]*\n))+?)(?<=\S)\$(?!\d)"
)
_DIV = re.compile(r"^[ \t]*:{3,}(?P<about>[^\n]*)$", re.MULTILINE)
_INSTRUMENT = re.compile(r"(?:^|[\s{])\.?instrument(?:[\s}]|$)")
OPTION = re.compile(r"^[ \t>]*(?:[-*+][ \t]+)?[☐☑☒□○◯❏❑⬜].*$", re.MULTILINE)
"""An answer of a questionnaire, with the box to tick before it."""
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN_CODE = frozenset(["", "text", "txt", "plain", "output", "markdown", "md", "none"])
_UNIT = (
    r"(?:%|per\s?cent|percent|percentage\s+points?|pounds|people|children|families|pupils|cases|referrals|points"
    r"|years|months|weeks|days|hours|minutes|times)"
)
_RESULT = re.compile(
    rf"(?:^|(?<=[\s(]))[£$€]\s?\d[\d,.]*|\d\s?{_UNIT}(?!\w)"
    r"|(?:^|(?<=[\s(,;]))(?:[pnNrtFdgz]|OR|RR|CI|SE|SD|M|mean|median|beta|χ2)\s?[=<>≤≥]\s?[-−]?[\d.]+",
    re.MULTILINE,
)
_ONLY_A_NUMBER = re.compile(r"[\s£$€<>=~±+−\-\\]*\d[\d,.\s]*(?:\\?%|[kmKM]|million|thousand)?")


def apart(text: str) -> str:
    """Return a chapter with blanks in place of what its author does not say in words. Results in code and in
    formulas stay, for they are no place for them.

    Parameters
    ----------
    text : str
        The chapter's source, with its Jinja.
    """
    plain = blanked(text, _code(text))
    plain = blanked(plain, _instruments(plain))
    plain = blanked(plain, stretches(plain, (ATTRIBUTES, ADDRESS)))
    plain = blanked(plain, (match.span() for match in OPTION.finditer(plain)))
    plain = blanked(plain, (match.span() for match in _BLOCK.finditer(plain)))
    plain = blanked(plain, _formulas(plain))
    return blanked(plain, (match.span() for match in quoted(plain)))


def quoted(text: str) -> Iterator[re.Match[str]]:
    """Yield the quotations of a text, of at least 4 words; fewer are a name, or meant otherwise."""
    for match in _QUOTED.finditer(text):
        said = next(group for group in match.groups() if group is not None)
        if len(_LETTERS.findall(said)) >= _WORDS_OF_OTHERS:
            yield match


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the template code, comments and code of a chapter, but not code that holds a result."""
    for span in spans(text):
        said = text[span.start : span.end]
        if span.kind in (TEMPLATE, COMMENT) or not span.closed:
            yield span.start, span.end
        elif span.kind == FENCE:
            language = re.sub(r"[`~{}.\s=]", " ", said.split("\n", 1)[0]).split()
            if (language[0] if language else "") not in _PLAIN_CODE or not _RESULT.search(said):
                yield span.start, span.end
        elif span.kind == CODE:
            inner = said.strip("`")
            if not _RESULT.search(inner) and not _ONLY_A_NUMBER.fullmatch(inner.strip()):
                yield span.start, span.end


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    for match in _MATH.finditer(text):
        if not _ONLY_A_NUMBER.fullmatch((match["display"] or match["inline"]).strip()):
            yield match.span()


def _instruments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the questionnaires of a chapter, from their box's first line to its last."""
    start, depth = -1, 0
    for match in _DIV.finditer(text):
        about = match["about"].strip(": \t")
        if start < 0:
            if _INSTRUMENT.search(about):
                start, depth = match.start(), 1
            continue
        depth += 1 if about else -1
        if depth == 0:
            yield start, match.end()
            start = -1
    if start >= 0:
        yield start, len(text)
