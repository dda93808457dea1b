"""Files from outside, read once: what is hashed is what is used, and what cannot be trusted is refused by
name.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from evidentia.core.errors import EvidentiaError

_TOGETHER = 10_000  # cells that are looked at in one go
LARGEST = 1 << 30  # bytes of a file
LARGEST_WORDS = 16_000_000  # bytes of a chapter, a bibliography or a citation style
LONGEST = 32_767  # characters in a cell, as in a spreadsheet
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ue000-\ue00f]"
)
_PLAIN = bytes([9, 10, 13, *range(32, 127)])
_NAMES = {
    **dict.fromkeys([*range(8234, 8239), *range(8294, 8298)], "a mark that turns the direction of text"),
    **dict.fromkeys(range(57344, 57360), "a character reserved for the program"),
}


def read_bytes(
    file: Path,
    path: str,
    missing: str = "put it there, or correct the path in config.yaml",
    *,
    most: int = LARGEST,
) -> tuple[bytes, str]:
    """Return a file's bytes and their hash; `path` names it in messages, and `missing` says what to do if it
    is not there.
    """
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise EvidentiaError(
                    "not a regular file, but a folder, a pipe or a device",
                    where=path,
                    remedy="put a copy of the data there",
                )
            if about.st_size > most:
                raise EvidentiaError(
                    f"the file has {about.st_size:,} bytes; up to {most:,} are read",
                    where=path,
                    remedy="keep what is needed of it",
                )
            data = stream.read(most + 1)
            if len(data) > most:  # it grows as it is read
                raise EvidentiaError(
                    f"the file has more than {most:,} bytes", where=path, remedy="keep what is needed of it"
                )
    except FileNotFoundError:
        raise EvidentiaError("the file does not exist", where=path, remedy=missing) from None
    except IsADirectoryError:
        raise EvidentiaError(
            "not a regular file, but a folder", where=path, remedy="name a file in it"
        ) from None
    except OSError as error:
        raise EvidentiaError(
            f"the file cannot be read: {error.strerror}", where=path, remedy="check its permissions"
        ) from None
    return data, "sha256:" + hashlib.sha256(data).hexdigest()


def read_text(file: Path, path: str) -> tuple[str, str]:
    """Return a file's text, with Unix line ends and without a byte order mark, and the hash of its bytes.

    Parameters
    ----------
    file : Path
    path : str
        As named in the evaluation folder, for messages.

    Raises
    ------
    EvidentiaError
        If it cannot be read, is not UTF-8, or holds control characters or marks that turn the direction
        of text; with the line.
    """
    data, hashed = read_bytes(file, path)
    return decoded(data, path, "save it as CSV UTF-8"), hashed


def read_words(
    file: Path,
    path: str,
    missing: str = "create it, or correct the path in config.yaml",
    *,
    most: int = LARGEST_WORDS,
) -> str:
    """Return the text of a chapter or a settings file, under the same rules as `read_text`.

    Parameters
    ----------
    file : Path
    path : str
        As named in the evaluation folder, for messages.
    missing : str
        What to do if the file is not there.
    most : int
        Bytes that it may have.
    """
    return decoded(read_bytes(file, path, missing, most=most)[0], path, "save it as UTF-8")


def forbidden(text: str) -> tuple[int, str] | None:
    """Return the place and the name of the first character that no honest text holds, or None."""
    if text.isascii() and not text.encode("ascii").translate(None, _PLAIN):
        return None  # most files, at a fraction of the time
    match = _FORBIDDEN.search(text)
    if match is None:
        return None
    code = ord(match[0])
    return match.start(), f"{_NAMES.get(code, 'a control character')} (U+{code:04X})"


def refuse_cells(cells: Mapping[str, Iterable[tuple[object, str]]], path: str) -> None:
    """Raise for what no honest cell holds, in files that are not text: column to its rows and cells."""
    for column, rows in cells.items():
        walk = iter(rows)
        while some := list(itertools.islice(walk, _TOGETHER)):
            if forbidden("\n".join(cell for _, cell in some)) or max(len(cell) for _, cell in some) > LONGEST:
                _refuse_cell(some, path, column)


def _refuse_cell(rows: list[tuple[object, str]], path: str, column: str) -> None:
    """Raise for the first of some cells that no honest file has."""
    for row, cell in rows:
        where = f"{path}, row {row}, column {column}"
        if found := forbidden(cell):
            raise EvidentiaError(f"the cell holds {found[1]}", where=where, remedy="take it out")
        if len(cell) > LONGEST:
            raise EvidentiaError(
                f"a cell has more than {LONGEST:,} characters", where=where, remedy="shorten it"
            )


def decoded(data: bytes, path: str, remedy: str) -> str:
    """Return UTF-8 bytes as text with Unix line ends, or raise for what no honest text holds; `remedy` is for
    another encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise EvidentiaError("the file is UTF-16", where=path, remedy=remedy)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EvidentiaError("not UTF-8 text", where=f"{path}, line {line}", remedy=remedy) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = forbidden(text)
    if found:
        line = text.count("\n", 0, found[0]) + 1
        raise EvidentiaError(f"the file holds {found[1]}", where=f"{path}, line {line}", remedy="take it out")
    return text
