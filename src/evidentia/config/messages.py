"""What is wrong with a value of config.yaml, where it stands, and an example of a right one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evidentia.config.registry import Registry
from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.yamlio import line_of

NAME = "config.yaml"
_KINDS = {
    "date": "write a month or a day in digits: {key}: 2026-11, or {key}: 2026-11-30",
    "bool": "write {key}: true, or {key}: false",
    "int": "write a whole number in digits: {key}: {number}",
    "float": "write a number in digits: {key}: {number}",
    "list": "write a list, with its signs: {key}: [{value}]",
    "dict": "write settings below it, one a line, each as name: value",
    "model": "write settings below it, one a line, each as name: value",
    "string_type": 'put the text in quotation marks: {key}: "{value}"',
}
_KIND_OF_VALUE = re.compile(r"(?:function-\w+|list|dict|union|nullable)\[.*\]")
"""What Pydantic puts into the place of a fault where a value may be of several kinds."""
_LIMITS = ("greater_than", "less_than", "too_short", "string_too_short", "multiple_of", "finite")
LONGEST = 60


def where_of(path: Path, keys: Sequence[Any]) -> str:
    """Return the file, line and name of a key."""
    line = line_of(path, keys)
    return f"{path}{f', line {line}' if line else ''}, key {'.'.join(map(str, keys))}" if keys else str(path)


def translate(
    fault: Any, path: Path, registry: Registry | None = None, schema: Mapping[str, Any] | None = None
) -> EvidentiaError:
    """Turn one of Pydantic's errors into one of ours.

    Parameters
    ----------
    fault : dict
        As ``ValidationError.errors`` gives it.
    path : Path
        The file.
    registry : Registry, optional
        Of the designs that the file can name.
    schema : mapping, optional
        The JSON Schema of the file, from which examples are taken.
    """
    registry = registry or Registry()
    tags = {*registry.designs, *registry.figures, *registry.tables}
    given = [
        key
        for index, key in enumerate(fault["loc"])
        if not _is_tag(fault["loc"], index, tags) and not _KIND_OF_VALUE.fullmatch(str(key))
    ]
    keys = [key for key in given if key != "[key]"]
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "unknown_key":
        return _unknown(fault, path, keys)
    if kind in ("missing", "missing_key"):
        keys = keys if kind == "missing" else [*keys, context["key"]]
        example = _example(_node(schema, fault["loc"]))
        return EvidentiaError(
            f"the key '{keys[-1]}' is missing",
            where=where_of(path, keys),
            remedy=f"add {keys[-1]}: {example}" if example else f"add '{keys[-1]}'",
        )
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = context["discriminator"].strip("'")
        known = [name.strip().strip("'") for name in context.get("expected_tags", "").split(",")]
        if kind == "union_tag_not_found":
            known = registry.names(keys[0])
            return EvidentiaError(
                f"the key '{tag}' is missing",
                where=where_of(path, keys),
                remedy=f"add '{tag}', one of {', '.join(known)}",
            )
        return EvidentiaError(
            f"unknown {tag} '{context['tag']}'",
            where=where_of(path, [*keys, tag]),
            remedy=did_you_mean(context["tag"], known),
        )
    if kind == "string_pattern_mismatch" and given[-1:] == ["[key]"]:
        return EvidentiaError(
            f"'{fault['input']}' cannot be an id",
            where=where_of(path, keys),
            remedy="begin with a letter, then letters, digits, _ or -",
        )
    if kind == "contradiction":  # settings that cannot stand together, as a model says it
        what, _, remedy = fault["msg"].partition("; ")
        return EvidentiaError(
            context.get("what", what), where=where_of(path, keys), remedy=context.get("remedy", remedy)
        )
    message = fault["msg"].removeprefix("Value error, ")
    name = next((key for key in reversed(keys) if isinstance(key, str)), NAME)
    if kind == "string_pattern_mismatch" and not _example(_node(schema, fault["loc"])):
        places = (fault["loc"][:end] for end in range(len(fault["loc"]), 0, -1))
        said = next(
            (node["description"] for loc in places if "description" in (node := _node(schema, loc))), ""
        )
        return EvidentiaError(
            f"'{_short(fault['input'])}' does not fit the key '{name}'",
            where=where_of(path, keys),
            remedy=f"{name}: {said[:1].lower()}{said[1:]}" if said else "write it as the guide shows",
        )
    return EvidentiaError(
        f"'{_short(fault['input'])}' does not fit the key '{name}': {message[:1].lower()}{message[1:]}",
        where=where_of(path, keys),
        remedy=_right(fault, name, _node(schema, fault["loc"])),
    )


def _is_tag(loc: Sequence[Any], index: int, tags: set[str]) -> bool:
    """Pydantic puts the chosen member of a union into the path, third, where the file has no key."""
    return index == 2 and loc[0] in ("analyses", "figures", "tables") and loc[index] in tags


def _unknown(fault: Any, path: Path, keys: list[Any]) -> EvidentiaError:
    """Return what is wrong with a key that is not known: often the words behind a comma."""
    key, values = fault["ctx"]["key"], fault["input"]
    where = where_of(path, [*keys, key])
    names = list(map(str, values)) if isinstance(values, dict) else []
    before = names[names.index(key) - 1] if key in names[1:] else ""
    if before and values.get(key) is None and isinstance(values[before], str):
        return EvidentiaError(
            f"the text of '{before}' ends at its comma, and the words behind it are an unknown key '{key}'",
            where=where,
            remedy=f'quote it: {before}: "{_short(values[before])}, {key}"',
        )
    return EvidentiaError(f"unknown key '{key}'", where=where, remedy=fault["ctx"]["remedy"])


def _right(fault: Any, key: str, node: Mapping[str, Any]) -> str:
    """Return what to write instead of a wrong value, with an example."""
    kind, value, example = fault["type"], fault["input"], _example(node)
    if kind in ("literal_error", "enum"):
        known = re.findall(r"'([^']*)'|\b(True|False|\d+)\b", str(fault.get("ctx", {}).get("expected", "")))
        names = [quoted or plain.lower() for quoted, plain in known if quoted or plain]
        near = did_you_mean(str(value), names)
        return f"write one of {', '.join(names)}" + (f"; {near}" if near.startswith("did") else "")
    for start, words in _KINDS.items():
        if kind.startswith(start) and not (start == "string_type" and isinstance(value, list | dict)):
            number = (
                example if re.fullmatch(r"-?\d+(\.\d+)?", example) else "12" if start == "int" else "0.05"
            )
            shown = _short(value) if value is not None else "first, second"
            return words.format(key=key, value=shown, number=number)
    if kind.startswith(_LIMITS) and not example:
        if kind == "too_short":
            return f"list at least {fault['ctx']['min_length']}"
        limits = [limit for limit in fault.get("ctx", {}).values() if isinstance(limit, int | float)]
        if limits and kind in ("less_than", "greater_than"):  # the limit itself is not allowed
            return f"write a number {'below' if kind == 'less_than' else 'above'} {limits[0]:g}"
        return f"write another value, such as {key}: {limits[0]}" if limits else "give at least one"
    return f"write for example {key}: {example}" if example else "give a value of the kind that it asks for"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _node(schema: Mapping[str, Any] | None, loc: Sequence[Any]) -> Mapping[str, Any]:
    """Return what a JSON Schema says of a place; empty if it says nothing."""
    node: Any = schema or {}
    for key in loc:
        node = _resolved(schema, node)
        mapping = node.get("discriminator", {}).get("mapping", {})
        if key in mapping:
            node = {"$ref": mapping[key]}
            continue
        for part in [node, *[_resolved(schema, part) for part in _variants(node)]]:
            found = part.get("properties", {}).get(key) if isinstance(key, str) else part.get("items")
            found = found or (part.get("additionalProperties") if isinstance(key, str) else None)
            if isinstance(found, dict):
                node = found
                break
    return _resolved(schema, node)


def _resolved(schema: Any, node: Any) -> Mapping[str, Any]:
    """Return a part of a schema, followed to where it is defined, with what stands beside the reference."""
    while isinstance(node, dict) and "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        node = {**schema.get("$defs", {}).get(name, {}), **{key: node[key] for key in node if key != "$ref"}}
    return node if isinstance(node, dict) else {}


def _variants(node: Mapping[str, Any]) -> list[Any]:
    return [*node.get("anyOf", []), *node.get("oneOf", []), *node.get("allOf", [])]


def _example(node: Mapping[str, Any]) -> str:
    """Return an example of a right value, as YAML on one line; empty if there is none."""
    examples = [*node.get("examples", []), *([node["default"]] if node.get("default") else [])]
    value = next(iter(examples or node.get("enum", [])), "")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return "" if isinstance(value, dict) else str(value)
