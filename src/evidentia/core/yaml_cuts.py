"""Texts in YAML that lose their end: behind a space the sign # begins a comment, as in `title: Phase #2`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from evidentia.core.errors import EvidentiaError

_CUT = re.compile(r"[ \t]?[ \t](?P<cut>#(?=\S)(?![!#=*-]).*|#[ \t]*\d[\w.,]*)[ \t]*$")
"""What looks like words: no space behind the sign, or a number alone; a comment has a space behind."""

_TEXTS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:null")
_IN_BRACES = re.compile(  # no more than a line of words, so that a long one takes no longer than it must
    r"(?<![\w.-])(?P<key>[\w.-]{1,200}):[ \t]+(?P<words>[^\s\"'#{\[][^\"'#,{}]{0,300}?)?"
    r"[ \t](?P<cut>#[^\s,}][^,}]*)"
)


def cut_texts(root: Any, text: str, path: str) -> Iterator[EvidentiaError]:
    """Yield a fault for each text without quotation marks whose end would be a comment.

    Parameters
    ----------
    root : node
        Of the document.
    text : str
        The file's.
    path : str
    """
    lines = text.split("\n")
    for key, node in _values(root, ""):
        mark = node.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        found = _CUT.match(rest)
        plain = (
            not node.style and node.tag in _TEXTS and (node.value == "" or re.search(r"[^\W\d_]", node.value))
        )
        if found and plain:
            cut, name = found["cut"].strip(), f" of '{key}'" if key else ""
            words = " ".join(f"{node.value} {cut}".replace('"', "'").split())
            yield EvidentiaError(
                f"the text{name} ends before its '{cut[:40]}', for there the sign # begins a comment",
                where=f"{path}, line {mark.line + 1}",
                remedy=f'quote it: {f"{key}:" if key else "-"} "{words[:80]}"; a comment is written # so',
            )


def cut_in_braces(lines: Sequence[str], line: int) -> str:
    """Return what to do about a # in braces before a line that cannot be read; empty if there is none."""
    for text in reversed(lines[max(line - 3, 0) : line + 1]):
        if found := _IN_BRACES.search(text):
            words = f"{found['words'] or ''} {found['cut']}".strip()
            return f'the sign # begins a comment; quote it: {found["key"]}: "{words[:60]}"'
    return ""


def _values(node: Any, key: str) -> Iterator[tuple[str, Any]]:
    """Yield the scalars that are values, each with its key."""
    if isinstance(node, yaml.ScalarNode):
        yield key, node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _values(child, "")
    elif isinstance(node, yaml.MappingNode):
        for name, child in node.value:
            yield from _values(child, str(name.value))
