"""A field of a Table Schema, as data/datapackage.json describes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.patterns import check_pattern
from evidentia.data.source import Source

TYPES = ("string", "integer", "number", "boolean", "date", "datetime", "yearmonth", "year", "any")


CONSTRAINTS = ("required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum")


WORDS = (
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


DESCRIBES = (*WORDS, "example", "rdfType", "unit", "csvddfVersion", "keywords", "version", "id", "image")


FIELD_KEYS = (
    *DESCRIBES,
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
    is what the resource says of reading the file. ``match`` says which columns may have no field (``subset``,
    ``partial``) and which fields no column (``superset``, ``partial``). Without fields types are inferred.
    """

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    missing_values: tuple[str, ...] = ("",)
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    source: Source = field(default_factory=Source)
    match: str = "equal"

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


def check_known(raw: dict[str, Any], known: Collection[str], what: str, where: str) -> None:
    """Raise for a key that is neither obeyed nor a description."""
    for key in raw:
        if key not in known:
            raise EvidentiaError(
                f"{what} has the key '{key}', which is not obeyed here",
                where=where,
                remedy=did_you_mean(key, known),
            )


def field_of(item: dict[str, Any], where: str) -> Field:
    """Return a field, every key of which is obeyed.

    Raises
    ------
    EvidentiaError
        For a key or a value that is not.
    """
    name = item["name"]
    check_known(item, FIELD_KEYS, f"the field '{name}'", where)
    constraints = dict(item.get("constraints", {}))
    if "categories" in item:
        constraints.setdefault("enum", list(texts_of(item["categories"])))
    column = Field(
        name,
        item.get("type", "string"),
        constraints,
        item.get("title", ""),
        item.get("format", "default"),
        texts_of(item["missingValues"]) if "missingValues" in item else None,
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


def texts_of(raw: list[Any]) -> tuple[str, ...]:
    """Return values that are given as texts, or as objects with a value and a label."""
    return tuple(str(item["value"] if isinstance(item, dict) else item) for item in raw)


def one_text(names: str | list[str]) -> str:
    """Return a name that is given as a text, or as a list of one."""
    return names if isinstance(names, str) else names[0]
