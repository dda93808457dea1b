"""data/datapackage.json: Frictionless Table Schemas of the input files (no pandas here)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.files import leads_out, read_json

NAME = "data/datapackage.json"
TYPES = ("string", "integer", "number", "boolean", "date", "yearmonth", "year", "any")
CONSTRAINTS = ("required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum")


@dataclass(frozen=True)
class Field:
    """A column: its name, Table Schema type, constraints and title."""

    name: str
    type: str = "string"
    constraints: dict[str, Any] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Schema:
    """The Table Schema of one file.

    ``foreign_keys`` are triples of this file's column, the other resource's name and its column; ``sheet`` is the
    sheet of a workbook. Without fields the types are inferred.
    """

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    missing_values: tuple[str, ...] = ("",)
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class Package:
    """The resources of a datapackage: schema by the path of the file, and path by the name of the resource."""

    schemas: dict[str, Schema]
    paths: dict[str, str]

    def schema(self, path: str) -> Schema | None:
        """Return the schema of a file (path relative to the evaluation folder), or None if none is given."""
        return self.schemas.get(path)


def load_package(folder: Path | str) -> Package:
    """Load data/datapackage.json of an evaluation folder; without the file the package is empty.

    Raises
    ------
    EvidentiaError
        If the descriptor is not as the Table Schema standard asks, or uses a type or constraint
        that is not supported here.
    """
    path = Path(folder) / NAME
    if not path.is_file():
        return Package({}, {})
    if leads_out(Path(folder), NAME):
        raise EvidentiaError("the file is a link that leads out of the evaluation folder", where=str(path), remedy="put a copy there")
    try:
        return _package(read_json(path), str(path))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        named = f": {error} is missing" if isinstance(error, KeyError) else ""
        raise EvidentiaError(
            f"the descriptor is not of the form that Table Schema asks for{named}",
            where=str(path),
            remedy="give resources with a name, a path and a schema; a schema with fields, each with a name and a type",
        ) from None


def _package(descriptor: dict[str, Any], path: str) -> Package:
    schemas: dict[str, Schema] = {}
    paths: dict[str, str] = {}
    for resource in descriptor.get("resources", []):
        if "path" not in resource:
            raise EvidentiaError("a resource has no 'path'", where=path, remedy="give each resource a name, a path and a schema")
        file = (Path(NAME).parent / resource["path"]).as_posix()
        where = f"{path}, resource {resource.get('name', file)}"
        if file in paths.values():
            raise EvidentiaError(f"two resources read {file}", where=where, remedy="keep one; save each sheet as a workbook of its own")
        paths[resource.get("name", file)] = file
        sheet = _sheet(resource.get("dialect", {}), where)
        if "schema" in resource or sheet:
            schemas[file] = replace(_schema(resource.get("schema", {}), where), sheet=sheet)
    return Package(schemas, paths)


def _sheet(dialect: dict[str, Any], where: str) -> str:
    """Return the sheet of a workbook, which Table Dialect calls sheetName."""
    for name in ("sheet", "sheet_name", "sheetNumber"):
        if name in dialect:
            raise EvidentiaError(f"the dialect has the key '{name}'", where=where, remedy='name the sheet as "sheetName"')
    return str(dialect.get("sheetName", ""))


def _schema(raw: dict[str, Any], where: str) -> Schema:
    fields = []
    for item in raw.get("fields", []):
        column = Field(item["name"], item.get("type", "string"), item.get("constraints", {}), item.get("title", ""))
        if column.type not in TYPES:
            raise EvidentiaError(
                f"the field '{column.name}' has the type '{column.type}'", where=where, remedy=did_you_mean(column.type, TYPES)
            )
        for name in column.constraints:
            if name not in CONSTRAINTS:
                raise EvidentiaError(
                    f"the field '{column.name}' has the constraint '{name}'", where=where, remedy=did_you_mean(name, CONSTRAINTS)
                )
        _check_pattern(column, where)
        fields.append(column)
    foreign = [(_one(key["fields"]), key["reference"]["resource"], _one(key["reference"]["fields"])) for key in raw.get("foreignKeys", [])]
    primary = raw.get("primaryKey", [])
    return Schema(
        tuple(fields),
        (primary,) if isinstance(primary, str) else tuple(primary),
        tuple(raw.get("missingValues", [""])),
        tuple(foreign),
    )


def _check_pattern(column: Field, where: str) -> None:
    try:
        re.compile(column.constraints.get("pattern", ""))
    except re.error as error:
        raise EvidentiaError(
            f"the pattern of the field '{column.name}' is not a regular expression: {error}", where=where, remedy="correct it"
        ) from None


def _one(names: str | list[str]) -> str:
    return names if isinstance(names, str) else names[0]
