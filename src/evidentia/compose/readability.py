"""How easy a chapter is to read: Flesch reading ease and Flesch-Kincaid grade (Kincaid and others, 1975)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from evidentia.compose.markup import plain

_SKIPPED = re.compile(r"^(?:#|\||:::|!\[|\[Source:|```).*$", re.MULTILINE)

_RUN_IN = re.compile(r"^((?:\s*[-*] )?)\*\*[^*\n.]{1,60}\.\*\* ", re.MULTILINE)
"""A heading that opens a paragraph in bold: **Training.** Staff said ..."""


def readability(text: str) -> dict[str, Any]:
    """Return words, sentences, words a sentence, reading ease and grade of composed Markdown.

    Headings, also those that open a paragraph in bold, tables and figures do not count. A reading ease of 60 and more is
    plain English; GOV.UK asks for a reading age of 9, which long names of programmes and services make hard to reach.
    """
    blocks = re.split(r"\n\s*\n|\n(?=\s*[-*] )", _RUN_IN.sub(r"\1", _SKIPPED.sub("", text)))
    sentences = [item for block in blocks for item in re.split(r"(?<=[.!?:;])\s+", plain(block)) if re.search(r"[A-Za-z]{2}", item)]
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z][A-Za-z'’-]*", sentence)]
    if not words:
        return {"words": 0, "sentences": 0}
    syllables = sum(_syllables(word.lower()) for word in words)
    length, weight = len(words) / len(sentences), syllables / len(words)
    return {
        "words": len(words),
        "sentences": len(sentences),
        "words_per_sentence": round(length, 1),
        "reading_ease": round(206.835 - 1.015 * length - 84.6 * weight, 1),
        "grade": round(0.39 * length + 11.8 * weight - 15.59, 1),
    }


@cache
def _syllables(word: str) -> int:
    """Count groups of vowels, without a silent e at the end."""
    trimmed = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word) if len(word) > 3 else word
    return max(len(re.findall(r"[aeiouy]+", trimmed)), 1)
