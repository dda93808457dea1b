"""data/datapackage.json: Frictionless Table Schemas of the input files (no pandas here).

Every key of a schema or a dialect is obeyed, is a description, or is refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.files import leads_out, read_json
from evidentia.data.fields import DESCRIBES, Schema, check_known, field_of, one_text, texts_of
from evidentia.data.source import Source

NAME = "data/datapackage.json"
_RESOURCE = (
    *DESCRIBES,
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
_MATCHES = ("exact", "equal", "subset", "superset", "partial")
_SCHEMA = (*DESCRIBES, "fields", "primaryKey", "foreignKeys", "missingValues", "fieldsMatch")
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
        check_known(resource, _RESOURCE, "the resource", where)
        paths[resource.get("name", file)] = file
        source = _source(resource, where)
        if "schema" in resource or source != Source():
            schemas[file] = _schema(resource.get("schema", {}), where, source)
    return Package(schemas, paths)


def _source(resource: dict[str, Any], where: str) -> Source:
    """Return what a resource says of reading its file: encoding and dialect."""
    dialect = resource.get("dialect", {})
    for name in ("sheet", "sheet_name", "sheetNumber"):
        if name in dialect:
            raise EvidentiaError(
                f"the dialect has the key '{name}'", where=where, remedy='name the sheet as "sheetName"'
            )
    check_known(dialect, (*DESCRIBES, *_DIALECT, *_ONLY, "headerRows"), "the dialect", where)
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


def _match(raw: dict[str, Any], where: str) -> str:
    """Return how fields and columns are to match; ``exact`` but for their order, as everywhere here."""
    given = raw.get("fieldsMatch", ["equal"])
    match = str(one_text(given))
    if match not in _MATCHES or (isinstance(given, list) and len(given) != 1):
        raise EvidentiaError(
            f"the schema says fieldsMatch: {given}", where=where, remedy=did_you_mean(match, _MATCHES)
        )
    return "equal" if match == "exact" else match


def _schema(raw: dict[str, Any], where: str, source: Source) -> Schema:
    check_known(raw, _SCHEMA, "the schema", where)
    fields = [field_of(item, where) for item in raw.get("fields", [])]
    foreign = [
        (one_text(key["fields"]), key["reference"]["resource"], one_text(key["reference"]["fields"]))
        for key in raw.get("foreignKeys", [])
    ]
    primary = raw.get("primaryKey", [])
    return Schema(
        tuple(fields),
        (primary,) if isinstance(primary, str) else tuple(primary),
        texts_of(raw.get("missingValues", [""])),
        tuple(foreign),
        source,
        _match(raw, where),
    )
