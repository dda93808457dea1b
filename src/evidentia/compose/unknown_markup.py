"""Markup that no report obeys, refused by name: layouts of Quarto's, TeX, and signs not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from evidentia.compose.code import blanked_code
from evidentia.compose.known_classes import class_fault, pattern_of
from evidentia.compose.references import KINDS
from evidentia.compose.tree import Tree
from evidentia.core.errors import EvidentiaError

_ATTRIBUTES = {
    "Header": 1,
    "Div": 0,
    "Span": 0,
    "Code": 0,
    "CodeBlock": 0,
    "Figure": 0,
    "Table": 0,
    "Image": 0,
}
_SIDE = "for parts side by side write ::: {layout-ncol=2}"
_MARGIN = "write a note, [^name], or a box, ::: {.callout-note}"
_SLIDES = "take it out; it is for slides"
_OUT = "take it out"
_KEYS = {
    **dict.fromkeys(("layout", "layout-nrow", "layout-valign", "layout-align"), _SIDE),
    **dict.fromkeys(("fig-align", "fig-env", "fig-pos", "fig-scap", "lightbox", "group", "shift"), _OUT),
    **dict.fromkeys(("code-fold", "code-summary", "code-line-numbers", "code-overflow"), _OUT),
    "collapse": "take it out: a box stands open, so that the page, the PDF and Word say the same",
    **dict.fromkeys(("appearance", "icon"), "take it out: all boxes of a report look alike"),
    **dict.fromkeys(
        ("when-meta", "unless-meta", "when-profile", "unless-profile"),
        'use {% if ... %} or when-format="pdf"',
    ),
    **dict.fromkeys(("background-color", "background-image", "auto-animate", "transition"), _SLIDES),
}
_CLASSES = {
    **dict.fromkeys(("columns", "column", "grid"), _SIDE),
    **dict.fromkeys(("aside", "column-margin", "margin", "margin-caption"), _MARGIN),
    **dict.fromkeys(
        ("fragment", "incremental", "nonincremental", "absolute", "r-stack", "scrollable"), _SLIDES
    ),
    **dict.fromkeys(("unlisted", "smaller", "center", "centered", "text-center", "text-right"), _OUT),
    **dict.fromkeys(("proof", "remark", "solution"), "write a box, ::: {.callout-note}"),
}
_PATTERNS = {
    re.compile(
        r"column-(?:body|page|screen)[\w-]*"
    ): "take it out; a wide table or figure finds its width by itself",
    re.compile(r"g-col-\d+"): _SIDE,
}
_NOT_IN_NOTES = {
    "Table": "a table",
    "Figure": "a figure",
    "CodeBlock": "a block of code",
    "Header": "a heading",
    "HorizontalRule": "a line across",
}
_EQUATION = re.compile(r"\{#eq-[\w-]+\}[.,;:]?")
_BREAKS = re.compile(r"\\(?:newpage|pagebreak|clearpage)")
_BOX = re.compile(r"^[ \t]*:{3,}(?P<about>[^\n]*)$", re.MULTILINE)
_LEFT = (
    (
        re.compile(r"(?<!\\)\*\*(?=\S)[^\n*]{1,60}"),
        "bold letters are not closed",
        "close them with **, or write \\*",
    ),
    (
        re.compile(r"(?<![\\!])\[[^\[\]\n]{1,60}\]\((?![^\n]*\))[^\n]{0,60}"),
        "a link's address is not closed",
        "end it with )",
    ),
    (
        re.compile(r"(?<!\\)\$\$[^\n]{0,60}"),
        "a formula is not closed",
        "end it with $$, or write \\$ for the sign itself",
    ),
    (
        re.compile(r"(?<!\\)\^\[[^\n]{0,60}"),
        "a note is not closed",
        "end it with ]",
    ),
    (
        re.compile(r"(?<=[\]*`\"])\{[.#][^{}\n]{1,60}\}"),
        "attributes belong to nothing",
        "put the words in brackets: [words]{.name}",
    ),
)
MOST = 20
"""Faults of one kind that are named."""


def unknown_markup(text: str, tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each layout, raw piece and sign of a chapter that its pages would drop or print.

    Parameters
    ----------
    text : str
        The chapter as composed, whose lines are named.
    tree : Tree
    path : str
    """
    seen: set[str] = set()
    for what, remedy, spelling in islice(
        chain(_found(tree), _behind_references(tree), _in_notes(tree)), MOST
    ):
        if what not in seen:
            seen.add(what)
            place = re.search(spelling, text)
            line = text.count("\n", 0, place.start(place.lastgroup or 0)) + 1 if place else 0
            yield EvidentiaError(what, where=f"{path}, line {line}" if line else path, remedy=remedy)
    yield from islice(_left(text, tree, path), MOST)


def _found(tree: Tree) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with an element, what to do, and a pattern of how it is written."""
    for element in tree.elements(*_ATTRIBUTES, "RawBlock", "RawInline"):
        kind = element["t"]
        if kind in ("RawBlock", "RawInline"):
            format, raw = element["c"]
            if format not in ("html", "html5") and not _BREAKS.fullmatch(raw.strip()):
                said = "TeX" if format in ("tex", "latex") else f"a piece for '{format[:20]}'"
                what = f"{said} reaches no page: {' '.join(raw.split())[:40]}"
                yield what, "write it in Markdown, a formula as $...$", re.escape(raw[:40])
            continue
        label, classes, pairs = element["c"][_ATTRIBUTES[kind]]
        if kind == "Div" and label.startswith("tbl-") and len([*Tree([element], []).elements("Table")]) > 1:
            yield (
                f"the table '{label}' is made of several tables",
                "give each a caption and a label of its own, and the box none: ::: {layout-ncol=2}",
                rf"#{re.escape(label)}(?![\w-])",
            )
        for name, _ in pairs:
            if name in _KEYS:
                yield (
                    f"the attribute '{name}' is not obeyed in a report",
                    _KEYS[name],
                    rf"\{{[^{{}}\n]*{re.escape(name)}=",
                )
        for name in classes:
            remedy = _CLASSES.get(name) or next(
                (said for pattern, said in _PATTERNS.items() if pattern.fullmatch(name)), ""
            )
            if remedy:
                yield (
                    f"the class '.{name}' is not obeyed in a report",
                    remedy,
                    pattern_of(name),
                )
            elif kind in ("Div", "Span", "Header") and (remedy := class_fault(name)):
                yield f"the class '.{name[:40]}' means nothing in a report", remedy, pattern_of(name)


def _behind_references(tree: Tree) -> Iterator[tuple[str, str, str]]:
    """Yield words behind a reference in brackets, which would be lost."""
    for cite in tree.elements("Cite"):
        for citation in cite["c"][0]:
            id, behind = citation["citationId"], citation["citationSuffix"]
            if id.partition("-")[0] in KINDS and behind:
                yield (
                    f"words behind @{id} in brackets would be lost",
                    f"write Tables [-@{id}] and [-@...] with the words outside of the brackets",
                    rf"@{re.escape(id)}(?![\w-])[^\]\n]",
                )


def _in_notes(tree: Tree) -> Iterator[tuple[str, str, str]]:
    """Yield what a note cannot hold: at the foot of a page it is lines of words."""
    for note in tree.elements("Note"):
        for element in Tree(note["c"], []).elements(*_NOT_IN_NOTES):
            words = next((piece["c"] for piece in Tree([element], []).elements("Str")), "")
            if element["t"] == "CodeBlock":
                words = (element["c"][1].split() or [""])[0]
            what = f"a note holds {_NOT_IN_NOTES[element['t']]}{f': {words[:40]} ...' if words else ''}"
            spelling = rf"\[\^[^\]]+\]:(?s:.*?)(?P<here>{re.escape(words)})"
            yield what, "put it into the text, and let the note refer to it", spelling


def _left(text: str, tree: Tree, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for signs of markup that pandoc took for words."""
    words = {piece["c"] for piece in tree.elements("Str") if _telling(piece)}
    if not words:
        return
    blank = blanked_code(text)
    if any(":::" in word for word in words):
        yield from _boxes(blank, path)
    for pattern, what, remedy in _LEFT:
        for match in pattern.finditer(blank):
            first = match[0].split()[0]
            if any(first in word or word in match[0] for word in words):
                line = text.count("\n", 0, match.start()) + 1
                yield EvidentiaError(
                    f"{what}: {match[0].strip()[:60]}", where=f"{path}, line {line}", remedy=remedy
                )


def _telling(piece: Any) -> bool:
    word: str = piece["c"]
    if _EQUATION.fullmatch(word):  # the label of the formula before it
        return False
    return any(sign in word for sign in ("**", ":::", "](", "{.", "{#", "$$", "^["))


def _boxes(text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for the first line that is to open or close a box and does not."""
    depth, last = 0, 0
    for match in _BOX.finditer(text):
        opens, before = bool(match["about"].strip(": \t")), text[last : match.start()]
        apart = not before.strip() or before.endswith(("\n\n", "\n \n"))
        if (opens and not apart) or (not opens and depth == 0):
            yield EvidentiaError(
                f"the line {'opens' if opens else 'closes'} no box: {match[0].strip()[:60]}",
                where=f"{path}, line {text.count(chr(10), 0, match.start()) + 1}",
                remedy="leave an empty line before a line that opens one, and close each once"
                if opens
                else "take it out, or open the box with ::: {.name} on a line of its own",
            )
            return
        depth, last = depth + (1 if opens else -1), match.end()
