"""A chapter made ready for its template: what a visual editor escaped, page breaks, Quarto's shortcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidentia.compose.code import TEMPLATE, blanked_code, spans, without_comments
from evidentia.compose.formulas import with_braces_apart
from evidentia.compose.stretches import SHORTCODE, stretches
from evidentia.core.errors import EvidentiaError

_ESCAPED = re.compile(r"\\([<>*_~\[\]|#@$^`=!()+.-])")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\N{NO-BREAK SPACE}": " "})
_SIGNED = re.compile(r"\{\{\\<|\\>\}\}")
_NAME = re.compile(r"[A-Za-z][\w-]*")
_CAPITAL = re.compile(r"(?<![\w.\\])@(?:Fig|Tbl|Sec|Eq)-(?=\w)")
PAGE_BREAK = "\\newpage"
_INSTEAD = {
    "include": "name the file in report.chapters of config.yaml",
    "embed": "show a figure or a table of config.yaml: {{ figure(...) }}, {{ table(...) }}",
    "video": "link to it: [words](https://...)",
    "meta": "print what config.yaml says: {{ evaluation.title }}, {{ evaluation.area }}",
    "var": 'print a number or a fact of the ledger: {{ n("...") }}',
    "env": 'print a number or a fact of the ledger: {{ n("...") }}',
    "contents": "take it out; the contents are made by themselves",
}


def prepared(text: str) -> str:
    """Return a chapter as its template is read: template code as it was meant, no comments, page breaks in
    the form that all formats know, and no other shortcodes. Each line stays where it is.

    Parameters
    ----------
    text : str
        The chapter as written.
    """
    text = _as_meant(without_comments(with_braces_apart(_unsigned(_in_small_letters(text)))))
    parts, last = [], 0
    for start, end in stretches(text, (SHORTCODE,)):
        breaks = "\n" * text.count("\n", start, end)
        parts += [text[last:start], (PAGE_BREAK if _named(text[start:end]) == "pagebreak" else "") + breaks]
        last = end
    return "".join([*parts, text[last:]])


def shortcode_faults(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each shortcode of Quarto's in a chapter as written, but for page breaks."""
    text = _unsigned(text)
    for start, end in stretches(text, (SHORTCODE,)):
        name = _named(text[start:end])
        if name != "pagebreak":
            yield EvidentiaError(
                f"a shortcode of Quarto stands in the chapter: {' '.join(text[start:end].split())[:60]}",
                where=f"{path}, line {text.count(chr(10), 0, start) + 1}",
                remedy=_INSTEAD.get(
                    name, "take it out: a chapter shows what the ledger and config.yaml hold"
                ),
            )


def _in_small_letters(text: str) -> str:
    """Return a text whose references are as labels are: @Fig-trend, as at the beginning of a sentence, is
    Quarto's too.
    """
    parts, last = [], 0
    for match in _CAPITAL.finditer(blanked_code(text)) if "@" in text else ():
        parts += [text[last : match.start()], match[0].lower()]
        last = match.end()
    return "".join([*parts, text[last:]])


def _named(shortcode: str) -> str:
    found = _NAME.search(shortcode)
    return found[0].lower() if found else ""


def _unsigned(text: str) -> str:
    """Return a text whose shortcodes have their signs again, which a visual editor escapes."""
    return _SIGNED.sub(lambda sign: sign[0].replace("\\", ""), text)


def _as_meant(text: str) -> str:
    """Return a text whose template code is as it was before a visual editor escaped signs and curled
    quotation marks.
    """
    parts, last = [], 0
    for span in spans(text):
        if span.kind != TEMPLATE:
            continue
        code = text[span.start : span.end]
        if '"' not in code.replace('\\"', "") and "'" not in code:
            code = code.replace('\\"', '"')
        if "“" in code or "‘" in code:
            code = code.translate(_CURLY)
        parts += [text[last : span.start], _ESCAPED.sub(r"\1", code)]
        last = span.end
    return "".join([*parts, text[last:]])
