"""data/datapackage.json: Frictionless Table Schemas of the input files (no pandas here).

Every key of a schema or a dialect is obeyed, is a description, or is refused by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.files import leads_out, read_json
from evidentia.data.patterns import check_pattern
from evidentia.data.source import Source

NAME = "data/datapackage.json"
TYPES = ("string", "integer", "number", "boolean", "date", "datetime", "yearmonth", "year", "any")
CONSTRAINTS = ("required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum")
_WORDS = (
    "$schema",
    "profile",
    "name",
    "title",
    "description",
    "sources",
    "licenses",
    "homepage",
    "created",
    "contributors",
)
_DESCRIBES = (*_WORDS, "example", "rdfType", "unit", "csvddfVersion", "keywords", "version", "id", "image")
_RESOURCE = (
    *_DESCRIBES,
    "path",
    "schema",
    "dialect",
    "encoding",
    "format",
    "mediatype",
    "bytes",
    "hash",
    "type",
)
_SCHEMA = (*_DESCRIBES, "fields", "primaryKey", "foreignKeys", "missingValues", "fieldsMatch")
_FIELD = (
    *_DESCRIBES,
    "type",
    "format",
    "constraints",
    "missingValues",
    "trueValues",
    "falseValues",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "categories",
    "categoriesOrdered",
)
_DIALECT = {
    "sheetName": "sheet",
    "delimiter": "delimiter",
    "quoteChar": "quote",
    "escapeChar": "escape",
    "commentChar": "comment",
}
_ONLY: dict[str, tuple[Any, ...]] = {
    "header": (True,),
    "doubleQuote": (True,),
    "skipInitialSpace": (False, True),
    "caseSensitiveHeader": (True, False),
    "lineTerminator": ("\n", "\r\n", "\r"),
    "headerJoin": (" ",),
    "commentRows": ([],),
    "nullSequence": ("",),
    "type": ("delimited",),
}
"""Keys of a dialect that are obeyed with these values alone."""


@dataclass(frozen=True)
class Field:
    """A column: its name, Table Schema type, constraints and title, and how its cells are written.

    Without ``missing_values`` those of the schema hold. ``decimal`` and ``group`` are the signs in numbers;
    ``bare`` is false where words or signs stand beside them; ``format`` is that of dates.
    """

    name: str
    type: str = "string"
    constraints: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    format: str = "default"
    missing_values: tuple[str, ...] | None = None
    true_values: tuple[str, ...] = ("true", "True", "TRUE", "1")
    false_values: tuple[str, ...] = ("false", "False", "FALSE", "0")
    decimal: str = ""
    group: str = ""
    bare: bool = True


@dataclass(frozen=True)
class Schema:
    """The Table Schema of one file.

    ``foreign_keys`` are triples of this file's column, the other resource's name and its column; ``source``
    is what the resource says of reading the file. Without fields the types are inferred.
    """

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    missing_values: tuple[str, ...] = ("",)
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    source: Source = field(default_factory=Source)

    def renamed(self, names: Mapping[str, str]) -> Schema:
        """Return the schema with other names for some columns."""
        if not names:
            return self
        fields = tuple(replace(item, name=names.get(item.name, item.name)) for item in self.fields)
        foreign = tuple(
            (names.get(column, column), resource, other) for column, resource, other in self.foreign_keys
        )
        return replace(
            self,
            fields=fields,
            primary_key=tuple(names.get(name, name) for name in self.primary_key),
            foreign_keys=foreign,
        )

    def within(self, columns: Iterable[str]) -> Schema:
        """Return the schema of some columns; a primary key holds only if all of it is among them."""
        kept = set(columns)
        fields = tuple(item for item in self.fields if item.name in kept)
        return replace(
            self, fields=fields, primary_key=self.primary_key if set(self.primary_key) <= kept else ()
        )


@dataclass(frozen=True)
class Package:
    """The resources of a datapackage: schema by the path of the file, and path by
    the name of the resource.
    """

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
        If the descriptor is not as the Table Schema standard asks, or uses a key, type or constraint
        that is not supported here.
    """
    path = Path(folder) / NAME
    if not path.is_file():
        return Package({}, {})
    if leads_out(Path(folder), NAME):
        raise EvidentiaError(
            "the file is a link that leads out of the evaluation folder",
            where=str(path),
            remedy="put a copy there",
        )
    try:
        return _package(read_json(path), str(path))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        named = f": {error} is missing" if isinstance(error, KeyError) else ""
        raise EvidentiaError(
            f"the descriptor is not of the form that Table Schema asks for{named}",
            where=str(path),
            remedy=(
                "give resources with a name, a path and a schema; a schema with fields, each with a name and"
                " a type"
            ),
        ) from None


def _package(descriptor: dict[str, Any], path: str) -> Package:
    schemas: dict[str, Schema] = {}
    paths: dict[str, str] = {}
    for resource in descriptor.get("resources", []):
        if "path" not in resource:
            raise EvidentiaError(
                "a resource has no 'path'",
                where=path,
                remedy="give each resource a name, a path and a schema",
            )
        file = (Path(NAME).parent / resource["path"]).as_posix()
        where = f"{path}, resource {resource.get('name', file)}"
        if file in paths.values():
            raise EvidentiaError(
                f"two resources read {file}",
                where=where,
                remedy="keep one; give a second data set in config.yaml the same path and its own 'sheet'",
            )
        _known(resource, _RESOURCE, "the resource", where)
        paths[resource.get("name", file)] = file
        source = _source(resource, where)
        if "schema" in resource or source != Source():
            schemas[file] = _schema(resource.get("schema", {}), where, source)
    return Package(schemas, paths)


def _known(raw: dict[str, Any], known: Collection[str], what: str, where: str) -> None:
    """Raise for a key that is neither obeyed nor a description."""
    for key in raw:
        if key not in known:
            raise EvidentiaError(
                f"{what} has the key '{key}', which is not obeyed here",
                where=where,
                remedy=did_you_mean(key, known),
            )


def _source(resource: dict[str, Any], where: str) -> Source:
    """Return what a resource says of reading its file: encoding and dialect."""
    dialect = resource.get("dialect", {})
    for name in ("sheet", "sheet_name", "sheetNumber"):
        if name in dialect:
            raise EvidentiaError(
                f"the dialect has the key '{name}'", where=where, remedy='name the sheet as "sheetName"'
            )
    _known(dialect, (*_DESCRIBES, *_DIALECT, *_ONLY, "headerRows"), "the dialect", where)
    for key, allowed in _ONLY.items():
        if key in dialect and dialect[key] not in allowed:
            raise EvidentiaError(
                f"the dialect says {key}: {dialect[key]!r}, which is not obeyed here",
                where=where,
                remedy=f"write the file with {key}: {' or '.join(map(repr, allowed))}",
            )
    rows = dialect.get("headerRows", [])
    if len(rows) > 1:
        raise EvidentiaError(
            "the dialect names several headerRows",
            where=where,
            remedy="keep one; see 'format' in config.yaml",
        )
    given: dict[str, Any] = {ours: str(dialect[key]) for key, ours in _DIALECT.items() if dialect.get(key)}
    encoding = str(resource.get("encoding", ""))
    return Source(
        **given,
        header_row=int(rows[0]) if rows else 0,
        encoding="" if encoding.lower() in ("utf-8", "utf8") else encoding,
    )


def _schema(raw: dict[str, Any], where: str, source: Source) -> Schema:
    _known(raw, _SCHEMA, "the schema", where)
    fields = [_field(item, where) for item in raw.get("fields", [])]
    foreign = [
        (_one(key["fields"]), key["reference"]["resource"], _one(key["reference"]["fields"]))
        for key in raw.get("foreignKeys", [])
    ]
    primary = raw.get("primaryKey", [])
    return Schema(
        tuple(fields),
        (primary,) if isinstance(primary, str) else tuple(primary),
        _values(raw.get("missingValues", [""])),
        tuple(foreign),
        source,
    )


def _field(item: dict[str, Any], where: str) -> Field:
    name = item["name"]
    _known(item, _FIELD, f"the field '{name}'", where)
    constraints = dict(item.get("constraints", {}))
    if "categories" in item:
        constraints.setdefault("enum", list(_values(item["categories"])))
    column = Field(
        name,
        item.get("type", "string"),
        constraints,
        item.get("title", ""),
        item.get("format", "default"),
        _values(item["missingValues"]) if "missingValues" in item else None,
        **{
            ours: tuple(map(str, item[key]))
            for key, ours in (("trueValues", "true_values"), ("falseValues", "false_values"))
            if key in item
        },
        decimal=item.get("decimalChar", ""),
        group=item.get("groupChar", ""),
        bare=item.get("bareNumber", True),
    )
    if column.type not in TYPES:
        raise EvidentiaError(
            f"the field '{name}' has the type '{column.type}'",
            where=where,
            remedy=did_you_mean(column.type, TYPES),
        )
    for key in column.constraints:
        if key not in CONSTRAINTS:
            raise EvidentiaError(
                f"the field '{name}' has the constraint '{key}'",
                where=where,
                remedy=did_you_mean(key, CONSTRAINTS),
            )
    _check_format(column, where)
    if "pattern" in column.constraints:
        check_pattern(column.constraints["pattern"], name, where)
    return column


def _check_format(column: Field, where: str) -> None:
    """Raise for a format that says nothing of how a cell is written here."""
    dated = column.type in ("date", "datetime", "yearmonth")
    fits = column.format == "default" or (dated and (column.format == "excel" or "%" in column.format))
    if not fits:
        remedy = (
            'write it like "%d/%m/%Y", or "excel" for the day numbers of a spreadsheet'
            if dated
            else "take the format out"
        )
        raise EvidentiaError(
            f"the field '{column.name}' has the format '{column.format}'", where=where, remedy=remedy
        )


def _values(raw: list[Any]) -> tuple[str, ...]:
    """Return values that are given as texts, or as objects with a value and a label."""
    return tuple(str(item["value"] if isinstance(item, dict) else item) for item in raw)


def _one(names: str | list[str]) -> str:
    return names if isinstance(names, str) else names[0]
