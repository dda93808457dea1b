"""How easy a chapter is to read: Flesch reading ease and Flesch-Kincaid grade (Kincaid and others, 1975)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from evidentia.compose.markup import plain

_SKIPPED = re.compile(r"^(?:#|\||:::|!\[|\[Source:|```).*$", re.MULTILINE)

_RUN_IN = re.compile(r"^((?:[ \t]*[-*] )?)\*\*[^*\n.]{1,60}\.\*\* ", re.MULTILINE)
"""A heading that opens a paragraph in bold: **Training.** Staff said ..."""

_MARK = re.compile(r" ?\[(?:[^\[\]\\]|\\.)*\]\{\.synthetic\}")
_NOTE = re.compile(r"\^\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")
_REFERENCE_LAST = re.compile(r"(@[\w:-]+)(?=[.?!](?:\s|$))")
_WORD = re.compile(r"[A-Za-z0-9][\w'’.,-]*", re.ASCII)
"""A word, or a number as it is printed."""


def readability(text: str) -> dict[str, Any]:
    """Return words, sentences, words a sentence (mean and most), reading ease and grade of composed Markdown.

    A reading ease of 60 and more is plain English; GOV.UK asks for a reading age of 9, which long names of
    programmes and services make hard to reach.
    """
    sentences = [_WORD.findall(sentence) for sentence in sentences_of(text)]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return {"words": 0, "sentences": 0}
    syllables = sum(_syllables(word.lower()) for word in words)
    length, weight = len(words) / len(sentences), syllables / len(words)
    return {
        "words": len(words),
        "sentences": len(sentences),
        "words_per_sentence": round(length, 1),
        "longest_sentence": max(map(len, sentences)),
        "reading_ease": round(206.835 - 1.015 * length - 84.6 * weight, 1),
        "grade": round(0.39 * length + 11.8 * weight - 15.59, 1),
    }


def sentences_of(text: str) -> list[str]:
    """Return the sentences of composed Markdown: what ends in a full stop, a question or an exclamation mark,
    or with its paragraph.

    An item of a list and a note are sentences of their own. Headings, also those that open a paragraph in
    bold, marks of synthetic records, tables and figures do not count.
    """
    prose = _RUN_IN.sub(r"\1", _SKIPPED.sub("", _without_exhibits(_MARK.sub("", text))))
    prose = _NOTE.sub("", prose) + "".join(f"\n\n{note[1]}" for note in _NOTE.finditer(prose))
    blocks = re.split(r"\n\s*\n|\n(?=[ \t]*[-*] )", _REFERENCE_LAST.sub(r"\1 ", prose))
    found = [item for block in blocks for item in re.split(r"(?<=[.!?])\s+", plain(block))]
    return [item for item in found if re.search(r"[A-Za-z]{2}", item)]


def _without_exhibits(text: str) -> str:
    """Return Markdown without figures and tables, whose captions are no prose."""
    kept, inside = [], False
    for line in text.split("\n"):
        if line.startswith(":::"):
            inside = line.startswith(("::: {#fig-", "::: {#tbl-"))
        elif inside:
            continue
        kept.append(line)
    return "\n".join(kept)


@cache
def _syllables(word: str) -> int:
    """Count groups of vowels, without a silent e at the end."""
    trimmed = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word) if len(word) > 3 else word
    return max(len(re.findall(r"[aeiouy]+", trimmed)), 1)
