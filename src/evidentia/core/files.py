"""Files written whole or not at all, hashes, and JSON that is the same on every machine."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.text import read_bytes

LARGEST_JSON = 256_000_000
"""Bytes of a JSON file."""


def write_whole(path: Path | str, content: str | bytes) -> Path:
    """Write a file so that readers see the old content or the new, never a part of it.

    Parameters
    ----------
    path : path
        Target; its folder is made if it is missing.
    content : str or bytes
        Text is written as UTF-8 with Unix line ends.

    Returns
    -------
    Path
        The target.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    return target


def sha256(path: Path | str) -> str:
    """Return the SHA-256 of a file as ``sha256:<64 hex digits>``."""
    with Path(path).open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


def digest(value: Any, *, length: int = 16) -> str:
    """Return a short, stable digest of a JSON-like value, for use as a rule's trigger."""
    return hashlib.sha256(to_json(value).encode()).hexdigest()[:length]


def content_hash(value: Any) -> str:
    """Return the whole SHA-256 of a JSON-like value, as ``sha256:<64 hex digits>``, for what people sign or
    register.
    """
    return f"sha256:{hashlib.sha256(to_json(value).encode()).hexdigest()}"


def _plain(value: Any) -> Any:
    """Turn numpy scalars into Python's and refuse what JSON cannot hold."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def to_json(value: Any, *, lines: str = "") -> str:
    """Serialise to JSON with a fixed layout.

    Parameters
    ----------
    value : Any
        JSON-like; numpy scalars and dates are accepted, NaN and infinities become null.
    lines : str, optional
        Name of a key of the top level that holds a list: each of its items gets one line, so that
        version control shows a changed number as one changed line.
    """
    plain = _plain(value)
    if not lines:
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"
    parts = []
    for key, item in plain.items():
        if key == lines:
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in item)
            parts.append(f"{json.dumps(key)}: [\n  {rows}\n ]" if item else f"{json.dumps(key)}: []")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(item, ensure_ascii=False, allow_nan=False)}")
    return "{" + ",\n ".join(parts) + "}\n"


def _finite(text: str) -> float:
    """Return a number as JSON may hold it; NaN, Infinity and 1e999 are none."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is not a number")
    return value


def read_json(path: Path | str) -> Any:
    """Read a JSON file; a missing or broken one is an error that names it."""
    return json_of(
        read_bytes(Path(path), str(path), "build it first, or correct the path", most=LARGEST_JSON)[0],
        str(path),
    )


def json_of(data: bytes | str, where: str) -> Any:
    """Return what a JSON text holds; `where` says in a message where it is from."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        return json.loads(text, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise EvidentiaError(
            f"not a JSON file: {error}", where=where, remedy="restore or rebuild it"
        ) from None


def leads_out(folder: Path, name: str) -> bool:
    """Tell whether a path of the folder is, with its links followed, outside."""
    try:
        return not (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead to each other
        return True


_BLANK = r"\s\x00-\x20\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_FORMULA = re.compile(rf"'*(?:[{_BLANK}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\t\r\n])")
_NUMBER = re.compile(r"[+-]£?[0-9][0-9.,]*(?:e[+-]?[0-9]+)?%?(?:\s[\w\s%.,;–-]*)?")


def guarded(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before a text that begins like
    one.

    After the list of OWASP (CSV injection): = + - @, tabs and line breaks, with any blanks before them, and
    their full-width and small forms. A number with its sign stays as it is.
    """
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return "" if cell is None else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def csv_text(header: list[str], rows: list[list[Any]]) -> str:
    """Return CSV text with Unix line ends; ``None`` becomes an empty field, floats keep full precision.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[guarded(cell) for cell in row] for row in [header, *rows]])
    return out.getvalue()


def csv_rows(path: Path | str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of this build by column, as they were before `csv_text`."""
    import csv

    with Path(path).open(encoding="utf-8", newline="") as stream:
        return [
            {unguarded(name): unguarded(cell) for name, cell in row.items()} for row in csv.DictReader(stream)
        ]
