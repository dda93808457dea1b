"""Signatures as text: a file for each act of signing, in assurance/, with the parts that it is bound to."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evidentia.assurance.items import Item, Parts
from evidentia.assurance.logs import FOLDER
from evidentia.config.assurance import ROLES
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import content_hash, write_whole
from evidentia.core.yamlio import read_yaml

_KEYS = {"role", "name", "date", "note", "items"}
_HEAD = "# Written by `evidentia sign`; an edit by hand is noticed by its hash.\n"


@dataclass(frozen=True)
class Signature:
    """One item signed by one person.

    Attributes
    ----------
    item, role, name : str
    date : date
    note : str
    parts : dict
        What the item was made of on that day.
    label : str
        What the item was called.
    """

    item: str
    role: str
    name: str
    date: datetime.date
    note: str
    parts: Parts
    label: str


def load_signatures(folder: Path) -> list[Signature]:
    """Return all signatures, the oldest first.

    Raises
    ------
    EvidentiaError
        If a file was edited by hand, or is none of `evidentia sign`.
    """
    found = []
    for path in sorted((folder / FOLDER).glob("signed-*.yaml")):
        raw = _checked(path)
        day = datetime.date.fromisoformat(str(raw["date"]))
        found += [
            Signature(id, raw["role"], raw["name"], day, raw["note"], row["parts"], row["label"])
            for id, row in raw["items"].items()
        ]
    return sorted(found, key=lambda one: one.date)


def save_signatures(
    folder: Path, items: Mapping[str, Item], role: str, name: str, date: datetime.date, note: str
) -> Path:
    """Write what a person signs as one file, and return its path."""
    content = {
        "role": role,
        "name": name,
        "date": date.isoformat(),
        "note": note,
        "items": {id: {"label": item.label, "parts": item.parts} for id, item in items.items()},
    }
    who = re.sub(r"\W+", "-", name, flags=re.ASCII).strip("-").lower() or "somebody"
    stem = f"signed-{date.isoformat()}-{role}-{who}"
    places = (folder / FOLDER / f"{stem}{'' if n == 1 else f'-{n}'}.yaml" for n in range(1, 10_000))
    path = next(place for place in places if not place.exists())
    text = yaml.safe_dump(
        {**content, "hash": content_hash(content)}, sort_keys=False, allow_unicode=True, width=100
    )
    return write_whole(path, _HEAD + text)


def _checked(path: Path) -> dict[str, Any]:
    raw = read_yaml(path)
    content = {key: value for key, value in raw.items() if key != "hash"} if isinstance(raw, dict) else {}
    if set(content) != _KEYS or raw["role"] not in ROLES or raw.get("hash") != content_hash(content):
        raise EvidentiaError(
            "the signature was edited by hand",
            where=str(path),
            remedy="restore the file from version control, or take it away and sign again: evidentia sign",
        )
    return content
