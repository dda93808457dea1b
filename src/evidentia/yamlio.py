"""YAML read safely: no object is built, no key is lost, and every key knows its line."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import yaml

from evidentia.errors import EvidentiaError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """The safe loader, which keeps the last of two equal keys; this one refuses the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":  # <<: *anchor, whose keys the mapping's own may override
                continue
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' stands twice", key_node.start_mark)
                seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path | str) -> Any:
    """Read one YAML document.

    Raises
    ------
    EvidentiaError
        If the file is missing, is not UTF-8, is not YAML, repeats a key, or asks for an object
        to be built; with the line.
    """
    file = Path(path)
    try:
        return yaml.load(file.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except FileNotFoundError:
        raise EvidentiaError("file not found", where=str(path), remedy="create it, or run in the evaluation's folder") from None
    except UnicodeDecodeError as error:
        raise EvidentiaError(f"not UTF-8 text: {error.reason}", where=str(path), remedy="save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise EvidentiaError(f"not valid YAML: {error.problem}", where=f"{path}{line}", remedy="correct this line") from None
    except yaml.YAMLError as error:
        raise EvidentiaError(f"not valid YAML: {error}", where=str(path), remedy="correct the file") from None


def line_of(path: Path | str, keys: Sequence[Any]) -> int | None:
    """Return the line (from 1) on which the deepest existing key of a path of keys stands."""
    try:
        node = yaml.compose(Path(path).read_text(encoding="utf-8-sig"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
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
