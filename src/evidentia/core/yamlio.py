"""YAML read safely: no object is built, no key is lost, and every key knows its line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.text import forbidden, read_words
from evidentia.core.yaml_cuts import cut_in_braces, cut_texts

DEEPEST, MOST, LARGEST = (
    60,
    200_000,
    4_000_000,
)  # levels of nesting, values with every alias written out, bytes of a file
_WRONG = (ValueError, ArithmeticError, LookupError, AttributeError, TypeError)
"""What PyYAML raises for a value that is not of its kind: a date with a 13th month, a number of thousands of
digits.
"""

_KEY_AND_TEXT = re.compile(r"\s*(?:- )?(?P<key>[\w.-]+):\s+(?P<text>\S.*)$")
_SPECIAL = re.compile(r":\s|:$|\s#|^[@`%&*!|>\[{\"']")
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """The safe loader, which keeps the last of two equal keys; this one refuses the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if (
                key_node.tag == "tag:yaml.org,2002:merge"
            ):  # <<: *anchor, whose keys the mapping's own may override
                continue
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key '{key}' stands twice", key_node.start_mark
                    )
                seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path | str, cut: list[EvidentiaError] | None = None) -> Any:
    """Read one YAML document.

    Parameters
    ----------
    path : path
    cut : list of EvidentiaError, optional
        Takes the texts that a # cuts off, for a caller that goes on to what else is wrong; else they are
        raised.

    Raises
    ------
    EvidentiaError
        If the file is missing, cannot be read, is not UTF-8, is not YAML, repeats a key, asks for an
        object to be built, holds itself, or is far larger written out than it looks; with the line.
    """
    text = read_words(Path(path), str(path), "create it, or run in the evaluation's folder", most=LARGEST)
    node = None
    try:
        _refuse_depth(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        _refuse_size(node)
        value = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise EvidentiaError(
            f"not valid YAML: {error.problem}", where=f"{path}{line}", remedy=_remedy(text, mark)
        ) from None
    except yaml.YAMLError as error:
        raise EvidentiaError(f"not valid YAML: {error}", where=str(path), remedy="correct the file") from None
    except _WRONG:
        place, text = _first_wrong(node)
        raise EvidentiaError(
            f"not valid YAML: {text}", where=f"{path}{place}", remedy="correct this value"
        ) from None
    _refuse_characters(node, str(path))
    found = list(cut_texts(node, text, str(path)))
    if cut is None:
        raise_all(found)
    else:
        cut += found
    return value


def _remedy(text: str, mark: Any) -> str:
    """Return what to do about a line that is not YAML: most often, to put its text in quotation marks."""
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if line[: len(line) - len(line.lstrip())].count("\t"):
        return "indent with spaces, not with tabs"
    if mark and (said := cut_in_braces(lines, mark.line)):
        return said
    found = _KEY_AND_TEXT.match(line)
    if found and _SPECIAL.search(found["text"]):
        words = found["text"].strip().rstrip(",}").replace('"', "'")
        return f'quote it: {found["key"]}: "{words[:60]}"'
    return "correct this line, or the one before it; a text with a colon, a comma or a sign is quoted"


def _refuse_depth(text: str) -> None:
    """Raise for nesting that no honest file has, before anything follows it down."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.constructor.ConstructorError(
                None, None, f"nested more than {DEEPEST} levels deep", event.start_mark
            )


def _refuse_size(root: Any) -> None:
    """Raise for a node that holds itself, and for aliases that stand for more values than any honest file
    has.
    """
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: Any) -> int:
        if id(node) in open_nodes:
            raise yaml.constructor.ConstructorError(
                None, None, "an alias stands for something that holds it", node.start_mark
            )
        if id(node) not in sizes:
            open_nodes.add(id(node))
            sizes[id(node)] = 1 + sum(size(child) for child in _children(node))
            open_nodes.discard(id(node))
        if sizes[id(node)] > MOST:
            raise yaml.constructor.ConstructorError(
                None, None, f"its aliases stand for more than {MOST:,} values", node.start_mark
            )
        return sizes[id(node)]

    if root is not None:
        size(root)


def _children(node: Any) -> list[Any]:
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for child in _children(node) if node is not None else ():
        yield from _scalars(child)


def _first_wrong(root: Any) -> tuple[str, str]:
    """Return the place of the first scalar that cannot be made a value, and what is wrong with it."""
    for node in _scalars(root):
        loader = _Loader("")
        try:
            loader.construct_object(node)
        except _WRONG:
            shown = str(node.value)[:40]
            kind = str(node.tag).rpartition(":")[2]
            mark = node.start_mark
            return (
                f", line {mark.line + 1}, column {mark.column + 1}",
                f"'{shown}' is not a value of the kind '{kind}'",
            )
    return "", "a value is not of its kind"


def _refuse_characters(root: Any, path: str) -> None:
    """Raise for characters that are written as escapes and would not be let through as themselves."""
    for node in _scalars(root):
        found = forbidden(str(node.value))
        if found:
            raise EvidentiaError(
                f"a text holds {found[1]}",
                where=f"{path}, line {node.start_mark.line + 1}",
                remedy="take it out",
            )


@lru_cache(maxsize=4)
def _composed(text: str) -> Any:
    """Return a document's nodes, kept for the next fault of the same file."""
    return yaml.compose(text, Loader=_Loader)


def line_of(path: Path | str, keys: Sequence[Any]) -> int | None:
    """Return the line (from 1) on which the deepest existing key of a path of keys stands."""
    try:
        node = _composed(read_words(Path(path), str(path), most=LARGEST))
    except (EvidentiaError, yaml.YAMLError):
        return None
    line = None
    for key in keys:
        found = _child(node, key)
        if found is None:
            break
        line, node = found
    return line


def _child(node: Any, key: Any) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == str(key):
                return key_node.start_mark.line + 1, value_node
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line + 1, node.value[key]
    return None
